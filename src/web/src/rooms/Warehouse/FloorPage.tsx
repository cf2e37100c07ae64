import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconPencil, IconSearch } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { colourOf, FloorPicture, type Colouring } from './FloorPicture.tsx';
import { Frame } from './Frame.tsx';
import { Putaway } from './Putaway.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { pictureOptions } from './waves.ts';

type Bin = Schema['BinView'];

const colourings = ['fill', 'wanted', 'zone'] as const;
export const binLink = (node: string, bin: string) => `/warehouse/bins/${encodeURIComponent(bin)}?node=${encodeURIComponent(node)}`;

/** The floor of a node as a picture and its bins as a list: how full they are, what is to be picked there, which zone they belong to. */
export default function FloorPage() {
  const t = useTexts(en);
  const may = useMay();
  return (
    <Frame section="floor" actions={may('nodes:write') && <Button component={Link} to="/warehouse/floor/edit" variant="default" leftSection={<IconPencil size={16} aria-hidden />}>{t('floor.edit')}</Button>}>
      {(node) => (
        <div className={css.page} key={node}>
          <Floor node={node} />
          <Putaway node={node} />
          <Bins node={node} />
        </div>
      )}
    </Frame>
  );
}

function Floor({ node }: { node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const navigate = useNavigate();
  const { number } = useFormat();
  const [url, setUrl] = useUrlState();
  const { data, error, refetch } = useQuery(pictureOptions(node));
  const colouring: Colouring = url['show'] === 'wanted' ? 'wanted' : url['show'] === 'zone' ? 'zone' : 'fill';
  if (error) return <ProblemAlert error={error} again={() => void refetch()} />;
  if (!data) return null;
  if (!data.layout)
    return (
      <EmptyState
        kind="first"
        title={t('floor.none')}
        text={t('floor.noneText')}
        action={may('nodes:write') && <Button component={Link} to="/warehouse/floor/edit">{t('floor.describe')}</Button>}
      />
    );
  const { bins } = data;
  const sum = (of: (b: (typeof bins)[number]) => number) => bins.reduce((n, b) => n + of(b), 0);
  return (
    <>
      <dl className={css.figures}>
        <div><dt>{t('bins')}</dt><dd>{number(data.bins.length)}{data.hasMore && '+'}</dd></div>
        <div><dt>{t('bins.filled')}</dt><dd>{number(sum((b) => Number(b.units > 0)))}</dd></div>
        <div><dt>{t('units')}</dt><dd>{number(sum((b) => b.units))}</dd></div>
        <div><dt>{t('bins.wanted')}</dt><dd>{number(sum((b) => b.wanted))}</dd></div>
        <div><dt>{t('bins.closed')}</dt><dd>{number(sum((b) => Number(b.isClosed)))}</dd></div>
        <div><dt>{t('bins.nowhere')}</dt><dd>{number(sum((b) => Number(b.aisle === null)))}</dd></div>
      </dl>
      <div className={css.acts}>
        <SegmentedControl size="xs" aria-label={t('floor.show')} value={colouring} onChange={(v) => setUrl({ show: v === 'fill' ? undefined : v })} data={colourings.map((value) => ({ value, label: t(`floor.${value}`) }))} />
        <Legend colouring={colouring} zones={data.zones} />
      </div>
      <FloorPicture picture={data} colouring={colouring} onBin={(bin) => void navigate({ to: binLink(node, bin) })} />
    </>
  );
}

function Legend({ colouring, zones }: { colouring: Colouring; zones: readonly string[] }) {
  const t = useTexts(en);
  return (
    <span className={css.legend}>
      {colouring === 'zone'
        ? zones.map((zone, i) => (
            <span key={zone}>
              <i className={css.swatch} data-colour={colourOf(i)} aria-hidden /> {zone}
            </span>
          ))
        : (['0', '1', '3', '5', 'closed'] as const).map((shade) => (
            <span key={shade}>
              <i className={css.swatch} data-shade={shade} aria-hidden /> {shade === 'closed' ? t('bin.closed') : t(`floor.${colouring === 'wanted' ? 'wanted' : 'fill'}.${shade}`)}
            </span>
          ))}
    </span>
  );
}

function Bins({ node }: { node: string }) {
  const t = useTexts(en);
  const navigate = useNavigate();
  const { number } = useFormat();
  const [url, setUrl] = useUrlState();
  const area = url['area'];
  const picture = useQuery(pictureOptions(node));
  const units = useMemo(() => new Map(picture.data?.bins.map((b) => [b.code, b])), [picture.data]);
  const list = useList<Bin>({
    key: ['warehouse', 'bins', node, area ?? ''],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/nodes/{code}/bins', { params: { path: { code: node }, query: { limit, ...(after ? { after } : {}), ...(area ? { area } : {}) } }, signal })),
    limit: 25,
  });
  const columns = useMemo<Column<Bin>[]>(
    () => [
      { id: 'zone', header: t('zone'), width: 136, cell: (b) => b.zone ?? <span className="sy-muted">–</span> },
      { id: 'kind', header: t('bin.kind'), width: 112, cell: (b) => t.maybe(`kind.${b.kind}`) },
      { id: 'place', header: t('bin.place'), width: 200, spare: 2, cell: (b) => (b.aisle === null ? <span className="sy-muted">{t('bin.nowhere')}</span> : t('bin.at', { aisle: b.aisle + 1, block: (b.block ?? 0) + 1, m: number(Math.round((b.positionMm ?? 0) / 100) / 10) })) },
      { id: 'units', header: t('units'), width: 112, align: 'end', cell: (b) => (b.capacityUnits === null ? number(units.get(b.code)?.units ?? 0) : t('progress', { done: units.get(b.code)?.units ?? 0, of: b.capacityUnits })) },
      { id: 'wanted', header: t('bins.wanted'), width: 96, align: 'end', spare: 1, cell: (b) => number(units.get(b.code)?.wanted ?? 0) },
      { id: 'state', header: t('state'), cell: (b) => (b.isClosed ? <Status tone="bad" isPlain>{t('bin.closed')}</Status> : <span className="sy-muted">{t('bin.open')}</span>) },
    ],
    [t, number, units],
  );
  return (
    <Section
      title={t('bins')}
      actions={
        <form
          onSubmit={(e) => {
            e.preventDefault();
            const bin = String(new FormData(e.currentTarget).get('bin') ?? '').trim();
            if (bin) void navigate({ to: binLink(node, bin) });
          }}
        >
          <TextInput name="bin" size="xs" aria-label={t('bin.find')} placeholder={t('bin.find')} leftSection={<IconSearch size={14} aria-hidden />} />
        </form>
      }
    >
      {picture.data && picture.data.zones.length > 0 && (
        <SegmentedControl size="xs" aria-label={t('zone')} value={area ?? ''} onChange={(v) => setUrl({ area: v || undefined, after: undefined })} data={[{ value: '', label: t('all') }, ...picture.data.zones.slice(0, 8).map((z) => ({ value: z, label: z }))]} />
      )}
      <DataTable<Bin>
        label={t('bins')}
        list={list}
        columns={columns}
        rowId={(b) => b.code}
        rowName={(b) => b.code}
        rowLink={(b) => binLink(node, b.code)}
        nameHeader={t('bin')}
        nameWidth={136}
        card={(b) => (
          <span className="sy-row sy-spread">
            <span>{b.zone ?? t.maybe(`kind.${b.kind}`)}</span>
            <span>{t('units.n', { n: units.get(b.code)?.units ?? 0 })}</span>
          </span>
        )}
        empty={<EmptyState kind={area ? 'filtered' : 'first'} title={t('bins.empty')} text={t('bins.emptyText')} />}
      />
    </Section>
  );
}
