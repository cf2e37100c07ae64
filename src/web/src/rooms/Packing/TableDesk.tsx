import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, ask, newKey, type Schema } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { IconArrowRight, IconNote } from '@house/icons.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { Due } from '@house/parts/When.tsx';
import { TypeCode } from '@house/scan/TypeCode.tsx';
import { signal } from '@house/scan/signals.ts';
import { useScanner } from '@house/scan/useScanner.ts';
import type { Scan } from '@house/scan/read.ts';
import { useMay } from '@house/session.tsx';
import { useMethodName } from '@house/words/useMethodName.ts';
import { AskUnit, type Asked } from './AskUnit.tsx';
import { Feedback, type Heard } from './Feedback.tsx';
import { LineList } from './LineList.tsx';
import css from './Packing.module.css';
import { ParcelPanel } from './ParcelPanel.tsx';
import { refusalOf } from './refusals.ts';
import { SealedParcels } from './SealedParcels.tsx';
import { StationField } from './StationField.tsx';
import { findTables, isCollected, leftOf, missingOf, packagingOptions, waitingOptions, type Missing, type Step, type Table } from './table.ts';
import en from './texts.en.ts';
import { useSteps } from './useSteps.ts';
import { readWeight } from './weight.ts';

interface Props {
  id: string;
  table: Table;
  carton: Schema['SuggestCartonResponse'] | undefined;
}

