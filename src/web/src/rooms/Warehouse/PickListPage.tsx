import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconPrinter } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useActorName } from '@house/useActorName.ts';
import css from './PickList.module.css';
import en from './texts.en.ts';
import { metres, pickListOptions, type Tour } from './waves.ts';

/** The stops of a wave on paper, a sheet for each tour: the same as a handheld shows, for when there is none. */
export default function PickListPage() {
  const t = useTexts(en);
  const { id = '' } = useParams({ strict: false });
  // What is on paper does not change while one looks at it.
  const { data, error, refetch } = useQuery({ ...pickListOptions(id), queryKey: ['warehouse', 'paper', id], staleTime: Infinity, refetchOnWindowFocus: false });
  const tours = data?.tours.map((tour) => ({ ...tour, tasks: tour.tasks.filter((s) => s.state === 'open') })).filter((tour) => tour.tasks.length > 0) ?? [];
  return (
    <div className={css.page}>
      <div className={css.screen}>
        <PageHead
          title={t('paper.title')}
          beside={data && <span className="sy-muted">{t('paper.count', { n: tours.length })}</span>}
          actions={<Button leftSection={<IconPrinter size={16} aria-hidden />} disabled={tours.length === 0} onClick={() => window.print()}>{t('print')}</Button>}
        />
        <ProblemAlert error={error} again={() => void refetch()} />
        {data && tours.length === 0 && <EmptyState kind="done" title={t('paper.nothing')} />}
      </div>
      <div className={css.sheets}>
        {tours.map((tour) => (
          <Sheet key={tour.id} tour={tour} node={data!.wave.node} at={data!.wave.createdAt} />
        ))}
      </div>
    </div>
  );
}

function Sheet({ tour, node, at }: { tour: Tour; node: string; at: string }) {
  const t = useTexts(en);
  const nameOf = useActorName();
  const { number, dateTime, span } = useFormat();
  return (
    <section className={css.sheet} aria-label={t('tour', { no: tour.no })}>
      <div className={css.head}>
        <div>
          <p className="sy-muted">{t('paper.of', { node, at: dateTime(at) })}</p>
          <h2 className={css.number}>{tour.zone === null ? t('tour', { no: tour.no }) : t('tour.zone', { no: tour.no, zone: tour.zone })}</h2>
        </div>
        <p className={css.facts}>
          {tour.operative === null ? t('tour.anybody') : nameOf(tour.operative)}
          <br />
          {t('stops', { n: tour.tasks.length })} · {tour.walkMm === null ? '' : `${t('metres', { m: number(metres(tour.walkMm)) })} · `}
          {span(tour.seconds * 1000)}
        </p>
      </div>
      <table className={css.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('bin')}</th>
            <th scope="col" className={css.end}>{t('units')}</th>
            <th scope="col">{t('product')}</th>
            {tour.hasTotes && <th scope="col" className={css.end}>{t('tote')}</th>}
            <th scope="col">{t('release')}</th>
          </tr>
        </thead>
        <tbody>
          {tour.tasks.map((s) => (
            <tr key={s.id}>
              <td><span className={css.box} aria-hidden /></td>
              <td className={css.bin}>{s.bin ?? t('stop.noBin')}</td>
              <td className={css.end}>{number(s.quantity)}</td>
              <td>
                {s.name}
                <br />
                <span className="sy-muted">{s.sku}{s.lot !== null && ` · ${t('lot', { lot: s.lot })}`}</span>
              </td>
              {tour.hasTotes && <td className={css.end}>{s.toteNo ?? ''}</td>}
              <td className="sy-nowrap">{s.number}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
