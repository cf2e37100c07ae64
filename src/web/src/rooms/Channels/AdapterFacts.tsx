import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import type { Adapter } from './channels.ts';
import css from './Channels.module.css';
import en from './texts.en.ts';

/** What is worth knowing before one chooses; the rest is how it is done. */
const told = ['orders', 'listings', 'pushStock', 'webhook', 'authorise', 'tellShipped', 'tellCancelled', 'tellRefunded'] as const;

/** What an adapter can and cannot do, and what nobody has verified against the vendor. */
export function AdapterFacts({ adapter: a }: { adapter: Adapter }) {
  const t = useTexts(en);
  const { list } = useFormat();
  const can = told.filter((c) => a.can.includes(c));
  const cannot = told.filter((c) => c !== 'authorise' && !a.can.includes(c));
  return (
    <>
      <p>{t('can', { what: list(can.map((c) => t(`can.${c}`))) })}</p>
      {cannot.length > 0 && <p className="sy-muted">{t('cannot', { what: list(cannot.map((c) => t(`can.${c}`))) })}</p>}
      {a.assumptions.length > 0 && (
        <details className={css.details}>
          <summary>{t('assumptions', { n: a.assumptions.length })}</summary>
          {/* They stand as their author wrote them. */}
          <ul className={css.plain} lang="en">
            {a.assumptions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
      <p className="sy-meta">
        {t('source')} <span lang="en">{a.source}</span>
      </p>
    </>
  );
}
