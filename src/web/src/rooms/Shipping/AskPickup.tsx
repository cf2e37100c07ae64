import { Button, Modal, NumberInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { instantOf, localOf } from '@house/i18n/zoned.ts';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import css from './Shipping.module.css';
import type { DayEnd } from './shipping.ts';
import en from './texts.en.ts';
import { useLabelActs } from './useLabelActs.ts';

type Carrier = DayEnd['carriers'][number];
type Pickup = DayEnd['pickups'][number];

/** When a carrier comes for parcels, and the way to ask it to. Carriers that come by themselves have none. */
export function Pickups({ carrier, pickups, zone, mayWork, onAsk }: { carrier: Carrier; pickups: readonly Pickup[]; zone: string | undefined; mayWork: boolean; onAsk: () => void }) {
  const t = useTexts(en);
  const { fresh } = useLabelActs();
  const callOff = useMutation({
    mutationFn: (number: string) => ask(api.DELETE('/api/v1/carrier-accounts/{code}/pickups', { params: { path: { code: carrier.account }, query: { pickup: number } } })),
    onSuccess: async (pickup) => {
      notify(t('pickup.calledOff', { number: pickup.number }));
      await fresh();
    },
  });
  if (!carrier.takesPickups) return null;
  const at = zone ? { zone } : {};
  return (
    <>
      {pickups.map((p) => (
        <div key={p.number} className={css.pickup}>
          <span className={css.what}>
            <span>{t.node('pickup.window', { day: <When at={p.from} as="date" {...at} />, from: <When at={p.from} as="time" {...at} />, to: <When at={p.to} as="time" {...at} /> })}</span>
            <span className="sy-meta">{t('pickup.number')} <bdi className="sy-code">{p.number}</bdi></span>
          </span>
          {p.state === 'calledOff' ? <Status tone="neutral">{t('pickup.isOff')}</Status> : mayWork && carrier.callsOff && (
            <Button size="compact-sm" variant="default" loading={callOff.isPending && callOff.variables === p.number} aria-label={t('pickup.callOffOf', { number: p.number })} onClick={() => callOff.mutate(p.number)}>
              {t('pickup.callOff')}
            </Button>
          )}
        </div>
      ))}
      <ProblemAlert error={callOff.error} />
      {mayWork && <Button variant="default" aria-label={t('pickup.askOf', { carrier: carrier.name })} onClick={onAsk}>{t('pickup.ask')}</Button>}
    </>
  );
}

/** Asks a carrier to fetch what is here: on which day, between which times of this node's clock. */
export function AskPickup({ node, zone, carrier, onClose }: { node: string; zone: string | undefined; carrier: Carrier; onClose: () => void }) {
  const t = useTexts(en);
  const { fresh } = useLabelActs();
  const speech = useSpeech();
  const clock = zone ?? speech.zone;
  const [today] = useState(() => localOf(new Date().toISOString(), clock).slice(0, 10));
  const [day, setDay] = useState(today);
  const [from, setFrom] = useState('14:00');
  const [to, setTo] = useState('17:00');
  const [parcels, setParcels] = useState<number | string>(Math.max(1, carrier.labelled + carrier.manifested));
  const [phone, setPhone] = useState('');
  const send = useMutation({
    mutationFn: () =>
      ask(api.POST('/api/v1/carrier-accounts/{code}/pickups', {
        params: { path: { code: carrier.account } },
        body: { node, from: instantOf(`${day}T${from}`, clock), to: instantOf(`${day}T${to}`, clock), parcels: Number(parcels) || 1, phone: phone.trim() || null },
      })),
    onSuccess: async (pickup) => {
      notify(t('pickup.asked', { carrier: carrier.name, number: pickup.number }));
      await fresh();
      onClose();
    },
  });
  const faults = byField(send.error);
  return (
    <Modal opened onClose={onClose} title={t('pickup.askOf', { carrier: carrier.name })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close.dialog') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          send.mutate();
        }}
      >
        <p className={css.about}>{t('pickup.about', { node })}</p>
        <div className={css.fields}>
          <TextInput type="date" required label={t('pickup.day')} value={day} min={today} onChange={(e) => setDay(e.currentTarget.value)} />
          <TextInput type="time" required label={t('pickup.from')} value={from} onChange={(e) => setFrom(e.currentTarget.value)} error={faults['from']} />
          <TextInput type="time" required label={t('pickup.to')} value={to} onChange={(e) => setTo(e.currentTarget.value)} error={faults['to']} />
          <NumberInput label={t('parcels')} min={1} max={100_000} allowDecimal={false} value={parcels} onChange={setParcels} error={faults['parcels']} />
        </div>
        <TextInput type="tel" label={t('pickup.phone')} description={t('pickup.phone.about')} maxLength={64} value={phone} onChange={(e) => setPhone(e.currentTarget.value)} error={faults['phone']} />
        <ProblemAlert error={send.error} shown={['/from', '/to', '/parcels', '/phone']} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>{t('pickup.notNow')}</Button>
          <Button type="submit" loading={send.isPending}>{t('pickup.ask')}</Button>
        </div>
      </form>
    </Modal>
  );
}
