import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconCopy, IconLink, IconPackage, IconRoute } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { toneOfOrder } from '@house/words/status.ts';
import words from '@house/words/texts.en.ts';
import type { Order } from '@rooms/Orders/orders.ts';
import { belongingActions } from './belonging.ts';
import css from './Belonging.module.css';
import en from './texts.en.ts';

export type BelongingDialog = 'split' | 'replace' | 'link' | 'again';

/** In the menu of an order: what makes another order of it, or ties one to it. */
export function BelongingItems({ order, open }: { order: Order; open: (dialog: BelongingDialog) => void }) {
  const t = useTexts(en);
  const may = useMay();
  const can = belongingActions(order, may);
  return (
    <>
      {can.reorder && (
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => open('again')}>
          {t('again')}
        </Menu.Item>
      )}
      {can.replace && (
        <Menu.Item leftSection={<IconPackage size={16} aria-hidden />} onClick={() => open('replace')}>
          {t('replace')}
        </Menu.Item>
      )}
      {can.split && (
        <Menu.Item leftSection={<IconRoute size={16} aria-hidden />} onClick={() => open('split')}>
          {t('split')}
        </Menu.Item>
      )}
      {can.link && (
        <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={() => open('link')}>
          {t('link')}
        </Menu.Item>
      )}
    </>
  );
}

/** Beside an order: those it came out of, and those that came out of it. */
export function BelongingOrders({ order }: { order: Order }) {
  const t = useTexts(en);
  const word = useTexts(words);
  if (!order.links || order.links.length === 0) return null;
  return (
    <Section isSide title={t('belongs')}>
      <ul className={css.list}>
        {order.links.map((l) => (
          <li key={`${l.kind}${l.role}${l.order}`} className={css.item}>
            <span>{t.maybe(`link.${l.kind}.${l.role}`)}</span>
            <span className="sy-row">
              <Link to={`/orders/${l.order}`}>#{l.number}</Link>
              <Status tone={toneOfOrder(l.state)} isPlain>{word.maybe(`status.${l.state}`)}</Status>
            </span>
            {l.reason && <span className="sy-meta" dir="auto">{l.reason}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Every date that was promised, the newest first, and what changed it. */
export function PromiseVersions({ order }: { order: Order }) {
  const t = useTexts(en);
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['orders', order.id, 'promises'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}/promises', { params: { path: { id: order.id }, query: { limit: 20 } }, signal })),
    enabled: isOpen,
    retry: false,
  });
  if (!order.shipBy && !order.deliverBy) return null;
  return (
    <details className={css.promises} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t('promises')}</summary>
      <ProblemAlert error={error} />
      {data?.data.length === 0 && <p className="sy-muted">{t('promises.none')}</p>}
      <ol className={css.list}>
        {data?.data.map((p) => (
          <li key={p.version} className={css.item}>
            <span className="sy-row">
              <Status tone={p.isCurrent ? 'good' : 'neutral'} isPlain>{t('promises.version', { n: p.version })}</Status>
              <span className="sy-muted"><When at={p.madeAt} as="dateTime" /></span>
            </span>
            <span>{t.node('promises.dates', { ship: <When at={p.shipBy} as="dateTime" />, deliver: <When at={p.deliverBy} as="date" /> })}</span>
            <span className="sy-meta" dir="auto">{p.reason}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
