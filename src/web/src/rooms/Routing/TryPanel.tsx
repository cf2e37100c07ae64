import { ActionIcon, Autocomplete, Button, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { IconPlus, IconTrash } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { isSamePlan, lastOf, nodesOf, type Plan, type Sample, type Trial, type Tried } from './sample.ts';
import en from './texts.en.ts';
import css from './Try.module.css';
import type { Offers } from './useOffers.ts';

interface Props {
  sample: Sample;
  onSample: (sample: Sample) => void;
  trial: Trial;
  offers: Offers;
}

/** What the strategy as it is written would do with one order, beside what is done today. */
export function TryPanel({ sample, onSample, trial, offers }: Props) {
  const t = useTexts(en);
  const set = (change: Partial<Sample>) => onSample({ ...sample, ...change });
  return (
    <div className={css.panel}>
      <SegmentedControl
        fullWidth
        aria-label={t('try.on')}
        value={sample.kind}
        onChange={(kind) => set({ kind: kind as Sample['kind'], channel: sample.channel || (offers.channel[0]?.value ?? '') })}
        data={[{ value: 'order', label: t('try.order') }, { value: 'madeUp', label: t('try.madeUp') }]}
      />
      {sample.kind === 'order' ? (
        <TextInput label={t('try.number')} description={sample.number === '' ? (trial.order ? t('try.newest', { number: trial.order }) : undefined) : undefined} value={sample.number} placeholder={trial.order ?? ''} onChange={(e) => set({ number: e.currentTarget.value })} />
      ) : (
        <MadeUp sample={sample} set={set} offers={offers} />
      )}
      {trial.isNoOrder && <EmptyState kind="nothing" title={t('try.noOrder')} text={t('try.noOrderText')} />}
      <ProblemAlert error={trial.error} what={trial.error ? t('try.cannot') : undefined} />
      {trial.live && <Outcome trial={trial} live={trial.live} />}
    </div>
  );
}

function MadeUp({ sample, set, offers }: { sample: Sample; set: (change: Partial<Sample>) => void; offers: Offers }) {
  const t = useTexts(en);
  return (
    <>
      <ul className={css.basket} aria-label={t('try.basket')}>
        {sample.lines.map((line, i) => (
          <li key={i}>
            <SkuField label={t('try.sku', { n: i + 1 })} value={line.sku} onChange={(sku) => set({ lines: sample.lines.with(i, { ...line, sku }) })} />
            <NumberInput aria-label={t('try.units', { n: i + 1 })} value={line.quantity} min={1} max={9999} allowDecimal={false} hideControls onChange={(v) => set({ lines: sample.lines.with(i, { ...line, quantity: Math.max(1, Number(v) || 1) }) })} />
            <ActionIcon aria-label={t('try.removeLine', { n: i + 1 })} disabled={sample.lines.length === 1} onClick={() => set({ lines: sample.lines.toSpliced(i, 1) })}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button variant="default" size="compact-sm" className={css.add!} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set({ lines: [...sample.lines, { sku: '', quantity: 1 }] })}>{t('try.addLine')}</Button>
      <div className={css.where}>
        <Select label={t('country')} value={sample.country} data={offers.country} searchable allowDeselect={false} onChange={(v) => v && set({ country: v })} />
        <TextInput label={t('postcode')} value={sample.postcode} onChange={(e) => set({ postcode: e.currentTarget.value })} maxLength={20} />
        <Select label={t('channel')} value={sample.channel || null} data={offers.channel} allowDeselect={false} onChange={(v) => v && set({ channel: v })} />
        <Autocomplete label={t('method')} value={sample.method} data={offers.method.map((m) => m.value)} onChange={(method) => set({ method })} />
      </div>
    </>
  );
}

function SkuField({ label, value, onChange }: { label: string; value: string; onChange: (sku: string) => void }) {
  const may = useMay();
  const [asked] = useDebouncedValue(value.trim(), 250);
  const { data } = useQuery({
    queryKey: ['products', 'find', asked],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/products', { params: { query: { limit: 8, ...(asked ? { query: asked.split(/\s+/).map((w) => `"${w.replaceAll('"', '')}"*`.replace(/"(.*)"\*/, '$1*')).join(' ') } : {}) } }, signal })),
    enabled: may('catalog:read'),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const names = new Map((data?.data ?? []).map((p) => [p.sku, p.name]));
  return (
    <Autocomplete
      aria-label={label}
      placeholder="SKU"
      value={value}
      onChange={onChange}
      data={[...names.keys()]}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span className={css.offer}>
          <bdi className="sy-code">{option.value}</bdi>
          <span className="sy-muted">{names.get(option.value)}</span>
        </span>
      )}
    />
  );
}

const outcomes: Record<string, Tone> = { sent: 'good', partly: 'warn', nothing: 'neutral', gaveWay: 'neutral' };
const reasons: Record<string, Tone> = { chosen: 'good', dearer: 'neutral', excluded: 'neutral' };

function Outcome({ trial, live }: { trial: Trial; live: Tried }) {
  const t = useTexts(en);
  const { list } = useFormat();
  const { session } = useSession();
  const currency = session.baseCurrency ?? 'GBP';
  const { tried } = trial;
  if (!tried) return <p className={css.verdict} data-tone="bad" role="status">{t('try.unreadable')}</p>;
  const [a, b] = [live.plan, tried.plan];
  const same = isSamePlan(a, b);
  const difference = typeof a.costMinor === 'number' && typeof b.costMinor === 'number' ? b.costMinor - a.costMinor : null;
  const from = (p: Plan) => (p.shipments.length === 0 ? '–' : list(nodesOf(p)));
  const unsent = (x: Tried) =>
    x.unsent.length === 0 ? t('try.allSent') : list(x.unsent.map((u) => `${u.quantity} × ${u.sku}${u.after ? ` (${t.maybe(`after.${u.after}`)})` : ''}`));
  const date = (x: Tried, which: 'shipBy' | 'deliverBy') => <When at={lastOf(x.dates, which)} as="date" />;
  const rows: [string, React.ReactNode, React.ReactNode][] = [
    [t('try.from'), from(a), from(b)],
    [t('try.services'), list([...new Set(a.shipments.map((s) => s.service))]) || '–', list([...new Set(b.shipments.map((s) => s.service))]) || '–'],
    [t('try.parcels'), a.shipments.length, b.shipments.length],
    [t('try.cost'), <Money key="a" minor={a.costMinor} currency={currency} />, <span key="b"><Money minor={b.costMinor} currency={currency} />{difference !== null && difference !== 0 && <span className="sy-muted"> (<Money minor={difference} currency={currency} isDifference />)</span>}</span>],
    [t('try.leaves'), date(live, 'shipBy'), date(tried, 'shipBy')],
    [t('try.arrives'), date(live, 'deliverBy'), date(tried, 'deliverBy')],
    [t('try.unsent'), unsent(live), unsent(tried)],
  ];
  return (
    <div className={css.outcome} aria-busy={trial.isBusy || undefined} data-old={trial.isBusy || undefined}>
      <p className={css.verdict} data-tone={same ? 'same' : 'other'} role="status">
        {same ? t('try.same') : t('try.other', { after: from(b), before: from(a) })}
      </p>
      <ScrollPanel label={t('try.beside')}>
        <table className={css.beside}>
          <thead>
            <tr>
              <td />
              <th scope="col">{t('try.live')}</th>
              <th scope="col">{t('try.draft')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([what, before, after]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{before}</td>
                <td className="sy-strong">{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
      <section aria-label={t('try.scenarios')}>
        <h3>{t('try.scenarios')}</h3>
        <ol className={css.tried}>
          {(b.scenarios ?? []).map((s) => (
            <li key={s.name}>
              <span className="sy-row sy-spread">
                <strong dir="auto">{s.name}</strong>
                <Status tone={outcomes[s.outcome] ?? 'neutral'} isPlain>{t.maybe(`outcome.${s.outcome}`)}</Status>
              </span>
              {(s.limit || s.after) && <span className="sy-muted">{[s.limit && t.maybe(`limit.${s.limit}`), s.after && t.maybe(`after.${s.after}`)].filter(Boolean).join(' · ')}</span>}
            </li>
          ))}
          {(b.scenarios ?? []).length === 0 && <li className="sy-muted">{t('try.noScenario')}</li>}
        </ol>
      </section>
      <Candidates plan={b} currency={currency} />
    </div>
  );
}

/** Every place that was thought of, with what it would cost by parts, or why it was not taken. */
function Candidates({ plan, currency }: { plan: Plan; currency: string }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const sorted = [...plan.candidates].sort((a, b) => Number(b.reason === 'chosen') - Number(a.reason === 'chosen'));
  return (
    <section aria-label={t('try.candidates')}>
      <h3>{t('try.candidates')}</h3>
      <ul className={css.candidates}>
        {sorted.map((c) => {
          const facts: React.ReactNode[] = [
            c.carriageMinor !== undefined && t.node('try.carriage', { amount: <Money minor={c.carriageMinor} currency={currency} /> }),
            c.handlingMinor !== undefined && t.node('try.handling', { amount: <Money minor={c.handlingMinor} currency={currency} /> }),
            c.rankMinor !== undefined && c.rankMinor !== 0 && t.node('try.rank', { amount: <Money minor={c.rankMinor} currency={currency} isDifference /> }),
            c.km !== undefined && t('try.km', { km: number(c.km) }),
            c.reason === 'excluded' && c.scenario && t('try.excludedBy', { scenario: c.scenario }),
          ].filter(Boolean);
          return (
            <li key={c.node} data-chosen={c.reason === 'chosen' || undefined}>
              <span className="sy-row sy-spread">
                <bdi className="sy-strong">{c.node}</bdi>
                <Status tone={reasons[c.reason] ?? 'warn'} isPlain>{t.maybe(`reason.${c.reason}`)}</Status>
              </span>
              {facts.length > 0 && <span className={css.facts}>{facts.map((f, i) => <span key={i}>{f}</span>)}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
