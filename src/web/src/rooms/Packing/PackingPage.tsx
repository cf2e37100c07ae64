import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { Due } from '@house/parts/When.tsx';
import { signal } from '@house/scan/signals.ts';
import { useScanner } from '@house/scan/useScanner.ts';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { useMethodName } from '@house/words/useMethodName.ts';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import css from './Packing.module.css';
import { findTables, type Waiting } from './table.ts';
import { StationField } from './StationField.tsx';
import en from './texts.en.ts';

/** Where a packer begins: scan a tote or an order, or take the next that waits. */
export default function PackingPage() {
  const t = useTexts(en);
  const may = useMay();
  const methodName = useMethodName();
  const navigate = useNavigate();
  const [url, setUrl] = useUrlState();
  const node = url['node'];
  const { data: nodes = [] } = useQuery({ ...allNodesOptions, enabled: may('nodes:read') });
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<{ scan: string; of: Waiting[] } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const many = found && found.of.length > 1 ? found : null;
  const list = useList<Waiting>({
    key: ['packing', 'waiting', node ?? '', many?.scan ?? ''],
    fetch: async (_, signal) => ({ data: many?.of ?? (await ask(api.GET('/api/v1/packing-tables', { params: { query: node ? { node } : {} }, signal }))).data, next: null, hasMore: false }),
  });

  const open = (of: Waiting) => void navigate({ to: `/packing/${of.fulfilment}` });
  const look = async (scan: string) => {
    setError(null);
    try {
      const { data } = await findTables(scan);
      const ready = data.filter((w) => w.units > 0);
      const only = ready.length === 1 ? ready[0] : data.length === 1 ? data[0] : undefined;
      signal(data.length > 0 ? 'right' : 'wrong');
      if (only) open(only);
      else setFound({ scan, of: data });
    } catch (failed) {
      signal('wrong');
      setError(failed);
    }
  };
  useScanner((scan) => {
    if (scan.command === 'next') {
      const first = list.rows?.find((w) => w.units > 0 && !w.isHeld);
      if (first) open(first);
    } else void look(scan.text);
  });

  const columns = useMemo<Column<Waiting>[]>(
    () => [
      { id: 'order', header: t('order'), width: 120, cell: (w) => <bdi>#{w.orderNumber}</bdi> },
      { id: 'shipBy', header: t('shipBy'), width: 168, cell: (w) => <Due at={w.shipBy} /> },
      { id: 'units', header: t('units'), width: 96, align: 'end', cell: (w) => w.units },
      { id: 'method', header: t('method'), cell: (w) => <span className="sy-clip">{w.method ? methodName(w.method) : '–'}</span>, spare: 2 },
      { id: 'node', header: t('node'), width: 96, cell: (w) => <bdi>{w.node}</bdi>, spare: 1 },
      { id: 'state', header: t('state'), width: 168, cell: (w) => <StateOf of={w} /> },
    ],
    [t, methodName],
  );
  return (
    <>
      <PageHead title={t('title')} actions={<StationField node={node} />} />
      <form
        className={css.start}
        onSubmit={(e) => {
          e.preventDefault();
          if (typed.trim() !== '') void look(typed.trim());
        }}
      >
        <TextInput label={t('scan')} description={t('scanText')} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} autoFocus autoComplete="off" spellCheck={false} dir="auto" maxLength={200} className={css.scanField!} />
        <Button type="submit">{t('open')}</Button>
        {nodes.length > 1 && (
          <NativeSelect label={t('node')} value={node ?? ''} onChange={(e) => setUrl({ node: e.currentTarget.value || undefined }, true)} data={[{ value: '', label: t('allNodes') }, ...nodes.map((n) => ({ value: n.code, label: `${n.code} · ${n.name}` }))]} />
        )}
      </form>
      <div role="status" className={css.message}>
        {found && found.of.length === 0 && <Status tone="bad">{t('scanNone', { scan: found.scan })}</Status>}
        {found && found.of.length > 1 && <Status tone="progress">{t('scanMany', { scan: found.scan, n: found.of.length })}</Status>}
      </div>
      <ProblemAlert error={error} />
      <DataTable<Waiting>
        label={t('waiting')}
        list={list}
        columns={columns}
        rowId={(w) => w.fulfilment}
        rowName={(w) => w.number}
        rowLink={(w) => `/packing/${w.fulfilment}`}
        nameHeader={t('release')}
        nameWidth={136}
        card={(w) => (
          <>
            <span className="sy-row sy-spread">
              <bdi>#{w.orderNumber}</bdi>
              <span>{t('unitsN', { n: w.units })}</span>
            </span>
            <span className="sy-row sy-spread">
              <Due at={w.shipBy} />
              <StateOf of={w} />
            </span>
          </>
        )}
        empty={<EmptyState kind="done" title={t('waitingNone')} text={t('waitingNoneText')} />}
      />
    </>
  );
}

function StateOf({ of: w }: { of: Waiting }) {
  const t = useTexts(en);
  if (w.mustStop) return <Status tone="warn">{t('state.stop')}</Status>;
  if (w.isHeld) return <Status tone="hold">{t('state.held')}</Status>;
  if (w.units === 0) return <Status tone="good">{t('state.packed')}</Status>;
  return <Status tone="progress">{w.packages > 0 ? t('state.part') : t('state.ready')}</Status>;
}
