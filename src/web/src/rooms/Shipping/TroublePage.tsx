import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useList } from '@house/parts/useList.ts';
import { When } from '@house/parts/When.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { Frame } from './Frame.tsx';
import { LabelActs } from './LabelActs.tsx';
import css from './Shipping.module.css';
import { countOptions, nameOf, pageOf, type Parcel } from './shipping.ts';
import { Stage } from './Stage.tsx';
import en from './texts.en.ts';

const queues = {
  failed: 'label:failed',
  silent: 'silent:yes',
  exception: 'state:(exception, returnedToSender)',
  lost: 'state:lost',
} as const;
type Queue = keyof typeof queues;

/** Parcels that somebody has to do something about, by what is wrong with them. */
export default function TroublePage() {
  const t = useTexts(en);
  const { number } = useFormat();
  const [url] = useUrlState();
  const names = Object.keys(queues) as Queue[];
  const queue = names.find((q) => q === url['queue']) ?? 'failed';
  const [error, setError] = useState<unknown>(null);
  const counts = useQueries({ queries: names.map((q) => countOptions(queues[q])) });
  const list = useList<Parcel>({
    key: ['parcels', 'trouble', queue],
    sort: '-packedAt',
    fetch: (by, signal) => ask(api.GET('/api/v1/parcels', { params: { query: { ...by, query: queues[queue], count: true } }, signal })),
  });
  const columns = useMemo<Column<Parcel>[]>(
    () => [
      { id: 'order', header: t('order'), width: 112, cell: (p) => <Link className={css.above} to={`/orders/${p.order}`}>#{p.orderNumber}</Link> },
      { id: 'state', header: t('state'), width: 184, cell: (p) => <Stage parcel={p} /> },
      { id: 'carrier', header: t('carrier'), width: 176, spare: 1, cell: (p) => [p.carrier, p.service].filter(Boolean).join(' · ') || '–' },
      { id: 'why', header: t('trouble.why'), cell: (p) => <span className="sy-clip" dir="auto" title={p.label?.fault ?? undefined}>{queue === 'failed' ? (p.label?.fault ?? '–') : p.label?.tracked ? t.maybe(`scan.${p.label.tracked}`) : t('trouble.noScan')}</span> },
      { id: 'moved', header: t('moved'), width: 96, cell: (p) => <When at={p.label?.movedAt ?? p.packedAt} /> },
      { id: 'acts', header: t('acts'), width: 232, cell: (p) => <LabelActs parcel={p} onError={setError} isShort={queue !== 'silent' && queue !== 'exception'} /> },
    ],
    [t, queue],
  );
  return (
    <Frame section="trouble">
      <nav className={css.queues} aria-label={t('trouble.queues')}>
        {names.map((q, i) => (
          <Link key={q} to="." search={{ queue: q } as never} className={css.queue} aria-current={q === queue ? 'page' : undefined}>
            {t(`trouble.${q}`)}
            {counts[i]?.data && <span className={css.count}>{number(counts[i].data.count)}</span>}
          </Link>
        ))}
      </nav>
      <div className={css.bar}>
        <p>{t(`trouble.${queue}.about`)}</p>
        {queue === 'lost' && <Link to="/shipping/claims">{t('claims')}</Link>}
      </div>
      {error !== null && <div className={css.problem}><ProblemAlert error={error} what={t('notDone')} /></div>}
      <DataTable<Parcel>
        label={t(`trouble.${queue}`)}
        list={list}
        columns={columns}
        rowId={(p) => p.id}
        rowName={nameOf}
        rowLink={(p) => pageOf(p.id)}
        nameHeader={t('tracking')}
        nameWidth={176}
        card={(p) => (
          <>
            <span className="sy-clip sy-muted" dir="auto">{queue === 'failed' ? p.label?.fault : [p.carrier, p.service].filter(Boolean).join(' · ')}</span>
            <span className="sy-row sy-spread">
              <Stage parcel={p} />
              <LabelActs parcel={p} onError={setError} isShort={queue !== 'silent' && queue !== 'exception'} />
            </span>
          </>
        )}
        cardEnd={(p) => <When at={p.label?.movedAt ?? p.packedAt} />}
        empty={<EmptyState kind="done" title={t(`trouble.${queue}.empty`)} />}
      />
    </Frame>
  );
}
