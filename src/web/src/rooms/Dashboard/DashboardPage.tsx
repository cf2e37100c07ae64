import { NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { LoadDemo, useDemoShop } from '@house/parts/LoadDemo.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { inOrder, toneOfTile, type Dashboard, type Tile } from './dashboard.ts';
import css from './DashboardPage.module.css';
import { Sales } from './Sales.tsx';
import en from './texts.en.ts';

const spans = ['7', '30', '90'];

/** What must leave, when, and what stops it; then what was sold. Each figure opens the list it was counted from. */
export default function DashboardPage() {
  const t = useTexts(en);
  const { zone } = useSpeech();
  const may = useMay();
  const [url, setUrl] = useUrlState();
  const { data: demo } = useDemoShop();
  const span = spans.includes(url['days'] ?? '') ? url['days']! : '30';
  const { data, error, refetch } = useQuery({
    queryKey: ['dashboard', zone, span],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/dashboard', { params: { query: { zone, days: Number(span) } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  if (demo?.canLoad || demo?.job)
    return (
      <>
        <PageHead title={t('title')} />
        <EmptyState kind="first" title={t('welcome.title')} text={t('welcome.text')} action={<LoadDemo />} />
      </>
    );
  return (
    <>
      <PageHead
        title={t('title')}
        beside={data && <span className="sy-muted">{t.node('asOf', { time: <When at={data.at} as="time" /> })}</span>}
        actions={
          may('reports:read') && (
            <NativeSelect
              aria-label={t('span')}
              value={span}
              onChange={(e) => setUrl({ days: e.currentTarget.value === '30' ? undefined : e.currentTarget.value })}
              data={spans.map((n) => ({ value: n, label: t('days', { n: Number(n) }) }))}
            />
          )
        }
      />
      <div className={css.page}>
        {error && <ProblemAlert error={error} again={() => void refetch()} />}
        {data && (
          <>
            <Section title={t('work')}>
              <ul className={css.tiles}>
                {inOrder(data.tiles).map((tile) => (
                  <OrderTile key={tile.key} tile={tile} />
                ))}
              </ul>
            </Section>
            <div className={css.pair}>
              <ToShip dashboard={data} />
              {may('inventory:read') && <Stock stock={data.stock} />}
            </div>
            {may('reports:read') && <Sales dashboard={data} />}
          </>
        )}
      </div>
    </>
  );
}

function OrderTile({ tile }: { tile: Tile }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const tone = toneOfTile(tile);
  const name = t.maybe(`tile.${tile.key}`);
  return (
    <li className={css.tile}>
      <Link to="/orders" search={{ query: tile.query } as never} className={css.link}>
        {tone ? <Status tone={tone} isPlain>{name}</Status> : <span className="sy-muted">{name}</span>}
        <span className={css.figure}>{tile.isExact ? number(tile.count) : t('atLeast', { n: number(tile.count) })}</span>
      </Link>
    </li>
  );
}

/** Of the orders that have to leave today, how many have not, by the node that has their goods. */
function ToShip({ dashboard }: { dashboard: Dashboard }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const { zone: own } = useSpeech();
  return (
    <Section title={t('toShip')}>
      {dashboard.toShip.length === 0 ? (
        <p className="sy-muted">{t('toShip.none')}</p>
      ) : (
        <div className={css.scroll}>
          <table className="sy-table">
            <thead>
              <tr>
                <th scope="col">{t('node')}</th>
                <th scope="col">{t('cutOff')}</th>
                <th scope="col" className="sy-number">{t('orders')}</th>
              </tr>
            </thead>
            <tbody>
              {dashboard.toShip.map((n) => (
                <tr key={n.node}>
                  <td>
                    <Link to="/orders" search={{ query: `node:"${n.node}" shipBy:<${dashboard.todayTo.replace('+00:00', 'Z')} state:(placed, confirmed)` } as never}>
                      <bdi>{n.name}</bdi>
                    </Link>
                  </td>
                  <td className="sy-muted">{n.cutOff ? (n.timeZone === own ? n.cutOff : `${n.cutOff} (${n.timeZone})`) : '–'}</td>
                  <td className="sy-number">{number(n.orders)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function Stock({ stock }: { stock: Dashboard['stock'] }) {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  const rows = [
    ['low', stock.low, 'warn', '/inventory', 'available:<=0'],
    ['deficit', stock.deficit, 'bad', '/inventory', 'available:<0'],
    // Whoever may not see what is bought has the figure without the way to it.
    ['reorder', stock.reorder, 'progress', may('purchasing:read') ? '/reorder' : null, null],
  ] as const;
  return (
    <Section title={t('stock')} actions={<Link to="/inventory">{t('stock.open')}</Link>}>
      <dl className={css.counts}>
        {rows.map(([key, n, tone, to, query]) => (
          <div key={key} className={css.count}>
            <dt>{n > 0 ? <Status tone={tone} isPlain>{t(`stock.${key}`)}</Status> : <span className="sy-muted">{t(`stock.${key}`)}</span>}</dt>
            <dd className="sy-number">
              {to ? (
                <Link to={to} {...(query ? { search: { query } as never } : {})} aria-label={`${t(`stock.${key}`)}: ${number(n)}`}>
                  {number(n)}
                </Link>
              ) : (
                number(n)
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
