import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import { useActorName } from '@house/useActorName.ts';
import css from './SkuPage.module.css';
import { deltasOf, groupOf, movementGroups, type LedgerEntry, type MovementGroup } from './stock.ts';
import en from './texts.en.ts';

interface Props {
  sku: string;
  nodes: readonly string[];
  /** Only what had happened by then. */
  until: string | undefined;
}

/** Every movement, newest first: what, where, how many, why, who, and what was there after it. */
export function Ledger({ sku, nodes, until }: Props) {
  const t = useTexts(en);
  const [node, setNode] = useState<string | null>(null);
  const [group, setGroup] = useState<MovementGroup | null>(null);
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['stock', sku, 'ledger', node],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET('/api/v1/inventory/ledger', { params: { query: { sku, limit: 100, ...(node ? { node } : {}), ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const entries = (data?.pages.flatMap((p) => p.data) ?? []).filter((e) => (!group || groupOf(e.kind) === group) && (!until || e.at <= until || Date.parse(e.at) <= Date.parse(until)));
  return (
    <div className="sy-stack">
      <div className={css.filters}>
        <Select aria-label={t('ledger.node')} placeholder={t('ledger.allNodes')} value={node} onChange={setNode} data={[...nodes]} clearable clearButtonProps={{ 'aria-label': t('ledger.allNodes') }} />
        <Select
          aria-label={t('ledger.kind')}
          placeholder={t('ledger.allKinds')}
          value={group}
          onChange={(v) => setGroup(movementGroups.find((g) => g === v) ?? null)}
          data={movementGroups.map((value) => ({ value, label: t(`ledger.${value}`) }))}
          clearable
          clearButtonProps={{ 'aria-label': t('ledger.allKinds') }}
        />
      </div>
      <ProblemAlert error={error} />
      {!isPending && !error && entries.length === 0 && <p className="sy-muted">{hasNextPage ? t('ledger.noneHere') : t('ledger.none')}</p>}
      {entries.length > 0 && (
        <div className={`sy-panel ${css.scroll}`}>
          <table className={`sy-table ${css.ledger}`}>
            <caption className="sy-hidden">{t('ledger')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('column.when')}</th>
                <th scope="col">{t('column.node')}</th>
                <th scope="col">{t('column.what')}</th>
                <th scope="col" className="sy-number">{t('column.change')}</th>
                <th scope="col" className="sy-number">{t('bucket.onHand')}</th>
                <th scope="col" className="sy-number">{t('bucket.available')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((e) => (
                <Row key={e.id} entry={e} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hasNextPage && (
        <div>
          <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('ledger.older')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Row({ entry: e }: { entry: LedgerEntry }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const nameOf = useActorName();
  return (
    <tr>
      <td className={css.when}>
        <When at={e.at} as="dateTime" />
      </td>
      <td>
        <bdi>{e.node}</bdi>
      </td>
      <td className={css.what}>
        <span className="sy-strong">{t.maybe(`movement.${e.kind}`)}</span>{' '}
        {e.orderId && (
          <Link to="/orders/$id" params={{ id: e.orderId }}>
            {t('ledger.order')}
          </Link>
        )}{' '}
        <span className="sy-muted">
          <bdi>{[e.reason, nameOf(e.actor)].filter(Boolean).join(' · ')}</bdi>
        </span>
      </td>
      <td className="sy-number">
        {deltasOf(e).map(([bucket, delta]) => (
          <div key={bucket}>
            <span className="sy-muted">{t(`bucket.${bucket}`)}</span> {delta > 0 ? `+${number(delta)}` : number(delta)}
          </div>
        ))}
      </td>
      <td className="sy-number" data-label={t('bucket.onHand')}>
        {number(e.balance.onHand)}
      </td>
      <td className="sy-number" data-label={t('bucket.available')}>
        {number(e.balance.available)}
      </td>
    </tr>
  );
}
