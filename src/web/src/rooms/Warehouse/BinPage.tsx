import { Button, NumberInput, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, newKey, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { ScrollPanel } from '@house/parts/ScrollPanel.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import { Frame } from './Frame.tsx';
import en from './texts.en.ts';
import css from './Warehouse.module.css';

type Content = Schema['ReadBinContent'];

/** One bin: what lies in it, what was put there and taken away, and moving units to another. */
export default function BinPage() {
  const { bin = '' } = useParams({ strict: false });
  return (
    <Frame section="floor" title={bin}>
      {(node) => <Bin key={node + bin} node={node} code={bin} />}
    </Frame>
  );
}

function Bin({ node, code }: { node: string; code: string }) {
  const t = useTexts(en);
  const may = useMay();
  const nameOf = useActorName();
  const queries = useQueryClient();
  const { number } = useFormat();
  const [moved, setMoved] = useState<Content | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['warehouse', 'bin', node, code],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/bins/{bin}', { params: { path: { code: node, bin: code } }, signal })),
  });
  const close = useMutation({
    mutationFn: (isClosed: boolean) => ask(api.PUT('/api/v1/nodes/{code}/bins', { params: { path: { code: node } }, body: { items: [{ ...data!.bin, isClosed }] } })),
    onSuccess: (_, isClosed) => {
      notify(t(isClosed ? 'bin.isClosed' : 'bin.isOpen', { bin: code }));
      void queries.invalidateQueries({ queryKey: ['warehouse'] });
    },
  });
  if (error) return <div className={css.page}><ProblemAlert error={error} again={() => void refetch()} /></div>;
  if (!data) return null;
  const b = data.bin;
  return (
    <div className={css.page}>
      <FieldList
        fields={[
          [t('zone'), b.zone],
          [t('bin.kind'), t.maybe(`kind.${b.kind}`)],
          [t('bin.place'), b.aisle === null ? t('bin.nowhere') : t('bin.at', { aisle: b.aisle + 1, block: (b.block ?? 0) + 1, m: number(Math.round((b.positionMm ?? 0) / 100) / 10) })],
          [t('bin.level'), b.aisle === null ? null : number(b.level + 1)],
          [t('bin.class'), b.storageClass],
          [t('bin.capacity'), b.capacityUnits === null ? null : t('units.n', { n: b.capacityUnits })],
        ]}
      />
      {may('nodes:write') && <Switch label={t('bin.closedSwitch')} checked={b.isClosed} disabled={close.isPending} onChange={(e) => close.mutate(e.currentTarget.checked)} />}
      <ProblemAlert error={close.error} />
      <Section title={t('bin.contents')}>
        {data.contents.length === 0 ? (
          <p className={`sy-panel ${css.empty}`}>{t('bin.empty')}</p>
        ) : (
          <ScrollPanel label={t('bin.contents')}>
            <table className={css.table} aria-label={t('bin.contents')}>
              <thead>
                <tr>
                  <th scope="col">{t('product')}</th>
                  <th scope="col">{t('lot.name')}</th>
                  <th scope="col" className={css.end}>{t('units')}</th>
                  <th scope="col" className={css.end}>{t('bins.wanted')}</th>
                  <th scope="col">{t('bin.since')}</th>
                  {may('inventory:receive') && <td />}
                </tr>
              </thead>
              <tbody>
                {data.contents.map((c) => (
                  <tr key={`${c.sku}/${c.lot ?? ''}`}>
                    <th scope="row">
                      <Link to={`/inventory/${encodeURIComponent(c.sku)}`}>{c.sku}</Link> <bdi className="sy-muted">{c.name}</bdi>
                    </th>
                    <td>
                      {c.lot ?? <span className="sy-muted">–</span>} {c.state !== null && c.state !== 'open' && <Status tone="bad" isPlain>{t.maybe(`lot.${c.state}`)}</Status>}
                    </td>
                    <td className={css.end}>{number(c.quantity)}</td>
                    <td className={css.end}>{number(c.wanted)}</td>
                    <td><When at={c.updatedAt} /></td>
                    {may('inventory:receive') && (
                      <td className={css.end}>
                        <Button size="compact-sm" variant="default" onClick={() => setMoved(c)} aria-label={t('move.of', { sku: c.sku })}>{t('move')}</Button>
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollPanel>
        )}
      </Section>
      <Section title={t('bin.history')}>
        {data.moves.length === 0 ? (
          <p className={`sy-panel ${css.empty}`}>{t('bin.noHistory')}</p>
        ) : (
          <ScrollPanel label={t('bin.history')}>
            <table className={css.table} aria-label={t('bin.history')}>
              <thead>
                <tr>
                  <th scope="col">{t('when')}</th>
                  <th scope="col">{t('product')}</th>
                  <th scope="col" className={css.end}>{t('units')}</th>
                  <th scope="col">{t('move.from')}</th>
                  <th scope="col">{t('move.to')}</th>
                  <th scope="col">{t('why')}</th>
                  <th scope="col">{t('who')}</th>
                </tr>
              </thead>
              <tbody>
                {data.moves.map((m, i) => (
                  <tr key={i}>
                    <td><When at={m.at} /></td>
                    <td className="sy-code">{m.sku}</td>
                    <td className={css.end}>{m.to === code ? `+${number(m.quantity)}` : number(-m.quantity)}</td>
                    <td>{m.from === 'UNPLACED' ? t('putaway.nowhere') : m.from}</td>
                    <td>{m.to === 'UNPLACED' ? t('putaway.nowhere') : m.to}</td>
                    <td>{t.maybe(`purpose.${m.purpose}`)}</td>
                    <td><bdi>{nameOf(m.actor)}</bdi></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollPanel>
        )}
      </Section>
      {moved && <MoveUnits node={node} from={code} content={moved} onClose={() => setMoved(null)} />}
    </div>
  );
}

function MoveUnits({ node, from, content, onClose }: { node: string; from: string; content: Content; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { number } = useFormat();
  const [to, setTo] = useState('');
  const [units, setUnits] = useState<number | null>(content.quantity);
  // Pressed twice it is one move.
  const [moveId] = useState(newKey);
  const send = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/inventory/bin-moves', { body: { node, purpose: 'move', items: [{ sku: content.sku, lot: content.lot, from, to: to.trim(), quantity: units, areUnavailable: false, moveId }] } })),
    onSuccess: () => {
      notify(t('move.done', { n: units ?? 0, sku: content.sku, bin: to.trim() }));
      void queries.invalidateQueries({ queryKey: ['warehouse'] });
      void queries.invalidateQueries({ queryKey: ['stock'] });
      onClose();
    },
  });
  const faults = byField(send.error);
  const n = units ?? 0;
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('move.of', { sku: content.sku })}
      rows={[
        { what: from, now: number(content.quantity), after: number(content.quantity - n) },
        { what: to.trim() || t('move.to'), now: '', after: `+${number(n)}` },
      ]}
      confirm={t('move.go', { n })}
      notYet={to.trim() === '' ? t('move.needsBin') : n < 1 || n > content.quantity ? t('move.needsUnits', { n: content.quantity }) : null}
      onConfirm={() => send.mutate()}
      isPending={send.isPending}
      error={send.error}
    >
      <TextInput label={t('move.to')} value={to} onChange={(e) => setTo(e.currentTarget.value)} maxLength={64} error={faults['items.0.to']} data-autofocus />
      <NumberInput label={t('units')} value={units ?? ''} onChange={(v) => setUnits(v === '' ? null : Number(v))} min={1} max={content.quantity} allowDecimal={false} allowNegative={false} error={faults['items.0.quantity']} />
    </Consequences>
  );
}
