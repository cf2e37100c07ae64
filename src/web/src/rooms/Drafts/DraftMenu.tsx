import { ActionIcon, Button, Menu, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { IconCopy, IconDots, IconOrders, IconPackage, IconPlus, IconTrash } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import css from './DraftMenu.module.css';
import { isOpen, type Draft, type DraftBody } from './draft.ts';
import en from './texts.en.ts';

interface Props {
  view: Draft | null;
  canQuote: boolean;
  body: () => DraftBody;
  flush: () => Promise<Draft>;
  adopt: (draft: Draft) => void;
  onNew: () => void;
  onOpen: (id: string) => void;
}

/** What else one does with a draft: quote it, keep its stock, copy it, give it up. */
export function DraftMenu({ view, canQuote, body, flush, adopt, onNew, onOpen }: Props) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<'quote' | 'discard' | null>(null);
  const done = (draft: Draft) => {
    adopt(draft);
    void queries.invalidateQueries({ queryKey: ['drafts', 'list'] });
    void queries.invalidateQueries({ queryKey: ['drafts', draft.id, 'preview'] });
  };
  const accept = useMutation({
    mutationFn: (draft: Draft) => ask(api.POST('/api/v1/drafts/{id}/accept', { params: { path: { id: draft.id } }, headers: ifMatch(draft.version) })),
    onSuccess: done,
  });
  const stock = useMutation({
    mutationFn: async (isKept: boolean) => {
      const draft = await flush();
      const at = { params: { path: { id: draft.id } }, headers: ifMatch(draft.version) };
      return isKept ? await ask(api.POST('/api/v1/drafts/{id}/release', at)) : await ask(api.POST('/api/v1/drafts/{id}/reserve', { ...at, body: { ttlSeconds: 86_400 } }));
    },
    onSuccess: (draft) => {
      done(draft);
      notify(t(draft.reservation?.state === 'active' ? 'menu.stockKept' : 'menu.stockGone'));
    },
  });
  const copy = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/drafts', { body: { ...body(), origin: null } })),
    onSuccess: (draft) => {
      notify(t('menu.copied', { number: draft.number }));
      onOpen(draft.id);
    },
  });
  const isKept = view?.reservation?.state === 'active';
  const isGoing = view === null || isOpen(view.state);
  return (
    <div className={css.actions}>
      {view?.state === 'quoted' && (
        <Button variant="default" loading={accept.isPending} onClick={() => accept.mutate(view)}>
          {t('menu.accept')}
        </Button>
      )}
      {isGoing && view?.state !== 'quoted' && view?.state !== 'accepted' && (canQuote || view?.state === 'expired') && (
        <Button variant="default" onClick={() => setDialog('quote')}>
          {t('menu.quote')}
        </Button>
      )}
      <Menu>
        <Menu.Target>
          <ActionIcon size="var(--sy-control)" variant="default" aria-label={t('menu')}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={onNew}>
            {t('menu.new')}
          </Menu.Item>
          <Menu.Item component={Link} to="/drafts" leftSection={<IconOrders size={16} aria-hidden />}>
            {t('menu.list')}
          </Menu.Item>
          {view && isGoing && (
            <Menu.Item leftSection={<IconPackage size={16} aria-hidden />} onClick={() => stock.mutate(isKept)}>
              {t(isKept ? 'menu.letGo' : 'menu.keep')}
            </Menu.Item>
          )}
          {view && (
            <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => copy.mutate()}>
              {t('menu.copy')}
            </Menu.Item>
          )}
          {view && isGoing && (
            <Menu.Item color="danger" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setDialog('discard')}>
              {t('menu.discard')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {(accept.error ?? stock.error ?? copy.error) && <ProblemAlert error={accept.error ?? stock.error ?? copy.error} what={t('menu.failed')} />}
      {dialog === 'quote' && <Quote flush={flush} view={view} onDone={done} onClose={() => setDialog(null)} />}
      {dialog === 'discard' && view && (
        <Discard
          draft={view}
          flush={flush}
          onDone={(draft) => {
            done(draft);
            notify(t('discard.done', { number: draft.number }));
          }}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}

/** From now on the prices stand, until a day. */
function Quote({ view, flush, onDone, onClose }: { view: Draft | null; flush: () => Promise<Draft>; onDone: (draft: Draft) => void; onClose: () => void }) {
  const t = useTexts(en);
  const { date } = useFormat();
  const [until, setUntil] = useState(() => dayIn(14));
  const end = /^\d{4}-\d\d-\d\d$/.test(until) ? new Date(`${until}T23:59:59`) : null;
  const quote = useMutation({
    mutationFn: async () => {
      const draft = await flush();
      return await ask(api.POST('/api/v1/drafts/{id}/quote', { params: { path: { id: draft.id } }, body: { validUntil: end!.toISOString() }, headers: ifMatch(draft.version) }));
    },
    onSuccess: (draft) => {
      onDone(draft);
      notify(t('quote.done', { number: draft.number }));
      onClose();
    },
  });
  const day = end ? date(end) : '–';
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('quote.title')}
      rows={[
        { what: t('quote.prices'), now: t('quote.follow'), after: t('quote.stand', { until: day }) },
        ...(view && typeof (view.totalMinor as number | undefined) === 'number' ? [{ what: t('total'), now: <Money minor={view.totalMinor} currency={view.currency} />, after: <Money minor={view.totalMinor} currency={view.currency} /> }] : []),
        { what: t('quote.stock'), now: t(view?.reservation?.state === 'active' ? 'quote.kept' : 'quote.free'), after: t(view?.reservation?.state === 'active' ? 'quote.kept' : 'quote.free') },
      ]}
      confirm={t('quote.go', { until: day })}
      notYet={end ? null : t('quote.noDay')}
      onConfirm={() => quote.mutate()}
      isPending={quote.isPending}
      error={quote.error}
    >
      <TextInput type="date" label={t('quote.until')} value={until} min={dayIn(1)} max={dayIn(365)} onChange={(e) => setUntil(e.currentTarget.value)} data-autofocus />
    </Consequences>
  );
}

function Discard({ draft, flush, onDone, onClose }: { draft: Draft; flush: () => Promise<Draft>; onDone: (draft: Draft) => void; onClose: () => void }) {
  const t = useTexts(en);
  const [reason, setReason] = useState('');
  const give = useMutation({
    mutationFn: async () => {
      const now = await flush().catch(() => draft);
      return await ask(api.POST('/api/v1/drafts/{id}/abandon', { params: { path: { id: draft.id } }, body: { reason: reason || null }, headers: ifMatch(now.version) }));
    },
    onSuccess: (given) => {
      onDone(given);
      onClose();
    },
  });
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('discard.title', { number: draft.number })}
      rows={[
        { what: t('discard.state'), now: t.maybe(`state.${draft.state}`), after: t('state.abandoned') },
        ...(draft.reservation?.state === 'active' ? [{ what: t('quote.stock'), now: t('quote.kept'), after: t('discard.back') }] : []),
      ]}
      confirm={t('discard.go')}
      isDanger
      onConfirm={() => give.mutate()}
      isPending={give.isPending}
      error={give.error}
    >
      <Textarea label={t('discard.why')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} data-autofocus />
    </Consequences>
  );
}

/** Days from now as a field of dates takes them, in the person's own zone. */
function dayIn(days: number): string {
  const at = new Date();
  at.setDate(at.getDate() + days);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}
