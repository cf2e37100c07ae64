import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconCircleCheck, IconPrinter } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { usePreference } from '@house/preferences.ts';
import { useMay } from '@house/session.tsx';
import { useProductNames } from '@house/useProductNames.ts';
import { Bar } from '@rooms/Handheld/Bar.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import css from './Dock.module.css';
import { Screen } from './Screen.tsx';
import { useDock, type Dock } from './useDock.ts';
import en from './texts.en.ts';

type Wanted = Schema['LabelRequestsView'];

/** The most copies that one document takes. */
const mostCopies = 100;

/** Labels for goods that came without one: printed on the printer at the dock, and off the list when they are on the goods. */
export default function LabelsPage() {
  const t = useTexts(en);
  const dock = useDock();
  return (
    <Screen title={t('labels')} dock={dock}>
      {(node) => <Labels dock={dock} node={node} />}
    </Screen>
  );
}

function Labels({ dock, node }: { dock: Dock; node: string }) {
  const t = useTexts(en);
  const may = useMay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [chosen, setPrinter] = usePreference<string | null>('dockPrinter', null);
  const [printed, setPrinted] = useState<readonly number[]>([]);
  const isOn = !dock.isOffline;
  const list = useQuery({
    queryKey: ['dock', 'labels', node],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/label-requests', { params: { query: { node, state: 'open', limit: 100 } }, signal })),
    enabled: isOn,
  });
  const mayPrint = may('fulfilment:work');
  const found = useQuery({ queryKey: ['printers'], queryFn: ({ signal }) => ask(api.GET('/api/v1/printers', { signal })), enabled: isOn && mayPrint });
  const printers = (found.data?.printers ?? []).filter((p) => p.kind === 'label' && p.node === node);
  const printer = printers.find((p) => p.code === chosen) ?? printers[0];
  const nameOf = useProductNames((list.data?.data ?? []).map((w) => w.sku));
  const print = useMutation({
    mutationFn: async (w: Wanted) => {
      for (let from = 0; from < w.quantity; from += mostCopies) {
        const body = { kind: 'productLabel' as const, of: [w.sku], copies: Math.min(mostCopies, w.quantity - from), printer: printer!.code };
        await ask(api.POST('/api/v1/documents', { body: body as Schema['MakeDocumentRequest'], headers: { 'Idempotency-Key': `label-request-${w.id}-${from}-${printed.filter((p) => p === w.id).length}` } }));
      }
      setPrinted((was) => [...was, w.id]);
    },
  });
  const done = useMutation({
    mutationFn: (w: Wanted) => ask(api.POST('/api/v1/label-requests/{id}/done', { params: { path: { id: w.id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['dock'] }),
  });
  const wanted = list.data?.data;
  return (
    <>
      <Bar round={dock} title={t('labels')} onBack={() => void navigate({ to: '/handheld' })} />
      <div className={handheld.scroll}>
        <ProblemAlert error={list.error ?? found.error} what={t('notRead')} again={() => void list.refetch()} />
        <ProblemAlert error={print.error ?? done.error} what={t(print.error ? 'notPrinted' : 'notMarked')} />
        {!isOn && <p className={css.hint}>{t('labelsNeedNetwork')}</p>}
        {wanted?.length === 0 && <EmptyState kind="done" title={t('noLabels')} text={t('noLabelsText')} />}
        {mayPrint && printers.length > 1 && <NativeSelect size="lg" label={t('printer')} value={printer?.code ?? ''} data={printers.map((p) => ({ value: p.code, label: p.name }))} onChange={(e) => setPrinter(e.currentTarget.value)} />}
        {mayPrint && found.data && printers.length === 0 && wanted && wanted.length > 0 && <p className={css.warning}>{t('noPrinter')}</p>}
        {wanted && wanted.length > 0 && (
          <ul className={handheld.cards} aria-label={t('labels')}>
            {wanted.map((w) => (
              <li key={w.id} className={css.labelCard}>
                <span className={handheld.cardWords} id={`label-${w.id}`}>
                  <span className={css.name} dir="auto">{nameOf(w.sku) ?? w.sku}</span>
                  <span className="sy-muted"><span className="sy-code">{w.sku}</span> · {t('labelsOf', { n: w.quantity })}</span>
                </span>
                <div className={handheld.row}>
                  {mayPrint && (
                    <Button className={handheld.big!} variant={printed.includes(w.id) ? 'default' : 'filled'} disabled={!isOn || !printer} loading={print.isPending && print.variables.id === w.id} leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => print.mutate(w)} aria-describedby={`label-${w.id}`}>
                      {t(printed.includes(w.id) ? 'printAgain' : 'printLabels', { n: w.quantity })}
                    </Button>
                  )}
                  <Button className={handheld.big!} variant={printed.includes(w.id) || !mayPrint ? 'filled' : 'default'} disabled={!isOn} loading={done.isPending && done.variables.id === w.id} leftSection={<IconCircleCheck size={20} aria-hidden />} onClick={() => done.mutate(w)} aria-describedby={`label-${w.id}`}>
                    {t('areOn')}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
