import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconPrinter } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useLive } from '@house/live.ts';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { Clashes } from './Clashes.tsx';
import { FloorPicture } from './FloorPicture.tsx';
import { Frame } from './Frame.tsx';
import { Progress } from './Progress.tsx';
import en from './texts.en.ts';
import { TourList } from './TourList.tsx';
import css from './Warehouse.module.css';
import { binsOf, isOver, metres, operativesOptions, pickListOptions, pictureOptions, tourTones, waveTones, type Operative, type Tour, type Wave } from './waves.ts';

/** One wave: how far it has come, who walks which tour, and its way over the floor. */
export default function WavePage() {
  const t = useTexts(en);
  const may = useMay();
  const { id = '' } = useParams({ strict: false });
  const { dateTime } = useFormat();
  const { data, error, refetch } = useQuery({ ...pickListOptions(id), refetchInterval: 15_000 });
  const again = useCallback(() => void refetch(), [refetch]);
  useLive(again, again);
  const [dialog, setDialog] = useState<'release' | 'cancel' | null>(null);
  const wave = data?.wave;
  const isLive = wave?.state === 'planned' || wave?.state === 'released';
  return (
    <Frame
      section="waves"
      of={wave?.node ?? ''}
      title={wave ? t('wave.title', { at: dateTime(wave.createdAt) }) : t('wave')}
      beside={wave && <Status tone={waveTones[wave.state] ?? 'neutral'}>{t.maybe(`wave.state.${wave.state}`)}</Status>}
      actions={
        wave && (
          <>
            {isLive && <Button component={Link} to={`/warehouse/waves/${id}/print`} variant="default" leftSection={<IconPrinter size={16} aria-hidden />}>{t('print')}</Button>}
            {may('fulfilment:manage') && isLive && <Button variant="default" onClick={() => setDialog('cancel')}>{t('wave.cancel')}</Button>}
            {may('fulfilment:manage') && wave.state === 'planned' && <Button onClick={() => setDialog('release')}>{t('wave.release')}</Button>}
          </>
        )
      }
    >
      {() => (
        <div className={css.page}>
          <ProblemAlert error={error} again={again} />
          {data && <Body node={data.wave.node} tours={data.tours} wave={data.wave} />}
          {data && <Clashes node={data.wave.node} />}
          {dialog && wave && <Move wave={wave} kind={dialog} onClose={() => setDialog(null)} />}
        </div>
      )}
    </Frame>
  );
}

function Body({ node, wave, tours }: { node: string; wave: Wave; tours: readonly Tour[] }) {
  const t = useTexts(en);
  const may = useMay();
  const nameOf = useActorName();
  const { number, span } = useFormat();
  const [chosen, setChosen] = useState<string | null>(null);
  const picture = useQuery({ ...pictureOptions(node), enabled: may('inventory:read') });
  const people = useQuery(operativesOptions(node));
  const operatives = people.data?.operatives ?? [];
  const shown = tours.filter((tour) => tour.state !== 'cancelled' || wave.state === 'cancelled');
  return (
    <>
      <dl className={css.figures} aria-label={t('wave')}>
        <div><dt>{t('done')}</dt><dd>{t('progress', { done: wave.done, of: wave.tasks })}</dd></div>
        <div><dt>{t('releases')}</dt><dd>{number(wave.releases)}</dd></div>
        <div><dt>{t('units')}</dt><dd>{number(wave.units)}</dd></div>
        <div><dt>{t('walk')}</dt><dd>{wave.walkMm === null ? '–' : t('metres', { m: number(metres(wave.walkMm)) })}</dd></div>
        <div><dt>{t('time')}</dt><dd>{span(wave.seconds * 1000)}</dd></div>
        <div><dt>{t('priority')}</dt><dd data-tone={wave.priority > 0 ? 'warn' : undefined}>{wave.priority > 0 ? t('urgent') : t('usual')}</dd></div>
      </dl>
      <p className={css.about}>{t.node('wave.madeBy', { who: <bdi>{nameOf(wave.madeBy)}</bdi>, at: <When at={wave.createdAt} as="dateTime" />, method: t.maybe(`method.${wave.method}`) })}</p>
      {picture.data?.layout && <FloorPicture picture={picture.data} walks={shown.map((tour) => ({ id: tour.id, bins: binsOf(tour) }))} chosen={chosen} />}
      <Section title={t('tours')} beside={number(shown.length)}>
        <TourList
          chosen={chosen}
          onChoose={setChosen}
          tours={shown.map((tour) => ({
            ...tour,
            releases: new Set(tour.tasks.map((s) => s.fulfilment)).size,
            units: tour.tasks.reduce((n, s) => n + s.quantity + s.picked, 0),
            end: (
              <span className={css.acts}>
                <Status tone={tourTones[tour.state] ?? 'neutral'} isPlain>{t.maybe(`tour.state.${tour.state}`)}</Status>
                <Progress done={tour.tasks.filter(isOver).length} of={tour.tasks.length} />
                <Give tour={tour} operatives={operatives} />
              </span>
            ),
            below: <Stops tour={tour} />,
          }))}
        />
      </Section>
    </>
  );
}

