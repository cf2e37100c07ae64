import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, newKey } from '@house/api/client.ts';
import { minorOf } from '@house/i18n/money.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import css from './Till.module.css';
import type { Report, Shift } from './till.ts';
import en from './texts.en.ts';
import type { Till } from './useTill.ts';

/** The drawer: cash in and out, what the shift took so far, and its end with the cash that was counted. */
export function DrawerView({ till, shift }: { till: Till; shift: Shift }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const [kind, setKind] = useState<'cashIn' | 'cashOut'>('cashOut');
  const [cash, setCash] = useState('');
  const [reason, setReason] = useState('');
  const [counted, setCounted] = useState('');
  const waits = till.waiting.length;
  const report = useQuery({
    queryKey: ['till', 'report', shift.id, waits],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/till/shifts/{id}/report', { params: { path: { id: shift.id } }, signal })),
    enabled: !till.isOffline,
  });
  const amount = minorOf(cash, shift.currency, locale);
  const inDrawer = minorOf(counted, shift.currency, locale);
  const close = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/till/shifts/{id}/close', { params: { path: { id: shift.id } }, body: { countedCashMinor: inDrawer } })),
    onError: () => void report.refetch(),
  });
  // Closed here, or elsewhere: what still waits counts late.
  const z = close.data ?? (report.data?.kind === 'z' ? report.data : undefined);
  const [isMoving, setMoving] = useState(false);
  const move = async () => {
    if (isMoving) return;
    setMoving(true);
    try {
      await till.say({ kind: 'cash', shift: shift.id, body: { id: newKey(), kind, amountMinor: amount!, reason: reason.trim(), at: new Date().toISOString() } });
      setCash('');
      setReason('');
      await till.moved();
    } finally {
      setMoving(false);
    }
  };
  if (z)
    return (
      <>
        <div className={handheld.scroll}><ReportOf report={z} place={till.present.place} /></div>
        <div className={handheld.acts}>
          <Button className={handheld.big!} variant="default" fullWidth onClick={() => print()}>{t('print')}</Button>
          <Button className={handheld.big!} fullWidth onClick={() => void till.setShift(null)}>{t('drawer.end')}</Button>
        </div>
      </>
    );
  return (
    <>
      <div className={handheld.scroll}>
        <section className="sy-stack" aria-label={t('drawer.cash')}>
          <SegmentedControl size="md" fullWidth aria-label={t('drawer.cash')} value={kind} onChange={(v) => setKind(v as 'cashIn' | 'cashOut')} data={[{ value: 'cashOut', label: t('drawer.cashOut') }, { value: 'cashIn', label: t('drawer.cashIn') }]} />
          <TextInput size="lg" inputMode="decimal" label={t('amount')} value={cash} data-scan="off" error={cash !== '' && amount === null ? t('noAmount') : undefined} onChange={(e) => setCash(e.currentTarget.value)} />
          <TextInput size="lg" label={t('reason')} value={reason} maxLength={200} data-scan="off" onChange={(e) => setReason(e.currentTarget.value)} />
          <Button className={handheld.big!} variant="default" loading={isMoving} disabled={amount === null || amount <= 0 || reason.trim() === ''} onClick={() => void move()}>{t(`drawer.${kind}`)}</Button>
        </section>
        {report.data && <ReportOf report={report.data} place={till.present.place} />}
        <ProblemAlert error={till.isOffline ? null : report.error} again={() => void report.refetch()} />
      </div>
      <div className={handheld.acts}>
        <TextInput size="lg" inputMode="decimal" label={t('drawer.counted')} value={counted} data-scan="off" error={counted !== '' && inDrawer === null ? t('noAmount') : undefined} onChange={(e) => setCounted(e.currentTarget.value)} />
        <ProblemAlert error={close.error} what={t('drawer.notClosed')} />
        {till.refused.length > 0 && <p className={handheld.again} role="status">{t('refused', { n: till.refused.length })}</p>}
        {(till.isOffline || waits > 0) && <p className="sy-muted" role="status">{t('drawer.needsNetwork')}</p>}
        <Button className={handheld.big!} fullWidth loading={close.isPending} disabled={till.isOffline || waits > 0 || till.refused.length > 0 || inDrawer === null || inDrawer < 0} onClick={() => close.mutate()}>{t('drawer.close')}</Button>
      </div>
    </>
  );
}

function ReportOf({ report, place }: { report: Report; place: string | undefined }) {
  const t = useTexts(en);
  const { number, dateTime } = useFormat();
  const money = (minor: number | null | undefined, isDifference = false) => <Money minor={minor} currency={report.currency} isDifference={isDifference} />;
  return (
    <section className={css.slip} aria-label={report.kind === 'z' ? t('report.z', { n: report.number ?? 0 }) : t('report.x')}>
      <h2>{report.kind === 'z' ? t('report.z', { n: report.number ?? 0 }) : t('report.x')}</h2>
      <p className="sy-muted">{t('at', { node: place ?? report.node, register: report.register })} · {dateTime(report.openedAt)}</p>
      <dl className={css.report}>
        <dt>{t('report.sales')} ({number(report.sales.count)})</dt><dd>{money(report.sales.totalMinor)}</dd>
        <dt>{t('report.voids')} ({number(report.voids.count)})</dt><dd>{money(report.voids.totalMinor)}</dd>
        <dt>{t('report.returns')} ({number(report.returns.count)})</dt><dd>{money(report.returns.totalMinor)}</dd>
        <dt><strong>{t('total')}</strong></dt><dd><strong>{money(report.totalMinor)}</strong></dd>
        {report.taxMinor !== 0 && [<dt key="x">{t('report.tax')}</dt>, <dd key="xd">{money(report.taxMinor)}</dd>]}
        {report.tenders.map((x) => [<dt key={`${x.tender} t`}>{t(`tender.${x.tender}`)}</dt>, <dd key={`${x.tender} d`}>{money(x.netMinor)}</dd>])}
        <dt>{t('open.float')}</dt><dd>{money(report.floatMinor)}</dd>
        <dt>{t('drawer.cashIn')}</dt><dd>{money(report.cashInMinor)}</dd>
        <dt>{t('drawer.cashOut')}</dt><dd>{money(report.cashOutMinor)}</dd>
        <dt>{t('report.expected')}</dt><dd>{money(report.expectedCashMinor)}</dd>
        {report.kind === 'z' && [
          <dt key="c">{t('drawer.counted')}</dt>, <dd key="cd">{money(report.countedCashMinor)}</dd>,
          <dt key="d"><strong>{t('report.difference')}</strong></dt>, <dd key="dd"><strong>{money(report.differenceMinor, true)}</strong></dd>,
        ]}
      </dl>
    </section>
  );
}
