import { Link } from '@tanstack/react-router';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Why } from '@house/parts/Why.tsx';
import type { Order, Plan } from './orders.ts';
import en from './texts.en.ts';

/** A node, and why this one: the others with what they would have cost or why they could not. */
export function WhyHere({ order, node }: { order: Order; node: string }) {
  const t = useTexts(en);
  const { money } = useFormat();
  const plan = order.plan as Plan | null;
  if (!plan?.candidates) return <span>{node}</span>;
  // Whoever sees no prices is told the reasons without them.
  const cost = (minor: number | null | undefined) => (typeof minor === 'number' ? money(minor, order.baseCurrency) : null);
  return (
    <Why
      title={t('why.title', { node })}
      summary={t(plan.isProven ? 'why.proven' : 'why.best', { cost: cost(plan.costMinor) ?? '–', n: plan.shipments.length })}
      footer={
        <Link to={`/orders/${order.id}/routing`} className="sy-strong">
          {t('why.more')}
        </Link>
      }
      candidates={() =>
        plan.candidates.map((c) => ({
          id: c.node,
          name: c.node,
          isChosen: c.reason === 'chosen',
          reason: t.maybe(`why.reason.${c.reason}`),
          tone: c.reason === 'dearer' ? ('neutral' as const) : ('warn' as const),
          facts: [
            ...(c.costMinor === null ? [t('why.notAlone')] : c.costMinor === undefined ? [] : [t('why.wholeFrom', { cost: cost(c.costMinor) ?? '' })]),
            ...plan.shipments.filter((s) => s.node === c.node).map((s) => t('why.service', { service: s.service, cost: cost(s.costMinor) ?? '–' })),
          ],
        }))
      }
    >
      {node}
    </Why>
  );
}
