import { Autocomplete, NumberInput, SegmentedControl, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { useMay } from '@house/session.tsx';
import { Available } from './LevelRow.tsx';
import { deltaOf } from './stock.ts';
import en from './texts.en.ts';

interface Props {
  sku: string;
  /** What is known to lie where; a node that is not among them has nothing. */
  levels: readonly { node: string; onHand: number; unavailable: number; available: number }[];
  node?: string | undefined;
  onClose: () => void;
}

/** Corrects what lies at a node: by so many units, or to what was counted. */
export function AdjustStock({ sku, levels, node: first, onClose }: Props) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { number } = useFormat();
  const { locale } = useSpeech();
  const [node, setNode] = useState(first ?? levels[0]?.node ?? '');
  const [mode, setMode] = useState<'by' | 'to'>('by');
  const [bucket, setBucket] = useState<'onHand' | 'unavailable'>('onHand');
  const [typed, setTyped] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const { data: nodes } = useQuery({
    queryKey: ['nodes', 'names'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes', { params: { query: { limit: 250 } }, signal })),
    enabled: may('nodes:read'),
    staleTime: 5 * 60_000,
    retry: false,
  });
  const names = new Map<string, string>([...levels.map((l) => [l.node, l.node] as const), ...(nodes?.data ?? []).filter((n) => n.isActive).map((n) => [n.code, `${n.code} · ${n.name}`] as const)]);
  const now = levels.find((l) => l.node === node) ?? { onHand: 0, unavailable: 0, available: 0 };
  const delta = deltaOf(mode, typed, now[bucket]);
  const send = (change: { delta: number } | { setTo: number }, why: string) =>
    ask(api.POST('/api/v1/inventory/adjustments', { body: { items: [{ sku, node, bucket, reason: why, ...change }], isFeed: false } }));
  const fresh = () => queries.invalidateQueries({ queryKey: ['stock'] });
  const adjust = useMutation({
    mutationFn: () => send(mode === 'to' ? { setTo: typed! } : { delta: typed! }, reason),
    onSuccess: (answer) => {
      const done = answer.items[0];
      // The other way round, and the reason says so: the ledger keeps both.
      notify(t('adjust.done', { sku, node }), done && done.delta !== 0 ? () => send({ delta: -done.delta }, t('adjust.undone', { reason })).then(fresh) : undefined);
      void fresh();
      onClose();
    },
  });
  const faults = byField(adjust.error);
  const by = delta ?? 0;
  const sign = by > 0 ? `+${number(by)}` : number(by);
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('adjust.title', { sku })}
      rows={[
        { what: t('bucket.onHand'), now: number(now.onHand), after: number(now.onHand + (bucket === 'onHand' ? by : 0)) },
        ...(bucket === 'unavailable' || now.unavailable !== 0
          ? [{ what: t('bucket.unavailable'), now: number(now.unavailable), after: number(now.unavailable + (bucket === 'unavailable' ? by : 0)) }]
          : []),
        {
          what: t('bucket.available'),
          now: number(now.available),
          after: <Available level={{ available: now.available + (bucket === 'onHand' ? by : -by) }} />,
        },
      ]}
      confirm={delta === null || delta === 0 ? t('adjust') : t('adjust.go', { delta: sign })}
      notYet={node === '' ? t('adjust.needsNode') : typed === null ? t('adjust.needsNumber') : delta === null ? t('adjust.wholeNumber') : reason.trim() === '' ? t('adjust.needsReason') : mode === 'by' && delta === 0 ? t('adjust.nothing') : null}
      onConfirm={() => adjust.mutate()}
      isPending={adjust.isPending}
      error={adjust.error}
    >
      <Select label={t('column.node')} value={node} onChange={(v) => setNode(v ?? '')} data={[...names].map(([value, label]) => ({ value, label }))} allowDeselect={false} searchable error={faults['items.0.node']} />
      <Select
        label={t('adjust.what')}
        value={bucket}
        onChange={(v) => setBucket(v === 'unavailable' ? 'unavailable' : 'onHand')}
        allowDeselect={false}
        data={[
          { value: 'onHand', label: t('adjust.onHand') },
          { value: 'unavailable', label: t('adjust.unavailable') },
        ]}
      />
      <SegmentedControl
        aria-label={t('adjust.how')}
        value={mode}
        onChange={(v) => setMode(v === 'to' ? 'to' : 'by')}
        data={[
          { value: 'by', label: t('adjust.by') },
          { value: 'to', label: t('adjust.to') },
        ]}
      />
      <NumberInput
        label={mode === 'by' ? t('adjust.units') : t('adjust.counted')}
        description={mode === 'by' ? t('adjust.hint') : undefined}
        value={typed ?? ''}
        onChange={(v) => setTyped(v === '' || v === '-' ? null : Number(v))}
        allowDecimal={false}
        allowNegative={mode === 'by'}
        thousandSeparator={Intl.NumberFormat(locale).formatToParts(12345).find((p) => p.type === 'group')?.value ?? ' '}
        error={faults['items.0.delta'] ?? faults['items.0.setTo'] ?? faults['items.0']}
        data-autofocus
      />
      <Autocomplete
        label={t('reason')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        data={(['damaged', 'found', 'lost', 'counted', 'sample'] as const).map((r) => t(`reason.${r}`))}
        error={faults['items.0.reason']}
      />
    </Consequences>
  );
}
