import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import { AskPickup, Pickups } from './AskPickup.tsx';
import { CloseManifest } from './CloseManifest.tsx';
import { Frame } from './Frame.tsx';
import { ScanParcels } from './ScanParcels.tsx';
import css from './Shipping.module.css';
import { dayEndOptions, pageOf, type DayEnd } from './shipping.ts';
import en from './texts.en.ts';

type Row = DayEnd['labelledNotManifested']['labels'][number];

/** The end of a node's day: what each carrier still has to be given, and what would be left behind. */
export default function DayEndPage() {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  const [url, setUrl] = useUrlState();
  const nodes = useQuery({ ...allNodesOptions, enabled: may('nodes:read') });
  const active = nodes.data?.filter((n) => n.isActive) ?? [];
  const code = url['node'] ?? active[0]?.code ?? '';
  const zone = nodes.data?.find((n) => n.code === code)?.timeZone;
  const { data: day, error, refetch } = useQuery({ ...dayEndOptions(code), refetchInterval: 30_000 });
  const [closing, setClosing] = useState<string | null>(null);
  const mayWork = may('fulfilment:work');
  const carriers = day?.carriers ?? [];
  const [asking, setAsking] = useState<DayEnd['carriers'][number] | null>(null);
  return (
    <Frame
      section="dayEnd"
      beside={day && <Status tone={day.isClosed ? 'good' : 'warn'}>{t(day.isClosed ? 'day.closed' : 'day.open')}</Status>}
      actions={active.length > 1 && <NativeSelect aria-label={t('node')} value={code} onChange={(e) => setUrl({ node: e.currentTarget.value })} data={active.map((n) => ({ value: n.code, label: `${n.code} · ${n.name}` }))} />}
    >
      <div className={css.page}>
        <ProblemAlert error={error ?? nodes.error} again={() => void refetch()} />
        {day && (
          <>
            {day.isClosed && <EmptyState kind="done" title={t('day.allDone')} text={t('day.allDoneText')} />}
            {(day.waiting > 0 || day.failed > 0) && (
              <div className={css.fault} data-tone={day.failed > 0 ? undefined : 'warn'}>
                {day.failed > 0 && <span>{t('day.failed', { n: day.failed })} <Link to="/shipping" search={{ query: `label:failed node:${code}` } as never}>{t('day.see')}</Link></span>}
                {day.waiting > 0 && <span>{t('day.waiting', { n: day.waiting })} <Link to="/shipping" search={{ query: `label:wanted node:${code}` } as never}>{t('day.see')}</Link></span>}
              </div>
            )}
            {carriers.length > 0 && (
              <Section title={t('day.carriers')}>
                <ul className={css.carriers}>
                  {carriers.map((c) => (
                    <li key={c.account} className={css.carrier} aria-label={c.name}>
                      <strong dir="auto">{c.name}</strong>
                      <dl className={css.figures}>
                        <div><dt>{t('day.labelled')}</dt><dd data-tone={c.labelled > 0 ? 'warn' : undefined}>{number(c.labelled)}</dd></div>
                        <div><dt>{t('day.manifested')}</dt><dd data-tone={c.manifested > 0 ? 'warn' : undefined}>{number(c.manifested)}</dd></div>
                        <div><dt>{t('day.loaded')}</dt><dd>{number(c.loaded)}</dd></div>
                      </dl>
                      {mayWork && (
                        <Button variant={c.labelled > 0 ? 'light' : 'default'} disabled={c.labelled === 0} title={c.labelled === 0 ? t('day.nothingToClose') : ''} onClick={() => setClosing(c.account)}>
                          {t('day.closeOf', { account: c.name })}
                        </Button>
                      )}
                      <Pickups carrier={c} pickups={day.pickups.filter((p) => p.account === c.account)} zone={zone} mayWork={mayWork} onAsk={() => setAsking(c)} />
                    </li>
                  ))}
                </ul>
              </Section>
            )}
            {day.manifestedNotScanned.count > 0 && (
              <Left title={t('day.notScanned')} count={day.manifestedNotScanned.count} about={t('day.notScanned.about')}>
                {mayWork && <ScanParcels left={day.manifestedNotScanned.count} manifestOf={(tracking) => day.manifestedNotScanned.labels.find((l) => l.tracking === tracking)?.manifest ?? null} />}
                <Rows rows={day.manifestedNotScanned.labels} zone={zone} label={t('day.notScanned')} />
              </Left>
            )}
            {day.labelledNotManifested.count > 0 && (
              <Left title={t('day.notManifested')} count={day.labelledNotManifested.count} about={t('day.notManifested.about')}>
                <Rows rows={day.labelledNotManifested.labels} zone={zone} label={t('day.notManifested')} />
              </Left>
            )}
            {day.pickedNotPacked.length > 0 && (
              <Left title={t('day.notPacked')} count={day.pickedNotPacked.length} about={t('day.notPacked.about')}>
                <ul className={css.list} aria-label={t('day.notPacked')}>
                  {day.pickedNotPacked.map((p) => (
                    <li key={p.fulfilment}>
                      <span className={css.name}><Link to={`/orders/${p.order}`}>{p.number}</Link></span>
                      <span className="sy-muted">{t('units', { n: p.units })}</span>
                    </li>
                  ))}
                </ul>
              </Left>
            )}
          </>
        )}
        {nodes.data && active.length === 0 && <EmptyState kind="first" title={t('day.noNode')} action={<Link to="/nodes">{t('day.nodes')}</Link>} />}
      </div>
      {asking && day && <AskPickup key={asking.account} node={code} zone={zone} carrier={asking} onClose={() => setAsking(null)} />}
      {closing && day && <CloseManifest node={code} account={closing} day={day} onClose={() => setClosing(null)} />}
    </Frame>
  );

  function Left({ title, count, about, children }: { title: string; count: number; about: string; children: ReactNode }) {
    return (
      <Section title={title} beside={number(count)}>
        <p className={css.about}>{about}</p>
        {children}
      </Section>
    );
  }
}

function Rows({ rows, zone, label }: { rows: readonly Row[]; zone: string | undefined; label: string }) {
  return (
    <ul className={css.list} aria-label={label}>
      {rows.map((l) => (
        <li key={l.label}>
          <span className={css.name}>
            <Link to={pageOf(l.package)}><bdi className="sy-code">{l.tracking ?? `#${l.orderNumber}`}</bdi></Link>
            <span className="sy-meta"><bdi>{l.accountName}</bdi>{l.service && <> · <bdi>{l.serviceName ?? l.service}</bdi></>}</span>
          </span>
          <Link to={`/orders/${l.order}`}>#{l.orderNumber}</Link>
          <When at={l.bookedAt} {...(zone ? { zone } : {})} />
        </li>
      ))}
    </ul>
  );
}
