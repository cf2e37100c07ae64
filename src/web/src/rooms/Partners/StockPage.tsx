import { Button, Checkbox, FileInput, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconDownload, IconUpload } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useUrlState } from '@house/useUrlState.ts';
import { csvOf, levelsOf, type Fault, type Level } from './csv.ts';
import css from './Partners.module.css';
import { StockAge } from './StockAge.tsx';
import { summaryOptions } from './work.ts';
import en from './texts.en.ts';

type Taken = Schema['TakeSnapshotResponse'];
const mostShown = 200;
const localNow = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** A partner tells its levels by a file: read here, looked at by the server, then taken. */
export default function StockPage() {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [url, setUrl] = useUrlState();
  const { data: summary, error } = useQuery(summaryOptions);
  const site = summary?.nodes.find((n) => n.code === url['node']) ?? summary?.nodes[0];
  const [levels, setLevels] = useState<Level[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [asOf, setAsOf] = useState(localNow);
  const [isComplete, setIsComplete] = useState(false);
  const [seen, setSeen] = useState<Taken | null>(null);
  const send = useMutation({
    mutationFn: (isPreview: boolean) => ask(api.POST('/api/v1/partner/stock', { body: { node: site!.code, asOf: new Date(asOf).toISOString(), items: levels!, isComplete, isPreview } })),
    onSuccess: async (taken) => {
      if (taken.isPreview) {
        setSeen(taken);
        return;
      }
      setSeen(null);
      setLevels(null);
      await queries.invalidateQueries({ queryKey: ['partner'] });
      notify(t('stock.taken', { n: taken.changed }));
    },
  });
  const list = useMutation({ mutationFn: () => download(site!.code) });
  const changed = (act: () => void) => {
    act();
    setSeen(null);
    send.reset();
  };
  const read = async (file: File | null) => {
    const found = file ? levelsOf(await file.text()) : null;
    changed(() => {
      setLevels(found && 'levels' in found ? found.levels : null);
      setFault(found && 'fault' in found ? found.fault : null);
    });
  };
  const says = (f: Fault) =>
    f.kind === 'columns' ? t('stock.noColumns') : f.kind === 'rows' ? t('stock.noRows') : f.kind === 'many' ? t('stock.tooMany', { n: f.most })
      : f.kind === 'number' ? t('stock.badRow', { row: f.row, text: f.text }) : t('stock.repeated', { row: f.row, sku: f.sku });
  return (
    <>
      <PageHead
        title={t('stock')}
        beside={site && <StockAge stock={site.stock} />}
        actions={
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={list.isPending} disabled={!site} onClick={() => list.mutate()}>
            {t('stock.download')}
          </Button>
        }
      />
      <div className={css.stockPage}>
        <ProblemAlert error={error ?? list.error} />
        <form
          className={css.form}
          onSubmit={(e) => {
            e.preventDefault();
            send.mutate(true);
          }}
        >
          <p className="sy-muted">{t('stock.about')}</p>
          {(summary?.nodes.length ?? 0) > 1 && <NativeSelect label={t('node')} value={site?.code ?? ''} onChange={(e) => changed(() => setUrl({ node: e.currentTarget.value }, true))} data={summary!.nodes.map((n) => ({ value: n.code, label: `${n.code} ${n.name}` }))} />}
          <FileInput label={t('stock.file')} description={t('stock.fileText')} accept=".csv,.txt,text/csv,text/plain" leftSection={<IconUpload size={16} aria-hidden />} onChange={(f) => void read(f)} error={fault && says(fault)} clearable clearButtonProps={{ 'aria-label': t('stock.clear') }} />
          <TextInput type="datetime-local" label={t('stock.asOf')} value={asOf} onChange={(e) => { const v = e.currentTarget.value; changed(() => setAsOf(v)); }} required />
          <Checkbox label={t('stock.complete')} checked={isComplete} onChange={(e) => { const v = e.currentTarget.checked; changed(() => setIsComplete(v)); }} />
          <ProblemAlert error={send.error} />
          <div>
            <Button type="submit" variant={seen ? 'default' : 'filled'} disabled={!levels || !site || asOf === ''} loading={send.isPending && send.variables}>
              {t('stock.preview')}
            </Button>
          </div>
        </form>
        {seen && <Preview seen={seen} isPending={send.isPending} onTake={() => send.mutate(false)} />}
      </div>
    </>
  );
}

function Preview({ seen, isPending, onTake }: { seen: Taken; isPending: boolean; onTake: () => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const rank = { changed: 0, missing: 1, unknown: 2, ignored: 3, unchanged: 4 };
  const items = [...seen.items].sort((a, b) => rank[a.outcome] - rank[b.outcome]);
  return (
    <Section
      title={t('stock.preview')}
      beside={t('stock.sums', { changed: seen.changed, unchanged: seen.unchanged, ignored: seen.ignored, unknown: seen.unknown })}
      actions={
        <Button onClick={onTake} loading={isPending}>
          {t('stock.take', { n: seen.items.length - seen.unknown })}
        </Button>
      }
    >
      {items.length > mostShown && <p className="sy-muted">{t('stock.first', { n: mostShown })}</p>}
      <ScrollPanel label={t('stock.preview')}>
        <table className="sy-table">
          <thead>
            <tr>
              <th scope="col">{t('goods')}</th>
              <th scope="col" className="sy-number">{t('stock.before')}</th>
              <th scope="col" className="sy-number">{t('stock.told')}</th>
              <th scope="col" className="sy-number">{t('stock.after')}</th>
              <th scope="col">{t('stock.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {items.slice(0, mostShown).map((i) => (
              <tr key={i.sku}>
                <td>
                  <Code>{i.sku}</Code> <span dir="auto">{i.name}</span>
                </td>
                <td className="sy-number">{i.before === null ? '–' : number(i.before)}</td>
                <td className="sy-number">{i.told === null ? '–' : number(i.told)}</td>
                <td className="sy-number sy-strong">{i.onHand === null ? '–' : number(i.onHand)}</td>
                <td>{t(`outcome.${i.outcome}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollPanel>
    </Section>
  );
}

/** Our list of what lies there, all pages of it, as a file to be filled in and sent back. */
async function download(node: string) {
  const rows: (string | number)[][] = [];
  for (let after: string | null = ''; after !== null; ) {
    const page: { data: Schema['TakeSnapshotLevelView'][]; next: string | null } = await ask(api.GET('/api/v1/partner/stock', { params: { query: { node, limit: 250, ...(after ? { after } : {}) } } }));
    rows.push(...page.data.map((l) => [l.sku, l.name ?? '', l.barcode ?? '', l.onHand, l.promised]));
    after = page.next;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csvOf(['sku', 'name', 'barcode', 'on_hand', 'promised'], rows)], { type: 'text/csv' }));
  link.download = `stock-${node}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