/** The work at the table: scans go to the parcel in hand, the weight to the scale, and what is missing is said before it is asked for. */
export function TableDesk({ id, table, carton }: Props) {
  const t = useTexts(en);
  const may = useMay();
  const mayWork = may('fulfilment:work');
  const methodName = useMethodName();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { send, waiting, stuck, retry } = useSteps(id);
  const packaging = useQuery(packagingOptions);
  const [chosen, setChosen] = useState<number | null>(null);
  const [heard, setHeard] = useState<Heard | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isTyping, setTyping] = useState(false);
  const [sealing, setSealing] = useState(false);
  // Parcels that were sealed here and now: their labels and papers come by themselves.
  const [fresh, setFresh] = useState<readonly string[]>([]);

  const parcels = table.parcels;
  const active = parcels.find((p) => p.parcel === chosen) ?? parcels.at(-1);
  const suggestion = carton?.boxes[active ? parcels.indexOf(active) : 0];
  const isDone = table.left === 0 && parcels.every((p) => p.lines.length === 0);
  const missing = missingOf(table);

  const right = (text: string) => {
    signal('right');
    setHeard({ is: 'right', text });
  };
  const wrong = (text: string) => {
    signal('wrong');
    setHeard({ is: 'wrong', text });
  };
  const say = (error: unknown, values: Record<string, string | number> = {}) => wrong(refusalOf(t, error, values));

  /** The box that the engine names for the parcel that begins. */
  const begin = (now: Table): Step => {
    const box = carton?.boxes[now.parcels.length];
    return { kind: 'parcel', ...(box ? { packaging: box.packaging, suggested: box.packaging } : {}) };
  };

  const put = async (scan: { code: string; line?: number; lot?: string; serial?: string; quantity?: number }) => {
    try {
      const before = table;
      if (parcels.length === 0) await send((now) => (now.parcels.length === 0 ? begin(now) : null));
      const after = await send((now) => ({ kind: 'scan', ...scan, parcel: now.parcels.some((p) => p.parcel === chosen) ? chosen : null }));
      setAsked(null);
      const line = after.lines.find((l) => l.inParcels > (before.lines.find((b) => b.line === l.line)?.inParcels ?? 0)) ?? after.lines.find((l) => l.line === scan.line);
      right(line ? t('right', { name: line.name ?? line.sku, n: line.inParcels, of: line.picked }) : t('rightPlain', { code: scan.code }));
      if (after.left === 0) signal('done');
    } catch (error) {
      if (error instanceof ApiError && (error.code === 'packing.serial_wanted' || error.code === 'packing.lot_wanted')) {
        const line = table.lines.find((l) => l.line === Number(error.extra['line']));
        if (line) {
          signal('right');
          setHeard(null);
          return setAsked({ kind: error.code === 'packing.lot_wanted' ? 'lot' : 'serial', code: scan.code, line, lots: (error.extra['lots'] as string[] | undefined) ?? [] });
        }
      }
      if (error instanceof ApiError && error.code === 'packing.which_line') {
        const like = table.lines.filter((l) => leftOf(l) > 0 && l.text !== null);
        signal('right');
        setHeard(null);
        return setAsked({ kind: 'line', code: scan.code, lines: like });
      }
      say(error, { code: scan.code });
    }
  };

  const weigh = async (grams: number, reason?: string): Promise<boolean> => {
    if (!active) return false;
    try {
      const after = await send({ kind: 'weigh', parcel: active.parcel, weightGrams: grams, reason: reason ?? null });
      right(t('weighed', { grams }));
      // The next that has no weight comes into the hand.
      const next = after.left === 0 ? after.parcels.find((p) => p.lines.length > 0 && p.weighedGrams === null) : undefined;
      if (next) setChosen(next.parcel);
      return true;
    } catch (error) {
      // The table keeps it in mind and asks for a reason, here and on any other screen.
      if (error instanceof ApiError && error.code === 'packing.out_of_tolerance') void queries.invalidateQueries({ queryKey: ['packing', 'table', id] });
      say(error);
      return false;
    }
  };

  const step = async (wanted: Step, done?: string) => {
    try {
      await send(wanted);
      if (done) right(done);
      else setHeard(null);
    } catch (error) {
      say(error, { code: wanted.code ?? '' });
    }
  };

  const another = async () => {
    try {
      const after = await send(begin);
      setChosen(null);
      right(t('parcelBegun', { n: after.parcels.at(-1)?.parcel ?? 0 }));
    } catch (error) {
      say(error);
    }
  };

  const sayMissing = (left: Missing): string =>
    left.what === 'units' ? t('missing.units', { n: left.n })
    : left.what === 'weight' || left.what === 'reason' ? t(`missing.${left.what}`, { n: left.parcel })
    : left.what === 'step' ? t('missing.step', { name: left.line.name ?? left.line.sku })
    : t(`missing.${left.what}`);

  const seal = async (isPart = false) => {
    const left = missingOf(table, isPart);
    if (left) {
      // The question that is open comes into view with the parcel it is about.
      if (left.what === 'reason') setChosen(left.parcel);
      return wrong(sayMissing(left));
    }
    setSealing(true);
    try {
      const known = new Set(table.sealed.map((s) => s.package));
      const after = await ask(api.POST('/api/v1/fulfilments/{id}/packing/seal', { params: { path: { id } }, body: { id: newKey(), isPart } }));
      queries.setQueryData(['packing', 'table', id], after);
      void queries.invalidateQueries({ queryKey: ['packing', 'waiting'] });
      void queries.invalidateQueries({ queryKey: ['packaging'] });
      const made = after.sealed.filter((s) => !known.has(s.package)).map((s) => s.package);
      setFresh((before) => [...before, ...made]);
      setChosen(null);
      signal('done');
      setHeard({ is: 'right', text: t('sealedN', { n: made.length }) });
    } catch (error) {
      say(error);
    } finally {
      setSealing(false);
    }
  };

  const next = async () => {
    const { data } = await queries.fetchQuery({ ...waitingOptions(table.node), staleTime: 0 });
    const first = data.find((w) => w.fulfilment !== id && !w.isHeld && !w.mustStop);
    void navigate({ to: first ? `/packing/${first.fulfilment}` : '/packing' });
  };

  const primary = () => void (isDone ? next() : seal());

  const undo = () => {
    const last = active?.lines.at(-1);
    if (active && last) void step({ kind: 'takeOut', parcel: active.parcel, line: last.line, quantity: 1 }, t('takenOut'));
  };

  const scanned = async (scan: Scan) => {
    if (!mayWork) return;
    if (scan.command === 'done') return primary();
    if (scan.command === 'next') return void next();
    if (scan.command === 'undo') return asked ? setAsked(null) : undo();
    if (scan.command) return wrong(t('noCommand'));
    if (asked?.kind === 'serial') return void put({ code: asked.code, line: asked.line.line, serial: scan.gs1?.serial ?? scan.text });
    if (asked?.kind === 'lot') return void put({ code: asked.code, line: asked.line.line, lot: scan.gs1?.lot ?? scan.text });
    const weight = readWeight(scan.text);
    if (weight && active && active.weighedGrams === null && (weight.hasUnit || (table.left === 0 && scan.text.length <= 6))) return void weigh(weight.grams);
    // When nothing is left to pack here, what is scanned is the next tote or order.
    if (isDone) {
      try {
        const { data } = await findTables(scan.text);
        const other = data.find((w) => w.units > 0) ?? data[0];
        if (other && other.fulfilment !== id) return void navigate({ to: `/packing/${other.fulfilment}` });
        return wrong(t('scanNone', { scan: scan.text }));
      } catch (error) {
        return say(error);
      }
    }
    void put({ code: scan.text });
  };
  const { say: hear } = useScanner((scan) => void scanned(scan));

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!mayWork || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('[role="dialog"]')) return;
      const act = { F2: () => document.getElementById('packing-weight')?.focus(), F4: () => void another(), F8: primary, F9: () => void next(), Escape: () => (asked ? setAsked(null) : setHeard(null)) }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });

  const needsLabel = !isCollected(table.method);
  return (
    <div className={css.desk}>
      <PageHead
        title={t('tableTitle', { number: table.orderNumber })}
        beside={
          <span className="sy-row sy-row-wrap">
            <bdi className="sy-muted">{table.number}</bdi>
            {table.method && <span className="sy-muted">{methodName(table.method)}</span>}
            {!isDone && <Due at={table.shipBy} />}
            {table.mustStop ? <Status tone="warn">{t('state.stop')}</Status> : table.isHeld ? <Status tone="hold">{t('state.held')}</Status> : isDone && <Status tone="good">{t('state.packed')}</Status>}
          </span>
        }
        actions={
          <>
            <StationField node={table.node} />
            <Button variant="default" onClick={() => setTyping(true)} disabled={!mayWork}>
              {t('typeCode')}
            </Button>
            <Button variant="default" component={Link} to={`/orders/${table.order}`}>
              {t('toOrder')}
            </Button>
          </>
        }
      />
      <Feedback heard={heard} waiting={waiting} stuck={stuck} onRetry={retry} onClose={() => setHeard(null)} />
      {asked && <AskUnit asked={asked} onLine={(line) => void put({ code: asked.code, line })} onText={(text) => void put(asked.kind === 'serial' ? { code: asked.code, line: asked.line.line, serial: text } : asked.kind === 'lot' ? { code: asked.code, line: asked.line.line, lot: text } : { code: asked.code })} onClose={() => setAsked(null)} />}
      <div className={css.columns}>
        <div className={css.main}>
          <Section title={t('items')} beside={t('leftOf', { n: table.left, of: table.lines.reduce((n, l) => n + l.picked, 0) })}>
            {table.giftMessage && (
              <p className={css.gift}>
                <IconNote size={16} aria-hidden />
                <span>
                  <strong>{t('gift')}</strong> <q dir="auto">{table.giftMessage}</q>
                </span>
              </p>
            )}
            <LineList table={table} active={active} mayWork={mayWork} onConfirm={(line, kind, note) => step({ kind: 'confirm', line, step: kind, note }, t('confirmed'))} />
          </Section>
          {table.sealed.length > 0 && <SealedParcels id={id} table={table} fresh={fresh} needsLabel={needsLabel} mayWork={mayWork} />}
        </div>
        <div className={css.side}>
          {!isDone && (
            <ParcelPanel
              table={table}
              active={active}
              suggestion={suggestion}
              carton={carton}
              packaging={packaging.data?.items ?? []}
              mayWork={mayWork}
              onChoose={setChosen}
              onAnother={() => void another()}
              onPackaging={(code) => void step(active ? { kind: 'parcel', parcel: active.parcel, packaging: code } : { kind: 'parcel', packaging: code, ...(suggestion ? { suggested: suggestion.packaging } : {}) })}
              onTakeOut={(line, serial) => active && void step({ kind: 'takeOut', parcel: active.parcel, line, quantity: 1, serial }, t('takenOut'))}
              onWeigh={weigh}
            />
          )}
          {mayWork && (
            <div className={css.finish}>
              {isDone ? (
                <Button size="md" fullWidth onClick={() => void next()} rightSection={<IconArrowRight size={16} />}>
                  {t('next')} <kbd className={css.kbd}>F9</kbd>
                </Button>
              ) : (
                <>
                  <Button size="md" fullWidth onClick={() => void seal()} loading={sealing} disabled={missing !== null} aria-describedby="packing-missing">
                    {t('seal', { n: parcels.filter((p) => p.lines.length > 0).length })} <kbd className={css.kbd}>F8</kbd>
                  </Button>
                  <p id="packing-missing" className="sy-meta">
                    {missing === null ? t('ready') : sayMissing(missing)}
                  </p>
                  {missing?.what === 'units' && missingOf(table, true) === null && (
                    <Button variant="default" size="compact-sm" onClick={() => void seal(true)} loading={sealing}>
                      {t('sealPart')}
                    </Button>
                  )}
                </>
              )}
            </div>
          )}
        </div>
      </div>
      {isTyping && <TypeCode onCode={(code) => hear(code)} onClose={() => setTyping(false)} />}
    </div>
  );
}
