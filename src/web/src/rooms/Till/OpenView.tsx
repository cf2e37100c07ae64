import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, newKey } from '@house/api/client.ts';
import { minorOf } from '@house/i18n/money.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { usePreference } from '@house/preferences.ts';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { RefusedList } from './RefusedList.tsx';
import en from './texts.en.ts';
import type { Till } from './useTill.ts';

interface Kept {
  node: string | null;
  register: string;
  channel: string | null;
  currency: string;
  /** Percent by tax class of the products. */
  taxes: Record<string, number>;
}

const taxed = ['standard', 'reduced'] as const;

/** A shift begins: where, at which register, and with what in the drawer. It needs network; what follows does not. */
export function OpenView({ till }: { till: Till }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const [kept, keep] = usePreference<Kept>('till', { node: null, register: '1', channel: null, currency: 'GBP', taxes: {} });
  const [cash, setCash] = useState('');
  const [id] = useState(newKey);
  const nodes = useQuery({
    queryKey: ['till', 'nodes'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes', { params: { query: { limit: 250 } }, signal })),
  });
  const channels = useQuery({
    queryKey: ['till', 'channels'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/channel-names', { params: { query: { limit: 250 } }, signal })),
  });
  const open = useQuery({
    queryKey: ['till', 'shifts', kept.node],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/till/shifts', { params: { query: { open: true, ...(kept.node === null ? {} : { node: kept.node }) } }, signal })),
    enabled: kept.node !== null,
  });
  const floatMinor = minorOf(cash === '' ? '0' : cash, kept.currency, locale);
  const begin = useMutation({
    mutationFn: async () => {
      const { node, register, channel, currency } = kept;
      const taxRates = Object.entries(kept.taxes ?? {}).map(([taxClass, percent]) => ({ taxClass, rate: Math.round(percent * 10_000) / 1_000_000 }));
      await till.setShift(await ask(api.POST('/api/v1/till/shifts', { body: { id, node, register, channel, currency, floatMinor, taxRates } })), place);
    },
  });
  const there = open.data?.data.find((s) => s.node === kept.node && s.register === kept.register);
  const stores = (nodes.data?.data ?? []).filter((n) => n.isActive && n.kind !== 'supplier' && n.kind !== '3pl').map((n) => ({ value: n.code, label: n.name }));
  const place = stores.find((s) => s.value === kept.node)?.label;
  const setTax = (taxClass: string, percent: string | number) => {
    const { [taxClass]: _, ...others } = kept.taxes ?? {};
    keep({ ...kept, taxes: percent === '' ? others : { ...others, [taxClass]: Number(percent) } });
  };
  const names = (channels.data?.data ?? []).map((c) => ({ value: c.code, label: c.name }));
  return (
    <>
      <div className={handheld.scroll}>
        <RefusedList till={till} currency={kept.currency} />
        <Select size="lg" label={t('open.node')} data={stores} value={kept.node} onChange={(node) => keep({ ...kept, node })} allowDeselect={false} searchable />
        <TextInput size="lg" label={t('open.register')} value={kept.register} maxLength={40} data-scan="off" onChange={(e) => keep({ ...kept, register: e.currentTarget.value })} />
        <Select size="lg" label={t('open.channel')} data={names} value={kept.channel} onChange={(channel) => keep({ ...kept, channel })} allowDeselect={false} />
        <TextInput size="lg" label={t('open.currency')} value={kept.currency} maxLength={3} data-scan="off" onChange={(e) => keep({ ...kept, currency: e.currentTarget.value.toUpperCase() })} />
        {!there && (
          <>
            <div className={handheld.row}>
              {taxed.map((tax) => (
                <NumberInput key={tax} size="lg" label={t(`open.tax.${tax}`)} value={kept.taxes?.[tax] ?? ''} min={0} max={100} decimalScale={4} suffix=" %" hideControls data-scan="off" onChange={(v) => setTax(tax, v)} />
              ))}
            </div>
            <TextInput size="lg" inputMode="decimal" label={t('open.float')} value={cash} data-scan="off" error={floatMinor === null ? t('noAmount') : undefined} onChange={(e) => setCash(e.currentTarget.value)} />
          </>
        )}
        <ProblemAlert error={nodes.error ?? channels.error ?? open.error ?? begin.error} what={t('open.not')} />
      </div>
      <div className={handheld.acts}>
        {there ? (
          <Button className={handheld.big!} fullWidth onClick={() => void till.setShift(there, place)}>{t('open.goOn')}</Button>
        ) : (
          <Button className={handheld.big!} fullWidth loading={begin.isPending} disabled={till.isOffline || kept.node === null || kept.channel === null || kept.register === '' || floatMinor === null} onClick={() => begin.mutate()}>
            {t('open.begin')}
          </Button>
        )}
      </div>
    </>
  );
}
