import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { Bar } from './Bar.tsx';
import { costsOptions, type Costs as Report, type Days } from './figures.ts';
import own from './Figures.module.css';
import { LabourRates } from './LabourRates.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';

/** What an order costs to fulfil: labour, packaging, shipping; and by the steps of the work. */
export function Costs({ node, days }: { node: string; days: Days }) {
  const t = useTexts(en);
  const may = useMay();
  const [isEditing, setEditing] = useState(false);
  const { data, error, refetch } = useQuery({ ...costsOptions(node, days), enabled: may('prices:read') });
  if (!may('prices:read')) return null;
  const work = data?.nodes[0];
  return (
    <Section title={t('costs')} actions={may('fulfilment:manage') && <Button variant="default" onClick={() => setEditing(true)}>{t('labour')}</Button>}>
      <p className={own.told}>{t('costs.about')}</p>
      <ProblemAlert error={error} again={() => void refetch()} />
      {data?.orders === 0 && <p className={`sy-panel ${css.empty}`}>{t('costs.empty')}</p>}
      {data && work && data.orders > 0 && (
        <>
          {!work.hasRates && <p className={own.told} role="note">{t('costs.noRates')}</p>}
          <Means report={data} />
          <Steps report={data} />
          <Costliest report={data} />
          {data.otherCurrencies > 0 && <p className={own.told}>{t('costs.others', { n: data.otherCurrencies, currency: data.currency })}</p>}
        </>
      )}
      {isEditing && <LabourRates node={node} onClose={() => setEditing(false)} />}
    </Section>
  );
}

function Means({ report: { mean, sum, currency, orders } }: { report: Report }) {
  const t = useTexts(en);
  const { money } = useFormat();
  const parts = [['costs.total', mean.totalMinor, sum.totalMinor], ['costs.labour', mean.labourMinor, sum.labourMinor], ['costs.packaging', mean.packagingMinor, sum.packagingMinor], ['costs.shipping', mean.shippingMinor, sum.shippingMinor]] as const;
  return (
    <dl className={css.figures} aria-label={t('costs.mean')}>
      {parts.map(([what, each, all]) => (
        <div key={what}>
          <dt>{t(what)}</dt>
          <dd><Money minor={each === null ? null : Math.round(each)} currency={currency} /></dd>
          <dd className="sy-meta">{t('costs.ofAll', { amount: money(all, currency), n: orders })}</dd>
        </div>
      ))}
    </dl>
  );
}

function Steps({ report: { nodes, currency } }: { report: Report }) {
  const t = useTexts(en);
  const { number, span } = useFormat();
  const most = Math.max(0, ...nodes.map((n) => n.totalMinor));
  return (
    <ScrollPanel label={t('costs.steps')}>
      <table className={css.table} aria-label={t('costs.steps')}>
        <thead>
          <tr>
            <th scope="col">{t('node')}</th>
            <td />
            {(['costs.pick', 'costs.pack', 'costs.ship', 'costs.total', 'costs.each', 'costs.orders', 'figures.lines', 'costs.pickTime', 'costs.packTime'] as const).map((h) => <th key={h} scope="col" className={css.end}>{t(h)}</th>)}
          </tr>
        </thead>
        <tbody>
          {nodes.map((n) => (
            <tr key={n.node}>
              <th scope="row"><bdi>{n.node}</bdi></th>
              <td className={own.withBar}><Bar most={most} parts={[{ value: n.pickMinor, colour: 1 }, { value: n.packMinor, colour: 2 }, { value: n.shipMinor, colour: 3 }]} /></td>
              {(['pickMinor', 'packMinor', 'shipMinor', 'totalMinor'] as const).map((part, i) => (
                <td key={part} className={css.end}>{i < 3 && <span className={css.swatch} data-colour={i + 1} aria-hidden />} <Money minor={n[part]} currency={currency} /></td>
              ))}
              <td className={css.end}><Money minor={n.meanMinor === null ? null : Math.round(n.meanMinor)} currency={currency} /></td>
              <td className={css.end}>{number(n.orders)}</td>
              <td className={css.end}>{number(n.lines)}</td>
              <td className={css.end}>{span(n.pickSeconds * 1000)}</td>
              <td className={css.end}>{span(n.packSeconds * 1000)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollPanel>
  );
}

function Costliest({ report: { costliest, currency } }: { report: Report }) {
  const t = useTexts(en);
  const most = costliest[0]?.totalMinor ?? 0;
  return (
    <ScrollPanel label={t('costs.costliest')}>
      <table className={css.table} aria-label={t('costs.costliest')}>
        <thead>
          <tr>
            <th scope="col">{t('costs.costliest')}</th>
            <td />
            {(['costs.labour', 'costs.packaging', 'costs.shipping', 'costs.total'] as const).map((h) => <th key={h} scope="col" className={css.end}>{t(h)}</th>)}
          </tr>
        </thead>
        <tbody>
          {costliest.map((o) => (
            <tr key={o.order}>
              <th scope="row"><Link to={`/orders/${o.order}`}>#{o.number}</Link></th>
              <td className={own.withBar}><Bar most={most} parts={[{ value: o.labourMinor, colour: 1 }, { value: o.packagingMinor, colour: 2 }, { value: o.shippingMinor, colour: 3 }]} /></td>
              {(['labourMinor', 'packagingMinor', 'shippingMinor', 'totalMinor'] as const).map((part, i) => (
                <td key={part} className={css.end}>{i < 3 && <span className={css.swatch} data-colour={i + 1} aria-hidden />} <Money minor={o[part]} currency={currency} /></td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollPanel>
  );
}
