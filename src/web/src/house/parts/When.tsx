import { useFormat } from '../i18n/useFormat.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useNow } from '../now.ts';
import css from './When.module.css';
import en from './texts.en.ts';

interface Props {
  at: string | null | undefined;
  /** short: 12 min, 14:02, Tue, 14 Nov. date, time and dateTime in full. */
  as?: 'short' | 'date' | 'time' | 'dateTime';
  /** The zone the time belongs to, where that is not the person's own: of a node's cut-off. */
  zone?: string;
}

/** A moment; the whole of it in the title and for readers. */
export function When({ at, as = 'short', zone }: Props) {
  const format = useFormat();
  const now = useNow();
  if (!at) return <span className="sy-muted">–</span>;
  return (
    <time dateTime={at} title={format.full(at, zone)} className="sy-nowrap">
      {as === 'short' ? format.short(at, now, zone) : format[as](at, zone)}
    </time>
  );
}

/** A moment by which something must be done: "16:00 · 1 h 12 min", amber in the last two hours; when past red, and only how late. */
export function Due({ at, zone, isDone = false }: { at: string | null | undefined; zone?: string; isDone?: boolean }) {
  const format = useFormat();
  const t = useTexts(en);
  const now = useNow();
  if (!at) return <span className="sy-muted">–</span>;
  const left = Date.parse(at) - now;
  const tone = isDone ? undefined : left < 0 ? 'bad' : left < 2 * 3_600_000 ? 'warn' : undefined;
  const near = !isDone && Math.abs(left) < 24 * 3_600_000;
  return (
    <time dateTime={at} title={format.full(at, zone)} className={css.due} data-tone={tone}>
      {tone === 'bad' ? t('due.late', { span: format.span(left) }) : near ? format.time(at, zone) : format.short(at, now, zone)}
      {near && left >= 0 && <span> · {format.span(left)}</span>}
    </time>
  );
}
