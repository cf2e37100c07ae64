import { Checkbox } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { ApiError } from '../api/problem.ts';
import { IconChevronDown, IconChevronUp } from '../icons.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useKeys } from '../keys.ts';
import css from './DataTable.module.css';
import { Pager } from './Pager.tsx';
import { ProblemAlert } from './ProblemAlert.tsx';
import en from './texts.en.ts';
import type { List } from './useList.ts';
import type { Selection } from './useSelection.ts';

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** A length of tokens.css or a number of pixels of the design; without one it takes what is left. */
  width?: number;
  align?: 'start' | 'end';
  /** The name by which the API sorts. */
  sort?: string;
  /** Shown only when the person asks for it. */
  isOptional?: boolean;
  /** Left out first when it is narrow: 3 before 2. */
  spare?: 1 | 2 | 3;
}

export interface TableProps<T> {
  /** Named for readers: "Orders". */
  label: string;
  columns: Column<T>[];
  list: List<T>;
  rowId: (row: T) => string;
  /** What stands in the link that is the row: "#10482". It is the first column. */
  rowName: (row: T) => string;
  rowLink?: (row: T) => string;
  /** Before the name: a channel's mark. */
  rowMark?: (row: T) => ReactNode;
  nameHeader: string;
  nameWidth?: number;
  /** On a phone: what stands in the three lines of the card under the name. */
  card: (row: T) => ReactNode;
  cardEnd?: (row: T) => ReactNode;
  selection?: Selection;
  /** Opens a look at the row: Space. */
  onPeek?: (row: T | null) => void;
  peeked?: string | null;
  /** Other keys on the row in focus: `{ t: tag }`. */
  rowKeys?: Record<string, (row: T) => void>;
  empty: ReactNode;
  /** Rows that have just come: tinted for a moment. */
  fresh?: ReadonlySet<string>;
  /** Rows that no longer belong here and stay until the person has the list anew. */
  gone?: ReadonlySet<string>;
}

/**
 * A dense list. One row is in focus at a time (J, K, arrows); X selects, Space peeks, Enter opens. On a phone the rows are cards.
 */
