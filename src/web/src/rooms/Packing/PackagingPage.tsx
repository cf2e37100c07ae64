import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { Status } from '@house/parts/Status.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import { AmountInput } from '@rooms/Settings/AmountInput.tsx';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import { Frame, Row, Rows } from '@rooms/Settings/Frame.tsx';
import settings from '@rooms/Settings/Settings.module.css';
import { packagingOptions, type Packaging } from './table.ts';
import en from './texts.en.ts';

/** The boxes and bags of the shop: their sizes, what they weigh and cost, and how many there are. */
export default function PackagingPage() {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  const found = useQuery(packagingOptions);
  const [open, setOpen] = useState<Packaging | 'new' | null>(null);
  const items = found.data?.items;
  const mayWrite = may('fulfilment:manage');
  const make = mayWrite && <Button onClick={() => setOpen('new')}>{t('packaging.new')}</Button>;
  const cm = (edges: Packaging['inner']) => `${[edges.lengthMm, edges.widthMm, edges.heightMm].map((mm) => number(mm / 10)).join(' × ')} cm`;
  return (
    <Frame section="packaging" error={found.error} actions={items && items.length > 0 && make}>
      {items?.length === 0 ? (
        <EmptyState kind="first" title={t('packaging.none')} text={t('packaging.noneText')} action={make} />
      ) : (
        <Rows label={t('packaging.title')}>
          {items?.map((p) => (
            <Row
              key={p.code}
              name={p.name}
              beside={
                <>
                  <bdi className="sy-code sy-muted">{p.code}</bdi>
                  {!p.isActive && <Status tone="neutral">{t('packaging.inactive')}</Status>}
                  {p.supply !== null && p.supply <= 0 && <Status tone="bad">{t('supplyNone')}</Status>}
                </>
              }
              end={
                mayWrite && (
                  <Button size="compact-sm" variant="default" aria-label={t('changeOf', { name: p.name })} onClick={() => setOpen(p)}>
                    {t('change')}
                  </Button>
                )
              }
            >
              {[t(`packaging.kind.${p.kind === 'bag' ? 'bag' : 'box'}`), t('packaging.inside', { size: cm(p.inner) }), t('packaging.weighs', { empty: number(p.emptyGrams), max: number(p.maxGrams / 1000) }), p.supply === null ? null : t('supply', { n: p.supply }), p.node].filter(Boolean).join(' · ')}
              {p.costMinor !== null && p.costCurrency && <> · <Money minor={p.costMinor} currency={p.costCurrency} /></>}
            </Row>
          ))}
        </Rows>
      )}
      {open && <PackagingDialog of={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Frame>
  );
}

type Sizes = { length: number | string; width: number | string; height: number | string };
const sizesOf = (edges: Packaging['inner'] | undefined): Sizes => ({ length: edges ? edges.lengthMm / 10 : '', width: edges ? edges.widthMm / 10 : '', height: edges ? edges.heightMm / 10 : '' });
const edgesOf = (s: Sizes) => ({ lengthMm: Math.round(Number(s.length) * 10), widthMm: Math.round(Number(s.width) * 10), heightMm: Math.round(Number(s.height) * 10) });

function PackagingDialog({ of, onClose }: { of: Packaging | null; onClose: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { session } = useSession();
  const { data: nodes = [] } = useQuery({ ...allNodesOptions, enabled: may('nodes:read') });
  const [code, setCode] = useState(of?.code ?? '');
  const [name, setName] = useState(of?.name ?? '');
  const [kind, setKind] = useState(of?.kind ?? 'box');
  const [node, setNode] = useState(of?.node ?? '');
  const [inner, setInner] = useState(sizesOf(of?.inner));
  const [outer, setOuter] = useState(sizesOf(of?.outer));
  const [empty, setEmpty] = useState<number | string>(of?.emptyGrams ?? '');
  const [max, setMax] = useState<number | string>(of ? of.maxGrams / 1000 : '');
  const [cost, setCost] = useState<number | null>(of?.costMinor ?? null);
  const [supply, setSupply] = useState<number | string>(of?.supply ?? '');
  const [isActive, setActive] = useState(of?.isActive ?? true);
  const currency = of?.costCurrency ?? session.baseCurrency ?? 'GBP';
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/packaging/{code}', {
          params: { path: { code: code.trim() } },
          body: {
            name: name.trim() || null, kind, node: node || null, inner: edgesOf(inner), outer: edgesOf(outer.length === '' ? inner : outer), emptyGrams: Number(empty) || 0,
            maxGrams: Math.round(Number(max) * 1000), costMinor: cost, costCurrency: cost === null ? null : currency, supply: supply === '' ? null : Number(supply), isActive,
          },
          headers: ifMatch(of?.version ?? 0),
        }),
      ),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['packaging'] });
      await queries.invalidateQueries({ queryKey: ['packing', 'carton'] });
      notify(t('packaging.saved', { name: saved.name }));
      onClose();
    },
  });
  const faults = byField(save.error);
  const sizes = (of: Sizes, set: (s: Sizes) => void, at: 'inner' | 'outer', isRequired: boolean) => (
    <fieldset className={settings.area}>
      <legend>{t(`packaging.${at}`)}</legend>
      <div className={settings.fields}>
        {(['length', 'width', 'height'] as const).map((edge) => (
          <NumberInput key={edge} label={t(`packaging.${edge}`)} required={isRequired} min={0.1} max={1000} decimalScale={1} value={of[edge]} onChange={(v) => set({ ...of, [edge]: v })} error={faults[`${at}.${edge}Mm`]} />
        ))}
      </div>
    </fieldset>
  );
  return (
    <FormDialog
      title={of ? t('changeOf', { name: of.name }) : t('packaging.new')}
      confirm={t('save')}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      isPending={save.isPending}
      error={save.error}
      shown={['#code', '/name', '/node', '/emptyGrams', '/maxGrams', '/supply', ...['inner', 'outer'].flatMap((at) => ['length', 'width', 'height'].map((edge) => `/${at}/${edge}Mm`))]}
    >
      <div className={settings.fields}>
        {!of && <TextInput label={t('code')} description={t('codeText')} required maxLength={64} value={code} onChange={(e) => setCode(e.currentTarget.value)} error={faults['code']} data-autofocus />}
        <TextInput label={t('name')} required maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} error={faults['name']} />
        <NativeSelect label={t('packaging.kind')} value={kind} onChange={(e) => setKind(e.currentTarget.value)} data={[{ value: 'box', label: t('packaging.kind.box') }, { value: 'bag', label: t('packaging.kind.bag') }]} />
      </div>
      {sizes(inner, setInner, 'inner', true)}
      {sizes(outer, setOuter, 'outer', false)}
      <div className={settings.fields}>
        <NumberInput label={t('packaging.empty')} required min={0} max={1_000_000} allowDecimal={false} value={empty} onChange={setEmpty} error={faults['emptyGrams']} />
        <NumberInput label={t('packaging.max')} required min={0.1} max={10_000} decimalScale={3} value={max} onChange={setMax} error={faults['maxGrams']} />
        <AmountInput label={t('packaging.cost')} currency={currency} value={cost} onChange={setCost} error={faults['costMinor']} />
        <NumberInput label={t('packaging.supply')} description={t('packaging.supplyText')} min={0} allowDecimal={false} value={supply} onChange={setSupply} error={faults['supply']} />
        {nodes.length > 0 && <NativeSelect label={t('node')} value={node} onChange={(e) => setNode(e.currentTarget.value)} error={faults['node']} data={[{ value: '', label: t('allNodes') }, ...nodes.map((n) => ({ value: n.code, label: `${n.code} · ${n.name}` }))]} />}
      </div>
      <Checkbox label={t('packaging.active')} checked={isActive} onChange={(e) => setActive(e.currentTarget.checked)} />
    </FormDialog>
  );
}
