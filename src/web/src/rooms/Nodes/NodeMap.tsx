import { ActionIcon } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { IconMapPin, IconMinus, IconPlus } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import land from './land.json';
import { clustersOf, placeOf, shareOf, spanOf, spotAt, spotOf, unitsADegree, viewOf, type Spot, type State, type View } from './map.ts';
import css from './NodeMap.module.css';
import en from './texts.en.ts';

export interface Pin {
  code: string;
  latitude: number;
  longitude: number;
  /** Of a node; or what a decision thought of it, and the place the goods go to. */
  state: State | 'chosen' | 'could' | 'out' | 'goal';
  /** All that is to say of it, for readers. */
  words: string;
}

interface Props {
  pins: Pin[];
  label: string;
  /** From one pin to another. */
  lines?: (readonly [Pin, Pin])[];
  selected?: string | null;
  onSelect?: (code: string | null) => void;
  /** A click on the sheet chooses a place. */
  onPlace?: (place: { latitude: number; longitude: number }) => void;
  children?: ReactNode;
}

const coast = land.paths.join('');
const wayOf = (from: Pin, to: Pin) => [from, to].map((pin) => spotOf(pin.latitude, pin.longitude)).map((s, i) => `${i === 0 ? 'M' : 'L'}${s.x * unitsADegree} ${s.y * unitsADegree}`).join('');

