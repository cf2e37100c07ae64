import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { useList } from '@house/parts/useList.ts';
import { Status, type Tone } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { Frame } from './Frame.tsx';
import css from './Shipping.module.css';
import type { Manifest } from './shipping.ts';
import en from './texts.en.ts';

export const manifestTones: Record<Manifest['state'], Tone> = { asked: 'progress', closed: 'good', refused: 'bad' };

/** The lists that carriers were given, the newest first. */
export default function ManifestsPage() {
  const t = useTexts(en);
  const { number } = useFormat();
  const list = useList<Manifest>({
    key: ['parcels', 'manifests'],
    fetch: ({ limit, after }, signal) => ask(api.GET('/api/v1/manifests', { params: { query: { limit, ...(after ? { after } : {}) } }, signal })),
  });
  const columns = useMemo<Column<Manifest>[]>(
    () => [
      { id: 'account', header: t('carrier'), cell: (m) => <bdi>{m.accountName}</bdi> },
      { id: 'node', header: t('node'), width: 96, cell: (m) => <bdi className="sy-code">{m.node}</bdi> },
      { id: 'state', header: t('state'), width: 168, cell: (m) => <Status tone={manifestTones[m.state]}>{t(`manifest.${m.state}`)}</Status> },
      { id: 'parcels', header: t('parcels'), width: 88, align: 'end', cell: (m) => number(m.parcels) },
      { id: 'scanned', header: t('manifest.scanned'), width: 96, align: 'end', cell: (m) => <Scanned manifest={m} /> },
      { id: 'made', header: t('manifest.made'), width: 104, cell: (m) => <When at={m.createdAt} /> },
    ],
    [t, number],
  );
  return (
    <Frame section="manifests">
      <div className={css.bar}><p>{t('manifests.about')}</p></div>
      <DataTable<Manifest>
        label={t('manifests')}
        list={list}
        columns={columns}
        rowId={(m) => m.id}
        rowName={(m) => m.number ?? t('manifest.noNumber')}
        rowLink={(m) => `/shipping/manifests/${m.id}`}
        nameHeader={t('manifest.number')}
        nameWidth={200}
        card={(m) => (
          <>
            <span className="sy-clip">{m.accountName} · {m.node}</span>
            <span className="sy-row sy-spread">
              <span className="sy-muted">{t('manifest.summary', { n: m.parcels, scanned: number(m.scanned) })}</span>
              <Status tone={manifestTones[m.state]}>{t(`manifest.${m.state}`)}</Status>
            </span>
          </>
        )}
        cardEnd={(m) => <When at={m.createdAt} />}
        empty={<EmptyState kind="first" title={t('manifests.empty')} text={t('manifests.emptyText')} action={<Link to="/shipping/day-end">{t('dayEnd')}</Link>} />}
      />
    </Frame>
  );
}

function Scanned({ manifest: m }: { manifest: Manifest }) {
  const { number } = useFormat();
  return m.scanned < m.parcels && m.state === 'closed' ? <Status tone="warn" isPlain>{number(m.scanned)}</Status> : <>{number(m.scanned)}</>;
}
