import { ActionIcon, Button, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { IconPlus, IconTrash } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay } from '@house/session.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import { freshDraft, wishOf, type Draft } from './backtests.ts';
import { Frame } from './Frame.tsx';
import css from './Planning.module.css';
import en from './texts.en.ts';

/** What is to be tried on the past: a period, rules, and how nodes and prices would be otherwise. */
export default function NewBacktestPage() {
  const t = useTexts(en);
  const may = useMay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [url] = useUrlState();
  const [draft, setDraft] = useState<Draft>(() => ({ ...freshDraft(Date.now()), ...(url['strategy'] ? { rules: url['strategy'] } : {}) }));
  const set = (change: Partial<Draft>) => setDraft((d) => ({ ...d, ...change }));
  const { data: nodes = [] } = useQuery({ ...allNodesOptions, enabled: may('nodes:read') });
  const strategies = useQuery({ queryKey: ['routing', 'offers', 'strategies'], queryFn: ({ signal }) => ask(api.GET('/api/v1/routing/strategies', { params: { query: { limit: 100 } }, signal })) });
  const cards = useQuery({ queryKey: ['routing', 'offers', 'cards'], queryFn: ({ signal }) => ask(api.GET('/api/v1/rate-cards', { params: { query: { limit: 100 } }, signal })), enabled: may('nodes:read'), retry: false });
  const start = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/routing/backtests', { body: wishOf(draft) })),
    onSuccess: (job) => {
      void queries.invalidateQueries({ queryKey: ['jobs'] });
      void navigate({ to: `/planning/backtests/${job.id}` });
    },
  });
  const faults = byField(start.error);
  const nodeOffers = nodes.map((n) => ({ value: n.code, label: `${n.code} · ${n.name}` }));
  const offers = [
    { value: 'then', label: t('rules.then') },
    { value: 'house', label: t('rules.house') },
    ...(strategies.data?.data ?? []).flatMap((s) => [
      ...(s.draft ? [{ value: s.code, label: t('rules.draft', { name: s.name }) }] : []),
      ...[...s.versions].sort((a, b) => b.number - a.number).map((v) => ({ value: `${s.code}#${v.number}`, label: t(v.number === s.live ? 'rules.live' : 'rules.version', { name: s.name, n: v.number }) })),
    ]),
    ...(url['strategy'] && !strategies.data?.data.some((s) => s.code === url['strategy'] && s.draft) ? [{ value: url['strategy'], label: url['strategy'] }] : []),
  ];
  const isAsItWas = draft.rules === 'then' && !wishOf(draft).change;
  return (
    <Frame section="backtests" title={t('backtest.new')}>
      <form
        className={css.page}
        onSubmit={(e) => {
          e.preventDefault();
          start.mutate();
        }}
      >
        <div className={css.form}>
          <p className={css.about}>{t('backtest.newAbout')}</p>
          <TextInput label={t('backtest.name')} description={t('backtest.nameText')} value={draft.name} onChange={(e) => set({ name: e.currentTarget.value })} error={faults['name']} maxLength={200} />
          <div className={css.fields}>
            <TextInput label={t('backtest.from')} type="date" required value={draft.from} onChange={(e) => set({ from: e.currentTarget.value })} error={faults['from']} />
            <TextInput label={t('backtest.to')} description={undefined} type="date" required value={draft.to} onChange={(e) => set({ to: e.currentTarget.value })} error={faults['to']} />
          </div>
          <Select label={t('backtest.rules')} data={offers} value={draft.rules} onChange={(v) => v && set({ rules: v })} allowDeselect={false} searchable error={faults['strategy'] ?? faults['rules']} />
          <MultiSelect label={t('backtest.closed')} description={t('backtest.closedText')} data={nodeOffers} value={draft.closed} onChange={(closed) => set({ closed })} searchable clearable clearButtonProps={{ 'aria-label': t('clear') }} error={faultOf(faults, 'change.closed')} />
          <Rows title={t('backtest.added')} text={t('backtest.addedText')} add={t('backtest.addNode')} onAdd={() => set({ added: [...draft.added, { code: '', like: nodes[0]?.code ?? '', stockPercent: 100, country: '', postcode: '' }] })}>
            {draft.added.map((a, i) => {
              const put = (change: Partial<typeof a>) => set({ added: draft.added.with(i, { ...a, ...change }) });
              return (
                <div key={i} className={css.rowFields}>
                  <TextInput label={t('backtest.code')} required value={a.code} onChange={(e) => put({ code: e.currentTarget.value })} error={faults[`change.added.${i}.code`]} maxLength={64} />
                  <Select label={t('backtest.like')} data={nodeOffers} value={a.like} onChange={(v) => v && put({ like: v })} allowDeselect={false} searchable error={faults[`change.added.${i}.like`]} />
                  <NumberInput label={t('backtest.stock')} suffix=" %" value={a.stockPercent} min={0} max={10_000} allowDecimal={false} onChange={(v) => put({ stockPercent: Number(v) || 0 })} error={faults[`change.added.${i}.stockPercent`]} />
                  <Remove what={t('backtest.removeNode', { node: a.code || i + 1 })} onClick={() => set({ added: draft.added.toSpliced(i, 1) })} />
                  <TextInput label={t('country')} value={a.country} onChange={(e) => put({ country: e.currentTarget.value })} error={faults[`change.added.${i}.country`]} maxLength={2} placeholder="GB" />
                  <TextInput label={t('postcode')} value={a.postcode} onChange={(e) => put({ postcode: e.currentTarget.value })} error={faults[`change.added.${i}.postcode`]} maxLength={20} />
                </div>
              );
            })}
          </Rows>
          <Rows title={t('backtest.capacity')} text={t('backtest.capacityText')} add={t('backtest.addCapacity')} onAdd={() => set({ capacity: [...draft.capacity, { node: nodes[0]?.code ?? '', parcelsPerDay: 50 }] })}>
            {draft.capacity.map((c, i) => (
              <div key={i} className={css.rowFields} data-of="2">
                <Select label={t('node')} data={nodeOffers} value={c.node} onChange={(v) => v && set({ capacity: draft.capacity.with(i, { ...c, node: v }) })} allowDeselect={false} searchable error={faults[`change.capacity.${i}.node`]} />
                <NumberInput label={t('backtest.perDay')} value={c.parcelsPerDay} min={0} allowDecimal={false} onChange={(v) => set({ capacity: draft.capacity.with(i, { ...c, parcelsPerDay: Number(v) || 0 }) })} error={faults[`change.capacity.${i}.parcelsPerDay`]} />
                <Remove what={t('backtest.removeNode', { node: c.node })} onClick={() => set({ capacity: draft.capacity.toSpliced(i, 1) })} />
              </div>
            ))}
          </Rows>
          {(cards.data?.data.length ?? 0) > 0 && (
            <Rows title={t('backtest.cards')} text={t('backtest.cardsText')} add={t('backtest.addCard')} onAdd={() => set({ cards: [...draft.cards, { card: cards.data!.data[0]!.code, percent: 100 }] })}>
              {draft.cards.map((c, i) => (
                <div key={i} className={css.rowFields} data-of="2">
                  <Select label={t('backtest.card')} data={cards.data!.data.map((x) => ({ value: x.code, label: x.name }))} value={c.card} onChange={(v) => v && set({ cards: draft.cards.with(i, { ...c, card: v }) })} allowDeselect={false} searchable error={faults[`change.rateCards.${i}.card`]} />
                  <NumberInput label={t('backtest.percent')} suffix=" %" value={c.percent} min={0} max={10_000} allowDecimal={false} onChange={(v) => set({ cards: draft.cards.with(i, { ...c, percent: Number(v) || 0 }) })} error={faults[`change.rateCards.${i}.percent`]} />
                  <Remove what={t('backtest.removeCard', { card: c.card })} onClick={() => set({ cards: draft.cards.toSpliced(i, 1) })} />
                </div>
              ))}
            </Rows>
          )}
          {isAsItWas && <p className="sy-muted" role="status">{t('backtest.asItWas')}</p>}
          <ProblemAlert error={start.error} what={start.error ? t('backtest.notStarted') : undefined} />
          <div className={css.buttons}>
            <Button type="submit" loading={start.isPending}>{t('backtest.start')}</Button>
            <Button variant="default" component={Link} to="/planning/backtests">{t('back')}</Button>
          </div>
        </div>
      </form>
    </Frame>
  );
}

/** The first fault of a list: which of them was wrong is in its words. */
const faultOf = (faults: Record<string, string>, list: string): string | undefined => Object.entries(faults).find(([at]) => at.startsWith(list))?.[1];

function Rows({ title, text, add, onAdd, children }: { title: string; text: string; add: string; onAdd: () => void; children: ReactNode }) {
  return (
    <fieldset className={css.group}>
      <legend>{title}</legend>
      <p className="sy-muted">{text}</p>
      {children}
      <div>
        <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={onAdd}>{add}</Button>
      </div>
    </fieldset>
  );
}

function Remove({ what, onClick }: { what: string; onClick: () => void }) {
  return (
    <ActionIcon size="var(--sy-control)" aria-label={what} title={what} onClick={onClick}>
      <IconTrash size={16} aria-hidden />
    </ActionIcon>
  );
}
