import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { usePreference } from '@house/preferences.ts';
import { useSession } from '@house/session.tsx';
import type { Order } from '@rooms/Orders/orders.ts';
import { CustomerPart } from './CustomerPart.tsx';
import { DeliveryPart } from './DeliveryPart.tsx';
import css from './DraftDesk.module.css';
import { bodyOf, emptyForm, faultsOf, formOf, isOpen, noPayment, placeOf, toneOfDraft, type Draft, type Form, type Obstacle, type Payment } from './draft.ts';
import { DraftMenu } from './DraftMenu.tsx';
import { GoodsPart } from './GoodsPart.tsx';
import { keep, left } from './kept.ts';
import { Placed } from './Placed.tsx';
import { RemarksPart } from './RemarksPart.tsx';
import { SummaryPart } from './SummaryPart.tsx';
import en from './texts.en.ts';
import { useSaver } from './useSaver.ts';

interface Props {
  start: Draft | null;
  channels: Schema['WriteChannelResponse'][];
  channel: string;
  currency: string;
  onMade: (draft: string) => void;
  onNew: () => void;
  onOpen: (draft: string) => void;
}

/** One draft in hand: who, what, where to, how it is paid, and what it comes to. It is saved as it grows. */
export function DraftDesk({ start, channels, channel, currency, onMade, onNew, onOpen }: Props) {
  const t = useTexts(en);
  const { session, may } = useSession();
  const { money } = useFormat();
  const queries = useQueryClient();
  const isNarrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [kept] = useState(() => left(start?.id ?? null, start?.version ?? 0));
  const [form, setForm] = useState<Form>(() => kept?.form ?? (start ? formOf(start) : emptyForm(channel, currency)));
  const [payment, setPayment] = useState<Payment>(kept?.payment ?? noPayment);
  const [isUnlocked, unlock] = useState(false);
  const [placed, setPlaced] = useState<Order | null>(null);
  const [, setLastChannel] = usePreference<string | null>('draft.channel', null);
  const [, setLastCurrency] = usePreference<string | null>('draft.currency', null);
  const state = useRef<{ isOpen: boolean }>({ isOpen: true });
  const [stateNow, setStateNow] = useState(start?.state ?? 'draft');
  // Prices that one may not see would be lost by saving without them.
  const isUnseen = start !== null && !may('prices:read') && (start.createdBy !== session.actor || start.charges.length > 0);
  const isLocked = isUnseen || placed !== null || !isOpen(stateNow) || (stateNow !== 'draft' && !isUnlocked);
  const saver = useSaver(start, form, isLocked, (draft) => {
    keep(null, null);
    onMade(draft.id);
  });
  const view = saver.view;
  useEffect(() => setStateNow(view?.state ?? 'draft'), [view]);

  // What is not saved yet survives a reload, and so does what is said of the payment, which is no part of a draft.
  const id = view?.id ?? null;
  useEffect(() => {
    if (placed || !state.current.isOpen) return;
    keep(id, { form: saver.isDirty ? form : null, payment, version: view?.version ?? 0 });
  }, [id, form, payment, saver.isDirty, view, placed]);

  const preview = useQuery({
    queryKey: ['drafts', id, 'preview', view?.version, payment.onShort, payment.status],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/v1/drafts/{id}/preview', { params: { path: { id: id! }, query: { ...(payment.onShort ? { onShort: payment.onShort } : {}), ...(statusOf(payment) ? { payment: statusOf(payment)! } : {}) } }, signal })),
    enabled: id !== null && placed === null && isOpen(stateNow),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const place = useMutation({
    mutationFn: async () => {
      const draft = await saver.flush();
      return await ask(api.POST('/api/v1/drafts/{id}/place', { params: { path: { id: draft.id } }, body: { payment: paymentOf(payment), onShort: payment.onShort || null }, headers: ifMatch(draft.version) }));
    },
    onSuccess: (order) => {
      state.current.isOpen = false;
      keep(id, null);
      setLastChannel(form.channel);
      setLastCurrency(form.currency);
      setPlaced(order);
      void queries.invalidateQueries({ queryKey: ['orders'] });
      void queries.invalidateQueries({ queryKey: ['drafts', 'list'] });
    },
    onError: (error) => {
      const [first] = obstaclesOf(error, [], saver.keys);
      if (first) goTo(first.place);
    },
  });

  const obstacles = obstaclesOf(saver.error ?? place.error, preview.data?.problems ?? [], saver.keys);
  if (form.lines.length === 0) obstacles.unshift({ place: 'lines', detail: t('need.lines') });
  if (payment.status === '' && form.type !== 'wholesale') obstacles.push({ place: 'payment', detail: t('need.payment') });
  const isNamed = Boolean(form.customerId || form.name.trim() || form.email.trim() || form.phone.trim());
  if (!isNamed) obstacles.unshift({ place: 'customer', detail: t('need.customer') });
  const faults = faultsOf(obstacles);
  const [isAsked, setAsked] = useState(false);
  const canPlace = placed === null && (!isLocked || stateNow === 'quoted' || stateNow === 'accepted');
  const tryPlace = () => {
    if (!canPlace || place.isPending) return;
    setAsked(true);
    const missing = obstacles.find((o) => ['customer', 'lines', 'payment'].includes(o.place));
    if (missing) goTo(missing.place);
    else place.mutate();
  };
  const now = useRef(tryPlace);
  useEffect(() => {
    now.current = tryPlace;
  });
  useEffect(() => {
    const press = (e: KeyboardEvent) => {
      if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || (e.target as HTMLElement | null)?.closest('[role="dialog"]')) return;
      e.preventDefault();
      now.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  if (placed) return <Placed order={placed} onNew={onNew} />;
  const change = (next: (now: Form) => Form) => {
    if (place.error) place.reset();
    setForm(next);
  };
  const title = !view ? t('title.new') : t(view.state === 'draft' ? 'title.draft' : 'title.quote', { number: view.number });
  const parts = { form, change, view, preview: preview.data ?? null, faults: isAsked ? faults : shownEarly(faults), keys: saver.keys };
  const total = view && typeof (view.totalMinor as number | undefined) === 'number' ? money(view.totalMinor, view.currency) : null;
  const placing = (
    <Button onClick={tryPlace} loading={place.isPending} {...(isNarrow ? {} : { fullWidth: true })}>
      {total && !isNarrow ? t('placeFor', { amount: total }) : t('place')}
    </Button>
  );
  return (
    <div className={css.page}>
      <PageHead
        title={title}
        beside={
          <span className={css.beside}>
            {view && <Status tone={toneOfDraft(view.state)}>{t.maybe(`state.${view.state}`)}</Status>}
            <span className="sy-meta" role="status">
              {saver.isSaving ? t('saving') : saver.error ? t('notSaved') : view && !saver.isDirty ? t('saved') : ''}
            </span>
          </span>
        }
        actions={<DraftMenu view={view} canQuote={canPlace && form.lines.length > 0} body={() => bodyOf(form)} flush={saver.flush} adopt={saver.adopt} onNew={onNew} onOpen={onOpen} />}
      />
      {isUnseen && (
        <p className={css.notice} role="note">
          {t('notice.unseen')}
        </p>
      )}
      <Notice view={view} isUnlocked={isUnlocked} onUnlock={() => unlock(true)} />
      {saver.error?.isClash && (
        <div className={css.problem}>
          <ProblemAlert error={saver.error} what={t('clash.what')} />
          <div className="sy-row">
            <Button variant="default" onClick={() => location.reload()}>
              {t('clash.theirs')}
            </Button>
            <Button variant="default" onClick={() => void saver.overwrite().catch(() => undefined)}>
              {t('clash.mine')}
            </Button>
          </div>
        </div>
      )}
      {saver.error && !saver.error.isClash && (
        <div className={css.problem}>
          <ProblemAlert error={saver.error} what={t('notSaved.what')} again={() => void saver.flush().catch(() => undefined)} />
        </div>
      )}
      <div className={css.columns}>
        <fieldset className={css.main} disabled={isLocked}>
          <legend className="sy-hidden">{title}</legend>
          <CustomerPart {...parts} isNew={start === null && view === null} onPicked={() => goTo('lines')} />
          <GoodsPart {...parts} isSaving={saver.isSaving || saver.isDirty} />
          <DeliveryPart {...parts} />
          <RemarksPart {...parts} channels={channels} />
        </fieldset>
        <SummaryPart
          {...parts}
          payment={payment}
          onPayment={(next) => {
            if (place.error) place.reset();
            setPayment(next);
          }}
          obstacles={obstacles}
          isAsked={isAsked}
          isFresh={!saver.isDirty && !saver.isSaving && !preview.isFetching}
          error={place.error}
          goTo={goTo}
          place={isNarrow || !canPlace ? null : placing}
          isOver={!canPlace}
        />
      </div>
      {isNarrow && canPlace && (
        <div className={css.bar}>
          <span className={css.barTotal}>
            <span className="sy-meta">{t('total')}</span>
            <strong>{total ?? '–'}</strong>
          </span>
          {placing}
        </div>
      )}
    </div>
  );
}

function Notice({ view, isUnlocked, onUnlock }: { view: Draft | null; isUnlocked: boolean; onUnlock: () => void }) {
  const t = useTexts(en);
  const { date } = useFormat();
  if (!view || view.state === 'draft' || isUnlocked) return null;
  const until = view.validUntil ? date(view.validUntil) : '';
  return (
    <div className={css.notice} role="note">
      <span>{view.state === 'quoted' ? t('notice.quoted', { until }) : view.state === 'expired' ? t('notice.expired', { until }) : view.state === 'accepted' ? t('notice.accepted') : t(view.state === 'placed' ? 'notice.placed' : 'notice.abandoned')}</span>
      {isOpen(view.state) && (
        <Button variant="default" size="compact-sm" onClick={onUnlock}>
          {t('notice.change')}
        </Button>
      )}
      {view.order && <Link to={`/orders/${view.order}`}>{t('notice.order')}</Link>}
    </div>
  );
}

const statusOf = (p: Payment) => (p.status === '' || p.status === 'none' ? null : p.status);

function paymentOf(p: Payment): Schema['PlaceOrderPayment'] | null {
  const status = statusOf(p);
  return status === null ? null : { status, method: p.method.trim() || null, reference: p.reference.trim() || null, expiresAt: null };
}

function obstaclesOf(error: Error | null, problems: readonly { pointer: string; detail: string }[], keys: string[]): Obstacle[] {
  const faults = error instanceof ApiError && !error.isClash ? error.fields : [];
  return [...(faults.length > 0 ? faults : problems)].map((f) => ({ place: placeOf(f.pointer, keys), detail: f.detail }));
}

/** Before anybody wants to place it, only what is wrong is told beside its field, not what is still missing. */
const shownEarly = (faults: Record<string, string>) => Object.fromEntries(Object.entries(faults).filter(([place]) => !['customer', 'lines', 'payment', 'shippingAddress'].includes(place)));

/** Brings the person to the field that something is said of. */
function goTo(place: string) {
  const parts = place.split('.');
  for (let n = parts.length; n > 0; n--) {
    const at = document.querySelector<HTMLElement>(`[data-place="${CSS.escape(parts.slice(0, n).join('.'))}"]`);
    const field = at && (at.matches('input, textarea, button, select') ? at : at.querySelector<HTMLElement>('input:not([type=hidden]), textarea, button'));
    if (!field) continue;
    field.scrollIntoView({ block: 'center' });
    field.focus({ preventScroll: true });
    return;
  }
}
