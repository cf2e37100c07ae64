import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { IconPackage } from '@house/icons.ts';
import { Code } from '@house/parts/Code.tsx';
import { Money } from '@house/parts/Money.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { Track } from '@house/parts/Track.tsx';
import { Due, When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { groupsOf, type Group } from './groups.ts';
import { useMethodName } from '@house/words/useMethodName.ts';
import css from './OrderLines.module.css';
import { WhyHere } from './WhyHere.tsx';
import { seesPrices, unitsOf, type Order } from './orders.ts';
import en from './texts.en.ts';

/** The goods, by who has them. */
export function OrderLines({ order }: { order: Order }) {
  const t = useTexts(en);
  return (
    <Section title={t('lines')} beside={t('units', { n: unitsOf(order) })}>
      <div className={css.groups}>
        {groupsOf(order).map((group) => (
          <GroupOfLines key={group.key} group={group} order={order} />
        ))}
      </div>
    </Section>
  );
}

const OrderParcels = lazy(() => import('@rooms/Shipping/OrderParcels.tsx'));

const tones: Record<string, Tone> = {
  planned: 'neutral', scheduled: 'neutral', offered: 'neutral', accepted: 'progress', picking: 'progress', picked: 'progress', packed: 'progress', stopAsked: 'warn',
  rejected: 'bad', cancelled: 'neutral', handedOver: 'good', readyForPickup: 'progress', collected: 'good', delivered: 'good',
};

function GroupOfLines({ group, order }: { group: Group; order: Order }) {
  const t = useTexts(en);
  const methodName = useMethodName();
  const mayFollow = useMay()('fulfilment:read');
  const f = group.fulfilment;
  return (
    <div className={css.group}>
      <div className={css.head}>
        {group.kind === 'fulfilment' && f ? (
          <>
            <span className="sy-strong">{f.number}</span>
            <WhyHere order={order} node={f.node} />
            <SupplierOrder order={order.id} fulfilment={f.id} />
            {f.method && <span className="sy-muted">{methodName(f.method)}</span>}
            <Status tone={f.mustStop ? 'warn' : (tones[f.state] ?? 'neutral')}>{f.mustStop ? t('group.stopping') : t.maybe(`work.${f.state}`)}</Status>
            {f.partnerReference && <span className="sy-muted">{t.node('group.partnerNumber', { number: <Code>{f.partnerReference}</Code> })}</span>}
            {f.shipBy && !f.handedOverAt && <Due at={f.shipBy} />}
            {f.partnerExpectedAt && !f.handedOverAt && <span className="sy-muted">{t.node('expected', { when: <When at={f.partnerExpectedAt} as="date" /> })}</span>}
            {f.handedOverAt && (
              <span className="sy-muted">
                {t.node('group.left', { when: <When at={f.handedOverAt} as="dateTime" /> })}
              </span>
            )}
          </>
        ) : group.kind === 'node' ? (
          <>
            <span className="sy-strong">{t('group.node')}</span>
            <WhyHere order={order} node={group.node!} />
          </>
        ) : (
          <span className="sy-strong">{t(`group.${group.kind}` as 'group.waiting')}</span>
        )}
      </div>
      <table className={css.lines} aria-label={f?.number ?? t('lines')}>
        <tbody>
          {group.lines.map(({ line, quantity, buckets }) => (
            <tr key={line.line}>
              <td className={css.picture} aria-hidden>
                <span>
                  <IconPackage size={20} stroke={1.4} />
                </span>
              </td>
              <th scope="row" className={css.name}>
                <span dir="auto">{line.name ?? line.sku}</span>
                <span className="sy-meta">
                  <Code>{line.sku}</Code>
                  {line.kind === 'component' && <Bundle order={order} parent={line.parentLine} />}
                  <StandsIn order={order} line={line} />
                  {line.expectedAt && group.kind === 'waiting' && <> · {t.node('expected', { when: <When at={line.expectedAt} as="date" /> })}</>}
                </span>
              </th>
              <td className={css.track}>
                <Track buckets={buckets} withCount isWide />
              </td>
              <td className={css.quantity}>
                {quantity}
                {seesPrices(order) && (
                  <>
                    {' × '}
                    <Money minor={line.unitPriceMinor} currency={order.currency} />
                  </>
                )}
              </td>
              <td className={css.price}>{seesPrices(order) && line.kind !== 'component' && quantity === line.quantity - line.cancelled && <Money minor={line.totalMinor} currency={order.currency} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {f && f.packages.length > 0 && (mayFollow ? <Suspense><OrderParcels order={order.id} number={order.number} fulfilment={f.id} /></Suspense> : <Parcels packages={f.packages} />)}
    </div>
  );
}

/** What an order's reader sees of parcels who may not see the work of the nodes. */
function Parcels({ packages }: { packages: NonNullable<Group['fulfilment']>['packages'] }) {
  const t = useTexts(en);
  return (
    <ul className={css.parcels}>
      {packages.map((p) => (
        <li key={p.id} className="sy-row">
          <IconPackage size={16} stroke={1.6} aria-hidden />
          <span>{t('parcel', { n: p.package })}</span>
          {p.carrier && <span className="sy-muted">{[p.carrier, p.service].filter(Boolean).join(' ')}</span>}
          {p.tracking && <Code>{p.tracking}</Code>}
          <span className="sy-muted">{t.maybe(`parcel.${p.state}`)}</span>
        </li>
      ))}
    </ul>
  );
}

function Bundle({ order, parent }: { order: Order; parent: number | null }) {
  const t = useTexts(en);
  const bundle = order.lines.find((l) => l.line === parent);
  return bundle ? <> · {t('partOf', { bundle: bundle.name ?? bundle.sku })}</> : null;
}

/** That it is sent in place of another, or that another was sent for some of it. */
function StandsIn({ order, line }: { order: Order; line: Group['lines'][number]['line'] }) {
  const t = useTexts(en);
  const ordered = line.substituteFor == null ? undefined : order.lines.find((l) => l.line === line.substituteFor);
  if (ordered) return <> · <span dir="auto">{t('insteadOf', { name: ordered.name ?? ordered.sku })}</span></>;
  const instead = order.lines.filter((l) => l.substituteFor === line.line);
  if (instead.length > 0) return <> · <span dir="auto">{instead.map((l) => t('wentInstead', { n: l.quantity, name: l.name ?? l.sku })).join(', ')}</span></>;
  return line.allowSubstitutes ? <> · {t('takesOthers')}</> : null;
}

/** Where a supplier sends the goods itself: the order it was given. */
function SupplierOrder({ order, fulfilment }: { order: string; fulfilment: string }) {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['orders', order, 'purchase-orders'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/purchase-orders', { params: { query: { order, limit: 50 } }, signal })),
    enabled: may('purchasing:read'),
    staleTime: 60_000,
    retry: false,
  });
  const found = data?.data.find((p) => p.fulfilment === fulfilment);
  return found ? <Link to={`/purchase-orders/${encodeURIComponent(found.number)}`}>{found.number}</Link> : null;
}
