import { ActionIcon, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconArrowLeft, IconChevronDown, IconChevronUp } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useKeys } from '@house/keys.ts';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { useSaid } from '@house/words/useSaid.ts';
import { CancelOrder } from '@rooms/Orders/CancelOrder.tsx';
import { EditOrder } from '@rooms/Orders/EditOrder.tsx';
import { orderOptions, type Hold, type Order } from '@rooms/Orders/orders.ts';
import { ReleaseHold } from '@rooms/Orders/ReleaseHold.tsx';
import { exceptionOf, holdOf, rightOf, toneOf, wordsOf, type Action, type Item } from './attention.ts';
import css from './Exceptions.module.css';
import { OrderFacts } from './OrderFacts.tsx';
import { ResolveException } from './ResolveException.tsx';
import en from './texts.en.ts';

interface Props {
  item: Item;
  label: string;
  left: number;
  isMore: boolean;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  onBack: (() => void) | null;
}

type Dialog = { kind: 'edit' | 'cancel' | 'resolve' } | { kind: 'release'; hold: Hold };

/** What is mended at a channel's page. */
const ofChannels = new Set(['channel_order_parked', 'channel_task_parked', 'channel_refused', 'channel_silent', 'stock_not_told']);

/** One thing that waits: what is known of it, and what can be done about it here. */
export function ItemPanel({ item, label, left, isMore, onPrevious, onNext, onBack }: Props) {
  const t = useTexts(en);
  const may = useMay();
  const actorName = useActorName();
  const said = useSaid();
  const { session } = useSession();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const { data: order, error } = useQuery({ ...orderOptions(item.order ?? ''), enabled: item.order !== null });
  // Whoever deals with one thing after the other goes on with the next, wherever the last dialog left the focus.
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body || onBack) head.current?.focus({ preventScroll: true });
  }, [onBack]);
  const again = () => queries.invalidateQueries({ queryKey: ['attention'] });

  const prioritise = useMutation({
    mutationFn: (to: number) => ask(api.POST('/api/v1/orders/{id}/priority', { params: { path: { id: item.order! } }, body: { priority: to } })),
    onSuccess: async (_, to) => {
      const before = order?.priority ?? 0;
      if (to !== before) notify(t('prioritised', { number: item.orderNumber ?? '' }), () => prioritise.mutateAsync(before));
      await queries.invalidateQueries({ queryKey: ['orders', item.order] });
      onNext?.();
    },
  });
  const me = session.user?.userName;
  const take = useMutation({
    mutationFn: (owner: string | null) => {
      const hold = holdOf(item) ?? order?.holds.find((h) => h.state === 'open' && h.kind === item.kind)?.hold;
      const exception = exceptionOf(item);
      return exception !== null
        ? ask<unknown>(api.POST('/api/v1/exceptions/{id}/assign', { params: { path: { id: exception } }, body: { owner } }))
        : ask<unknown>(api.POST('/api/v1/orders/{id}/assign-hold', { params: { path: { id: item.order! } }, body: { hold: hold!, owner } }));
    },
    onSuccess: again,
  });
  const canTake = me !== undefined && may('orders:write') && (item.source === 'hold' || item.source === 'exception');

  const start = (action: Action) => {
    if (action.operation === 'exceptions.resolve') setDialog({ kind: 'resolve' });
    else if (action.operation === 'orders.edit') setDialog({ kind: 'edit' });
    else if (action.operation === 'orders.cancel') setDialog({ kind: 'cancel' });
    else if (action.operation === 'orders.prioritise') prioritise.mutate(100);
    else if (action.operation === 'orders.releaseHold') {
      const hold = order?.holds.find((h) => h.hold === holdOf(item));
      if (hold) setDialog({ kind: 'release', hold });
    }
  };
  const known = item.actions.filter((a) => a.operation !== 'orders.read' && may(rightOf(a)));
  const nameOf = (action: Action) => {
    const key = wordsOf(item, action).find((k) => k in en.words);
    return key ? t.maybe(key) : action.text;
  };
  useKeys({ a: () => (known[0] && (order !== undefined || item.order === null) ? start(known[0]) : false), t: () => (canTake ? take.mutate(item.owner === me ? null : me) : false) });

  const number = item.orderNumber;
  return (
    <section className={css.panel} aria-label={t('current')}>
      <div className={css.head}>
        {onBack && (
          <ActionIcon onClick={onBack} aria-label={t('back')}>
            <IconArrowLeft size={16} aria-hidden />
          </ActionIcon>
        )}
        <h2 className={css.title} tabIndex={-1} ref={head}>
          {number ? <bdi>#{number}</bdi> : item.node ? <bdi className="sy-code">{item.node}</bdi> : label}
        </h2>
        <Status tone={toneOf(item)}>{label}</Status>
        <span className={css.left} role="status">
          {t(isMore ? 'leftMore' : 'left', { n: left })}
        </span>
        <ActionIcon onClick={onPrevious ?? undefined} disabled={!onPrevious} aria-label={t('previous')} title={t('previous.key')}>
          <IconChevronUp size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon onClick={onNext ?? undefined} disabled={!onNext} aria-label={t('next')} title={t('next.key')}>
          <IconChevronDown size={16} aria-hidden />
        </ActionIcon>
      </div>
      <div className={css.body}>
        <div className={css.what} data-tone={toneOf(item)}>
          <p className={css.says} dir="auto">
            {said(item.says, item.detail)}
          </p>
          {item.source === 'exception' && <p dir="auto">{`next.${item.kind}` in en.words ? t.maybe(`next.${item.kind}`) : item.actions[0]?.text}</p>}
          {ofChannels.has(item.kind) && may('settings:read') && <p><Link to="/channels">{t('toChannels')}</Link></p>}
          {item.kind === 'payment_expired' && <p>{t('next.payment_expired')}</p>}
          <p className="sy-meta">
            {t.node('since', { when: <When at={item.since} as="dateTime" /> })}
            {item.line !== null && ` · ${t('line', { n: item.line })}`}
            {item.isOverdue && ` · ${t('overdue')}`}
            {item.owner && ` · ${t('owner', { who: actorName(item.owner) })}`}
          </p>
        </div>
        <div className={css.actions}>
          {known.map((action, i) =>
            action.operation === 'catalog.createProduct' ? (
              <Button key={action.operation} component={Link} to="/catalogue" variant={i === 0 ? 'filled' : 'default'}>
                {nameOf(action)}
              </Button>
            ) : (
              <Button key={action.operation} variant={i === 0 ? 'filled' : 'default'} disabled={item.order !== null && !order} loading={action.operation === 'orders.prioritise' && prioritise.isPending} onClick={() => start(action)}>
                {nameOf(action)}
              </Button>
            ),
          )}
          {item.order && (
            <Button component={Link} to={`/orders/${item.order}`} variant={known.length === 0 ? 'filled' : 'default'}>
              {t('open')}
            </Button>
          )}
          {canTake && (
            <Button variant="subtle" loading={take.isPending} onClick={() => take.mutate(item.owner === me ? null : me)}>
              {item.owner === me ? t('giveBack') : t('take')}
            </Button>
          )}
        </div>
        {known.length === 0 && item.actions.some((a) => a.operation !== 'orders.read') && <p className="sy-muted">{t('noRight')}</p>}
        <ProblemAlert error={take.error ?? prioritise.error} />
        {error && <ProblemAlert error={error} what={t('orderNotLoaded')} />}
        {order && <OrderFacts order={order} line={item.line} />}
      </div>
      {order && dialog && <Dialogs order={order} dialog={dialog} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'resolve' && <ResolveException item={item} label={label} onClose={() => setDialog(null)} />}
    </section>
  );
}

function Dialogs({ order, dialog, onClose }: { order: Order; dialog: Dialog; onClose: () => void }) {
  if (dialog.kind === 'edit') return <EditOrder order={order} onClose={onClose} />;
  if (dialog.kind === 'cancel') return <CancelOrder order={order} onClose={onClose} />;
  if (dialog.kind === 'release') return <ReleaseHold order={order} hold={dialog.hold} onClose={onClose} />;
  return null;
}
