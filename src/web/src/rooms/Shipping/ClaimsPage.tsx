import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { Due, When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { Frame } from './Frame.tsx';
import { claimTones, SettleClaim } from './SettleClaim.tsx';
import css from './Shipping.module.css';
import { pageOf, type Claim } from './shipping.ts';
import en from './texts.en.ts';

const states = ['open', 'sent', 'paid', 'refused'] as const;

/** What is asked back from carriers, and until when it may be. */
export default function ClaimsPage() {
  const t = useTexts(en);
  const may = useMay();
  const [url] = useUrlState();
  const state = states.find((s) => s === url['state']) ?? 'open';
  const mayManage = may('fulfilment:manage');
  const [settled, setSettled] = useState<Claim | null>(null);
  const list = useList<Claim>({
    key: ['parcels', 'claims', state],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/carrier-claims', { params: { query: { state, limit, ...(after ? { after } : {}) } }, signal })),
  });
  const columns = useMemo<Column<Claim>[]>(
    () => [
      { id: 'order', header: t('order'), width: 112, cell: (c) => <Link className={css.above} to={`/orders/${c.order}`}>#{c.orderNumber}</Link> },
      { id: 'account', header: t('carrier'), cell: (c) => <bdi>{c.account}</bdi> },
      { id: 'amount', header: t('claim.amount'), width: 112, align: 'end', cell: (c) => <Money minor={c.amountMinor} currency={c.currency} /> },
      { id: 'paid', header: t('claim.paidAmount'), width: 112, align: 'end', spare: 1, cell: (c) => <Money minor={c.paidMinor} currency={c.currency} /> },
      { id: 'state', header: t('state'), width: 136, cell: (c) => <Status tone={claimTones[c.state] ?? 'neutral'}>{t(`claim.${c.state}`)}</Status> },
      { id: 'deadline', header: t('claim.deadline'), width: 136, cell: (c) => <Due at={c.deadline} isDone={c.state !== 'open'} /> },
      { id: 'reference', header: t('claim.reference'), width: 136, spare: 2, cell: (c) => <bdi>{c.reference ?? '–'}</bdi> },
      ...(mayManage && (state === 'open' || state === 'sent')
        ? [{ id: 'acts', header: t('acts'), width: 128, cell: (c: Claim) => <Settle claim={c} /> }]
        : []),
    ],
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [t, mayManage, state],
  );
  function Settle({ claim }: { claim: Claim }) {
    return (
      <Button size="compact-sm" variant="default" className={css.above!} onClick={() => setSettled(claim)} aria-label={t('claim.settleOf', { name: claim.tracking ?? claim.orderNumber })}>
        {t('claim.settle')}
      </Button>
    );
  }
  return (
    <Frame section="claims">
      <nav className={css.queues} aria-label={t('claims')}>
        {states.map((s) => (
          <Link key={s} to="." search={{ state: s } as never} className={css.queue} aria-current={s === state ? 'page' : undefined}>
            {t(`claim.${s}`)}
          </Link>
        ))}
      </nav>
      <div className={css.bar}><p>{t('claims.about')}</p></div>
      <DataTable<Claim>
        label={t('claims')}
        list={list}
        columns={columns}
        rowId={(c) => c.id}
        rowName={(c) => c.tracking ?? `#${c.orderNumber}`}
        rowLink={(c) => pageOf(c.package)}
        nameHeader={t('tracking')}
        nameWidth={176}
        card={(c) => (
          <>
            <span className="sy-row sy-spread">
              <span className="sy-clip">{c.account} · #{c.orderNumber}</span>
              <Money minor={c.amountMinor} currency={c.currency} />
            </span>
            <span className="sy-row sy-spread">
              <Status tone={claimTones[c.state] ?? 'neutral'}>{t(`claim.${c.state}`)}</Status>
              {mayManage && (c.state === 'open' || c.state === 'sent') && <Settle claim={c} />}
            </span>
          </>
        )}
        cardEnd={(c) => <When at={c.deadline} as="date" />}
        empty={<EmptyState kind={state === 'open' || state === 'sent' ? 'done' : 'nothing'} title={t(`claims.${state}.empty`)} />}
      />
      {settled && <SettleClaim claim={settled} onClose={() => setSettled(null)} />}
    </Frame>
  );
}
