import { Autocomplete, Button, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { IconPlus } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import css from './Partners.module.css';
import { useKept } from './useAnswerId.ts';
import { firstParcel, leftFor, nextParcel, type Parcel, type Work } from './work.ts';
import en from './texts.en.ts';

// The usual ones, to be picked; any other name is typed.
const carriers = ['Royal Mail', 'DPD', 'Evri', 'UPS', 'DHL', 'GLS', 'FedEx', 'PostNL', 'Deutsche Post', 'Colissimo', 'Correos'];

/** What has left: one parcel with everything, or several, each with its number and its units. What is not said stays to be sent. */
export function ShipWork({ work, onClose }: { work: Work; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const id = useKept();
  const open = work.lines.filter((l) => l.open > 0);
  const all = open.reduce((n, l) => n + l.open, 0);
  const [parcels, setParcels] = useState<Parcel[]>(() => [firstParcel(open)]);
  const put = (at: number, change: Partial<Parcel>) => setParcels((now) => now.map((p, i) => (i === at ? { ...p, ...change } : p)));
  const told = parcels.reduce((n, p) => n + open.reduce((m, l) => m + (p.units[l.line] ?? 0), 0), 0);
  const isEmpty = parcels.some((p) => !open.some((l) => (p.units[l.line] ?? 0) > 0));
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/partner/work/{id}/ship', {
          params: { path: { id: work.id } },
          body: {
            id,
            shippedAt: null,
            parcels: parcels.map((p) => ({
              carrier: p.carrier.trim() || 'other', service: null, tracking: p.tracking.trim() || null, weightGrams: Number(p.weight) || null,
              lines: open.filter((l) => (p.units[l.line] ?? 0) > 0).map((l) => ({ line: l.line, quantity: p.units[l.line]! })),
            })),
          },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['partner'] });
      notify(t('ship.done', { n: parcels.length }));
      onClose();
    },
  });
  const faults = byField(save.error);
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('ship.title', { number: work.number })}
      rows={[
        { what: t('ledger.units'), now: t('ledger.open', { n: all }), after: t('ledger.sent', { n: told }) },
        ...(told < all ? [{ what: t('ledger.rest'), now: t('ledger.open', { n: all - told }), after: t('ledger.later', { n: all - told }) }] : []),
      ]}
      confirm={t('ship')}
      onConfirm={() => save.mutate()}
      isPending={save.isPending}
      error={save.error}
      notYet={isEmpty ? t('nothing') : parcels.some((p) => p.carrier.trim() === '') ? t('noCarrier') : null}
    >
      {parcels.map((p, i) => (
        <fieldset key={i} className={css.parcel} aria-label={t('parcel', { n: i + 1 })}>
          <div className={css.parcelHead}>
            <span className="sy-strong" aria-hidden>{t('parcel', { n: i + 1 })}</span>
            {parcels.length > 1 && (
              <Button size="compact-sm" variant="default" onClick={() => setParcels((now) => now.filter((_, at) => at !== i))}>
                {t('less', { n: i + 1 })}
              </Button>
            )}
          </div>
          <div className={css.two}>
            <Autocomplete label={t('carrier')} data={[...carriers, t('other')]} value={p.carrier} onChange={(v) => put(i, { carrier: v === t('other') ? 'other' : v })} error={faults[`parcels.${i}.carrier`]} maxLength={100} data-autofocus={i === 0 || undefined} />
            <TextInput label={t('tracking')} value={p.tracking} onChange={(e) => put(i, { tracking: e.currentTarget.value })} error={faults[`parcels.${i}.tracking`]} maxLength={100} />
          </div>
          {open.map((l) => {
            const most = leftFor(l, parcels, i);
            return (
              <NumberInput key={l.line} label={t('unitsOf', { what: l.name ?? l.sku })} value={p.units[l.line] ?? 0} min={0} max={most} clampBehavior="strict" allowDecimal={false} onChange={(v) => put(i, { units: { ...p.units, [l.line]: Math.min(most, Number(v) || 0) } })} />
            );
          })}
          <NumberInput label={t('weight')} value={p.weight} min={1} allowDecimal={false} onChange={(v) => put(i, { weight: String(v) })} error={faults[`parcels.${i}.weightGrams`]} />
        </fieldset>
      ))}
      <div>
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setParcels((now) => [...now, nextParcel(now[now.length - 1]!)])}>
          {t('more')}
        </Button>
      </div>
    </Consequences>
  );
}