/** Whose walk it is; whoever may, gives it to somebody else. */
function Give({ tour, operatives }: { tour: Tour; operatives: readonly Operative[] }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const nameOf = useActorName();
  const give = useMutation({
    mutationFn: (operative: string) => ask(api.POST('/api/v1/pick-tours/{id}/give', { params: { path: { id: tour.id } }, body: { operative: operative || null } })),
    onSuccess: () => notify(t('tour.given', { no: tour.no })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['warehouse', 'wave'] }),
  });
  const known = operatives.find((o) => o.actor === tour.operative);
  const name = tour.operative === null ? t('tour.anybody') : (known?.name ?? nameOf(tour.operative));
  const canGive = may('fulfilment:manage') && (tour.state === 'open' || tour.state === 'taken') && operatives.length > 0;
  if (!canGive) return <span className="sy-muted">{tour.operative === null && tour.state !== 'open' ? '–' : name}</span>;
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('tour.give', { no: tour.no })}
        value={tour.operative ?? ''}
        disabled={give.isPending}
        onChange={(e) => give.mutate(e.currentTarget.value)}
        data={[{ value: '', label: t('tour.anybody') }, ...(tour.operative !== null && !known ? [{ value: tour.operative, label: name }] : []), ...operatives.map((o) => ({ value: o.actor, label: o.isOnShift ? o.name : t('people.off', { name: o.name }) }))]}
      />
      <ProblemAlert error={give.error} />
    </>
  );
}

function Stops({ tour }: { tour: Tour }) {
  const t = useTexts(en);
  const { number } = useFormat();
  return (
    <details className={css.details}>
      <summary>{t('tour.stops', { no: tour.no })}</summary>
      <ScrollPanel label={t('tour.stops', { no: tour.no })}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col" className={css.end}>{t('stop')}</th>
              <th scope="col">{t('bin')}</th>
              <th scope="col">{t('product')}</th>
              <th scope="col" className={css.end}>{t('units')}</th>
              <th scope="col">{t('release')}</th>
              <th scope="col">{t('state')}</th>
            </tr>
          </thead>
          <tbody>
            {tour.tasks.map((s) => (
              <tr key={s.id}>
                <td className={css.end}>{number(s.stop)}</td>
                <td className="sy-code">{s.bin ?? <span className="sy-muted">{t('stop.noBin')}</span>}</td>
                <td>
                  <bdi>{s.name}</bdi> <span className="sy-muted sy-code">{s.sku}</span>
                </td>
                <td className={css.end}>{number(s.quantity + s.picked)}</td>
                <td className="sy-nowrap">{s.number}</td>
                <td>{t.maybe(`stop.state.${s.state}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
    </details>
  );
}

function Move({ wave, kind, onClose }: { wave: Wave; kind: 'release' | 'cancel'; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const params = { params: { path: { id: wave.id } } };
  const send = useMutation({
    mutationFn: () => ask(kind === 'release' ? api.POST('/api/v1/waves/{id}/release', params) : api.POST('/api/v1/waves/{id}/cancel', params)),
    onSuccess: () => {
      notify(t(kind === 'release' ? 'wave.released' : 'wave.cancelled', { n: wave.releases }));
      void queries.invalidateQueries({ queryKey: ['warehouse'] });
      onClose();
    },
  });
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t(kind === 'release' ? 'wave.release' : 'wave.cancel')}
      rows={[
        { what: t('wave'), now: t.maybe(`wave.state.${wave.state}`), after: t(kind === 'release' ? 'wave.state.released' : 'wave.state.cancelled') },
        { what: t('wave.tasks', { n: wave.tasks - wave.done }), now: t(wave.state === 'planned' ? 'wave.waits' : 'wave.walked'), after: t(kind === 'release' ? 'wave.walked' : 'wave.waitsAgain') },
      ]}
      confirm={t(kind === 'release' ? 'wave.releaseN' : 'wave.cancelN', { n: wave.releases })}
      isDanger={kind === 'cancel'}
      onConfirm={() => send.mutate()}
      isPending={send.isPending}
      error={send.error}
    />
  );
}
