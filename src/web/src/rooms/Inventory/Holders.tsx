import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import css from './SkuPage.module.css';
import en from './texts.en.ts';

type Holder = Schema['Holder'];

/** Who holds the stock of a SKU: orders, checkouts, transfers. */
export function Holders({ sku, node }: { sku: string; node?: string | undefined }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['stock', sku, 'holders'],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET('/api/v1/inventory/holders', { params: { query: { sku, limit: 100, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  if (error) return <ProblemAlert error={error} />;
  if (isPending) return null;
  const holders = data.pages.flatMap((p) => p.data).filter((h) => !node || h.node === node);
  return (
    <>
      {holders.length === 0 ? (
        <p className="sy-muted">{t('holders.none')}</p>
      ) : (
        <ul className={css.entries}>
          {holders.map((h, i) => (
            <li key={`${h.orderId ?? h.reservationId ?? h.transferId}${h.line}${h.node}${i}`} className={css.holder}>
              <span className={css.quantity}>{number(h.quantity)}</span>
              <span className="sy-grow">
                <Who holder={h} />
              </span>
              {!node && <bdi className="sy-muted">{h.node}</bdi>}
              <span className="sy-meta sy-nowrap">{h.expiresAt ? t.node('holder.until', { when: <When at={h.expiresAt} as="dateTime" /> }) : <When at={h.since} />}</span>
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function Who({ holder: h }: { holder: Holder }) {
  const t = useTexts(en);
  const may = useMay();
  if (h.kind === 'allocation' && h.orderId)
    return may('orders:read') ? (
      <Link to="/orders/$id" params={{ id: h.orderId }}>
        {t('holder.order', { number: h.orderNumber ?? '' })}
      </Link>
    ) : (
      <>{t('holder.order', { number: h.orderNumber ?? '' })}</>
    );
  if (h.kind === 'transfer') return <>{t('holder.transfer')}</>;
  return <span dir="auto">{t('holder.reservation', { owner: h.owner ?? '' })}</span>;
}
