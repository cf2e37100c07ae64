import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useSaid } from '@house/words/useSaid.ts';
import css from './Planning.module.css';
import { hasCosts, partsOf, toneOfReason, type Candidate, type Decision } from './routing.ts';
import en from './texts.en.ts';

/** Every place that was thought of: what all of it would cost from there by parts, when it would arrive, and why it was taken or not. */
export function Candidates({ decision: d }: { decision: Decision }) {
  const t = useTexts(en);
  const said = useSaid();
  const { number } = useFormat();
  const parts = partsOf(d);
  const withCosts = hasCosts(d);
  const withDates = d.candidates.some((c) => c.deliverBy !== null);
  return (
    <ScrollPanel label={t('table', { what: t('explain.candidates') })}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('node')}</th>
            <th scope="col">{t('verdict')}</th>
            {withDates && <th scope="col">{t('arrives')}</th>}
            {parts.map((p) => <th scope="col" key={p} className={css.end}>{t(p)}</th>)}
            {withCosts && <th scope="col" className={css.end}>{t('total')}</th>}
            <th scope="col">{t('stock')}</th>
          </tr>
        </thead>
        <tbody>
          {d.candidates.map((c) => (
            <tr key={c.node} data-chosen={c.reason === 'chosen' || undefined}>
              <th scope="row">
                <bdi>{c.node}</bdi>
                <div className="sy-meta">
                  <bdi>{c.name}</bdi>
                  {c.km !== null && c.km !== undefined && ` · ${t('km', { km: number(c.km) })}`}
                </div>
              </th>
              <td className={css.why}>
                <Status tone={toneOfReason(c.reason)} isPlain>{t.maybe(`reason.${c.reason}`)}</Status>
                {c.says.length > 0 && <div className="sy-muted">{said(c.says, '')}</div>}
              </td>
              {withDates && <td><When at={c.deliverBy} as="date" /></td>}
              {parts.map((p) => <td key={p} className={css.end}><Money minor={c[p]} currency={d.currency} isDifference={p === 'rankMinor'} /></td>)}
              {withCosts && <td className={css.end}><Money minor={c.costMinor} currency={d.currency} /></td>}
              <td><Held candidate={c} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollPanel>
  );
}

/** How much of what is wanted is free there. */
function Held({ candidate: c }: { candidate: Candidate }) {
  const t = useTexts(en);
  const { number } = useFormat();
  if (c.stock.length === 0) return <span className="sy-muted">–</span>;
  const short = c.stock.filter((s) => s.available < s.wanted);
  if (short.length === 0) return <span>{t('stock.all')}</span>;
  return (
    <ul className={css.parts}>
      {short.slice(0, 3).map((s) => (
        <li key={s.sku}>{t.node('stock.of', { have: number(s.available), want: number(s.wanted), sku: <bdi className="sy-code">{s.sku}</bdi> })}</li>
      ))}
      {short.length > 3 && <li className="sy-muted">{t('stock.more', { n: short.length - 3 })}</li>}
    </ul>
  );
}
