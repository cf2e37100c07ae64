import { Select, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { isOpen, isPlaceable, statuses, type Payment } from './draft.ts';
import css from './ManyDrafts.module.css';
import en from './texts.en.ts';

export type ManyAction = 'place' | 'discard';
type Summary = Schema['DraftSummary'];

interface Props {
  action: ManyAction;
  drafts: readonly Summary[];
  onClose: (isDone: boolean) => void;
}

interface Left {
  draft: Summary;
  why: string;
}

/** Places or gives up several drafts, one after the other; what could not be done says why and stays as it was. */
export function ManyDrafts({ action, drafts, onClose }: Props) {
  const t = useTexts(en);
  const { money, list } = useFormat();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [status, setStatus] = useState<Payment['status']>('');
  const [at, setAt] = useState<number | null>(null);
  const [left, setLeft] = useState<Left[] | null>(null);
  const open = drafts.filter((d) => (action === 'place' ? isPlaceable(d.state) : isOpen(d.state)));
  // What failed may be tried again, by whoever has mended it meanwhile.
  const todo = left ? left.map((l) => l.draft) : open;
  const n = todo.length;

  const go = async () => {
    const failed: Left[] = [];
    for (const [i, draft] of todo.entries()) {
      setAt(i + 1);
      const where = { params: { path: { id: draft.id } } };
      try {
        if (action === 'discard') await ask(api.POST('/api/v1/drafts/{id}/abandon', { ...where, body: { reason: reason || null }, headers: ifMatch(draft.version) }));
        else await ask(api.POST('/api/v1/drafts/{id}/place', { ...where, body: { payment: status ? { status } : null, onShort: null, externalId: null } as Schema['PlaceDraftBody'], headers: ifMatch(draft.version) }));
      } catch (error) {
        failed.push({ draft, why: error instanceof Error ? error.message : String(error) });
      }
    }
    setAt(null);
    const done = n - failed.length;
    if (done > 0) {
      notify(t(`many.${action}.done`, { n: done }));
      void queries.invalidateQueries({ queryKey: ['drafts'] });
      if (action === 'place') void queries.invalidateQueries({ queryKey: ['orders'] });
    }
    if (failed.length === 0) onClose(true);
    else setLeft(failed);
  };

  const keeps = open.length;
  return (
    <Consequences
      opened
      onClose={() => onClose(left !== null)}
      title={t(`many.${action}.title`)}
      rows={[
        { what: t('many.drafts'), now: t('many.stillOpen', { n }), after: action === 'place' ? t('many.orders', { n }) : t('many.givenUp', { n }) },
        ...(worthOf(todo).length > 0 ? [{ what: t('many.value'), now: list(worthOf(todo).map(([currency, minor]) => money(minor, currency))), after: action === 'place' ? list(worthOf(todo).map(([currency, minor]) => money(minor, currency))) : '–' }] : []),
        { what: t('many.stock'), now: t('many.own'), after: action === 'place' ? t('many.taken') : t('many.back') },
      ]}
      confirm={at !== null ? t('many.at', { n: at, of: n }) : t(`many.${action}.go`, { n })}
      isDanger={action === 'discard'}
      notYet={keeps === 0 ? t('many.none') : action === 'place' && status === '' ? t('many.sayPayment') : null}
      onConfirm={() => void go()}
      isPending={at !== null}
    >
      {drafts.length > keeps && <p className="sy-muted">{t('many.left', { n: drafts.length - keeps })}</p>}
      {left && (
        <div className={css.left} role="alert">
          <strong>{t('many.failed', { n: left.length })}</strong>
          <ul className={css.list}>
            {left.map((l) => (
              <li key={l.draft.id}>
                <Link to={`/drafts/${l.draft.id}`}>{l.draft.number}</Link> <span dir="auto">{l.why}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {action === 'place' ? (
        <Select
          label={t('many.payment')}
          placeholder={t('payment.choose')}
          data={statuses.map((s) => ({ value: s, label: t(`payment.${s}`) }))}
          value={status === '' ? null : status}
          onChange={(s) => setStatus((s ?? '') as Payment['status'])}
          data-autofocus
        />
      ) : (
        <Textarea label={t('discard.why')} description={t('many.again')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} data-autofocus />
      )}
    </Consequences>
  );
}

/** What they come to, by currency; nothing for whoever sees no amounts. */
function worthOf(drafts: readonly Summary[]): [currency: string, minor: number][] {
  const sums = new Map<string, number>();
  for (const d of drafts) if (typeof (d.totalMinor as number | undefined) === 'number') sums.set(d.currency, (sums.get(d.currency) ?? 0) + d.totalMinor);
  return [...sums];
}
