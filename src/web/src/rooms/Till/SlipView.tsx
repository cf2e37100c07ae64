import { Button, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconPrinter } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Money } from '@house/parts/Money.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import css from './Till.module.css';
import { taxesOf, type Shift } from './till.ts';
import en from './texts.en.ts';
import type { Till } from './useTill.ts';

const quiet = 4;

/** The last slip: the change, and the receipt to print. Its code leads to the page of the order, and finds it again when goods come back. */
export function SlipView({ till, shift, onNext }: { till: Till; shift: Shift; onNext: () => void }) {
  const t = useTexts(en);
  const { dateTime, number } = useFormat();
  const [isVoiding, setVoiding] = useState(false);
  const [reason, setReason] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const slip = till.present.slips[0];
  const link = useQuery({
    queryKey: ['till', 'link', slip?.id],
    queryFn: ({ signal }) => ask(api.POST('/api/v1/till/receipts/{id}/link', { params: { path: { id: slip!.id } }, signal })),
    enabled: slip?.kind === 'sale' && slip.orderNumber !== null && !till.isOffline,
    staleTime: Infinity,
    retry: false,
  });
  if (!slip) return null;
  const { basket } = slip;
  const rows = link.data?.rows ?? [];
  const size = rows.length + 2 * quiet;
  return (
    <>
      <div className={handheld.scroll}>
        {slip.kind === 'sale' && slip.changeMinor > 0 && <p className={`${css.change} ${css.noPrint}`} role="status">{t('changeDue')}: <Money minor={slip.changeMinor} currency={shift.currency} /></p>}
        <section className={css.slip} aria-label={t('receipt')}>
          <p><strong>{till.present.place ?? shift.node}</strong> · {t('registerOf', { register: shift.register })}<br />{dateTime(slip.at)}{slip.orderNumber !== null && <><br />{t('order', { number: slip.orderNumber })}</>}</p>
          {slip.kind === 'void' && <p className={css.voided}>{t('voided')}</p>}
          <table>
            <tbody>
              {basket.lines.map((l, i) => (
                <tr key={i}><td>{number(l.quantity)} × <bdi>{l.name}</bdi></td><td><Money minor={l.priceMinor * l.quantity} currency={shift.currency} /></td></tr>
              ))}
              {basket.discountMinor > 0 && <tr><td>{t('discount')}</td><td><Money minor={-basket.discountMinor} currency={shift.currency} /></td></tr>}
              <tr><td><strong>{t('total')}</strong></td><td><strong><Money minor={slip.totalMinor} currency={shift.currency} /></strong></td></tr>
              {taxesOf(basket).map((x) => (
                <tr key={`tax ${x.rate}`}><td>{t('taxIn', { rate: `${number(Math.round(x.rate * 1e6) / 1e4)} %` })}</td><td><Money minor={x.taxMinor} currency={shift.currency} /></td></tr>
              ))}
              {basket.paid.map((p, i) => (
                <tr key={`paid ${i}`}><td>{t(`tender.${p.tender}`)}</td><td><Money minor={p.givenMinor ?? p.amountMinor} currency={shift.currency} /></td></tr>
              ))}
              {slip.changeMinor > 0 && <tr><td>{t('change.given')}</td><td><Money minor={slip.changeMinor} currency={shift.currency} /></td></tr>}
            </tbody>
          </table>
          {rows.length > 0 && (
            <svg className={css.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('code')} shapeRendering="crispEdges">
              <path fill="currentColor" d={rows.flatMap((row, y) => [...row].flatMap((dark, x) => (dark === '1' ? [`M${x + quiet} ${y + quiet}h1v1h-1z`] : []))).join('')} />
            </svg>
          )}
          <p className={`sy-muted sy-code ${css.id}`}>{slip.id}</p>
          {slip.orderNumber === null && <p className={`sy-muted ${css.noPrint}`} role="status">{t(till.refused.some((r) => r.command.body.id === slip.id) ? 'wasRefused' : 'notSent')}</p>}
        </section>
      </div>
      <div className={handheld.acts}>
        <ProblemAlert error={refusal} what={t('notVoided')} />
        <div className={handheld.row}>
          <Button className={handheld.big!} variant="default" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => print()}>{t('print')}</Button>
          {slip.kind === 'sale' && slip.isLast && slip.shift === shift.id && <Button className={handheld.big!} variant="default" loading={isAsking} onClick={() => setVoiding(true)}>{t('void')}</Button>}
        </div>
        <Button className={handheld.big!} fullWidth data-autofocus onClick={onNext}>{t('next')}</Button>
      </div>
      {isVoiding && (
        <Modal opened onClose={() => setVoiding(false)} title={t('void')} closeButtonProps={{ 'aria-label': t('close') }}>
          <form
            className="sy-stack"
            onSubmit={(e) => {
              e.preventDefault();
              if (reason.trim() === '') return;
              setVoiding(false);
              setAsking(true);
              setRefusal(null);
              till.undo(reason.trim()).catch(setRefusal).finally(() => setAsking(false));
            }}
          >
            <p>{t('voidAbout')}</p>
            <TextInput size="lg" label={t('reason')} value={reason} maxLength={200} data-autofocus data-scan="off" required onChange={(e) => setReason(e.currentTarget.value)} />
            <Button type="submit" color="red" className={handheld.big!} disabled={reason.trim() === ''}>{t('void')}</Button>
          </form>
        </Modal>
      )}
    </>
  );
}
