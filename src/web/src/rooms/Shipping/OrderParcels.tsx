import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconPackage } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import { Journey } from './Journey.tsx';
import { LabelActs } from './LabelActs.tsx';
import { QuoteTable } from './QuoteTable.tsx';
import css from './Shipping.module.css';
import { dayOf, labelOptions, pageOf, stepsOf, trackingOptions, type Parcel } from './shipping.ts';
import { Stage } from './Stage.tsx';
import en from './texts.en.ts';

/** The parcels of one release on its order's page: where each is, why it goes so, and what can be done from here. */
export default function OrderParcels({ order, number, fulfilment }: { order: string; number: string; fulfilment: string }) {
  const t = useTexts(en);
  const { data, error } = useQuery({
    queryKey: ['orders', order, 'parcels'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/parcels', { params: { query: { query: `order:"${number}"`, limit: 100 } }, signal })),
    refetchInterval: 30_000,
  });
  const parcels = data?.data.filter((p) => p.fulfilment === fulfilment).sort((a, b) => a.package - b.package) ?? [];
  return (
    <>
      <ProblemAlert error={error} />
      <ul className={css.parcels} aria-label={t('parcels')}>
        {parcels.map((p) => <One key={p.id} parcel={p} />)}
      </ul>
    </>
  );
}

function One({ parcel: p }: { parcel: Parcel }) {
  const t = useTexts(en);
  const [isOpen, setOpen] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const id = p.label?.id ?? '';
  const label = useQuery({ ...labelOptions(id), enabled: isOpen && id !== '' });
  const tracking = useQuery({ ...trackingOptions(id), enabled: isOpen && id !== '' });
  return (
    <li className={css.parcel}>
      <span className="sy-row sy-row-wrap">
        <IconPackage size={16} stroke={1.6} aria-hidden />
        <Link to={pageOf(p.id)}>{t('parcel', { n: p.package })}</Link>
        {p.carrier && <span className="sy-muted">{[p.carrier, p.service].filter(Boolean).join(' ')}</span>}
        {p.tracking && <Code>{p.tracking}</Code>}
        <Stage parcel={p} />
        {p.state !== 'delivered' && p.label?.eta && <span className="sy-muted">{t.node('expected', { at: <When at={dayOf(p.label.eta)} as="date" zone={p.timeZone} /> })}</span>}
        <LabelActs parcel={p} isShort onError={setFailed} />
      </span>
      {p.label?.state === 'failed' && <span className="sy-meta" dir="auto">{p.label.fault}</span>}
      <ProblemAlert error={failed} what={failed ? t('notDone') : undefined} />
      <details className={css.details} onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{t('journey')}</summary>
        {isOpen && (
          <div className="sy-stack">
            <Journey label={t('journeyOf', { n: p.package })} steps={stepsOf(p, label.data, tracking.data)} zone={p.timeZone} />
            {label.data?.decision && <QuoteTable label={t('decision')} decision={label.data.decision} zone={p.timeZone} taken={label.data.account ? { account: label.data.account, service: label.data.service } : null} />}
          </div>
        )}
      </details>
    </li>
  );
}
