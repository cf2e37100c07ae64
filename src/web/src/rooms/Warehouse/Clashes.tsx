import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { clashesOptions, type Clash } from './waves.ts';

/** What devices did while the world went on without them: what happened, and what is to be done about it. Nothing where there is none. */
export function Clashes({ node }: { node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const nameOf = useActorName();
  const { data } = useQuery(clashesOptions(node));
  const settle = useMutation({
    mutationFn: (clash: Clash) => ask(api.POST('/api/v1/pick-clashes/{id}/settle', { params: { path: { id: clash.id } } })),
    onSuccess: (_, clash) => {
      notify(t('clash.settled', { number: clash.number }));
      void queries.invalidateQueries({ queryKey: ['warehouse', 'clashes'] });
    },
  });
  if (!data || data.data.length === 0) return null;
  return (
    <Section title={t('clashes')} beside={t('clashes.about')}>
      <ProblemAlert error={settle.error} />
      <ul className={css.list} aria-label={t('clashes')}>
        {data.data.map((clash) => (
          <li key={clash.id}>
            <div className={css.main}>
              <span className="sy-strong">{t.node('clash.was', { who: <bdi>{nameOf(clash.operative)}</bdi>, kind: t.maybe(`clash.kind.${clash.kind}`), sku: <bdi>{clash.sku}</bdi>, number: <Link to={`/orders/${clash.order}`}>#{clash.number}</Link> })}</span>
              <span className="sy-muted">
                {t.maybe(`clash.why.${clash.code.split('.').at(-1) ?? ''}`) === clash.code.split('.').at(-1) ? t('clash.why.other') : t.maybe(`clash.why.${clash.code.split('.').at(-1) ?? ''}`)} {t.maybe(`clash.todo.${clash.kind}`)}
              </span>
            </div>
            <When at={clash.at} />
            {may('fulfilment:manage') && (
              <Button size="compact-sm" variant="default" loading={settle.isPending && settle.variables.id === clash.id} onClick={() => settle.mutate(clash)} aria-label={t('clash.settleOf', { number: clash.number })}>
                {t('clash.settle')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
