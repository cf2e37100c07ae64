import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Status } from '@house/parts/Status.tsx';
import { Frame, Row, Rows } from '@rooms/Settings/Frame.tsx';
import css from './Templates.module.css';
import en from './texts.en.ts';

/** Every kind of paper there is, and whether the shop has a version of its own. */
export default function TemplatesPage() {
  const t = useTexts(en);
  const found = useQuery({ queryKey: ['document-templates'], queryFn: ({ signal }) => ask(api.GET('/api/v1/document-templates', { signal })) });
  return (
    <Frame section="documents" error={found.error}>
      <Rows label={t('templates.title')}>
        {found.data?.data.map((k) => (
          <Row
            key={k.kind}
            name={
              <Link to={`/settings/documents/${k.kind}`} className={css.name}>
                {t.maybe(`kind.${k.kind}`)}
              </Link>
            }
            beside={k.version === 0 ? <Status tone="neutral">{t('templates.house')}</Status> : <Status tone="progress">{t('templates.own', { n: k.version })}</Status>}
          >
            {t(`paperKind.${k.paper}` as 'paperKind.label')}
          </Row>
        ))}
      </Rows>
    </Frame>
  );
}
