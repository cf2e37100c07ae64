import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import css from './Shares.module.css';
import { sharePage, sharesOptions, type Share } from './shares.ts';
import en from './texts.en.ts';

/** How stock is divided among channels and groups of customers. */
export default function SharesPage() {
  const t = useTexts(en);
  const may = useMay();
  const { data, error, refetch } = useQuery(sharesOptions);
  const make = may('settings:write') && <Button component={Link} {...({ to: '/new/share' } as object)}>{t('shares.new')}</Button>;
  return (
    <>
      <PageHead title={t('shares')} actions={data && data.data.length > 0 && make} />
      <div className={css.page}>
        <p className={css.about}>{t('shares.about')}</p>
        <ProblemAlert error={error} again={() => void refetch()} />
        {data?.data.length === 0 ? (
          <EmptyState kind="first" title={t('shares.none')} text={t('shares.noneText')} action={make} />
        ) : (
          <ul className={css.rows} aria-label={t('shares')}>
            {data?.data.map((s) => <Row key={s.code} share={s} />)}
          </ul>
        )}
      </div>
    </>
  );
}

function Row({ share: s }: { share: Share }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const parts = s.parts.map((p) => `${p.name ?? ''} ${p.percent != null ? `${number(p.percent)} %` : t('shares.unitsOf', { n: p.units ?? 0 })}`);
  const scope = [...s.skus, ...s.tags.map((w) => t('shares.tag', { tag: w ?? '' })), ...s.groups].filter(Boolean);
  return (
    <li className={css.row}>
      <div className={css.main}>
        <Link to={sharePage(s.code)} className={css.name}><bdi>{s.name}</bdi></Link>
        <span>{parts.join(' · ')}</span>
        <span className="sy-muted">
          <bdi className="sy-code">{s.code}</bdi> · {scope.length === 0 ? t('shares.everything') : scope.slice(0, 6).join(', ') + (scope.length > 6 ? ` +${scope.length - 6}` : '')} · {t.node('shares.since', { at: <When at={s.countsSince} as="dateTime" /> })}
        </span>
      </div>
      <Status tone={s.isActive ? 'good' : 'neutral'}>{t(s.isActive ? 'shares.on' : 'shares.off')}</Status>
    </li>
  );
}
