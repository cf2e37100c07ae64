import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { IconUpload } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { FloorPicture } from './FloorPicture.tsx';
import { Frame } from './Frame.tsx';
import type { Layout, Picture, Spot } from './floor.ts';
import { binsOfRows, mostBins, type Rows } from './rows.ts';
import en from './texts.en.ts';
import css from './Warehouse.module.css';
import { pictureOptions } from './waves.ts';

/** Describes the floor: its aisles, and bins row by row. What is typed is drawn at once; a file does the same for many. */
export default function LayoutPage() {
  const t = useTexts(en);
  return (
    <Frame section="floor" title={t('floor.edit')} actions={<Button component={Link} to="/imports" variant="default" leftSection={<IconUpload size={16} aria-hidden />}>{t('floor.import')}</Button>}>
      {(node) => <Loaded key={node} node={node} />}
    </Frame>
  );
}

function Loaded({ node }: { node: string }) {
  const { data, error, refetch } = useQuery(pictureOptions(node));
  if (error) return <ProblemAlert error={error} again={() => void refetch()} />;
  return data ? <Editor key={data.layout?.version ?? 0} node={node} picture={data} /> : null;
}

const usual = { aisles: 6, blocks: 1, blockLengthMm: 20_000, aisleSpacingMm: 4_000, depotAisle: 0, walkMmPerSecond: 1_000 };
type Shape = typeof usual;

