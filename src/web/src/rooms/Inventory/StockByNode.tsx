import { Button } from '@mantine/core';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { When } from '@house/parts/When.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Available, Units } from './LevelRow.tsx';
import css from './SkuPage.module.css';
import { buckets, type Stock } from './stock.ts';
import en from './texts.en.ts';

/** One row a node, and their sum. */
export function StockByNode({ stock, onAdjust }: { stock: Stock; onAdjust?: (node: string) => void }) {
  const t = useTexts(en);
  if (stock.nodes.length === 0) return <p className="sy-muted">{t('nowhere')}</p>;
  return (
    <ScrollPanel label={t('byNode')} className={css.scroll}>
      <table className={`sy-table ${css.levels}`}>
        <thead>
          <tr>
            <th scope="col">{t('column.node')}</th>
            {buckets.map((b) => (
              <th key={b} scope="col" className="sy-number">
                {t(`bucket.${b}`)}
              </th>
            ))}
            <th scope="col">{t('column.moved')}</th>
            {onAdjust && (
              <th scope="col">
                <span className="sy-hidden">{t('adjust')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {stock.nodes.map((n) => (
            <tr key={n.node}>
              <th scope="row">
                <bdi>{n.node}</bdi> <span className="sy-muted">{t.maybe(`nodeKind.${n.kind}`)}</span>
              </th>
              {buckets.map((b) => (
                <td key={b} className="sy-number" data-label={t(`bucket.${b}`)}>
                  {b === 'available' ? <Available level={n} /> : <Units n={n[b]} />}
                </td>
              ))}
              <td className="sy-muted" data-label={t('column.moved')}>
                <When at={n.lastMovementAt} />
              </td>
              {onAdjust && (
                <td className={css.act}>
                  <Button size="compact-sm" variant="subtle" onClick={() => onAdjust(n.node)} aria-label={t('adjust.at', { node: n.node })}>
                    {t('adjust')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {stock.nodes.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row">{t('total')}</th>
              {buckets.map((b) => (
                <td key={b} className="sy-number" data-label={t(`bucket.${b}`)}>
                  {b === 'available' ? <Available level={stock.total} /> : <Units n={stock.total[b]} />}
                </td>
              ))}
              <td />
              {onAdjust && <td />}
            </tr>
          </tfoot>
        )}
      </table>
    </ScrollPanel>
  );
}
