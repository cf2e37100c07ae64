import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { ApiError } from '@house/api/problem.ts';
import { IconArrowRight } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useSaid } from '@house/words/useSaid.ts';
import { orderOptions } from '@rooms/Orders/orders.ts';
import { Candidates } from './Candidates.tsx';
import css from './Planning.module.css';
import { flipsOf, hasCosts, routingOptions, type Decision } from './routing.ts';
import en from './texts.en.ts';

// The outline of the land is large and only this part needs it.
const RouteMap = lazy(() => import('./RouteMap.tsx'));

/** Why an order goes from where it goes: one sentence, the map, every place that was thought of with its costs, and what would have changed it. */
export default function ExplainPage() {
  const t = useTexts(en);
  const may = useMay();
  const { id = '' } = useParams({ strict: false });
  const { data: order } = useQuery(orderOptions(id));
  const { data, error, refetch } = useQuery(routingOptions(id));
  const [chosen, setChosen] = useState<number | null>(null);
  if (error instanceof ApiError && error.status === 404)
    return <EmptyState kind="nothing" isPage title={t('explain.notFound')} text={t('explain.notFoundText')} action={<Link to="/orders">{t('explain.orders')}</Link>} />;
  const decisions = data?.data ?? [];
  const shown = decisions.find((d) => d.version === chosen) ?? decisions[0];
  const number = order ? `#${order.number}` : '';
  const back = (
    <>
      {may('fulfilment:read') && (
        <Button component={Link} to="/planning/replans" variant="default">
          {t('explain.replan')}
        </Button>
      )}
      <Button component={Link} to={`/orders/${id}`} variant="default">
        {t('explain.back', { number })}
      </Button>
    </>
  );
  return (
    <article>
      <PageHead title={t('explain.title', { number })} actions={back} />
      <div className={css.page}>
        <ProblemAlert error={error} again={() => void refetch()} />
        {data && decisions.length === 0 && <EmptyState kind="nothing" title={t('explain.none')} text={t('explain.noneText')} />}
        {decisions.length > 1 && shown && (
          <ul className={css.versions} aria-label={t('explain.versions')}>
            {decisions.map((d) => (
              <li key={d.version}>
                <Button size="compact-sm" variant={d === shown ? 'light' : 'default'} aria-pressed={d === shown} onClick={() => setChosen(d.version)}>
                  {d.isCurrent ? t('explain.now') : t.node('explain.version', { n: d.version, at: <When at={d.madeAt} as="dateTime" /> })}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {shown && <Told decision={shown} />}
      </div>
    </article>
  );
}

function Told({ decision: d }: { decision: Decision }) {
  const t = useTexts(en);
  const { money, list } = useFormat();
  const said = useSaid();
  const flips = flipsOf(d);
  const withCosts = hasCosts(d);
  return (
    <>
      <div className={css.top}>
        <div className={css.told}>
          <p className={css.sentence}>{said(d.says, t('explain.noWords'))}</p>
          <p className="sy-muted">
            {t.node('explain.made', { at: <When at={d.madeAt} as="dateTime" />, by: d.strategy ? <Link to={`/routing/strategies/${encodeURIComponent(d.strategy)}`}>{t('explain.strategy', { name: d.strategy, n: d.strategyVersion ?? 0 })}</Link> : t('explain.house') })}{' '}
            {d.reason && d.inputs !== 'together' && t('explain.because', { reason: d.reason })}
          </p>
          {withCosts && d.inputs !== 'together' && (!d.isProven || d.strategy !== null) && (
            <p className="sy-muted">{d.isProven ? t('explain.proven') : typeof d.boundMinor === 'number' ? t('explain.bound', { amount: money(d.boundMinor, d.currency) }) : t('explain.unproven')}</p>
          )}
          {d.inputs !== 'kept' && <p className="sy-muted">{t.maybe(`inputs.${d.inputs}`)}</p>}
          {d.inputs === 'kept' && d.isReproduced === false && <Status tone="warn">{t('explain.notReproduced')}</Status>}
          {d.scenarios.length > 0 && (
            <ul className={css.parts} aria-label={t('explain.scenarios')}>
              {d.scenarios.map((s) => (
                <li key={s.name} className="sy-row sy-row-wrap">
                  <bdi className="sy-strong">{s.name}</bdi>
                  <span className="sy-muted">{t.maybe(`outcome.${s.outcome}`)}</span>
                </li>
              ))}
            </ul>
          )}
          <Shadow decision={d} />
        </div>
        <div className="sy-stack sy-stack-tight">
          <Suspense fallback={<div className={css.map} />}>
            <RouteMap decision={d} />
          </Suspense>
          {d.destination?.latitude === null && <span className="sy-meta">{t('explain.noPlace')}</span>}
        </div>
      </div>
      {d.shipments.length > 0 && <Parcels decision={d} />}
      <Section title={t('explain.candidates')} beside={t('explain.candidatesText')}>
        <Candidates decision={d} />
      </Section>
      {d.inputs === 'kept' && (
        <Section title={t('explain.flips')}>
          {flips.length === 0 ? (
            <p className="sy-muted">{t('explain.noFlips')}</p>
          ) : (
            <ul className={`${css.flips} sy-panel`}>
              {flips.map(({ node, flip }, i) => (
                <li key={`${node}${i}`}>
                  <span>{said(flip.says, node)}</span>
                  <IconArrowRight className={css.arrow} aria-hidden />
                  <span className="sy-strong">{flip.nodes.length > 0 ? t('explain.then', { nodes: list(flip.nodes) }) : t('explain.thenNone')}</span>
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
    </>
  );
}

/** What the strategy that only looks on would have done. */
function Shadow({ decision: d }: { decision: Decision }) {
  const t = useTexts(en);
  const { list, number } = useFormat();
  if (!d.shadow) return null;
  const isSame = [...d.shadow.nodes].sort().join() === d.shipments.map((s) => s.node).sort().join();
  return (
    <p>
      {t.node(isSame ? 'explain.shadowSame' : 'explain.shadow', { name: <bdi>{d.shadow.strategy}</bdi>, n: d.shadow.version, nodes: list(d.shadow.nodes) || '–', amount: <Money minor={d.shadow.costMinor} currency={d.currency} /> })}{' '}
      {d.shadow.unsentUnits > 0 && t('explain.shadowUnsent', { n: d.shadow.unsentUnits, units: number(d.shadow.unsentUnits) })}
    </p>
  );
}

/** The parcels it goes in, each with its costs by part. */
function Parcels({ decision: d }: { decision: Decision }) {
  const t = useTexts(en);
  const { number, list } = useFormat();
  const withCosts = hasCosts(d);
  const withParts = d.shipments.some((s) => typeof s.carriageMinor === 'number');
  return (
    <Section title={t('explain.parcels')}>
      <ScrollPanel label={t('table', { what: t('explain.parcels') })}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('node')}</th>
              <th scope="col">{t('goods')}</th>
              <th scope="col">{t('service')}</th>
              {withParts && <th scope="col" className={css.end}>{t('carriageMinor')}</th>}
              {withParts && <th scope="col" className={css.end}>{t('pickMinor')}</th>}
              {withParts && <th scope="col" className={css.end}>{t('handlingMinor')}</th>}
              {withCosts && <th scope="col" className={css.end}>{t('total')}</th>}
              <th scope="col">{t('leaves')}</th>
              <th scope="col">{t('arrives')}</th>
            </tr>
          </thead>
          <tbody>
            {d.shipments.map((s) => (
              <tr key={s.node + s.service}>
                <th scope="row"><bdi>{s.node}</bdi></th>
                <td>{list(s.parts.map((p) => `${number(p.quantity)} × ${p.sku}`))}</td>
                <td><bdi>{s.service}</bdi></td>
                {withParts && <td className={css.end}><Money minor={s.carriageMinor} currency={d.currency} /></td>}
                {withParts && <td className={css.end}><Money minor={s.pickMinor} currency={d.currency} /></td>}
                {withParts && <td className={css.end}><Money minor={s.handlingMinor} currency={d.currency} /></td>}
                {withCosts && <td className={css.end}><Money minor={s.costMinor} currency={d.currency} /></td>}
                <td><When at={s.shipBy} as="date" /></td>
                <td><When at={s.deliverBy} as="date" /></td>
              </tr>
            ))}
            {withCosts && d.splitMinor > 0 && (
              <tr>
                <th scope="row" colSpan={withParts ? 6 : 3}>{t('explain.split')}</th>
                <td className={css.end}><Money minor={d.splitMinor} currency={d.currency} /></td>
                <td colSpan={2} />
              </tr>
            )}
          </tbody>
        </table>
      </ScrollPanel>
    </Section>
  );
}