export function DataTable<T>(props: TableProps<T>) {
  const { list, columns, rowId, empty, selection, onPeek, peeked, rowKeys } = props;
  const t = useTexts(en);
  const isNarrow = useMediaQuery('(max-width: 40em)', undefined, { getInitialValueInEffect: false });
  const rows = list.rows;
  const [current, setCurrent] = useState<string | null>(null);
  const region = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const ids = rows?.map(rowId) ?? [];
  const at = Math.max(0, ids.indexOf(current ?? ''));

  const focus = (index: number) => {
    const id = ids[Math.min(Math.max(index, 0), ids.length - 1)];
    if (id === undefined) return;
    setCurrent(id);
    const link = region.current?.querySelector<HTMLElement>(`[data-row-name="${CSS.escape(id)}"]`);
    link?.focus({ preventScroll: true });
    link?.closest('[data-row]')?.scrollIntoView({ block: 'nearest' });
    if (peeked && onPeek && rows) onPeek(rows.find((r) => rowId(r) === id) ?? null);
  };
  const isInside = () => region.current?.contains(document.activeElement) ?? false;
  const row = rows?.[at];
  // Space ticks a checkbox and Enter presses a button that has the focus; only on the row itself do they mean the row.
  const isOnRow = () => isInside() && (document.activeElement?.matches('[data-row-name]') ?? false);
  useKeys({
    j: () => focus(isInside() ? at + 1 : at),
    k: () => focus(isInside() ? at - 1 : at),
    ArrowDown: () => (isInside() ? focus(at + 1) : false),
    ArrowUp: () => (isInside() ? focus(at - 1) : false),
    Home: () => (isInside() ? focus(0) : false),
    End: () => (isInside() ? focus(ids.length - 1) : false),
    x: () => (selection && row && isInside() ? selection.toggle(rowId(row)) : false),
    ' ': () => (onPeek && row && isOnRow() ? onPeek(peeked === rowId(row) ? null : row) : false),
    Enter: () => (peeked && row && props.rowLink && isOnRow() ? void navigate({ to: props.rowLink(row) }) : false),
    ...Object.fromEntries(Object.entries(rowKeys ?? {}).map(([key, act]) => [key, () => (row && isInside() ? act(row) : false)])),
  });

  // A list that was left and come back to has the cursor where it was.
  const [place] = useState(() => `cursor:${location.pathname}`);
  useEffect(() => {
    if (current) sessionStorage.setItem(place, current);
  }, [current, place]);
  const isReady = rows !== undefined;
  useEffect(() => {
    const left = sessionStorage.getItem(place);
    if (!isReady || !left) return;
    setCurrent(left);
    region.current?.querySelector(`[data-row="${CSS.escape(left)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [isReady, place]);

  // A fault of the query stands at the query.
  if (list.error instanceof ApiError && list.error.fields.some((f) => f.pointer.endsWith('query'))) return null;
  if (list.error && !rows) return <div className={css.problem}><ProblemAlert error={list.error} again={list.refetch} /></div>;
  const shown = columns.filter((c) => !c.isOptional);
  const body = rows === undefined ? null : rows.length === 0 ? empty : undefined;
  return (
    <div className={css.outer}>
      <div className={css.refetch} data-on={(list.isFetching && rows !== undefined) || undefined} aria-hidden />
      <div className={css.scroll} ref={region} aria-busy={rows === undefined || undefined}>
        {body ?? (isNarrow ? <Cards {...props} at={at} setCurrent={setCurrent} /> : <Grid {...props} columns={shown} at={at} setCurrent={setCurrent} />)}
        {rows === undefined && <Skeletons isNarrow={isNarrow ?? false} />}
      </div>
      {rows && rows.length > 0 && <Pager list={list} />}
      <span className="sy-hidden" role="status">
        {rows && !list.isFetching ? t('list.shown', { n: rows.length }) : ''}
      </span>
    </div>
  );
}

type Inner<T> = TableProps<T> & { at: number; setCurrent: (id: string) => void };

function Grid<T>({ label, columns, list, rowId, rowName, rowLink, rowMark, nameHeader, nameWidth = 128, selection, peeked, fresh, gone, at, setCurrent }: Inner<T>) {
  const t = useTexts(en);
  const rows = list.rows ?? [];
  const ids = rows.map(rowId);
  const all = ids.length > 0 && ids.every((id) => selection?.has(id));
  const some = ids.some((id) => selection?.has(id));
  return (
    <table className={css.table} aria-label={label}>
      <colgroup>
        {selection && <col className={css.selectColumn} />}
        <col style={{ width: nameWidth }} />
        {columns.map((c) => (
          <col key={c.id} style={c.width ? { width: c.width } : undefined} data-spare={c.spare} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {selection && (
            <th className={css.select} scope="col">
              <Checkbox
                aria-label={t('list.selectPage')}
                checked={all}
                disabled={ids.length === 0}
                indeterminate={some && !all}
                onChange={(e) => selection.setPage(ids, e.currentTarget.checked)}
              />
            </th>
          )}
          <th scope="col">{nameHeader}</th>
          {columns.map((c) => (
            <Header key={c.id} column={c} list={list} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => {
          const id = rowId(row);
          const isSelected = selection?.has(id) ?? false;
          return (
            <tr
              key={id}
              data-row={id}
              data-selected={isSelected || undefined}
              data-peeked={peeked === id || undefined}
              data-fresh={fresh?.has(id) || undefined}
              data-gone={gone?.has(id) || undefined}
              onFocus={() => setCurrent(id)}
            >
              {selection && (
                <td className={css.select}>
                  <Checkbox
                    aria-label={t('list.select', { name: rowName(row) })}
                    checked={isSelected}
                    tabIndex={i === at ? 0 : -1}
                    onChange={() => selection.toggle(id)}
                    onClick={(e: MouseEvent) => {
                      if (!e.shiftKey) return;
                      e.preventDefault();
                      selection.extend(id, ids);
                    }}
                  />
                </td>
              )}
              <th scope="row" className={css.name}>
                {rowMark?.(row)}
                <RowLink id={id} to={rowLink?.(row)} name={rowName(row)} isCurrent={i === at} />
              </th>
              {columns.map((c) => (
                <td key={c.id} className={c.align === 'end' ? css.end : undefined} data-spare={c.spare}>
                  <div className={css.cell}>{c.cell(row)}</div>
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The one real link of the row; its area is the whole row. */
function RowLink({ id, to, name, isCurrent }: { id: string; to: string | undefined; name: string; isCurrent: boolean }) {
  // Space scrolls the page otherwise, before the list hears of it.
  const still = (e: KeyboardEvent) => e.key === ' ' && e.preventDefault();
  return to === undefined ? (
    <button type="button" className={css.link} data-row-name={id} tabIndex={isCurrent ? 0 : -1} dir="auto">
      {name}
    </button>
  ) : (
    <Link to={to} className={css.link} data-row-name={id} tabIndex={isCurrent ? 0 : -1} onKeyUp={still} preload={false} dir="auto">
      {name}
    </Link>
  );
}

function Header<T>({ column, list }: { column: Column<T>; list: List<T> }) {
  const isOn = column.sort !== undefined && list.sort?.replace('-', '') === column.sort;
  const isDown = list.sort?.startsWith('-') ?? false;
  return (
    <th
      scope="col"
      className={column.align === 'end' ? css.end : undefined}
      data-spare={column.spare}
      aria-sort={isOn ? (isDown ? 'descending' : 'ascending') : undefined}
    >
      {column.sort ? (
        <button type="button" className={css.sort} onClick={() => list.setSort(isOn && !isDown ? `-${column.sort}` : column.sort!)}>
          {column.header}
          {isOn && (isDown ? <IconChevronDown className={css.arrow} aria-hidden /> : <IconChevronUp className={css.arrow} aria-hidden />)}
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

function Cards<T>({ label, list, rowId, rowName, rowLink, rowMark, card, cardEnd, selection, fresh, gone, at, setCurrent }: Inner<T>) {
  const t = useTexts(en);
  return (
    <ul className={css.cards} aria-label={label}>
      {(list.rows ?? []).map((row, i) => {
        const id = rowId(row);
        return (
          <li key={id} className={css.card} data-row={id} data-selected={selection?.has(id) || undefined} data-fresh={fresh?.has(id) || undefined} data-gone={gone?.has(id) || undefined} onFocus={() => setCurrent(id)}>
            <div className="sy-row sy-spread">
              <span className={css.name}>
                {selection && (
                  <Checkbox size="sm" className={css.cardSelect} aria-label={t('list.select', { name: rowName(row) })} checked={selection.has(id)} onChange={() => selection.toggle(id)} />
                )}
                {rowMark?.(row)}
                <RowLink id={id} to={rowLink?.(row)} name={rowName(row)} isCurrent={i === at} />
              </span>
              {cardEnd?.(row)}
            </div>
            {card(row)}
          </li>
        );
      })}
    </ul>
  );
}

/** Rows of true height, after a moment in which nothing shows. */
function Skeletons({ isNarrow }: { isNarrow: boolean }) {
  const { number } = useFormat();
  return (
    <div className={css.skeletons} aria-hidden>
      {Array.from({ length: isNarrow ? 8 : 18 }, (_, i) => (
        <div key={number(i)} className={isNarrow ? css.skeletonCard : css.skeleton}>
          <span style={{ width: `${24 + ((i * 37) % 40)}%` }} />
        </div>
      ))}
    </div>
  );
}
