import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useProductNames } from '@house/useProductNames.ts';
import css from './ReorderPage.module.css';
import en from './texts.en.ts';

type Suggestion = Schema['SuggestReordersView'];
const day = 86_400_000;

/** What is to be bought again: how much and why; each is ordered, or silenced for a while. */
export default function ReorderPage() {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<{ kind: 'order' | 'dismiss'; of: Suggestion } | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['reorder'],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/purchasing/reorder-suggestions', { params: { query: { state: 'open', limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const look = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/purchasing/reorder-suggestions/refresh')),
    onSuccess: async (looked) => {
      await queries.invalidateQueries({ queryKey: ['reorder'] });
      notify(t('looked', { n: looked.open }));
    },
  });
  const rows = list.data?.pages.flatMap((p) => p.data);
  const nameOf = useProductNames(rows?.map((s) => s.sku) ?? []);
  const mayWrite = may('purchasing:write');
  const lookNow = mayWrite && (
    <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
      {t('look')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('title')} actions={rows && rows.length > 0 && lookNow} />
      <div className={css.page}>
        <p className="sy-muted">{t('about')}</p>
        <ProblemAlert error={list.error ?? look.error} />
        {rows?.length === 0 && <EmptyState kind="done" title={t('none')} text={t('noneText')} action={lookNow} />}
        {rows && rows.length > 0 && (
          <ul className={css.list} aria-label={t('title')}>
            {rows.map((s) => (
              <li key={s.id}>
                <div className={css.what}>
                  <Link to={`/inventory/${encodeURIComponent(s.sku)}`}>
                    <bdi className="sy-code">{s.sku}</bdi>
                  </Link>{' '}
                  <span dir="auto">{nameOf(s.sku)}</span>{' '}
                  <span className="sy-muted">{t.node('at', { node: <bdi>{s.node}</bdi> })}</span>
                  <div className="sy-meta">
                    {t('why', { available: number(s.available), level: number(s.reorderAt) })}
                    {s.onOrder > 0 && ` · ${t('onOrder', { n: s.onOrder })}`}
                    {s.waiting > 0 && ` · ${t('waiting', { n: s.waiting })}`} · <When at={s.madeAt} />
                  </div>
                </div>
                <strong className="sy-nowrap">{t('buy', { n: s.quantity })}</strong>
                {mayWrite && (
                  <span className="sy-row">
                    <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'order', of: s })} aria-label={t('order.of', { sku: s.sku })}>
                      {t('order')}
                    </Button>
                    <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'dismiss', of: s })} aria-label={t('dismiss.of', { sku: s.sku })}>
                      {t('dismiss')}
                    </Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <div>
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('more')}
            </Button>
          </div>
        )}
      </div>
      {dialog?.kind === 'order' && <Ordered of={dialog.of} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'dismiss' && <Dismissed of={dialog.of} onClose={() => setDialog(null)} />}
    </>
  );
}

function Ordered({ of, onClose }: { of: Suggestion; onClose: () => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const queries = useQueryClient();
  const [reference, setReference] = useState('');
  const [quantity, setQuantity] = useState(of.quantity);
  const [due, setDue] = useState('');
  const save = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/purchasing/reorder-suggestions/{id}/order', { params: { path: { id: of.id } }, body: { reference: reference.trim(), quantity, dueAt: due ? new Date(`${due}T12:00:00`).toISOString() : null } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['reorder'] });
      void queries.invalidateQueries({ queryKey: ['stock'] });
      notify(t('order.done', { sku: of.sku }));
      onClose();
    },
  });
  const faults = byField(save.error);
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('order.this', { sku: of.sku })}
      rows={[{ what: t('inbound', { node: of.node }), now: number(of.onOrder), after: number(of.onOrder + quantity) }]}
      confirm={t('order.go')}
      notYet={reference.trim() === '' ? t('order.needsReference') : due === '' ? t('order.needsDue') : null}
      onConfirm={() => save.mutate()}
      isPending={save.isPending}
      error={save.error}
    >
      <TextInput label={t('order.reference')} value={reference} onChange={(e) => setReference(e.currentTarget.value)} error={faults['reference']} maxLength={100} data-autofocus />
      <NumberInput label={t('order.quantity')} value={quantity} min={1} allowDecimal={false} onChange={(v) => setQuantity(Number(v) || 0)} error={faults['quantity']} />
      <TextInput label={t('order.due')} type="date" value={due} onChange={(e) => setDue(e.currentTarget.value)} error={faults['dueAt']} />
    </Consequences>
  );
}

function Dismissed({ of, onClose }: { of: Suggestion; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [days, setDays] = useState('14');
  const save = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/purchasing/reorder-suggestions/{id}/dismiss', { params: { path: { id: of.id } }, body: { quietUntil: new Date(Date.now() + Number(days) * day).toISOString() } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['reorder'] });
      notify(t('dismiss.done', { sku: of.sku }));
      onClose();
    },
  });
  return (
    <Consequences opened onClose={onClose} title={t('dismiss.this', { sku: of.sku })} rows={[{ what: t('dismiss.what'), now: t('dismiss.open'), after: t('dismiss.quiet', { n: Number(days) }) }]} confirm={t('dismiss')} onConfirm={() => save.mutate()} isPending={save.isPending} error={save.error}>
      <Select label={t('dismiss.for')} value={days} allowDeselect={false} onChange={(v) => setDays(v ?? '14')} data={['7', '14', '30', '90'].map((n) => ({ value: n, label: t('days', { n: Number(n) }) }))} data-autofocus />
    </Consequences>
  );
}
