import { Checkbox, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import css from './Edi.module.css';
import { inward, lines, outward, pairs, qualifiers, type EdiPartner } from './edi.ts';
import en from './texts.en.ts';

const fresh = {
  code: '', name: '', channel: '', node: '', ourQualifier: 'ZZ', ourId: '', theirQualifier: 'ZZ', theirId: '', ourGroup: '', theirGroup: '', x12Version: '00401' as EdiPartner['x12Version'],
  usage: 'T' as EdiPartner['usage'], takes: ['850'], sends: ['855', '856'], orderType: 'wholesale' as EdiPartner['orderType'], goodsQualifier: 'VP', unit: 'EA', units: 'EA=1', methods: '', currency: 'USD', country: 'US',
  separators: '*>~', stockMinutes: '' as number | '', ackHours: 24 as number | '', timeZone: 'UTC', byFolder: false, isActive: true,
};
type Form = typeof fresh;

const formOf = (p: EdiPartner): Form => ({ ...p, channel: p.channel ?? '', node: p.node ?? '', units: lines(p.units), methods: lines(p.methods), stockMinutes: p.stockMinutes ?? '' });

/** Who a partner is on the wire, what is exchanged, and how its numbers, units and methods are read. */
export function PartnerDialog({ partner, taken, onClose }: { partner: EdiPartner | null; taken: readonly string[]; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [form, setForm] = useState<Form>(() => (partner ? formOf(partner) : fresh));
  const put = (change: Partial<Form>) => setForm((now) => ({ ...now, ...change }));
  const code = form.code.trim();
  const isTaken = !partner && taken.includes(code);
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/edi/partners/{code}', {
          params: { path: { code }, ...(partner ? { header: ifMatch(partner.version) } : {}) },
          body: {
            name: form.name.trim(), channel: form.channel.trim() || null, node: form.node.trim() || null, ourQualifier: form.ourQualifier.trim(), ourId: form.ourId.trim(), theirQualifier: form.theirQualifier.trim(),
            theirId: form.theirId.trim(), ourGroup: form.ourGroup.trim() || null, theirGroup: form.theirGroup.trim() || null, x12Version: form.x12Version, usage: form.usage, takes: form.takes, sends: form.sends,
            orderType: form.orderType, goodsQualifier: form.goodsQualifier, unit: form.unit.trim(), units: Object.fromEntries(Object.entries(pairs(form.units)).map(([u, n]) => [u, Number(n) || 0])),
            methods: pairs(form.methods), currency: form.currency.trim().toUpperCase(), country: form.country.trim().toUpperCase(), separators: form.separators, stockMinutes: form.stockMinutes === '' ? null : form.stockMinutes,
            ackHours: form.ackHours === '' ? null : form.ackHours, timeZone: form.timeZone.trim() || null, byFolder: form.byFolder, isActive: form.isActive,
          },
        }),
      ),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['edi'] });
      notify(t('partners.saved', { name: saved.name }));
      onClose();
    },
  });
  const faults = byField(save.error);
  const text = (name: 'name' | 'channel' | 'node' | 'ourQualifier' | 'ourId' | 'theirQualifier' | 'theirId' | 'unit' | 'currency' | 'country' | 'separators' | 'timeZone', most: number, more: { description?: string; required?: boolean } = {}) => (
    <TextInput label={t(`field.${name}`)} value={form[name]} onChange={(e) => put({ [name]: e.currentTarget.value })} error={faults[name]} maxLength={most} {...more} />
  );
  return (
    <FormDialog
      title={partner ? t('partners.changeOf', { name: partner.name }) : t('partners.new')}
      confirm={t('save')}
      onClose={onClose}
      onSubmit={() => !isTaken && save.mutate()}
      isPending={save.isPending}
      error={save.error}
      shown={['name', 'channel', 'node', 'ourQualifier', 'ourId', 'theirQualifier', 'theirId', 'unit', 'units', 'methods', 'currency', 'country', 'separators', 'stockMinutes', 'ackHours', 'timeZone', 'takes', 'sends']}
    >
      <div className={css.fields}>
        <TextInput label={t('field.code')} value={form.code} onChange={(e) => put({ code: e.currentTarget.value })} error={isTaken ? t('field.codeTaken') : faults['#code']} maxLength={64} disabled={partner !== null} required data-autofocus />
        {text('name', 200, { required: true })}
      </div>
      <div className={css.fields}>
        <div className={css.two}>
          {text('theirQualifier', 2, { required: true })}
          {text('theirId', 15, { required: true })}
        </div>
        <div className={css.two}>
          {text('ourQualifier', 2, { required: true })}
          {text('ourId', 15, { required: true })}
        </div>
      </div>
      <div className={css.fields}>
        <MultiSelect label={t('field.takes')} value={form.takes} onChange={(takes) => put({ takes })} data={inward.map((s) => ({ value: s, label: `${s} · ${t(`set.${s}`)}` }))} error={faults['takes']} />
        <MultiSelect label={t('field.sends')} value={form.sends} onChange={(sends) => put({ sends })} data={outward.map((s) => ({ value: s, label: `${s} · ${t(`set.${s}`)}` }))} error={faults['sends']} />
      </div>
      <div className={css.fields}>
        {text('channel', 64, { description: t('field.channelText') })}
        {text('node', 64, { description: t('field.nodeText') })}
      </div>
      <div className={css.fields}>
        <Select label={t('field.usage')} value={form.usage} allowDeselect={false} onChange={(v) => v && put({ usage: v as Form['usage'] })} data={(['T', 'P'] as const).map((v) => ({ value: v, label: t(`usage.${v}`) }))} />
        <Select label={t('field.orderType')} value={form.orderType} allowDeselect={false} onChange={(v) => v && put({ orderType: v as Form['orderType'] })} data={(['wholesale', 'sales'] as const).map((v) => ({ value: v, label: t(`orderType.${v}`) }))} />
        <Select label={t('field.x12Version')} value={form.x12Version} allowDeselect={false} onChange={(v) => v && put({ x12Version: v as Form['x12Version'] })} data={['00401', '00501']} />
        <Select label={t('field.goodsQualifier')} value={form.goodsQualifier} allowDeselect={false} onChange={(v) => v && put({ goodsQualifier: v })} data={qualifiers.map((q) => ({ value: q, label: `${q} · ${t(`goods.${q}`)}` }))} />
        {text('unit', 2)}
        {text('currency', 3)}
        {text('country', 2)}
        {text('separators', 3)}
        <NumberInput label={t('field.stockMinutes')} value={form.stockMinutes} onChange={(v) => put({ stockMinutes: typeof v === 'number' ? v : '' })} error={faults['stockMinutes']} min={5} max={10080} allowDecimal={false} />
        <NumberInput label={t('field.ackHours')} description={t('field.ackHoursText')} value={form.ackHours} onChange={(v) => put({ ackHours: typeof v === 'number' ? v : '' })} error={faults['ackHours']} min={0} max={720} allowDecimal={false} />
        {text('timeZone', 64, { description: t('field.timeZoneText') })}
      </div>
      <div className={css.fields}>
        <Textarea label={t('field.units')} description={t('field.unitsText')} value={form.units} onChange={(e) => put({ units: e.currentTarget.value })} error={faults['units']} autosize minRows={2} maxRows={8} />
        <Textarea label={t('field.methods')} description={t('field.methodsText')} value={form.methods} onChange={(e) => put({ methods: e.currentTarget.value })} error={faults['methods']} autosize minRows={2} maxRows={8} />
      </div>
      <Checkbox label={t('field.byFolder')} checked={form.byFolder} onChange={(e) => put({ byFolder: e.currentTarget.checked })} />
      <Checkbox label={t('field.isActive')} checked={form.isActive} onChange={(e) => put({ isActive: e.currentTarget.checked })} />
    </FormDialog>
  );
}
