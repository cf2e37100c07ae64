import { ActionIcon, Autocomplete, Button, NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconPlus, IconTrash, IconX } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { FieldRows } from '@house/parts/FieldRows.tsx';
import { Section } from '@house/parts/Section.tsx';
import { countries } from './countries.ts';
import type { NodeDraft, Times, Typed } from './draft.ts';
import css from './NodeForm.module.css';
import { dayName, days } from './nodes.ts';
import en from './texts.en.ts';

const NodeMap = lazy(() => import('./NodeMap.tsx'));

interface At {
  draft: NodeDraft;
  set: (change: Partial<NodeDraft>) => void;
  faults: Record<string, string>;
  isNew: boolean;
  currency: string;
}

const typed = (v: string | number): Typed => (v === '' ? '' : Number(v));

/** What it is called, and what kind of place it is. */
export function What({ draft, set, faults, isNew }: At) {
  const t = useTexts(en);
  const zones = useMemo(() => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), draft.timeZone])].sort(), [draft.timeZone]);
  return (
    <Section title={t('part.what')}>
      <div className={css.fields}>
        <TextInput label={t('code')} required value={draft.code} onChange={(e) => set({ code: e.currentTarget.value })} error={faults['code']} readOnly={!isNew} description={isNew ? undefined : t('codeFixed')} autoComplete="off" data-autofocus={isNew || undefined} />
        <Select label={t('kind')} value={draft.kind} onChange={(kind) => kind && set({ kind: kind as NodeDraft['kind'] })} data={(['warehouse', 'store', '3pl', 'supplier'] as const).map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} error={faults['kind']} allowDeselect={false} />
        <TextInput className={css.wide} label={t('name')} required value={draft.name} onChange={(e) => set({ name: e.currentTarget.value })} error={faults['name']} autoComplete="off" dir="auto" />
        <Select className={css.wide} label={t('zone')} value={draft.timeZone} onChange={(timeZone) => timeZone && set({ timeZone })} data={zones} searchable error={faults['timeZone']} allowDeselect={false} limit={50} />
      </div>
    </Section>
  );
}

/** When people work there, by day of the week. */
export function Hours({ draft, set, faults }: At) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const put = (day: number, times: Times[]) => set({ week: draft.week.with(day, times) });
  const isNever = draft.week.every((times) => times.length === 0);
  return (
    <Section title={t('hours')} beside={draft.timeZone}>
      <ul className={css.week}>
        {draft.week.map((times, i) => {
          const name = dayName(days[i]!, locale);
          const fault = faults[`openingHours.${days[i]}`] ?? Object.entries(faults).find(([field]) => field.startsWith(`openingHours.${days[i]}.`))?.[1];
          return (
            <li key={days[i]} className={css.day}>
              <Switch label={name} checked={times.length > 0} onChange={(e) => put(i, e.currentTarget.checked ? [{ from: '09:00', to: '17:00' }] : [])} />
              <div className={css.times}>
                {times.length === 0 && <span className={css.closed}>{t('closed')}</span>}
                {times.map((h, n) => (
                  <div key={n} className={css.time}>
                    <TextInput className={css.clock} type="time" aria-label={t('hours.from', { day: name })} value={h.from} onChange={(e) => put(i, times.with(n, { ...h, from: e.currentTarget.value }))} error={Boolean(fault)} />
                    <span aria-hidden>–</span>
                    <TextInput className={css.clock} type="time" aria-label={t('hours.to', { day: name })} value={h.to} onChange={(e) => put(i, times.with(n, { ...h, to: e.currentTarget.value }))} error={Boolean(fault)} />
                    {times.length > 1 && (
                      <ActionIcon aria-label={t('hours.remove', { day: name, from: h.from })} onClick={() => put(i, times.toSpliced(n, 1))}>
                        <IconTrash size={16} aria-hidden />
                      </ActionIcon>
                    )}
                    {n === times.length - 1 && (
                      <ActionIcon aria-label={t('hours.more', { day: name })} title={t('hours.more', { day: name })} onClick={() => put(i, [...times, { from: '', to: '' }])}>
                        <IconPlus size={16} aria-hidden />
                      </ActionIcon>
                    )}
                  </div>
                ))}
              </div>
              {fault && <span className={css.fault} role="alert">{fault}</span>}
            </li>
          );
        })}
      </ul>
      {isNever && <p className="sy-meta">{t('hours.always')}</p>}
      {draft.week[0]!.length > 0 && (
        <Button className={css.copy} variant="default" size="compact-sm" onClick={() => set({ week: draft.week.map((times, i) => (i > 0 && i < 5 ? draft.week[0]! : times)) })}>
          {t('hours.copy', { from: dayName('monday', locale), to: dayName('friday', locale) })}
        </Button>
      )}
    </Section>
  );
}