function Editor({ node, picture }: { node: string; picture: Picture }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [shape, setShape] = useState<Shape>(picture.layout ?? usual);
  const [rows, setRows] = useState<Rows>({ fromAisle: 1, toAisle: picture.layout?.aisles ?? usual.aisles, bays: 10, levels: 1, sides: 'both', zone: '', kind: 'pick', capacityUnits: null, pattern: '{letter}{block}-{bay}-{level}' });
  const set = (change: Partial<Shape>) => setShape({ ...shape, ...change });
  const setRow = (change: Partial<Rows>) => setRows({ ...rows, ...change });
  const isDrawable = shape.aisles >= 1 && shape.blocks >= 1 && shape.blockLengthMm >= 1 && shape.aisleSpacingMm >= 1;
  const isChanged = !picture.layout || Object.keys(usual).some((k) => shape[k as keyof Shape] !== picture.layout![k as keyof Shape]);
  const made = useMemo(() => (isDrawable && rows.bays >= 1 && rows.levels >= 1 && rows.fromAisle >= 1 ? binsOfRows({ ...rows, toAisle: Math.min(rows.toAisle, shape.aisles) }, shape) : []), [rows, shape, isDrawable]);
  const twice = new Set(made.map((b) => b.code)).size < made.length;
  const drawn = useMemo<Picture>(() => {
    const layout: Layout = { ...shape, depotAisle: Math.min(shape.depotAisle, shape.aisles - 1), object: 'layout', node, lengthMm: shape.blocks * shape.blockLengthMm, version: 0 };
    const known = new Set(picture.bins.map((b) => b.code));
    const fresh = made.filter((b) => !known.has(b.code!)).map<Spot>((b) => ({ code: b.code!, zone: b.zone ?? null, kind: b.kind ?? 'pick', aisle: b.aisle ?? null, yMm: (b.block ?? 0) * shape.blockLengthMm + (b.positionMm ?? 0), side: b.side ?? 'none', level: b.level ?? 0, units: 0, capacityUnits: b.capacityUnits ?? null, wanted: 0, isClosed: false }));
    return { ...picture, layout, bins: [...picture.bins, ...(isChanged ? [] : fresh)] };
  }, [shape, picture, made, node, isChanged]);
  const fresh = () => void queries.invalidateQueries({ queryKey: ['warehouse'] });
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/nodes/{code}/layout', { params: { path: { code: node } }, body: shape, headers: ifMatch(picture.layout?.version ?? 0) })),
    onSuccess: () => {
      notify(t('floor.saved', { node }));
      fresh();
    },
  });
  const add = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/nodes/{code}/bins', { params: { path: { code: node } }, body: { items: made } })),
    onSuccess: (answer) => {
      notify(t('rows.saved', { n: answer.written }));
      fresh();
    },
  });
  const faults = byField(save.error);
  const rowFaults = byField(add.error);
  const whole = (v: string | number) => (v === '' ? 0 : Number(v));
  const number = { allowDecimal: false, allowNegative: false, min: 1 };
  return (
    <div className={css.page}>
      <div className={css.split}>
        <div className={css.form}>
          <form
            className={css.form}
            onSubmit={(e) => {
              e.preventDefault();
              save.mutate();
            }}
          >
            <Section title={t('floor.aisles')}>
              <div className={css.fields}>
                <NumberInput label={t('floor.aisleCount')} {...number} max={1000} value={shape.aisles || ''} onChange={(v) => set({ aisles: whole(v) })} error={faults['aisles']} />
                <NumberInput label={t('floor.blocks')} {...number} max={20} value={shape.blocks || ''} onChange={(v) => set({ blocks: whole(v) })} error={faults['blocks']} />
                <NumberInput label={t('floor.length')} {...number} allowDecimal decimalScale={2} value={shape.blockLengthMm / 1000 || ''} onChange={(v) => set({ blockLengthMm: Math.round(whole(v) * 1000) })} error={faults['blockLengthMm']} />
                <NumberInput label={t('floor.spacing')} {...number} allowDecimal decimalScale={2} value={shape.aisleSpacingMm / 1000 || ''} onChange={(v) => set({ aisleSpacingMm: Math.round(whole(v) * 1000) })} error={faults['aisleSpacingMm']} />
                <NumberInput label={t('floor.depot')} {...number} max={Math.max(1, shape.aisles)} value={shape.depotAisle + 1} onChange={(v) => set({ depotAisle: Math.max(0, whole(v) - 1) })} error={faults['depotAisle']} />
                <NumberInput label={t('floor.speed')} {...number} allowDecimal decimalScale={2} value={shape.walkMmPerSecond / 1000 || ''} onChange={(v) => set({ walkMmPerSecond: Math.round(whole(v) * 1000) })} error={faults['walkMmPerSecond']} />
              </div>
              <ProblemAlert error={save.error} shown={Object.keys(faults).map((f) => `/${f}`)} />
              <div className={css.buttons}>
                <Button type="submit" loading={save.isPending} disabled={!isChanged || !isDrawable}>{t('floor.save')}</Button>
              </div>
            </Section>
          </form>
          <form
            className={css.form}
            onSubmit={(e) => {
              e.preventDefault();
              add.mutate();
            }}
          >
            <Section title={t('rows')}>
              <p className="sy-muted">{t('rows.about')}</p>
              <div className={css.fields}>
                <NumberInput label={t('rows.from')} {...number} max={shape.aisles} value={rows.fromAisle || ''} onChange={(v) => setRow({ fromAisle: whole(v) })} />
                <NumberInput label={t('rows.to')} {...number} max={shape.aisles} value={rows.toAisle || ''} onChange={(v) => setRow({ toAisle: whole(v) })} />
                <NumberInput label={t('rows.bays')} {...number} max={200} value={rows.bays || ''} onChange={(v) => setRow({ bays: whole(v) })} />
                <NumberInput label={t('rows.levels')} {...number} max={20} value={rows.levels || ''} onChange={(v) => setRow({ levels: whole(v) })} />
                <Select label={t('rows.sides')} value={rows.sides} onChange={(v) => setRow({ sides: v === 'left' || v === 'right' ? v : 'both' })} allowDeselect={false} data={(['both', 'left', 'right'] as const).map((value) => ({ value, label: t(`rows.${value}`) }))} />
                <Select label={t('bin.kind')} value={rows.kind} onChange={(v) => setRow({ kind: (v ?? 'pick') as Rows['kind'] })} allowDeselect={false} data={(['pick', 'bulk', 'reserve', 'staging', 'quarantine'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))} />
                <TextInput label={t('zone')} value={rows.zone} onChange={(e) => setRow({ zone: e.currentTarget.value })} maxLength={64} />
                <NumberInput label={t('bin.capacity')} {...number} value={rows.capacityUnits ?? ''} onChange={(v) => setRow({ capacityUnits: v === '' ? null : Number(v) })} />
              </div>
              <TextInput label={t('rows.pattern')} description={t('rows.patternHint', { example: made[0]?.code ?? '–' })} value={rows.pattern} onChange={(e) => setRow({ pattern: e.currentTarget.value })} maxLength={64} error={twice ? t('rows.twice') : rowFaults['items.0.code']} />
              <ProblemAlert error={add.error} />
              <div className={css.buttons}>
                <Button type="submit" variant="default" loading={add.isPending} disabled={isChanged || twice || made.length === 0 || made.length > mostBins}>{t('rows.add', { n: made.length })}</Button>
                {isChanged && <span className="sy-muted">{t('rows.saveFirst')}</span>}
                {made.length > mostBins && <span className="sy-muted">{t('rows.tooMany', { n: mostBins })}</span>}
              </div>
            </Section>
          </form>
        </div>
        <div className={css.told}>{isDrawable && <FloorPicture picture={drawn} colouring="zone" />}</div>
      </div>
    </div>
  );
}
