import { Button, Checkbox, Modal, NumberInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';

/** Proposes faces by what was picked lately, beside what they are now; those that are ticked are written. */
export function SuggestFaces({ node, onClose }: { node: string; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { number } = useFormat();
  const [minDays, setMinDays] = useState(2);
  const [maxDays, setMaxDays] = useState(7);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [wish] = useDebouncedValue({ minDays, maxDays: Math.max(minDays, maxDays) }, 250);
  const { data, error, refetch } = useQuery({
    queryKey: ['warehouse', 'suggested', node, wish],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/faces/suggested', { params: { path: { code: node }, query: wish }, signal })),
    placeholderData: (before) => before,
  });
  const possible = data?.suggestions.filter((s) => s.bin !== null) ?? [];
  const chosen = possible.filter((s) => !left.has(s.sku));
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/nodes/{code}/faces', { params: { path: { code: node } }, body: { items: chosen.map((s) => ({ sku: s.sku, bin: s.bin, min: s.min, max: s.max })) } })),
    onSuccess: (answer) => {
      notify(t('faces.written', { n: answer.written }));
      void queries.invalidateQueries({ queryKey: ['warehouse'] });
      onClose();
    },
  });
  const toggle = (sku: string) => setLeft((now) => (now.has(sku) ? new Set([...now].filter((s) => s !== sku)) : new Set([...now, sku])));
  return (
    <Modal opened onClose={onClose} title={t('faces.suggest')} size="xl" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (chosen.length > 0) save.mutate();
        }}
      >
        <p className="sy-muted">{t('faces.suggestAbout', { n: data?.days ?? 90 })}</p>
        <div className={css.fields}>
          <NumberInput label={t('faces.minDays')} value={minDays} onChange={(v) => setMinDays(Math.max(1, Number(v) || 1))} min={1} max={365} allowDecimal={false} allowNegative={false} />
          <NumberInput label={t('faces.maxDays')} value={maxDays} onChange={(v) => setMaxDays(Math.max(1, Number(v) || 1))} min={1} max={365} allowDecimal={false} allowNegative={false} />
        </div>
        <ProblemAlert error={error} again={() => void refetch()} />
        {data?.suggestions.length === 0 && <EmptyState kind="done" title={t(data.alike > 0 ? 'faces.allAlike' : 'faces.noneSold')} />}
        {data && data.suggestions.length > 0 && (
          <ScrollPanel label={t('faces.suggest')}>
            <table className={css.table} aria-label={t('faces.suggest')}>
              <thead>
                <tr>
                  <td />
                  <th scope="col">{t('faces.sku')}</th>
                  <th scope="col">{t('bin')}</th>
                  <th scope="col" className={css.end}>{t('faces.picked')}</th>
                  <th scope="col" className={css.end}>{t('faces.now')}</th>
                  <th scope="col" className={css.end}>{t('faces.proposed')}</th>
                </tr>
              </thead>
              <tbody>
                {data.suggestions.map((s) => (
                  <tr key={s.sku}>
                    <td><Checkbox aria-label={t('faces.take', { sku: s.sku })} checked={s.bin !== null && !left.has(s.sku)} disabled={s.bin === null} onChange={() => toggle(s.sku)} /></td>
                    <th scope="row">{s.sku}<br /><bdi className="sy-muted">{s.name}</bdi></th>
                    <td>{s.bin ? <bdi className="sy-code">{s.bin}</bdi> : <span className="sy-muted">{t('faces.noBin')}</span>}{s.isNewPlace && <><br /><span className="sy-muted">{t('faces.newPlace')}</span></>}</td>
                    <td className={css.end}>{number(s.picked)}</td>
                    <td className={css.end}>{s.now ? `${number(s.now.min)}–${number(s.now.max)}` : '–'}</td>
                    <td className={css.end}>{`${number(s.min)}–${number(s.max)}`}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollPanel>
        )}
        <ProblemAlert error={save.error} what={t('faces.notSaved')} />
        <div className={css.buttons}>
          <Button type="submit" loading={save.isPending} disabled={chosen.length === 0}>{t('faces.write', { n: chosen.length })}</Button>
          <Button variant="default" onClick={onClose}>{t('discard')}</Button>
        </div>
      </form>
    </Modal>
  );
}