/** Days on which nobody works although the week says so. */
export function Holidays({ draft, set, faults }: At) {
  const t = useTexts(en);
  const { date } = useFormat();
  const [day, setDay] = useState('');
  const add = () => {
    if (day && !draft.closedDays.includes(day)) set({ closedDays: [...draft.closedDays, day].sort() });
    setDay('');
  };
  return (
    <Section title={t('holidays')}>
      {draft.closedDays.length > 0 && (
        <ul className={css.chips}>
          {draft.closedDays.map((d) => (
            <li key={d} className={css.chip}>
              {date(`${d}T00:00:00Z`, 'UTC')}
              <ActionIcon size={24} aria-label={t('remove', { what: date(`${d}T00:00:00Z`, 'UTC') })} onClick={() => set({ closedDays: draft.closedDays.filter((x) => x !== d) })}>
                <IconX size={14} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <div className={css.line}>
        <TextInput
          type="date"
          label={t('holidays.day')}
          value={day}
          onChange={(e) => setDay(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key !== 'Enter') return;
            e.preventDefault();
            add();
          }}
          error={faults['closedDays']}
        />
        <Button variant="default" onClick={add} disabled={day === ''}>{t('holidays.add')}</Button>
      </div>
    </Section>
  );
}

/** Until when an order still leaves today, by service. */
export function CutOffs({ draft, set, faults, isNew }: At) {
  const t = useTexts(en);
  const known = useServices(draft.code, isNew);
  return (
    <Section title={t('cutOffs')} beside={draft.timeZone}>
      <p className="sy-meta">{t('cutOffs.text')}</p>
      <FieldRows label={t('cutOffs')} rows={draft.cutOffs} onRows={(cutOffs) => set({ cutOffs })} fresh={{ service: '', time: '' }} add={t('cutOffs.add')} remove={(c) => t('remove', { what: c.service || t('everyService') })}>
        {(c, change, i) => (
          <>
            <Autocomplete className="sy-grow" aria-label={t('cutOffs.service', { n: i + 1 })} placeholder={t('everyService')} value={c.service} onChange={(service) => change({ service })} data={known} />
            <TextInput className={css.clock} type="time" aria-label={t('cutOffs.time', { service: c.service || t('everyService') })} value={c.time} onChange={(e) => change({ time: e.currentTarget.value })} error={faults[`cutOffs.${c.service.trim() || '*'}`]} />
          </>
        )}
      </FieldRows>
    </Section>
  );
}

/** Services its lanes know. */
function useServices(code: string, isNew: boolean) {
  const { data } = useQuery({
    queryKey: ['nodes', code, 'lanes'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/lanes', { params: { path: { code } }, signal })),
    enabled: !isNew,
  });
  return useMemo(() => [...new Set((data?.lanes ?? []).map((l) => l.service).filter((s): s is string => Boolean(s)))], [data]);
}

/** How much it takes a day, and how long it may think about it. */
export function Capacity({ draft, set, faults }: At) {
  const t = useTexts(en);
  return (
    <Section title={t('capacity')}>
      <div className={css.fields}>
        <NumberInput label={t('dailyCapacity')} description={t('dailyCapacityText')} placeholder={t('any')} value={draft.dailyCapacity} min={0} allowDecimal={false} onChange={(v) => set({ dailyCapacity: typed(v) })} error={faults['dailyCapacity']} />
        <NumberInput label={t('leadDays.label')} description={t('leadDaysText')} value={draft.leadDays} min={0} max={365} allowDecimal={false} onChange={(v) => set({ leadDays: typed(v) })} error={faults['leadDays']} />
      </div>
      <Switch label={t('accepts.itself.label')} checked={draft.acceptsByDefault} onChange={(e) => set({ acceptsByDefault: e.currentTarget.checked })} />
      {!draft.acceptsByDefault && <NumberInput label={t('acceptMinutes')} value={draft.acceptMinutes} min={1} allowDecimal={false} onChange={(v) => set({ acceptMinutes: typed(v) })} error={faults['acceptMinutes']} />}
    </Section>
  );
}

/** Where it is: for people by its address, for the map by its position. */
export function Place({ draft, set, faults }: At) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const named = useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
    return countries.map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) => a.label.localeCompare(b.label, locale));
  }, [locale]);
  const field = (name: 'addressName' | 'line1' | 'line2' | 'city' | 'region' | 'postcode', error?: string) => (
    <TextInput label={t(`address.${name}`)} value={draft[name]} onChange={(e) => set({ [name]: e.currentTarget.value })} error={error} autoComplete="off" dir="auto" />
  );
  const isPlaced = draft.latitude !== '' && draft.longitude !== '';
  return (
    <Section title={t('address')}>
      <div className={css.fields}>
        {field('addressName', faults['address.name'])}
        {field('line1', faults['address.line1'])}
        {field('line2', faults['address.line2'])}
        {field('city', faults['address.city'])}
        {field('region', faults['address.region'])}
        {field('postcode', faults['postcode'])}
        <Select label={t('address.country')} value={draft.country || null} onChange={(country) => set({ country: country ?? '' })} data={named} searchable clearable error={faults['country']} limit={60} />
      </div>
      <div className={css.fields}>
        <NumberInput label={t('latitude')} value={draft.latitude} min={-90} max={90} decimalScale={6} hideControls onChange={(v) => set({ latitude: typed(v) })} error={faults['position.latitude']} />
        <NumberInput label={t('longitude')} value={draft.longitude} min={-180} max={180} decimalScale={6} hideControls onChange={(v) => set({ longitude: typed(v) })} error={faults['position.longitude']} />
      </div>
      <p className="sy-meta">{t('map.place')}</p>
      <div className={css.map}>
        <Suspense fallback={null}>
          <NodeMap
            label={t('map.one')}
            pins={isPlaced ? [{ code: draft.code || '·', latitude: Number(draft.latitude), longitude: Number(draft.longitude), state: 'working', words: draft.name || draft.code }] : []}
            onPlace={set}
          />
        </Suspense>
      </div>
    </Section>
  );
}

/** By what it sends. */
export function Serves({ draft, set, faults, isNew }: At) {
  const t = useTexts(en);
  const known = useServices(draft.code, isNew);
  return (
    <Section title={t('services')}>
      <TagsInput label={t('servesWith')} description={t('servesText')} value={draft.services} onChange={(services) => set({ services })} data={known} error={faults['services'] ?? Object.entries(faults).find(([f]) => f.startsWith('services.'))?.[1]} />
    </Section>
  );
}

/** What work there costs: the plan of each order counts it. */
export function Costs({ draft, set, faults, currency }: At) {
  const t = useTexts(en);
  return (
    <Section title={t('costs')} beside={currency}>
      <div className={css.fields}>
        <TextInput label={t('pickFixed')} inputMode="decimal" value={draft.pickFixed} onChange={(e) => set({ pickFixed: e.currentTarget.value })} error={faults['pickFixedMinor']} />
        <TextInput label={t('handlingCost')} inputMode="decimal" value={draft.handling} onChange={(e) => set({ handling: e.currentTarget.value })} error={faults['handlingMinor']} />
      </div>
    </Section>
  );
}
