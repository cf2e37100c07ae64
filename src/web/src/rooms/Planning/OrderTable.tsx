import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import css from './Planning.module.css';
import en from './texts.en.ts';

interface Column<R> {
  head: string;
  cell: (row: R) => ReactNode;
  /** Amounts and numbers stand at the end. */
  isEnd?: boolean;
}

interface Props<R> {
  what: string;
  rows: readonly R[];
  orderOf: (row: R) => { id: string; number: string };
  columns: readonly (Column<R> | false)[];
  /** A way to why each order goes from where it goes. */
  hasWhy?: boolean;
  more?: { isLoading: boolean; fetch: () => void } | false;
}

/** Orders with what would be or was otherwise about them, each leading to its page. */
export function OrderTable<R>({ what, rows, orderOf, columns, hasWhy = false, more = false }: Props<R>) {
  const t = useTexts(en);
  const shown = columns.filter((c) => c !== false);
  return (
    <>
      <ScrollPanel label={t('table', { what })}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('order')}</th>
              {shown.map((c) => <th key={c.head} scope="col" className={c.isEnd ? css.end : undefined}>{c.head}</th>)}
              {hasWhy && <th scope="col"><span className="sy-hidden">{t('queue.why')}</span></th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const order = orderOf(row);
              return (
                <tr key={order.id}>
                  <th scope="row"><Link to={`/orders/${order.id}`}>#{order.number}</Link></th>
                  {shown.map((c) => <td key={c.head} className={c.isEnd ? css.end : undefined}>{c.cell(row)}</td>)}
                  {hasWhy && <td><Link to={`/orders/${order.id}/routing`} aria-label={t('queue.whyOf', { number: order.number })}>{t('queue.why')}</Link></td>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollPanel>
      {more && (
        <div>
          <Button variant="default" loading={more.isLoading} onClick={more.fetch}>{t('more')}</Button>
        </div>
      )}
    </>
  );
}
