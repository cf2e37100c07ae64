import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useActorName } from '@house/useActorName.ts';
import { useChannelName } from '@house/useChannelName.ts';
import { useNow } from '@house/now.ts';
import words from '@house/words/texts.en.ts';
import { useSaid } from '@house/words/useSaid.ts';
import css from './OrderTimeline.module.css';
import { changesOf, foldRoutine, subjectOf, subjects, type Entry, type Subject } from './timeline.ts';
import type { Order } from './orders.ts';
import en from './texts.en.ts';

/** What happened, newest first: who, what, why, and before and after. */
export function OrderTimeline({ order }: { order: Order }) {
  const t = useTexts(en);
  const { date } = useFormat();
  const [subject, setSubject] = useState<Subject | 'all'>('all');
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['orders', order.id, 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET('/api/v1/orders/{id}/timeline', { params: { path: { id: order.id }, query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const all = data?.pages.flatMap((p) => p.data) ?? [];
  const entries = all.filter((e) => subject === 'all' || subjectOf(e.kind) === subject);
  const days = new Map<string, (Entry | Entry[])[]>();
  for (const row of foldRoutine(entries, unfolded, subject === 'all')) {
    const day = date((Array.isArray(row) ? row[0]! : row).at);
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  const present = subjects.filter((s) => all.some((e) => subjectOf(e.kind) === s));

  return (
    <Section
      title={t('timeline')}
      actions={
        present.length > 0 && (
          <div className={css.filters} role="group" aria-label={t('timeline.filter')}>
            {(['all', ...present] as const).map((s) => (
              <button key={s} type="button" className={css.filter} aria-pressed={subject === s} onClick={() => setSubject(s)}>
                {t(`timeline.${s}`)}
              </button>
            ))}
          </div>
        )
      }
    >
      <ProblemAlert error={error} />
      {[...days].map(([day, rows]) => (
        <div key={day}>
          <h3 className={css.day}>{day}</h3>
          <ol className={css.entries}>
            {rows.map((row) =>
              Array.isArray(row) ? (
                <li key={row[0]!.seq} className={css.entry}>
                  <span />
                  <button type="button" className={css.fold} onClick={() => setUnfolded(new Set([...unfolded, ...row.map((e) => e.seq)]))}>
                    {t('timeline.folded', { n: row.length })}
                  </button>
                </li>
              ) : (
                <EntryRow key={row.seq} entry={row} order={order} />
              ),
            )}
          </ol>
        </div>
      ))}
      {hasNextPage && (
        <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('timeline.older')}
        </Button>
      )}
    </Section>
  );
}

function EntryRow({ entry, order }: { entry: Entry; order: Order }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const format = useFormat();
  const nameOf = useActorName();
  const said = useSaid();
  const channelName = useChannelName();
  useNow();
  const payload = (entry.payload ?? {}) as Record<string, unknown>;
  const text = (key: string) => (typeof payload[key] === 'string' || typeof payload[key] === 'number' ? String(payload[key]) : '');
  const kind = word.maybe(`hold.${text('kind')}`);
  const held = entry.kind === 'OrderHeld' ? order.holds.find((h) => h.hold === payload['hold']) : undefined;
  const reason = entry.reason && (held ? said(held.says, entry.reason) : text('says') ? said([{ code: text('says') as 'promiseLeft', values: {} }], entry.reason) : entry.reason);
  const changes = changesOf(payload);
  const value = (v: unknown, how: string) =>
    v === null || v === undefined || v === '' ? '–' : how === 'money' ? format.money(Number(v), order.currency) : how === 'instant' ? format.dateTime(Number(v)) : String(v);
  return (
    <li className={css.entry} data-note={entry.note ? true : undefined}>
      <time dateTime={entry.at} title={format.full(entry.at)} className={css.at}>
        {format.time(entry.at)}
      </time>
      <div className={css.what}>
        <span>
          <strong className={css.kind}>
            {entry.kind === 'OrderPlaced' ? (
              <HowPlaced order={order} made={payload['madeOf']} channel={text('channel')} />
            ) : aboutOrders.has(entry.kind) ? (
              t.node(`event.${entry.kind}` as 'event.OrderSplit', { order: <OtherOrder order={order} id={text('order')} number={text('number')} /> })
            ) : (
              t.maybe(`event.${entry.kind}`, { kind: entry.contact ? word(`contact.${entry.contact.kind}`) : kind, number: text('number'), node: text('node'), what: text('what'), madeChannel: text('madeChannel') && channelName(text('madeChannel')), medium: entry.contact ? word(`medium.${entry.contact.medium}`) : '', ...swapped(payload) })
            )}
          </strong>{' '}
          <span className="sy-muted">{nameOf(entry.actor)}</span>
          {reason && <span dir="auto"> · {reason}</span>}
          {entry.kind === 'OrderTagged' && (
            <span>
              {' '}
              {[...((payload['added'] as string[] | undefined) ?? []).map((x) => `+${x}`), ...((payload['removed'] as string[] | undefined) ?? []).map((x) => `−${x}`)].join(' ')}
            </span>
          )}
        </span>
        {entry.note && <Note body={entry.note.body} />}
        {entry.contact && entry.contact.note !== '' && <Note body={entry.contact.note} />}
        {changes.length > 0 && (
          <ul className={css.changes}>
            {changes.map((c) => (
              <li key={c.what + String(c.about)}>
                {c.about && <bdi className="sy-code">{c.about} </bdi>}
                {t.maybe(`change.${c.what}`)}
                {c.how !== 'none' && (
                  <>
                    {': '}
                    <s className="sy-muted">{value(c.before, c.how)}</s> → <span className="sy-strong">{value(c.after, c.how)}</span>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/** Which product went in place of which, and how many. */
function swapped(payload: Record<string, unknown>) {
  const more = (payload['more'] ?? {}) as { sku?: string; insteadSku?: string; quantity?: number };
  return { sku: more.sku ?? '', instead: more.insteadSku ?? '', n: more.quantity ?? 0 };
}

/** Entries that name another order. */
const aboutOrders = new Set(['OrderLinked', 'OrderSplit', 'PaymentMoved']);

function OtherOrder({ order, id, number }: { order: Order; id: string; number: string }) {
  const t = useTexts(en);
  const known = number || order.links.find((l) => l.order === id)?.number;
  return <Link to={`/orders/${id}`}>{known ? `#${known}` : t('hold.other')}</Link>;
}

/** Through which channel it came, or out of which other order, which one can go to. */
function HowPlaced({ order, made, channel }: { order: Order; made: unknown; channel: string }) {
  const t = useTexts(en);
  const channelName = useChannelName();
  const values = { channel: channelName(channel || order.channel) };
  const { order: origin, kind } = (made ?? {}) as { order?: string | null; kind?: string | null };
  const key = `made.${kind}`;
  if (!origin || !isMade(key)) return <>{t('event.OrderPlaced', values)}</>;
  return <>{t.node(key, { ...values, order: <OtherOrder order={order} id={origin} number="" /> })}</>;
}

const isMade = (key: string): key is 'made.split' | 'made.replacement' | 'made.exchange' | 'made.reorder' => key in en.words;

const Note = ({ body }: { body: string }) => (
  <p className={css.note} dir="auto">
    {body}
  </p>
);
