import { useTexts } from '@house/i18n/useTexts.tsx';
import { Status } from '@house/parts/Status.tsx';
import css from './Dock.module.css';
import { differences, leftOf, overOf, type Line } from './receiving.ts';
import en from './texts.en.ts';

/** How a delivery differs from its papers: what is short, what is over, what is damaged. */
export function Summary({ lines, isBlind }: { lines: readonly Line[]; isBlind: boolean }) {
  const t = useTexts(en);
  const { short, over, damaged, asTold } = differences(lines, isBlind);
  const groups = [
    { id: 'short', lines: short, n: leftOf, tone: 'warn' },
    { id: 'over', lines: over, n: overOf, tone: 'warn' },
    { id: 'damaged', lines: damaged, n: (l: Line) => l.damaged, tone: 'bad' },
  ] as const;
  return (
    <div className={css.summary}>
      {asTold > 0 && <p>{t(isBlind ? 'summary.came' : 'summary.asTold', { n: asTold })}</p>}
      {groups.map(
        (g) =>
          g.lines.length > 0 && (
            <section key={g.id} aria-label={t(`summary.${g.id}`, { n: g.lines.length })}>
              <h2>
                <Status tone={g.tone} isPlain>{t(`summary.${g.id}`, { n: g.lines.length })}</Status>
              </h2>
              <ul>
                {g.lines.map((l) => (
                  <li key={l.sku}>
                    <span dir="auto">{l.name}</span>
                    <strong>{t(`by.${g.id}`, { n: g.n(l) })}</strong>
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  );
}
