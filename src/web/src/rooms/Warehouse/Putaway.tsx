import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';

type Item = Schema['SuggestPutawayItem'];

/** What has come in and lies in no bin yet, and where it is best put. Whoever has put it there says so with one press. */
export function Putaway({ node }: { node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { number } = useFormat();
  const { data } = useQuery({
    queryKey: ['warehouse', 'putaway', node],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/putaway', { params: { path: { code: node }, query: { limit: 25 } }, signal })),
  });
  const put = useMutation({
    mutationFn: (item: Item) =>
      ask(
        api.POST('/api/v1/inventory/bin-moves', {
          body: { node, purpose: 'putaway', items: item.places.map((p) => ({ sku: item.sku, lot: item.lot, from: item.from, to: p.bin, quantity: p.quantity, areUnavailable: false })) },
        }),
      ),
    onSuccess: (_, item) => {
      notify(t('putaway.done', { sku: item.sku }));
      void queries.invalidateQueries({ queryKey: ['warehouse'] });
      void queries.invalidateQueries({ queryKey: ['stock'] });
    },
  });
  if (!data || data.data.length === 0) return null;
  return (
    <Section title={t('putaway')} beside={t('putaway.count', { n: data.data.length, more: data.hasMore ? '+' : '' })}>
      <ProblemAlert error={put.error} />
      <ul className={css.list} aria-label={t('putaway')}>
        {data.data.map((item) => (
          <li key={`${item.sku}/${item.from}/${item.lot ?? ''}`}>
            <div className={css.main}>
              <span>
                <span className="sy-strong sy-code">{item.sku}</span> <bdi className="sy-muted">{item.name}</bdi>
              </span>
              <span className="sy-muted">
                {t('putaway.from', { n: number(item.quantity), from: item.from === 'UNPLACED' ? t('putaway.nowhere') : item.from })}
                {item.lot !== null && ` · ${t('lot', { lot: item.lot })}`}
              </span>
            </div>
            <span>
              {item.places.map((p) => t('putaway.to', { n: number(p.quantity), bin: p.bin, why: t.maybe(`putaway.why.${p.why}`) })).join(', ')}
              {item.lacking > 0 && <Status tone="warn" isPlain>{t('putaway.lacking', { n: item.lacking })}</Status>}
            </span>
            {may('inventory:receive') && item.places.length > 0 && (
              <Button size="compact-sm" variant="default" loading={put.isPending && put.variables === item} onClick={() => put.mutate(item)} aria-label={t('putaway.goOf', { sku: item.sku })}>
                {t('putaway.go')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
