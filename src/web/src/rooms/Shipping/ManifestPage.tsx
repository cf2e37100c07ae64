import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { IconPrinter } from '@house/icons.ts';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Frame } from './Frame.tsx';
import { manifestTones } from './ManifestsPage.tsx';
import { ScanParcels } from './ScanParcels.tsx';
import css from './Shipping.module.css';
import { nameOf, openFile, pageOf, type Parcel } from './shipping.ts';
import { Stage } from './Stage.tsx';
import en from './texts.en.ts';

/** One list given to a carrier: its paper, and which of its parcels were loaded. */
export default function ManifestPage() {
  const t = useTexts(en);
  const may = useMay();
  const { id = '' } = useParams({ strict: false });
  const { data: m, error } = useQuery({
    queryKey: ['parcels', 'manifest', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/manifests/{id}', { params: { path: { id } }, signal })),
    refetchInterval: (q) => (q.state.data?.state === 'asked' ? 3_000 : 30_000),
  });
  const list = useList<Parcel>({
    key: ['parcels', 'of-manifest', id],
    sort: '-packedAt',
    fetch: (by, signal) => ask(api.GET('/api/v1/parcels', { params: { query: { ...by, query: `manifest:${id}`, count: true } }, signal })),
  });
  const print = useMutation({ mutationFn: () => openFile(m!.file!, m!.number ?? m!.id) });
  const columns = useMemo<Column<Parcel>[]>(
    () => [
      { id: 'order', header: t('order'), width: 112, cell: (p) => <Link className={css.above} to={`/orders/${p.order}`}>#{p.orderNumber}</Link> },
      { id: 'state', header: t('state'), cell: (p) => <Stage parcel={p} /> },
      { id: 'service', header: t('service'), width: 200, spare: 1, cell: (p) => p.service ?? '–' },
      { id: 'loaded', header: t('loaded'), width: 128, cell: (p) => (p.label?.scannedAt ? <When at={p.label.scannedAt} as="time" zone={p.timeZone} /> : <Status tone="warn" isPlain>{t('loaded.not')}</Status>) },
    ],
    [t],
  );
  if (error instanceof ApiError && error.status === 404)
    return <Frame section="manifests" title={t('notFound')}><EmptyState kind="nothing" title={t('manifest.notFound')} action={<Link to="/shipping/manifests">{t('manifests')}</Link>} /></Frame>;
  return (
    <Frame
      section="manifests"
      title={m ? t('manifest.of', { account: m.accountName, number: m.number ?? '–' }) : t('manifests')}
      beside={m && <Status tone={manifestTones[m.state]}>{t(`manifest.${m.state}`)}</Status>}
      actions={
        m?.file && (
          <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} loading={print.isPending} onClick={() => print.mutate()}>
            {t('manifest.print')}
          </Button>
        )
      }
    >
      {(error ?? print.error) !== null && <div className={css.problem}><ProblemAlert error={error ?? print.error} /></div>}
      {m?.state === 'refused' && (
        <div className={css.problem}>
          <div className={css.fault} role="alert">
            <strong>{t('close.refused')}</strong>
            <span dir="auto">{m.fault}</span>
          </div>
        </div>
      )}
      {m && (
        <div className={css.bar}>
          <p>
            {t('manifest.summary', { n: m.parcels, scanned: m.scanned })} · {m.node} · <When at={m.createdAt} as="dateTime" />
          </p>
          {may('fulfilment:work') && m.state !== 'refused' && m.scanned < m.parcels && <ScanParcels left={m.parcels - m.scanned} manifestOf={() => id} />}
        </div>
      )}
      <DataTable<Parcel>
        label={t('parcels')}
        list={list}
        columns={columns}
        rowId={(p) => p.id}
        rowName={nameOf}
        rowLink={(p) => pageOf(p.id)}
        nameHeader={t('tracking')}
        nameWidth={192}
        card={(p) => (
          <span className="sy-row sy-spread">
            <Stage parcel={p} />
            {!p.label?.scannedAt && <Status tone="warn" isPlain>{t('loaded.not')}</Status>}
          </span>
        )}
        cardEnd={(p) => <span className="sy-muted">#{p.orderNumber}</span>}
        empty={<EmptyState kind="nothing" title={t('manifest.none')} />}
      />
    </Frame>
  );
}
