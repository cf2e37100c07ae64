import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconChevronLeft, IconChevronRight } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { allNodesOptions, cutOffsOf, dayName, isAlwaysOpen, pageOf, weekOf, type Node } from '@rooms/Nodes/nodes.ts';
import css from './Calendar.module.css';
import { instantOf, monthOf, monthsOn, shareOf, type Day } from './calendar.ts';
import { CarrierCalendars } from './CarrierCalendars.tsx';
import { Frame } from './Frame.tsx';
import routing from './Routing.module.css';
import en from './texts.en.ts';
import { useOffers } from './useOffers.ts';

const mostDays = 90;

/** When nodes work, how full their days are, and what they would promise. */
export default function CalendarsPage() {
  const t = useTexts(en);
  const nodes = useQuery(allNodesOptions);
  const [{ node: chosen }, setUrl] = useUrlState();
  const node = nodes.data?.find((n) => n.code === chosen) ?? nodes.data?.[0];
  return (
    <Frame section="calendars" error={nodes.error} again={() => void nodes.refetch()}>
      {nodes.data?.length === 0 && <EmptyState kind="first" title={t('calendars.none')} text={t('calendars.noneText')} />}
      {node && (
        <>
          <Select className={css.node!} label={t('node')} value={node.code} data={nodes.data!.map((n) => ({ value: n.code, label: `${n.code} ${n.name}` }))} searchable allowDeselect={false} onChange={(v) => v && setUrl({ node: v })} />
          <div className={routing.split}>
            <div className={routing.column}>
              <Month key={node.code} node={node} />
            </div>
            <div className={routing.column}>
              <Promised key={node.code} node={node} />
              <Hours node={node} />
            </div>
          </div>
        </>
      )}
      <CarrierCalendars />
    </Frame>
  );
}

