import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { useNow } from '@house/now.ts';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { allNodesOptions } from '@rooms/Nodes/nodes.ts';
import { FormDialog } from '@rooms/Settings/FormDialog.tsx';
import { Frame, Row, Rows } from '@rooms/Settings/Frame.tsx';
import settings from '@rooms/Settings/Settings.module.css';
import { PrintQueue } from './PrintQueue.tsx';
import { printersOptions } from './table.ts';
import en from './texts.en.ts';

type Printer = Schema['WritePrinterPrinter'];
type Station = Schema['WritePrinterStation'];

/** Printers, which of them a packing station uses, and what waits for them. */
export default function PrintersPage() {
  const t = useTexts(en);
  const may = useMay();
  const found = useQuery({ ...printersOptions, refetchInterval: 10_000 });
  const [printer, setPrinter] = useState<Printer | 'new' | null>(null);
  const [station, setStation] = useState<Station | 'new' | null>(null);
  const mayWrite = may('settings:write');
  const { printers, stations } = found.data ?? {};
  const make = mayWrite && <Button onClick={() => setPrinter('new')}>{t('printers.new')}</Button>;
  return (
    <Frame section="printers" error={found.error} actions={printers && printers.length > 0 && make}>
      {printers?.length === 0 && <EmptyState kind="first" title={t('printers.none')} text={t('printers.noneText')} action={make} />}
      {printers && printers.length > 0 && (
        <>
          <Rows label={t('printers.title')}>
            {printers.map((p) => (
              <PrinterRow key={p.code} printer={p} onChange={mayWrite ? () => setPrinter(p) : null} mayPrint={may('fulfilment:work')} />
            ))}
          </Rows>
          <Section title={t('stations')} actions={mayWrite && <Button size="compact-sm" variant="default" onClick={() => setStation('new')}>{t('stations.new')}</Button>}>
            {stations?.length === 0 ? (
              <p className="sy-muted">{t('stations.noneText')}</p>
            ) : (
              <Rows label={t('stations')}>
                {stations?.map((s) => (
                  <Row
                    key={s.code}
                    name={s.name}
                    beside={<bdi className="sy-code sy-muted">{s.code} · {s.node}</bdi>}
                    end={
                      mayWrite && (
                        <Button size="compact-sm" variant="default" aria-label={t('changeOf', { name: s.name })} onClick={() => setStation(s)}>
                          {t('change')}
                        </Button>
                      )
                    }
                  >
                    {(['label', 'slip', 'a4'] as const).map((paper) => `${t(`paperKind.${paper}`)}: ${s[paper] ?? '–'}`).join(' · ')}
                  </Row>
                ))}
              </Rows>
            )}
          </Section>
          <PrintQueue mayWork={may('fulfilment:work')} printers={printers.map((p) => p.code)} />
        </>
      )}
      {printer && <PrinterDialog of={printer === 'new' ? null : printer} onClose={() => setPrinter(null)} />}
      {station && <StationDialog of={station === 'new' ? null : station} printers={printers ?? []} onClose={() => setStation(null)} />}
    </Frame>
  );
}

function PrinterRow({ printer: p, onChange, mayPrint }: { printer: Printer; onChange: (() => void) | null; mayPrint: boolean }) {
  const t = useTexts(en);
  const { language } = useSpeech();
  const queries = useQueryClient();
  const now = useNow();
  const test = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/printers/{code}/test', { params: { path: { code: p.code } }, body: { language: language === 'pseudo' ? 'en-GB' : language } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['printers'] });
      await queries.invalidateQueries({ queryKey: ['print-jobs'] });
      notify(t('printers.testSent', { name: p.name }));
    },
  });
  // An agent asks every few seconds; two minutes without a word is one that does not run.
  const isHere = p.seenAt !== null && now - Date.parse(p.seenAt) < 120_000;
  return (
    <Row
      name={p.name}
      beside={
        <>
          <bdi className="sy-code sy-muted">{p.code} · {p.node}</bdi>
          {!p.isActive && <Status tone="neutral">{t('printers.off')}</Status>}
          {p.isActive && p.link === 'agent' && (isHere ? <Status tone="good">{t('printers.agentHere')}</Status> : <Status tone={p.waiting > 0 ? 'bad' : 'warn'}>{t('printers.agentGone')}</Status>)}
          {p.failed > 0 && <Status tone="bad">{t('printers.failed', { n: p.failed })}</Status>}
        </>
      }
      end={
        <>
          {mayPrint && p.isActive && (
            <Button size="compact-sm" variant="default" loading={test.isPending} onClick={() => test.mutate()} aria-label={t('printers.testOf', { name: p.name })}>
              {t('printers.test')}
            </Button>
          )}
          {onChange && (
            <Button size="compact-sm" variant="default" onClick={onChange} aria-label={t('changeOf', { name: p.name })}>
              {t('change')}
            </Button>
          )}
        </>
      }
    >
      {[t(`paperKind.${p.kind}` as 'paperKind.label'), t(`format.${p.format}` as 'format.pdf'), p.link === 'raw' ? `${p.host}:${p.port}` : t('printers.link.agent'), p.waiting > 0 ? t('printers.waiting', { n: p.waiting }) : null].filter(Boolean).join(' · ')}
      {p.link === 'agent' && p.seenAt && !isHere && <> · {t.node('printers.seen', { when: <When at={p.seenAt} /> })}</>}
      <ProblemAlert error={test.error} />
    </Row>
  );
}

