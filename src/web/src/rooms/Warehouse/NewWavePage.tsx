import { Autocomplete, Button, Checkbox, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import { useNow } from '@house/now.ts';
import { useUrlState } from '@house/useUrlState.ts';
import { useMethodName } from '@house/words/useMethodName.ts';
import { FloorPicture } from './FloorPicture.tsx';
import { Frame } from './Frame.tsx';
import en from './texts.en.ts';
import { TourList } from './TourList.tsx';
import css from './Warehouse.module.css';
import { methods, metres, operativesOptions, pictureOptions, queueOptions, waveLink, type Wish } from './waves.ts';

/** Chooses what is picked together and shows at once how far and how long that walks; then it is planned, or given to the pickers. */
export default function NewWavePage() {
  const t = useTexts(en);
  return (
    <Frame section="waves" title={t('wave.new')}>
      {(node) => <NewWave key={node} node={node} />}
    </Frame>
  );
}

function NewWave({ node }: { node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { number, span, short } = useFormat();
  const now = useNow();
  const nameOf = useMethodName();
  const [url] = useUrlState();
  const [method, setMethod] = useState<string>('cluster');
  const [before, setBefore] = useState<string>(url['before'] ?? '');
  const [zone, setZone] = useState(url['zone'] ?? '');
  const [way, setWay] = useState(url['method'] ?? '');
  const [kind, setKind] = useState<'' | 'line' | 'item'>('');
  const [isUrgent, setUrgent] = useState(false);
  const [most, setMost] = useState<number | null>(null);
  const [totes, setTotes] = useState<number | null>(12);
  const [hands, setHands] = useState<number | null>(null);
  const [skill, setSkill] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const queue = useQuery(queueOptions(node));
  const picture = useQuery({ ...pictureOptions(node), enabled: may('inventory:read') });
  const people = useQuery(operativesOptions(node));
  const onShift = people.data?.operatives.filter((o) => o.isOnShift) ?? [];
  const times = [...new Set(queue.data?.data.flatMap((w) => w.shipBy ?? []) ?? [])].sort();
  const zones = [...new Set([...(picture.data?.zones ?? []), ...(zone ? [zone] : [])])];
  const ways = [...new Set(queue.data?.data.flatMap((w) => w.method ?? []) ?? [])].sort();
  const skills = [...new Set(people.data?.operatives.flatMap((o) => o.skills) ?? [])].sort();

  const wish = useMemo<Wish>(
    () => ({
      node,
      method,
      only: { ...(before ? { shipBefore: before } : {}), ...(isUrgent ? { priorityAtLeast: 1 } : {}), ...(zone ? { zone } : {}), ...(way ? { deliveryMethod: way } : {}), singleLine: kind === 'line', singleItem: kind === 'item' },
      ...(most ? { most } : {}),
      ...(method !== 'single' && totes ? { totes } : {}),
      ...(method !== 'single' ? { tours: hands ?? Math.max(1, onShift.length) } : {}),
      ...(skill ? { skill } : {}),
    }),
    [node, method, before, isUrgent, zone, way, kind, most, totes, hands, skill, onShift.length],
  );
  const [asked] = useDebouncedValue(wish, 250);
  const preview = useQuery({
    queryKey: ['warehouse', 'preview', asked],
    queryFn: ({ signal }) => ask(api.POST('/api/v1/waves/preview', { body: asked, signal })),
    placeholderData: (before) => before,
    retry: false,
  });
  const isNone = preview.error instanceof ApiError && preview.error.code === 'picking.nothing_to_pick';
  const seen = preview.error ? undefined : preview.data;
  const make = useMutation({
    mutationFn: async (isReleased: boolean) => {
      const wave = await ask(api.POST('/api/v1/waves', { body: wish }));
      return isReleased ? ask(api.POST('/api/v1/waves/{id}/release', { params: { path: { id: wave.id } } })) : wave;
    },
    onSuccess: (wave, isReleased) => {
      notify(t(isReleased ? 'wave.released' : 'wave.planned', { n: wave.releases }));
      void queries.invalidateQueries({ queryKey: ['warehouse'] });
      void navigate({ to: waveLink(wave) });
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['warehouse'] }),
  });
  const tours = seen?.tours.map((tour, i) => ({ ...tour, id: String(i + 1), no: i + 1 })) ?? [];
  return (
    <div className={css.page}>
      <div className={css.split}>
        <form
          className={css.form}
          onSubmit={(e) => {
            e.preventDefault();
            make.mutate(true);
          }}
        >
          <fieldset className={css.group}>
            <legend>{t('wave.how')}</legend>
            <SegmentedControl aria-label={t('method')} value={method} onChange={setMethod} data={methods.map((value) => ({ value, label: t(`method.${value}`) }))} />
            <p className="sy-muted">{t.maybe(`method.about.${method}`)}</p>
            {method !== 'single' && (
              <div className={css.fields}>
                <NumberInput label={t('wave.totes')} value={totes ?? ''} onChange={(v) => setTotes(v === '' ? null : Number(v))} min={1} max={100} allowDecimal={false} allowNegative={false} />
                <NumberInput label={t('wave.hands')} value={hands ?? Math.max(1, onShift.length)} onChange={(v) => setHands(v === '' ? null : Number(v))} min={1} max={100} allowDecimal={false} allowNegative={false} />
              </div>
            )}
          </fieldset>
          <fieldset className={css.group}>
            <legend>{t('wave.which')}</legend>
            <Select label={t('queue.by.shipBy')} value={before} onChange={(v) => setBefore(v ?? '')} allowDeselect={false} data={[{ value: '', label: t('wave.anyTime') }, ...times.map((value) => ({ value, label: t('wave.until', { at: short(value, now) }) }))]} />
            <div className={css.fields}>
              <Select label={t('zone')} value={zone} onChange={(v) => setZone(v ?? '')} allowDeselect={false} data={[{ value: '', label: t('wave.anyZone') }, ...zones.map((z) => ({ value: z, label: z }))]} />
              <Select label={t('queue.by.method')} value={way} onChange={(v) => setWay(v ?? '')} allowDeselect={false} data={[{ value: '', label: t('wave.anyWay') }, ...ways.map((m) => ({ value: m, label: nameOf(m) }))]} />
              <Select
                label={t('wave.size')}
                value={kind}
                onChange={(v) => setKind(v === 'line' || v === 'item' ? v : '')}
                allowDeselect={false}
                data={[{ value: '', label: t('wave.anySize') }, { value: 'line', label: t('wave.oneLine') }, { value: 'item', label: t('wave.oneItem') }]}
              />
              <NumberInput label={t('wave.most')} placeholder={t('wave.noMost')} value={most ?? ''} onChange={(v) => setMost(v === '' ? null : Number(v))} min={1} max={500} allowDecimal={false} allowNegative={false} />
            </div>
            <Checkbox label={t('wave.onlyUrgent')} checked={isUrgent} onChange={(e) => setUrgent(e.currentTarget.checked)} />
            {skills.length > 0 ? <Autocomplete label={t('wave.skill')} value={skill} onChange={setSkill} data={skills} maxLength={64} /> : <TextInput label={t('wave.skill')} value={skill} onChange={(e) => setSkill(e.currentTarget.value)} maxLength={64} />}
          </fieldset>
          <ProblemAlert error={make.error} what={t('wave.notMade')} />
          <div className={css.buttons}>
            <Button type="submit" loading={make.isPending && make.variables} disabled={!seen || make.isPending}>
              {seen ? t('wave.releaseN', { n: seen.releases }) : t('wave.release')}
            </Button>
            <Button variant="default" loading={make.isPending && !make.variables} disabled={!seen || make.isPending} onClick={() => make.mutate(false)}>
              {t('wave.planOnly')}
            </Button>
          </div>
        </form>
        <div className={css.told} aria-busy={preview.isFetching || undefined}>
          {!isNone && <ProblemAlert error={preview.error} again={() => void preview.refetch()} />}
          {isNone && <EmptyState kind="filtered" title={t('wave.none')} text={t('wave.noneText')} />}
          {seen && (
            <>
              <dl className={css.figures} aria-label={t('wave.preview')}>
                <div><dt>{t('releases')}</dt><dd>{number(seen.releases)}</dd></div>
                <div><dt>{t('units')}</dt><dd>{number(seen.units)}</dd></div>
                <div><dt>{t('tours')}</dt><dd>{number(seen.tours.length)}</dd></div>
                <div><dt>{t('walk')}</dt><dd>{seen.walkMm === null ? '–' : t('metres', { m: number(metres(seen.walkMm)) })}</dd></div>
                <div><dt>{t('time')}</dt><dd>{span(seen.seconds * 1000)}</dd></div>
              </dl>
              {seen.unplaced > 0 && <p><Status tone="warn">{t('wave.unplaced', { n: seen.unplaced })}</Status></p>}
              {seen.facesShort > 0 && <p><Status tone="warn">{t('wave.facesShort', { n: seen.facesShort })}</Status> <Link to="/warehouse/replenishment">{t('wave.toFaces')}</Link></p>}
              {seen.walkMm === null && <p className="sy-muted">{t('floor.notDrawn')}</p>}
              {picture.data?.layout && <FloorPicture picture={picture.data} walks={tours} chosen={chosen} />}
              <TourList tours={tours} chosen={chosen} onChoose={setChosen} />
            </>
          )}
        </div>
      </div>
    </div>
  );
}