/** The days of a month as weeks: worked or not, and how full. */
function Month({ node }: { node: Node }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const { number } = useFormat();
  const [month, setMonth] = useState(0);
  const { data, error, refetch } = useQuery({
    queryKey: ['nodes', node.code, 'days'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/days', { params: { path: { code: node.code }, query: { days: mostDays } }, signal })),
    placeholderData: keepPreviousData,
  });
  if (error) return <ProblemAlert error={error} again={() => void refetch()} />;
  if (!data) return null;
  const months = monthsOn(data.days.map((d) => d.date));
  const shown = months[Math.min(month, months.length - 1)]!;
  const weeks = monthOf(shown, data.days, node.closedDays ?? []);
  const title = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${shown}-01`));
  const full = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const words = (d: Day) => [d.isHoliday ? t('day.holiday') : !d.works ? t('day.closed') : d.opens ? t('day.open', { from: d.opens.slice(0, 5), to: (d.closes ?? '').slice(0, 5) }) : t('day.allDay'), d.isFull && t('day.full')].filter(Boolean).join(', ');
  return (
    <Section
      title={title}
      actions={
        <span className="sy-row">
          <ActionIcon aria-label={t('month.before')} disabled={month === 0} onClick={() => setMonth(month - 1)}><IconChevronLeft size={16} aria-hidden /></ActionIcon>
          <ActionIcon aria-label={t('month.after')} disabled={month >= months.length - 1} onClick={() => setMonth(month + 1)}><IconChevronRight size={16} aria-hidden /></ActionIcon>
        </span>
      }
    >
      <ScrollPanel label={title}>
        <table className={css.month}>
          <thead>
            <tr>{weekdays(locale).map((d) => <th key={d} scope="col">{d}</th>)}</tr>
          </thead>
          <tbody>
            {weeks.map((week, i) => (
              <tr key={i}>
                {week.map((d, j) =>
                  d === null ? (
                    <td key={j} className={css.blank} />
                  ) : (
                    <td key={d.date} data-works={d.works || undefined} data-holiday={d.isHoliday || undefined} data-past={d.isPast || undefined} data-full={d.isFull || undefined}>
                      <time dateTime={d.date} title={full.format(Date.parse(d.date))}>{Number(d.date.slice(8))}</time>
                      {!d.isPast && (
                        <>
                          <span className={css.what}>{words(d)}</span>
                          {d.works && d.capacity !== null && d.parcels !== null && (
                            <span className={css.load}>
                              <span className={css.bar} aria-hidden><span data-full={d.isFull || undefined} style={{ inlineSize: `${shareOf(d.parcels, d.capacity)}%` }} /></span>
                              <span>{t('day.load', { n: number(d.parcels), of: number(d.capacity) })}</span>
                            </span>
                          )}
                        </>
                      )}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
      <p className="sy-muted">{t('month.about', { zone: node.timeZone })}</p>
    </Section>
  );
}

const weekdays = (locale: string) => Array.from({ length: 7 }, (_, i) => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + i)));

/** What would be promised for an order placed at some time, by the node's clock. */
function Promised({ node }: { node: Node }) {
  const t = useTexts(en);
  const offers = useOffers();
  const { time } = useFormat();
  const [country, setCountry] = useState(node.country ?? 'GB');
  const [postcode, setPostcode] = useState('');
  const [local, setLocal] = useState('');
  const placedAt = local === '' ? null : instantOf(local, node.timeZone);
  const { data, error } = useQuery({
    queryKey: ['nodes', node.code, 'dates', country, postcode, placedAt],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/dates', { params: { path: { code: node.code }, query: { country, ...(postcode ? { postcode } : {}), ...(placedAt ? { placedAt } : {}) } }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <Section title={t('promised')}>
      <div className={routing.panel}>
        <TextInput type="datetime-local" label={t('promised.at')} description={local === '' ? t('promised.now') : t('promised.zone', { zone: node.timeZone })} value={local} onChange={(e) => setLocal(e.currentTarget.value)} />
        <div className={routing.form}>
          <Select label={t('country')} value={country} data={offers.country} searchable allowDeselect={false} onChange={(v) => v && setCountry(v)} />
          <TextInput label={t('postcode')} value={postcode} maxLength={20} onChange={(e) => setPostcode(e.currentTarget.value)} />
        </div>
        <ProblemAlert error={error} />
        <div role="status">
          {data?.services.length === 0 && <p className="sy-muted">{t('promised.none')}</p>}
          {data && data.services.length > 0 && (
            <ul className={css.services} aria-label={t('promised')}>
              {data.services.map((s) => (
                <li key={s.code}>
                  <strong>{s.code === 'collect' ? t('promised.collect') : s.code === 'same-day' ? t('promised.sameDay') : s.code}</strong>
                  {s.code === 'collect' ? (
                    <span>{t.node('promised.ready', { at: <When at={s.shipBy} as="dateTime" zone={node.timeZone} /> })}</span>
                  ) : (
                    <>
                      <span>{t.node('promised.leaves', { at: <When at={s.shipBy} as="dateTime" zone={node.timeZone} /> })}</span>
                      <span>{t.node('promised.arrives', { at: <When at={s.deliverBy} as="date" zone={node.timeZone} /> })}</span>
                    </>
                  )}
                  <span className="sy-muted">{[s.code === 'collect' ? null : s.cutOff ? t('promised.cutOff', { time: s.cutOff.slice(0, 5) }) : t('promised.noCutOff'), s.fullDays > 0 && t('promised.full', { n: s.fullDays })].filter(Boolean).join(' · ')}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
        {data && <p className="sy-meta">{t('promised.asked', { time: time(data.placedAt, node.timeZone) })}</p>}
      </div>
    </Section>
  );
}

/** The week, the cut-offs and the holidays, as they are written at the node. */
function Hours({ node }: { node: Node }) {
  const t = useTexts(en);
  const may = useMay();
  const { locale } = useSpeech();
  const { date } = useFormat();
  const today = new Date().toISOString().slice(0, 10);
  const holidays = [...(node.closedDays ?? [])].filter((d): d is string => d !== null && d >= today).sort();
  return (
    <Section title={t('hours')} actions={may('nodes:write') && <Button component={Link} to={`${pageOf(node.code)}/edit` as string} size="compact-sm" variant="default">{t('change')}</Button>}>
      <div className={routing.panel}>
        <dl className={routing.facts}>
          {isAlwaysOpen(node) ? (
            <div>
              <dt>{t('hours.week')}</dt>
              <dd>{t('hours.always')}</dd>
            </div>
          ) : (
            weekOf(node.openingHours).map((d) => (
              <div key={d.day}>
                <dt>{dayName(d.day, locale)}</dt>
                <dd>{d.times.join(', ') || t('day.closed')}</dd>
              </div>
            ))
          )}
          <div>
            <dt>{t('hours.cutOffs')}</dt>
            <dd>{cutOffsOf(node).map((c) => `${c.service ?? t('hours.every')} ${c.time}`).join(' · ') || '–'}</dd>
          </div>
          <div>
            <dt>{t('hours.holidays')}</dt>
            <dd>
              {holidays.slice(0, 8).map((d) => date(`${d}T12:00:00Z`, 'UTC')).join(' · ') || '–'}
              {may('nodes:write') && (
                <>
                  {' '}
                  <Link to={`${pageOf(node.code)}/edit` as string}>{t('hours.changeHolidays')}</Link>
                </>
              )}
            </dd>
          </div>
        </dl>
      </div>
    </Section>
  );
}

