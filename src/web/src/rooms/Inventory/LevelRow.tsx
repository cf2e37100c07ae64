import { useMemo } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import type { Column } from '@house/parts/DataTable.tsx';
import { When } from '@house/parts/When.tsx';
import type { Inbound } from './InventoryPage.tsx';
import css from './LevelRow.module.css';
import type { Level } from './stock.ts';
import en from './texts.en.ts';

/** A number of units; nothing is quiet, so that what there is stands out. */
export function Units({ n }: { n: number }) {
  const { number } = useFormat();
  return <span className={n === 0 ? css.none : undefined}>{number(n)}</span>;
}

/** What is left: red below zero, amber at zero, with its word for readers. */
export function Available({ level, isWorded = true }: { level: Pick<Level, 'available'>; isWorded?: boolean }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const tone = level.available < 0 ? 'bad' : level.available === 0 ? 'warn' : undefined;
  return (
    <span className={css.available} data-tone={tone}>
      {number(level.available)}
      {tone && isWorded && <span className="sy-hidden"> {t(tone === 'bad' ? 'oversold' : 'nothingLeft')}</span>}
    </span>
  );
}

export function useLevelColumns(inbound: Inbound | undefined): Column<Level>[] {
  const t = useTexts(en);
  return useMemo(
    (): Column<Level>[] => [
      { id: 'name', header: t('column.name'), cell: (l) => <bdi>{l.name}</bdi> },
      { id: 'node', header: t('column.node'), width: 120, cell: (l) => <Place level={l} /> },
      { id: 'onHand', header: t('bucket.onHand'), width: 88, align: 'end', cell: (l) => <Units n={l.onHand} /> },
      { id: 'unavailable', header: t('bucket.unavailable'), width: 96, align: 'end', spare: 1, cell: (l) => <Units n={l.unavailable} /> },
      { id: 'reserved', header: t('bucket.reserved'), width: 88, align: 'end', spare: 1, cell: (l) => <Units n={l.reserved} /> },
      { id: 'allocated', header: t('bucket.allocated'), width: 88, align: 'end', spare: 1, cell: (l) => <Units n={l.allocated} /> },
      { id: 'earmarked', header: t('bucket.earmarked'), width: 96, align: 'end', isOptional: true, cell: (l) => <Units n={l.earmarked} /> },
      { id: 'safety', header: t('bucket.safety'), width: 80, align: 'end', spare: 2, cell: (l) => <Units n={l.safety} /> },
      { id: 'available', header: t('bucket.available'), width: 88, align: 'end', cell: (l) => <Available level={l} /> },
      { id: 'inbound', header: t('column.inbound'), width: 112, align: 'end', spare: 2, cell: (l) => <OnItsWay units={inbound?.get(l.sku)} /> },
      { id: 'feed', header: t('column.feed'), width: 104, isOptional: true, cell: (l) => <When at={l.feedAt} /> },
    ],
    [t, inbound],
  );
}

function Place({ level }: { level: Level }) {
  const t = useTexts(en);
  return (
    <span>
      <bdi>{level.node}</bdi> <span className="sy-muted">{t.maybe(`nodeKind.${level.nodeKind}`)}</span>
    </span>
  );
}

/** Of the SKU at all nodes, with the next day on which some of it comes. */
function OnItsWay({ units }: { units: { dueAt: string; quantity: number }[] | undefined }) {
  const sum = units?.reduce((n, u) => n + u.quantity, 0) ?? 0;
  if (!units || sum === 0) return <Units n={0} />;
  return (
    <span>
      <Units n={sum} /> <span className="sy-muted"><When at={units[0]!.dueAt} /></span>
    </span>
  );
}

export function LevelCard({ level }: { level: Level }) {
  const t = useTexts(en);
  return (
    <>
      <div className="sy-row sy-spread">
        <bdi className="sy-clip">{level.name}</bdi>
        <span className="sy-meta">{t('bucket.available')}</span>
      </div>
      <div className="sy-row sy-spread sy-meta">
        <span>
          {level.node} · {t.maybe(`nodeKind.${level.nodeKind}`)}
        </span>
        <span>{t('card.levels', { onHand: level.onHand, claimed: level.allocated + level.reserved + level.earmarked })}</span>
      </div>
    </>
  );
}
