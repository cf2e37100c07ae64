import { Button, Checkbox, Modal, Select, TagsInput, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch, type Schema } from '@house/api/client.ts';
import { ApiError, byField } from '@house/api/problem.ts';
import { IconPlus } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { dayName, days } from '@rooms/Nodes/nodes.ts';
import css from './Calendar.module.css';
import { holidaysIn, holidaysText } from './holidays.ts';
import routing from './Routing.module.css';
import { codeOf } from './strategy.ts';
import en from './texts.en.ts';
import { useOffers } from './useOffers.ts';

type Calendar = Schema['WriteCarrierCalendarResponse'];

const calendarsKey = ['carrier-calendars'];

/** On which days carriers collect and deliver. */
export function CarrierCalendars() {
  const t = useTexts(en);
  const may = useMay();
  const { locale } = useSpeech();
  const { list } = useFormat();
  const [open, setOpen] = useState<Calendar | 'new' | null>(null);
  const { data, error } = useQuery({ queryKey: calendarsKey, queryFn: ({ signal }) => ask(api.GET('/api/v1/carrier-calendars', { params: { query: { limit: 250 } }, signal })) });
  const week = (on: Calendar['collectsOn']) => (on === null ? t('carriers.everyDay') : list(days.filter((d) => on.includes(d)).map((d) => dayName(d, locale))) || t('carriers.never'));
  return (
    <Section title={t('carriers')} beside={data?.data.length || null} actions={may('nodes:write') && <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen('new')}>{t('carriers.new')}</Button>}>
      <p className="sy-muted">{t('carriers.about')}</p>
      <ProblemAlert error={error} />
      {data && data.data.length > 0 && (
        <ul className={routing.rows} aria-label={t('carriers')}>
          {data.data.map((c) => (
            <li key={c.code} className={routing.row}>
              <div className={routing.rowMain}>
                <strong className="sy-strong"><bdi>{c.name}</bdi></strong>
                <span className="sy-muted">{t('carriers.says', { collects: week(c.collectsOn), delivers: week(c.deliversOn) })}</span>
                <span className="sy-muted">
                  {[c.services.length > 0 && t('carriers.forServices', { what: c.services.join(', ') }), c.carriers.length > 0 && t('carriers.forCarriers', { what: c.carriers.join(', ') }), t(`transit.${c.transitIn}`), c.holidays.length > 0 && t('carriers.holidayCount', { n: c.holidays.length })].filter(Boolean).join(' · ')}
                </span>
              </div>
              {may('nodes:write') && <Button size="compact-sm" variant="default" aria-label={t('changeThis', { name: c.name })} onClick={() => setOpen(c)}>{t('change')}</Button>}
            </li>
          ))}
        </ul>
      )}
      {open && <Write calendar={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function Write({ calendar: c, onClose }: { calendar: Calendar | null; onClose: () => void }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const offers = useOffers();
  const queries = useQueryClient();
  const [name, setName] = useState(c?.name ?? '');
  const [services, setServices] = useState((c?.services ?? []).filter((s) => s !== null));
  const [carriers, setCarriers] = useState((c?.carriers ?? []).filter((s) => s !== null));
  const [collects, setCollects] = useState<string[]>(c?.collectsOn?.filter((d) => d !== null) ?? [...days]);
  const [delivers, setDelivers] = useState<string[]>(c?.deliversOn?.filter((d) => d !== null) ?? [...days]);
  const [transit, setTransit] = useState<'calendarDays' | 'workingDays'>((c?.transitIn as 'calendarDays' | undefined) ?? 'calendarDays');
  const [text, setText] = useState(() => holidaysText(c?.holidays ?? []));
  const holidays = holidaysIn(text);
  const code = c?.code ?? codeOf(name);
  const done = async (said: string) => {
    await queries.invalidateQueries({ queryKey: calendarsKey });
    void queries.invalidateQueries({ queryKey: ['nodes'] });
    notify(said);
    onClose();
  };
  const all = (on: string[]) => (days.every((d) => on.includes(d)) ? null : days.filter((d) => on.includes(d)));
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/carrier-calendars/{code}', {
          params: { path: { code } },
          body: { name: name.trim(), services, carriers, collectsOn: all(collects), deliversOn: all(delivers), transitIn: transit, holidays: holidays.list },
          headers: ifMatch(c?.version ?? 0),
        }),
      ),
    onSuccess: (saved) => done(t('carriers.saved', { name: saved.name })),
  });
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/carrier-calendars/{code}', { params: { path: { code } } })),
    onSuccess: () => done(t('carriers.removed', { name: c!.name })),
  });
  const faults = byField(save.error);
  const under = (member: string) => Object.entries(faults).find(([path]) => path === member || path.startsWith(`${member}.`))?.[1];
  const week = (label: string, on: string[], set: (on: string[]) => void, fault: string | undefined) => (
    <Checkbox.Group label={label} value={on} onChange={set} error={fault}>
      <div className={css.week}>{days.map((d) => <Checkbox key={d} value={d} label={dayName(d, locale)} />)}</div>
    </Checkbox.Group>
  );
  return (
    <Modal opened onClose={onClose} title={c ? t('changeThis', { name: c.name }) : t('carriers.new')} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (code !== '' && holidays.wrong.length === 0) save.mutate();
        }}
      >
        <TextInput label={t('name')} required maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} error={under('name')} data-autofocus />
        <TagsInput label={t('carriers.services')} description={t('carriers.servicesText')} value={services} onChange={setServices} data={['*', ...offers.service.map((s) => s.value)]} error={under('services')} acceptValueOnBlur />
        <TagsInput label={t('carriers.carriers')} description={t('carriers.carriersText')} value={carriers} onChange={setCarriers} error={under('carriers')} acceptValueOnBlur />
        {week(t('carriers.collects'), collects, setCollects, under('collectsOn'))}
        {week(t('carriers.delivers'), delivers, setDelivers, under('deliversOn'))}
        <Select label={t('carriers.transit')} value={transit} data={(['calendarDays', 'workingDays'] as const).map((v) => ({ value: v, label: t(`transit.${v}`) }))} allowDeselect={false} onChange={(v) => v && setTransit(v as 'calendarDays')} />
        <Textarea label={t('hours.holidays')} description={t('carriers.holidaysText')} value={text} onChange={(e) => setText(e.currentTarget.value)} autosize minRows={3} maxRows={10} dir="ltr" spellCheck={false} error={holidays.wrong.length > 0 ? t('places.wrong', { lines: holidays.wrong.join(', ') }) : under('holidays')} />
        <ProblemAlert error={save.error ?? remove.error} what={save.error instanceof ApiError && save.error.isClash ? t('changedMeanwhile') : undefined} shown={Object.keys(faults).map((path) => `/${path.replaceAll('.', '/')}`)} />
        <div className={routing.buttons}>
          {c && <Button variant="default" onClick={() => remove.mutate()} loading={remove.isPending}>{t('carriers.remove')}</Button>}
          <Button variant="default" onClick={onClose}>{t('back')}</Button>
          <Button type="submit" loading={save.isPending}>{t('carriers.save')}</Button>
        </div>
      </form>
    </Modal>
  );
}
