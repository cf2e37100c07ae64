import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay, useSession } from '@house/session.tsx';
import css from './Billing.module.css';
import type { Activity, Bill, Entry } from './bills.ts';
import en from './texts.en.ts';

const aPage = 50;

/** What one line is the sum of: each entry with the event of the log that told it. */
export function Entries({ bill, activity }: { bill: Bill; activity: Activity }) {
  const t = useTexts(en);
  const { date, number } = useFormat();
  const { session } = useSession();
  const may = useMay();
  const mayOpen = bill.merchant === session.merchant && may('orders:read');
  const list = useInfiniteQuery({
    queryKey: ['bills', 'entries', bill.merchant, bill.month, bill.version ?? null, activity],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET('/api/v1/billable-activities', {
        params: { query: { merchant: bill.merchant, month: bill.month, activity, limit: aPage, ...(bill.version ? { version: bill.version } : {}), ...(pageParam ? { after: pageParam } : {}) } }, signal,
      })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const rows: Entry[] = list.data?.pages.flatMap((p) => p.data) ?? [];
  return (
    <Section title={t('entriesTitle', { activity: t(`activity.${activity}`) })} id="entries">
      <ProblemAlert error={list.error} again={() => void list.refetch()} />
      <ScrollPanel label={t('entriesTitle', { activity: t(`activity.${activity}`) })}>
        <table className="sy-table" aria-busy={list.isFetching}>
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col">{t('node')}</th>
              <th scope="col">{t('subject')}</th>
              <th scope="col" className="sy-number">{t('quantity')}</th>
              <th scope="col">{t('event')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((e) => (
              <tr key={e.id}>
                <td className="sy-nowrap">{date(`${e.day}T00:00:00Z`, 'UTC')}</td>
                <td><Code>{e.node}</Code></td>
                <td>{mayOpen && e.subject.startsWith('ord_') ? <Link to={`/orders/${e.subject}`}><Code>{e.number ?? e.subject}</Code></Link> : <Code>{e.number ?? e.subject}</Code>}</td>
                <td className="sy-number">{number(e.quantity)}</td>
                <td className="sy-nowrap">{e.position === null ? <span className="sy-muted">{t('event.seen')}</span> : <>{t.maybe(`event.${e.event}`)} <span className="sy-muted sy-code">{t('event.number', { n: String(e.position) })}</span></>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
      {list.hasNextPage && (
        <div className={css.more}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('more')}</Button>
        </div>
      )}
    </Section>
  );
}