/** Nodes on an outline of the land, which is part of the app: no other site is asked for tiles. Arrows move the sheet, + and - come nearer and go away. */
export default function NodeMap({ pins, label, lines = [], selected = null, onSelect, onPlace, children }: Props) {
  const t = useTexts(en);
  const { list } = useFormat();
  const { ref, width, height } = useElementSize();
  const shape = width > 0 && height > 0 ? width / height : 2;
  const spots = useMemo(() => pins.map((pin) => ({ ...spotOf(pin.latitude, pin.longitude), pin })), [pins]);
  const [chosen, setView] = useState<View | null>(null);
  const view = chosen ?? viewOf(spots, shape);
  const drag = useRef<{ x: number; y: number; view: View; isMoved: boolean } | null>(null);
  const degree = width > 0 ? width / view.span : 1;
  // What sends, and where it goes, is never one of several.
  const isSingle = (s: (typeof spots)[number]) => s.pin.state === 'chosen' || s.pin.state === 'goal';
  const clusters = [...clustersOf(spots.filter((s) => !isSingle(s)), 44 / degree, 20 / degree), ...spots.filter(isSingle).map((s) => ({ x: s.x, y: s.y, members: [s] }))];
  const zoom = (by: number, at: Spot = view) => setView({ x: at.x + (view.x - at.x) * by, y: at.y + (view.y - at.y) * by, span: spanOf(view.span * by) });

  const onKeyDown = (e: KeyboardEvent) => {
    const step = view.span / 6;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => setView({ ...view, x: view.x - step }),
      ArrowRight: () => setView({ ...view, x: view.x + step }),
      ArrowUp: () => setView({ ...view, y: view.y - step / shape }),
      ArrowDown: () => setView({ ...view, y: view.y + step / shape }),
      '+': () => zoom(0.6),
      '-': () => zoom(1 / 0.6),
      '0': () => setView(null),
      Escape: () => onSelect?.(null),
    };
    if (!moves[e.key] || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    e.stopPropagation();
    moves[e.key]!();
  };
  const onPointerDown = (e: PointerEvent<SVGSVGElement>) => {
    drag.current = { x: e.clientX, y: e.clientY, view, isMoved: false };
    e.currentTarget.setPointerCapture(e.pointerId);
  };
  const onPointerMove = (e: PointerEvent<SVGSVGElement>) => {
    const from = drag.current;
    if (!from) return;
    const [dx, dy] = [e.clientX - from.x, e.clientY - from.y];
    if (!from.isMoved && Math.hypot(dx, dy) < 5) return;
    from.isMoved = true;
    setView({ ...from.view, x: from.view.x - dx / degree, y: from.view.y - dy / degree });
  };
  const onPointerUp = (e: PointerEvent<SVGSVGElement>) => {
    const from = drag.current;
    drag.current = null;
    if (!from || from.isMoved) return;
    const box = e.currentTarget.getBoundingClientRect();
    const spot = spotAt((e.clientX - box.left) / box.width, (e.clientY - box.top) / box.height, view, shape);
    // Without dragging the sheet moves too: what is clicked comes to the middle.
    if (onPlace) onPlace(placeOf(spot));
    else setView({ ...view, x: spot.x, y: spot.y });
  };

  const unit = unitsADegree;
  const high = view.span / shape;
  return (
    // The keys belong to everything in it; each pin and button is reached by Tab.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div className={css.map} role="group" aria-label={label} onKeyDown={onKeyDown}>
      <div className={css.sheet} ref={ref} dir="ltr">
        <svg
          className={css.land}
          viewBox={`${(view.x - view.span / 2) * unit} ${(view.y - high / 2) * unit} ${view.span * unit} ${high * unit}`}
          preserveAspectRatio="none"
          aria-hidden
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={() => (drag.current = null)}
        >
          <path d={coast} vectorEffect="non-scaling-stroke" />
          {lines.map(([from, to]) => (
            <path key={`${from.code} ${to.code}`} className={css.way} d={wayOf(from, to)} vectorEffect="non-scaling-stroke" />
          ))}
        </svg>
        {clusters.map((cluster) => {
          const { left, top } = shareOf(cluster, view, shape);
          if (left < 0 || left > 1 || top < 0 || top > 1) return null;
          const at = { insetInlineStart: `${left * 100}%`, insetBlockStart: `${top * 100}%` };
          const [only] = cluster.members;
          if (cluster.members.length > 1)
            return (
              <button key={`${only!.pin.code}+`} type="button" className={css.cluster} style={at} aria-label={t('map.cluster', { n: cluster.members.length, codes: list(cluster.members.map((m) => m.pin.code)) })} onClick={() => setView(nearer(viewOf(cluster.members, shape), view))}>
                {cluster.members.length}
              </button>
            );
          const pin = only!.pin;
          return (
            <button key={pin.code} type="button" className={css.pin} style={at} data-state={pin.state} aria-pressed={onSelect ? pin.code === selected : undefined} aria-label={pin.words} onClick={() => onSelect?.(pin.code === selected ? null : pin.code)}>
              <Mark state={pin.state} />
              <span className={css.code}>{pin.code}</span>
            </button>
          );
        })}
      </div>
      <div className={css.tools}>
        <ActionIcon variant="default" aria-label={t('map.nearer')} title={t('map.nearer')} onClick={() => zoom(0.6)}>
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('map.away')} title={t('map.away')} onClick={() => zoom(1 / 0.6)}>
          <IconMinus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('map.all')} title={t('map.all')} onClick={() => setView(null)}>
          <IconMapPin size={16} aria-hidden />
        </ActionIcon>
      </div>
      {children}
    </div>
  );
}

/** Nodes in one town would never part: then at least half as far away. */
const nearer = (wanted: View, now: View): View => ({ ...wanted, span: spanOf(Math.min(wanted.span, now.span / 2)) });

/** A shape of its own for each state, so that none is told by colour alone. */
function Mark({ state }: { state: Pin['state'] }) {
  return (
    <svg className={css.mark} viewBox="0 0 16 16" aria-hidden>
      {(state === 'working' || state === 'chosen' || state === 'could') && <circle cx="8" cy="8" r="6" />}
      {state === 'goal' && <path d="M8 1 15 8 8 15 1 8z" />}
      {state === 'full' && <path d="M8 1.5 15 14.5H1z" />}
      {(state === 'closed' || state === 'out') && <path d="m3 3 10 10M13 3 3 13" className={css.cross} />}
    </svg>
  );
}