function PrinterDialog({ of, onClose }: { of: Printer | null; onClose: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const { data: nodes = [] } = useQuery({ ...allNodesOptions, enabled: may('nodes:read') });
  const [code, setCode] = useState(of?.code ?? '');
  const [name, setName] = useState(of?.name ?? '');
  const [chosen, setNode] = useState(of?.node ?? '');
  const [kind, setKind] = useState(of?.kind ?? 'label');
  const [format, setFormat] = useState(of?.format ?? 'zpl203');
  const [link, setLink] = useState(of?.link ?? 'agent');
  const [host, setHost] = useState(of?.host ?? '');
  const [port, setPort] = useState<number | string>(of?.port ?? 9100);
  const [isActive, setActive] = useState(of?.isActive ?? true);
  const node = chosen || (nodes[0]?.code ?? '');
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/printers/{code}', {
          params: { path: { code: code.trim() } },
          body: { node, name: name.trim(), kind: kind as 'label', format: format as 'pdf', link: link as 'raw', host: link === 'raw' ? host.trim() : null, port: Number(port) || 9100, isActive },
        }),
      ),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['printers'] });
      notify(t('printers.saved', { name: saved.name }));
      onClose();
    },
  });
  const faults = byField(save.error);
  return (
    <FormDialog title={of ? t('changeOf', { name: of.name }) : t('printers.new')} confirm={t('save')} onClose={onClose} onSubmit={() => save.mutate()} isPending={save.isPending} error={save.error} shown={['#code', '/node', '/name', '/kind', '/format', '/link', '/host', '/port']}>
      <div className={settings.fields}>
        {!of && <TextInput label={t('code')} description={t('codeText')} required maxLength={64} value={code} onChange={(e) => setCode(e.currentTarget.value)} error={faults['code']} data-autofocus />}
        <TextInput label={t('name')} required maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} error={faults['name']} />
        <NativeSelect label={t('node')} value={node} onChange={(e) => setNode(e.currentTarget.value)} error={faults['node']} data={nodes.length > 0 ? nodes.map((n) => ({ value: n.code, label: `${n.code} · ${n.name}` })) : [node]} />
        <NativeSelect label={t('printers.kind')} value={kind} onChange={(e) => { setKind(e.currentTarget.value); setFormat(e.currentTarget.value === 'label' ? 'zpl203' : 'pdf'); }} error={faults['kind']} data={(['label', 'slip', 'a4'] as const).map((k) => ({ value: k, label: t(`paperKind.${k}`) }))} />
        <NativeSelect label={t('printers.format')} value={format} onChange={(e) => setFormat(e.currentTarget.value)} error={faults['format']} data={(['pdf', 'zpl203', 'zpl300'] as const).map((f) => ({ value: f, label: t(`format.${f}`) }))} />
        <NativeSelect label={t('printers.link')} value={link} onChange={(e) => setLink(e.currentTarget.value)} error={faults['link']} data={(['agent', 'raw'] as const).map((l) => ({ value: l, label: t(`printers.link.${l}`) }))} />
      </div>
      {link === 'raw' ? (
        <div className={settings.fields}>
          <TextInput label={t('printers.host')} description={t('printers.hostText')} required maxLength={253} value={host} onChange={(e) => setHost(e.currentTarget.value)} error={faults['host'] && t('printers.hostRefused')} />
          <NumberInput label={t('printers.port')} min={1} max={65535} allowDecimal={false} value={port} onChange={setPort} error={faults['port']} />
        </div>
      ) : (
        <p className="sy-muted">{t.node('printers.agentText', { command: <code className="sy-code">switchyard print-agent --printer {code.trim() || 'LABEL-1'}=10.0.0.5:9100</code> })}</p>
      )}
      <Checkbox label={t('printers.active')} checked={isActive} onChange={(e) => setActive(e.currentTarget.checked)} />
    </FormDialog>
  );
}

function StationDialog({ of, printers, onClose }: { of: Station | null; printers: Printer[]; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const nodes = [...new Set(printers.map((p) => p.node))];
  const [code, setCode] = useState(of?.code ?? '');
  const [name, setName] = useState(of?.name ?? '');
  const [node, setNode] = useState(of?.node ?? nodes[0] ?? '');
  const [papers, setPapers] = useState({ label: of?.label ?? '', slip: of?.slip ?? '', a4: of?.a4 ?? '' });
  const save = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/print-stations/{code}', { params: { path: { code: code.trim() } }, body: { node, name: name.trim(), label: papers.label || null, slip: papers.slip || null, a4: papers.a4 || null } })),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['printers'] });
      notify(t('stations.saved', { name: saved.name }));
      onClose();
    },
  });
  const faults = byField(save.error);
  return (
    <FormDialog title={of ? t('changeOf', { name: of.name }) : t('stations.new')} confirm={t('save')} onClose={onClose} onSubmit={() => save.mutate()} isPending={save.isPending} error={save.error} shown={['#code', '/node', '/name', '/label', '/slip', '/a4']}>
      <div className={settings.fields}>
        {!of && <TextInput label={t('code')} description={t('codeText')} required maxLength={64} value={code} onChange={(e) => setCode(e.currentTarget.value)} error={faults['code']} data-autofocus />}
        <TextInput label={t('name')} required maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} error={faults['name']} />
        <NativeSelect label={t('node')} value={node} onChange={(e) => setNode(e.currentTarget.value)} error={faults['node']} data={nodes} />
        {(['label', 'slip', 'a4'] as const).map((paper) => (
          <NativeSelect
            key={paper}
            label={t(`stations.${paper}`)}
            value={papers[paper]}
            onChange={(e) => setPapers({ ...papers, [paper]: e.currentTarget.value })}
            error={faults[paper]}
            data={[{ value: '', label: t('stations.no') }, ...printers.filter((p) => p.node === node).map((p) => ({ value: p.code, label: `${p.name} · ${t(`paperKind.${p.kind}` as 'paperKind.label')}` }))]}
          />
        ))}
      </div>
    </FormDialog>
  );
}
