import { ActionIcon, Button } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconPlus } from '@house/icons.ts';
import { useCountryName } from '@house/i18n/useCountryName.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { toneOfOrder } from '@house/words/status.ts';
import words from '@house/words/texts.en.ts';
import { orderOptions, type Order } from '@rooms/Orders/orders.ts';
import { distinct, oneLine } from './addresses.ts';
import css from './CustomerPart.module.css';
import { addressOf, isBlank, withUnits } from './draft.ts';
import type { Part } from './part.ts';
import en from './texts.en.ts';

/** What they had before, to be had again; and where it went. */
export function KnownCustomer({ id, form, change }: { id: string } & Pick<Part, 'form' | 'change'>) {
  const t = useTexts(en);
  const word = useTexts(words);
  const may = useMay();
  const { data: customer } = useQuery({
    queryKey: ['customers', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/customers/{id}', { params: { path: { id } }, signal })),
    enabled: may('customers:read'),
    retry: false,
  });
  const { data: earlier } = useQuery({
    queryKey: ['customers', id, 'orders', 'newest'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/customers/{id}/orders', { params: { path: { id }, query: { limit: 5 } }, signal })),
    enabled: may('customers:read'),
    retry: false,
  });
  const orders = useQueries({
    queries: (may('orders:read') ? (earlier?.data ?? []) : []).map((o) => ({ ...orderOptions(o.id), staleTime: 60_000, retry: false })),
    combine: (all) => all.map((q) => q.data).filter((o): o is Order => o !== undefined),
  });
  // Where the last order went is where this one most likely goes.
  const addresses = distinct([...(customer?.addresses ?? []).map((a) => addressOf({ name: a.name, company: a.company, line1: a.line1, line2: a.line2, city: a.city, region: a.region, postcode: a.postcode, country: a.country, phone: a.phone })), ...orders.map((o) => o.shippingAddress)]);
  const [first] = addresses;
  const isReady = customer !== undefined && (!may('orders:read') || (earlier !== undefined && orders.length === earlier.data.length));
  const wasOffered = useRef(false);
  const [told, setTold] = useState('');
  useEffect(() => {
    if (!isReady || wasOffered.current) return;
    wasOffered.current = true;
    if (first) change((now) => (isBlank(now.shipping) ? { ...now, shipping: addressOf(first) } : now));
  }, [isReady, first, change]);

  const again = (order: Order) => {
    const goods = order.lines.filter((l) => l.kind === 'goods' || l.kind === 'bundle');
    const units = goods.map((l) => ({ line: l, n: order.state === 'cancelled' || order.state === 'expired' ? l.quantity : l.quantity - l.cancelled })).filter((u) => u.n > 0);
    change((now) => ({
      ...units.reduce((f, u) => withUnits(f, { sku: u.line.sku, name: u.line.name ?? u.line.sku }, u.n, u.line.taxRate ?? null), now),
      shipping: isBlank(now.shipping) ? order.shippingAddress : now.shipping,
      method: now.method || (order.method ?? ''),
      origin: now.origin ?? { order: order.id, kind: 'reorder' },
    }));
    setTold(t('earlier.added', { n: units.length, number: order.number }));
  };

  const countryName = useCountryName();
  const value = customer?.history?.value?.[0];
  return (
    <div className={css.known}>
      <p className={css.facts}>
        {may('customers:read') && <Link to={`/customers/${id}`}>{t('customer.open')}</Link>}
        {customer?.history && <span className="sy-muted">{t('customer.orders', { n: customer.history.orders })}</span>}
        {value && typeof (value.totalMinor as number | undefined) === 'number' && <Money minor={value.totalMinor} currency={value.currency} isMuted />}
        {customer?.kind === 'company' && <Status tone="neutral">{t('customer.company')}</Status>}
        {customer?.blockedReason && <Status tone="bad">{t('customer.blockedWhy', { why: customer.blockedReason })}</Status>}
      </p>
      <div className={css.columns}>
        {addresses.length > 0 && (
          <Section isSide title={t('customer.addresses')}>
            <ul className={css.list}>
              {addresses.slice(0, 4).map((a) => {
                const isUsed = form.shipping !== null && oneLine(addressOf(form.shipping)) === oneLine(a);
                return (
                  <li key={oneLine(a)} className={css.item}>
                    <span className={css.address} dir="auto">
                      {oneLine(a, countryName)}
                    </span>
                    {isUsed ? (
                      <Status tone="good" isPlain>{t('address.used')}</Status>
                    ) : (
                      <Button variant="default" size="compact-sm" aria-label={t('address.useThis', { address: oneLine(a, countryName) })} onClick={() => change((now) => ({ ...now, shipping: addressOf(a) }))}>
                        {t('address.use')}
                      </Button>
                    )}
                  </li>
                );
              })}
            </ul>
          </Section>
        )}
        {earlier && earlier.data.length > 0 && (
          <Section isSide title={t('earlier')}>
            <ul className={css.list}>
              {earlier.data.map((o) => {
                const whole = orders.find((x) => x.id === o.id);
                return (
                  <li key={o.id} className={css.item}>
                    <span className={css.order}>
                      <span className="sy-row">
                        <Link to={`/orders/${o.id}`}>#{o.number}</Link>
                        <span className="sy-muted">
                          <When at={o.placedAt} />
                        </span>
                        <Status tone={toneOfOrder(o.state)} isPlain>{word.maybe(`status.${o.state}`)}</Status>
                      </span>
                      {whole && (
                        <span className="sy-meta sy-clip" dir="auto">
                          {whole.lines.filter((l) => l.kind === 'goods' || l.kind === 'bundle').map((l) => `${l.quantity} × ${l.name ?? l.sku}`).join(', ')}
                        </span>
                      )}
                    </span>
                    {whole && (
                      <ActionIcon variant="default" size="var(--sy-control)" aria-label={t('earlier.again', { number: o.number })} title={t('earlier.again', { number: o.number })} onClick={() => again(whole)}>
                        <IconPlus size={16} aria-hidden />
                      </ActionIcon>
                    )}
                  </li>
                );
              })}
            </ul>
            <p className="sy-meta" role="status">
              {told}
            </p>
          </Section>
        )}
      </div>
    </div>
  );
}
