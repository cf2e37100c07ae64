import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useKept } from '@house/useKeptDraft.ts';
import css from './NodePage.module.css';
import { Closing } from './Closing.tsx';
import type { WorkSettings } from './draft.ts';
import type { Load } from './map.ts';
import { NodeActions } from './NodeActions.tsx';
import { cutOffsOf, dayName, isAlwaysOpen, keptName, lanesOptions, loadsOptions, nodeOptions, pageOf, weekOf, workOptions, type Node } from './nodes.ts';
import en from './texts.en.ts';
import { NodePartner } from '@rooms/Partners/NodePartner.tsx';
import { ServedMerchants } from './ServedMerchants.tsx';
import { State } from './State.tsx';
import { Today } from './Today.tsx';
import { zonePage } from './zones.ts';

/** A node that was never closed has no closing. */
const neverClosed = (error: unknown) => {
  if (error instanceof ApiError && error.code === 'nodes.not_closed') return null;
  throw error;
};

/** One node: when it is open, until when an order still leaves today, and by which services. */
export default function NodePage() {
  const t = useTexts(en);
  const { code = '' } = useParams({ strict: false });
  const may = useMay();
  const { data: node, error, refetch } = useQuery(nodeOptions(code));
  const { data: loads } = useQuery(loadsOptions);
  const { data: work } = useQuery(workOptions(code));
  const { data: closing } = useQuery({
    queryKey: ['nodes', code, 'closing'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/closing', { params: { path: { code } }, signal })).catch(neverClosed),
    enabled: node?.isActive === false,
    // While its orders are being moved one wants to see it; else the log tells.
    refetchInterval: (query) => (query.state.data?.state === 'running' ? 2_000 : false),
  });
  const kept = useKept(keptName(code));
  if (error instanceof ApiError && error.status === 404)
    return (
      <>
        <PageHead title={t('title')} />
        <EmptyState kind="nothing" title={t('notFound.title')} text={t('notFound.text')} action={<Link to="/nodes">{t('notFound.back')}</Link>} />
      </>
    );
  if (error && !node) return <div className={css.problem}><ProblemAlert error={error} again={() => void refetch()} /></div>;
  if (!node) return null;
  const isClosed = !node.isActive && closing ? closing.state !== 'reopened' : false;
  return (
    <article className={css.page}>
      <PageHead
        title={node.name}
        beside={
          <>
            <Code>{node.code}</Code>
            <span className="sy-muted">{t.maybe(`kind.${node.kind}`)}</span>
            <State node={node} load={loads?.get(node.code)} />
          </>
        }
        actions={may('nodes:write') && <NodeActions node={node} isClosedByHand={isClosed} />}
      />
      {kept && may('nodes:write') && (
        <div className={css.kept} role="status">
          <span>{t.node('keptHere', { when: <When at={new Date(kept.at).toISOString()} as="time" /> })}</span>
          <Link to={`${pageOf(node.code)}/edit`}>{t('kept.goOn')}</Link>
          <Button size="compact-sm" variant="default" onClick={kept.drop}>{t('kept.discard')}</Button>
        </div>
      )}
      <div className={css.columns}>
        <div className={css.main}>
          {closing && isClosed && <Closing node={node} closing={closing} />}
          <div className={css.pair}>
            <Hours node={node} />
            <CutOffs node={node} />
          </div>
          <Services node={node} />
        </div>
        <Side node={node} load={loads?.get(node.code)} work={work} />
      </div>
    </article>
  );
}

function Hours({ node }: { node: Node }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const { list, date } = useFormat();
  return (
    <Section title={t('hours')} beside={node.timeZone}>
      {isAlwaysOpen(node) ? <p className="sy-muted">{t('hours.always')}</p> : <table className="sy-table">
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            <th scope="col">{t('open')}</th>
          </tr>
        </thead>
        <tbody>
          {weekOf(node.openingHours).map(({ day, times }) => (
            <tr key={day}>
              <td>{dayName(day, locale)}</td>
              <td>{times.length > 0 ? <bdi>{list(times)}</bdi> : <span className="sy-muted">{t('closed')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>}
      {node.closedDays.length > 0 && <p>{t('closedOn', { days: list(node.closedDays.map((d) => date(`${d}T00:00:00Z`, 'UTC'))) })}</p>}
    </Section>
  );
}

function CutOffs({ node }: { node: Node }) {
  const t = useTexts(en);
  const cutOffs = cutOffsOf(node);
  return (
    <Section title={t('cutOffs')} beside={node.timeZone}>
      {cutOffs.length === 0 ? <p className="sy-muted">{t('noCutOffs')}</p> : (
        <table className="sy-table">
          <thead>
            <tr>
              <th scope="col">{t('service')}</th>
              <th scope="col">{t('until')}</th>
            </tr>
          </thead>
          <tbody>
            {cutOffs.map((c) => (
              <tr key={c.service ?? '*'}>
                <td>{c.service === null ? t('everyService') : <bdi>{c.service}</bdi>}</td>
                <td>{c.time}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

/** What its deliveries cost and take, by zone. */
function Services({ node }: { node: Node }) {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  const { data, error, refetch } = useQuery(lanesOptions(node.code));
  const lanes = data?.lanes;
  const withPrices = lanes?.some((l) => l.currency && typeof (l.baseMinor as number | undefined) === 'number');
  return (
    <Section title={t('services')} actions={may('nodes:write') && may('prices:read') && <Link to={`${pageOf(node.code)}/services`}>{t('lanes.change')}</Link>}>
      {node.services.length > 0 && <p dir="auto">{node.services.join(', ')}</p>}
      {error && <ProblemAlert error={error} again={() => void refetch()} />}
      {lanes?.length === 0 && node.services.length === 0 && <p className="sy-muted">{t('noServices')}</p>}
      {lanes && lanes.length > 0 && (
        // What scrolls must be reached by the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={css.scroll} tabIndex={0} role="group" aria-label={t('services')}>
          <table className="sy-table">
            <thead>
              <tr>
                <th scope="col">{t('service')}</th>
                <th scope="col">{t('deliveryZone')}</th>
                <th scope="col">{t('method')}</th>
                <th scope="col" className="sy-number">{t('transit')}</th>
                <th scope="col" className="sy-number">{t('most')}</th>
                {withPrices && <th scope="col" className="sy-number">{t('base')}</th>}
                {withPrices && <th scope="col" className="sy-number">{t('perKg')}</th>}
              </tr>
            </thead>
            <tbody>
              {lanes.map((l, i) => (
                <tr key={i}>
                  <td className="sy-nowrap"><bdi>{l.service ?? '–'}</bdi></td>
                  <td className="sy-nowrap"><Link to={zonePage(l.zone ?? '')}><bdi>{l.zone ?? '–'}</bdi></Link></td>
                  <td><bdi>{l.method ?? '–'}</bdi></td>
                  <td className="sy-number">{number(l.transitDays)}</td>
                  <td className="sy-number">{number(l.maxWeightGrams / 1000)}</td>
                  {withPrices && <td className="sy-number"><Money minor={l.baseMinor} currency={l.currency ?? ''} /></td>}
                  {withPrices && <td className="sy-number"><Money minor={l.perKgMinor} currency={l.currency ?? ''} /></td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function Side({ node, load, work }: { node: Node; load: Load | undefined; work: WorkSettings | undefined }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const country = node.country && new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(node.country);
  const a = node.address;
  const lines = [a.name, a.line1, a.line2, [a.city, a.region, node.postcode].filter(Boolean).join(' '), country].filter(Boolean);
  return (
    <aside className={css.side} aria-label={t('side')}>
      <Section isSide title={t('address')}>
        <address className={css.address}>
          {lines.map((line, i) => (
            <div key={i} dir="auto">{line}</div>
          ))}
        </address>
      </Section>
      <Section isSide title={t('work')}>
        <FieldList
          fields={[
            [t('today'), <Today key="t" load={load} />],
            [t('live'), load && String(load.live)],
            [t('waiting'), load && load.waiting > 0 && String(load.waiting)],
            [t('accepts'), work && (work.acceptsByDefault ? t('accepts.itself') : t('accepts.within', { n: work.acceptMinutes }))],
            [t('zone'), node.timeZone],
            [t('leadDays'), t('days', { n: node.leadDays })],
          ]}
        />
        <Link to="/orders" search={{ query: `node:"${node.code}" state:(placed, confirmed)` } as never}>{t('itsOrders')}</Link>
      </Section>
      {(node.kind === '3pl' || node.kind === 'supplier') && <NodePartner node={node.code} />}
      <ServedMerchants node={node} />
    </aside>
  );
}
