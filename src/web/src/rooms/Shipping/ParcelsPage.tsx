import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { SearchedList } from '@house/parts/SearchedList.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import type { Column } from '@house/parts/DataTable.tsx';
import { useList } from '@house/parts/useList.ts';
import { useSelection } from '@house/parts/useSelection.ts';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import { ManyLabels, type ManyAct } from './ManyLabels.tsx';
import { Frame } from './Frame.tsx';
import { LabelActs } from './LabelActs.tsx';
import css from './Shipping.module.css';
import { actsOf, dayOf, nameOf, pageOf, type Parcel } from './shipping.ts';
import { Stage } from './Stage.tsx';
import en from './texts.en.ts';

/** Every parcel from the bench to the door, with its label. */
export default function ParcelsPage() {
  const t = useTexts(en);
  const may = useMay();
  const methodName = useMethodName();
  const mayWork = may('fulfilment:work');
  const list = useList<Parcel>({
    key: ['parcels'],
    sort: '-packedAt',
    fetch: (by, signal) => ask(api.GET('/api/v1/parcels', { params: { query: { ...by, count: true } }, signal })),
  });
  const selection = useSelection(list.query);
  const [many, setMany] = useState<ManyAct | null>(null);
  const [error, setError] = useState<unknown>(null);
  const columns = useMemo<Column<Parcel>[]>(
    () => [
      { id: 'order', header: t('order'), width: 88, cell: (p) => <Link className={css.above} to={`/orders/${p.order}`}>#{p.orderNumber}</Link> },
      { id: 'state', header: t('state'), width: 160, cell: (p) => <Stage parcel={p} /> },
      { id: 'carrier', header: t('carrier'), cell: (p) => <span className="sy-clip">{[p.carrier, p.service].filter(Boolean).join(' · ') || (p.method ? <span className="sy-muted">{methodName(p.method)}</span> : '–')}</span> },
      { id: 'to', header: t('to'), width: 104, spare: 2, cell: (p) => <bdi className="sy-muted">{[p.toCountry, p.toPostcode].filter(Boolean).join(' ') || '–'}</bdi> },
      { id: 'node', header: t('node'), width: 64, spare: 2, cell: (p) => <bdi className="sy-code">{p.node}</bdi> },
      { id: 'cost', header: t('cost'), width: 80, align: 'end', spare: 1, cell: (p) => <Money minor={p.label?.costMinor} currency={p.label?.currency ?? 'GBP'} /> },
      { id: 'packed', header: t('packed'), width: 80, spare: 1, sort: 'packedAt', cell: (p) => <When at={p.packedAt} /> },
      { id: 'eta', header: t('eta'), width: 104, spare: 1, cell: (p) => (p.state === 'delivered' ? <When at={p.label?.deliveredAt} as="date" /> : <When at={dayOf(p.label?.eta ?? p.promisedBy)} as="date" zone={p.timeZone} />) },
      { id: 'moved', header: t('moved'), width: 88, isOptional: true, cell: (p) => <When at={p.label?.movedAt} /> },
      { id: 'release', header: t('release'), width: 120, isOptional: true, cell: (p) => <bdi className="sy-code">{p.release}</bdi> },
      ...(mayWork ? [{ id: 'acts', header: t('acts'), width: 168, cell: (p: Parcel) => <LabelActs parcel={p} isShort onError={setError} /> }] : []),
    ],
    [t, methodName, mayWork],
  );
  const chosen = list.rows?.filter((p) => selection.has(p.id)) ?? [];
  return (
    <Frame section="parcels" actions={may('settings:read') && <Button component={Link} to="/settings/carriers" variant="default">{t('accounts.open')}</Button>}>
      {error !== null && <div className={css.problem}><ProblemAlert error={error} what={t('notDone')} /></div>}
      <SearchedList<Parcel>
        name="parcels"
        label={t('parcels')}
        searchHint={t('searchHint')}
        views={[
          { id: 'all', name: t('view.all'), query: '' },
          { id: 'toLabel', name: t('view.toLabel'), query: 'state:labelled label:none', hasCount: true },
          { id: 'failed', name: t('view.failed'), query: 'label:failed', hasCount: true },
          { id: 'ready', name: t('view.ready'), query: 'label:booked state:labelled', hasCount: true },
          { id: 'underWay', name: t('view.underWay'), query: 'state:(manifested, inTransit, outForDelivery, availableAtPoint)' },
          { id: 'trouble', name: t('view.trouble'), query: 'silent:yes OR state:(exception, lost, returnedToSender)', hasCount: true },
        ]}
        list={list}
        columns={columns}
        rowId={(p) => p.id}
        rowName={nameOf}
        rowLink={(p) => pageOf(p.id)}
        nameHeader={t('tracking')}
        nameWidth={168}
        card={(p) => (
          <>
            <span className="sy-row sy-spread">
              <span className="sy-clip sy-muted">#{p.orderNumber} · {[p.carrier, p.service].filter(Boolean).join(' · ') || p.node}</span>
              <Stage parcel={p} withSilence={false} />
            </span>
            {mayWork && actsOf(p).length > 0 && <LabelActs parcel={p} isShort onError={setError} />}
          </>
        )}
        cardEnd={(p) => <When at={p.packedAt} />}
        {...(mayWork ? { selection } : {})}
        bulk={
          <>
            <Button size="compact-sm" onClick={() => setMany('book')}>{t('act.book')}</Button>
            <Button size="compact-sm" variant="default" onClick={() => setMany('print')}>{t('act.print')}</Button>
            <Button size="compact-sm" variant="default" onClick={() => setMany('void')}>{t('act.void')}</Button>
          </>
        }
        first={{ title: t('empty.title'), text: t('empty.text'), action: may('settings:write') && <Button component={Link} to="/new/carrier-account" variant="default">{t('accounts.new')}</Button> }}
        filtered={{ title: t('filtered.title'), text: t('filtered.text', { query: list.query }), clear: t('filtered.clear'), isGood: list.query === 'label:failed' || list.query === 'state:labelled label:none' || list.query.startsWith('silent:yes') }}
      />
      {many && <ManyLabels act={many} parcels={chosen} selection={selection} query={list.query} onClose={() => setMany(null)} />}
    </Frame>
  );
}
