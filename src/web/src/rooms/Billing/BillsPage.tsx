import { TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { When } from '@house/parts/When.tsx';
import { useSession } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import css from './Billing.module.css';
import { monthName, pageOf, tones, type BillRow } from './bills.ts';
import en from './texts.en.ts';

/** What is billed for each month: the house sees those of all its merchants, a merchant its own. */
export default function BillsPage() {
  const t = useTexts(en);
  const { number } = useFormat();
  const { locale } = useSpeech();
  const { session } = useSession();
  const [url, setUrl] = useUrlState();
  const month = /^\d{4}-\d{2}$/.test(url['month'] ?? '') ? url['month'] : undefined;
  const list = useList<BillRow>({
    key: ['bills', 'list', month ?? null],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/bills', { params: { query: { limit, ...(after ? { after } : {}), ...(month ? { month } : {}) } }, signal })),
  });
  const columns = useMemo<Column<BillRow>[]>(
    () => [
      ...(session.isHouse ? [{ id: 'merchant', header: t('merchant'), cell: (b: BillRow) => <bdi>{b.merchantName}</bdi> }] : []),
      { id: 'state', header: t('state'), ...(session.isHouse ? { width: 200 } : {}), cell: (b) => <State bill={b} /> },
      { id: 'entries', header: t('entries'), width: 104, align: 'end', spare: 2, cell: (b) => number(b.entries) },
      { id: 'total', header: t('total'), width: 136, align: 'end', cell: (b) => <Total bill={b} /> },
      { id: 'approved', header: t('approvedAt'), width: 128, spare: 1, cell: (b) => (b.approvedAt ? <When at={b.approvedAt} /> : <span className="sy-muted">–</span>) },
      { id: 'by', header: t('approvedBy'), width: 168, spare: 3, cell: (b) => <bdi>{b.approvedBy ?? '–'}</bdi> },
    ],
    [t, number, session.isHouse],
  );
  return (
    <>
      <PageHead title={t('title')} />
      <div className={css.bar}>
        <p className="sy-muted">{t(session.isHouse ? 'about' : 'aboutOwn')}</p>
        <TextInput type="month" label={t('month')} value={month ?? ''} onChange={(e) => setUrl({ month: e.currentTarget.value || undefined, after: undefined })} />
      </div>
      <DataTable<BillRow>
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(b) => `${b.merchant}/${b.month}`}
        rowName={(b) => monthName(b.month, locale)}
        rowLink={pageOf}
        nameHeader={t('month')}
        nameWidth={152}
        card={(b) => (
          <>
            {session.isHouse && <bdi className="sy-clip">{b.merchantName}</bdi>}
            <span className="sy-row">
              <State bill={b} />
            </span>
          </>
        )}
        cardEnd={(b) => <Total bill={b} />}
        empty={<EmptyState kind={month ? 'nothing' : 'first'} title={t(month ? 'noneOfMonth' : 'none')} text={month ? undefined : t('noneText')} />}
      />
    </>
  );
}

const Total = ({ bill: b }: { bill: BillRow }) => (b.currency ? <Money minor={b.totalMinor} currency={b.currency} /> : <NoPrices />);
function NoPrices() {
  const t = useTexts(en);
  return <span className="sy-muted">{t('noPrices')}</span>;
}

function State({ bill: b }: { bill: BillRow }) {
  const t = useTexts(en);
  const { session } = useSession();
  // Nobody is asked to approve what the house owes itself.
  if (session.isHouse && b.merchant === session.merchant && b.state === 'open') return <span className="sy-muted">–</span>;
  return <Status tone={tones[b.state]}>{b.state === 'changed' ? t('state.changedBy', { n: b.later }) : t(`state.${b.state}`)}</Status>;
}
