import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconPencil } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { AdjustStock } from './AdjustStock.tsx';
import { Holders } from './Holders.tsx';
import { Ledger } from './Ledger.tsx';
import css from './SkuPage.module.css';
import { StockByNode } from './StockByNode.tsx';
import type { Stock } from './stock.ts';
import en from './texts.en.ts';
import { Waiting } from './Waiting.tsx';

/** All stock of one SKU: where it lies, who holds it, how it came to be so; now, or as it was. */
export default function SkuPage() {
  const t = useTexts(en);
  const may = useMay();
  const { number, dateTime } = useFormat();
  const { sku = '' } = useParams({ strict: false });
  const [url, setUrl] = useUrlState();
  const [adjusting, setAdjusting] = useState<{ node?: string } | null>(null);
  const at = url['at'];
  const { data: stock, error, refetch } = useQuery({
    queryKey: ['stock', sku, 'read', at ?? 'now'],
    queryFn: async ({ signal }) => (await ask(api.GET('/api/v1/inventory', { params: { query: { sku, ...(at ? { at } : {}) } }, signal }))) as unknown as Stock,
  });
  const { data: product } = useQuery({
    queryKey: ['products', sku],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/products/{sku}', { params: { path: { sku } }, signal })),
    enabled: may('catalog:read'),
    retry: false,
    staleTime: 60_000,
  });
  if (error instanceof ApiError && error.status === 404)
    return (
      <EmptyState
        kind="nothing"
        isPage
        title={t('notFound.title')}
        text={t('notFound.text', { sku })}
        action={
          <Button component={Link} to="/inventory" variant="default">
            {t('notFound.back')}
          </Button>
        }
      />
    );
  const mayChange = may('inventory:write') && !at;
  return (
    <article className={css.page}>
      <PageHead
        title={product?.name ?? sku}
        beside={
          <>
            <Code>{stock?.sku ?? sku}</Code>
            {stock && stock.total.available <= 0 && !at && <Status tone={stock.total.available < 0 ? 'bad' : 'warn'}>{t(stock.total.available < 0 ? 'oversold' : 'nothingLeft')}</Status>}
          </>
        }
        actions={
          mayChange && (
            <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setAdjusting({})} disabled={!stock}>
              {t('adjust')}
            </Button>
          )
        }
      />
      {at && (
        <div className={css.past} role="status">
          <span className="sy-grow">{t('past', { when: dateTime(at) })}</span>
          <Button size="compact-sm" variant="default" onClick={() => setUrl({ at: undefined }, true)}>
            {t('past.now')}
          </Button>
        </div>
      )}
      {error && (
        <div className={css.problem}>
          <ProblemAlert error={error} again={() => void refetch()} />
        </div>
      )}
      <div className={css.columns}>
        <div className={css.main}>
          {stock && (
            <Section title={t('byNode')} beside={t('nodes', { n: stock.nodes.length })}>
              <StockByNode stock={stock} {...(mayChange ? { onAdjust: (node: string) => setAdjusting({ node }) } : {})} />
            </Section>
          )}
          <Section title={t('ledger')}>
            <Ledger sku={sku} nodes={stock?.nodes.map((n) => n.node) ?? []} until={at} />
          </Section>
        </div>
        <aside className={css.side} aria-label={t('side')}>
          <Section title={t('asOf')} isSide>
            <AsOf key={at ?? ''} at={at} onAt={(next) => setUrl({ at: next }, true)} />
          </Section>
          {stock && !at && (
            <Section title={t('promise')} isSide>
              <FieldList
                fields={[
                  [t('atp'), stock.atp === null ? null : number(stock.atp)],
                  [t('waiting'), number(stock.waiting)],
                  ...stock.inbound.map((u) => [t('column.inbound'), <span key={u.dueAt}>{number(u.quantity)} · <When at={u.dueAt} as="date" /></span>] as const),
                ]}
              />
              {stock.inbound.length === 0 && <p className="sy-muted">{t('inbound.none')}</p>}
            </Section>
          )}
          {!at && (
            <Section title={t('holders')} isSide>
              <Holders sku={sku} />
            </Section>
          )}
          {!at && stock && stock.waiting > 0 && may('orders:read') && (
            <Section title={t('waiters')} isSide>
              <Waiting sku={sku} />
            </Section>
          )}
        </aside>
      </div>
      {adjusting && stock && <AdjustStock sku={stock.sku} levels={stock.nodes} node={adjusting.node} onClose={() => setAdjusting(null)} />}
    </article>
  );
}

/** Which day's stock to show; in the time of the browser, as the field writes it. */
function AsOf({ at, onAt }: { at: string | undefined; onAt: (at: string | undefined) => void }) {
  const t = useTexts(en);
  const [typed, setTyped] = useState(at ? local(at) : '');
  return (
    <form
      className={css.asOf}
      onSubmit={(e) => {
        e.preventDefault();
        onAt(typed === '' ? undefined : new Date(typed).toISOString());
      }}
    >
      <TextInput type="datetime-local" aria-label={t('asOf.label')} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} max={local(new Date().toISOString())} className="sy-grow" />
      <Button type="submit" variant="default" disabled={typed === ''}>
        {t('asOf.show')}
      </Button>
    </form>
  );
}

/** 2026-11-22T09:30, as such a field wants it. */
function local(at: string): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
