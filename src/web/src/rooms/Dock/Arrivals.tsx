import { Button, Modal, TextInput, UnstyledButton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { api, ask, newKey, type Schema } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { IconArrowRight, IconCircleCheck, IconTruck } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import type { Scan } from '@house/scan/read.ts';
import { signal } from '@house/scan/signals.ts';
import { useUrlState } from '@house/useUrlState.ts';
import { Bar } from '@rooms/Handheld/Bar.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import { WrongScan } from '@rooms/Handheld/WrongScan.tsx';
import css from './Dock.module.css';
import { DockClashes } from './DockClashes.tsx';
import type { Finished } from './FinishView.tsx';
import { Summary } from './Summary.tsx';
import { begun, counting, type Delivery } from './receiving.ts';
import { titleOf, type Dock } from './useDock.ts';
import { useCodes } from './useCodes.tsx';
import { workOptions } from './useNode.ts';
import en from './texts.en.ts';

/** Deliveries that expect what was scanned. */
const openOf = (said: Schema['ScanAtDockResponse']) => said.openDeliveries as string[];

interface Props {
  dock: Dock;
  node: string;
  /** The delivery that was just closed. */
  finished: Finished | null;
  onBegin: () => void;
}

/** Which delivery stands at the dock: scanned, chosen, or without papers. */
export function Arrivals({ dock, node, finished, onBegin }: Props) {
  const t = useTexts(en);
  const navigate = useNavigate();
  const { number } = useFormat();
  const [url, setUrl] = useUrlState();
  const [wrong, setWrong] = useState<{ title: string; todo: string } | null>(null);
  const [isBlind, setBlind] = useState(false);
  const [among, setAmong] = useState<readonly string[] | null>(null);
  const isOn = !dock.isOffline;
  const open = useQuery({
    queryKey: ['dock', 'open', node],
    queryFn: ({ signal: stop }) => ask(api.GET('/api/v1/deliveries', { params: { query: { node, state: 'open', limit: 100 } }, signal: stop })),
    enabled: isOn,
  });
  const work = useQuery({ ...workOptions(node), enabled: isOn });

  const load = async (id: string): Promise<Delivery> => {
    const { delivery, goods } = await ask(api.GET('/api/v1/deliveries/{id}/goods', { params: { path: { id } } }));
    if (delivery.state !== 'open') throw new ApiError(409, { code: 'inventory.delivery_not_open', detail: t('isClosed', { title: titleOf(delivery) }) });
    await dock.put(begun(delivery, goods));
    await dock.putLast(null);
    onBegin();
    return delivery;
  };
  const begin = useMutation({
    mutationFn: async (what: { id: string } | { reference: string | null; supplier: string | null; key: string }) => {
      if ('id' in what) return load(what.id);
      try {
        const made = await ask(api.POST('/api/v1/deliveries', { body: { node, reference: what.reference, supplier: what.supplier, lines: null }, headers: { 'Idempotency-Key': what.key } }));
        return await load(made.id);
      } catch (error) {
        // Somebody else has opened it: the goods are booked in there.
        const other = error instanceof ApiError && error.code === 'inventory.delivery_is_open' ? error.extra['delivery'] : null;
        if (typeof other === 'string') return load(other);
        throw error;
      }
    },
    onSuccess: () => signal('right'),
    onError: () => signal('wrong'),
  });
  const beginNow = begin.mutate;
  const asked = url['delivery'];
  const isAsked = useRef(false);
  useEffect(() => {
    if (!asked || isAsked.current || !isOn) return;
    isAsked.current = true;
    setUrl({ delivery: undefined });
    beginNow({ id: asked });
  }, [asked, isOn, beginNow, setUrl]);

  const refuse = (title: string, todo: string) => {
    signal('wrong');
    setWrong({ title, todo });
  };
  const found = useMutation({
    mutationFn: async (scan: Scan) => {
      if (!isOn) return refuse(t('noNetwork'), t('openNeedsNetwork'));
      let said;
      try {
        said = await ask(api.GET('/api/v1/nodes/{code}/dock', { params: { path: { code: node }, query: { scan: scan.text } } }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 400) return refuse(t('wrong.unreadable', { is: scan.text }), t('wrongDo.scanAgain'));
        throw error;
      }
      if (said.kind === 'delivery') begin.mutate({ id: said.delivery!.id });
      else if (said.kind === 'notice') begin.mutate({ reference: said.reference, supplier: null, key: newKey() });
      else if (said.kind === 'unknown') refuse(t('wrong.unknown', { is: scan.text }), t('wrongDo.unknownAtDoor'));
      else if (openOf(said).length > 1) {
        signal('right');
        setAmong(openOf(said));
      } else if (openOf(said).length === 1) {
        await load(openOf(said)[0]!);
        const goods = said.goods!;
        signal('right');
        await dock.put(counting(dock.present()!, goods.about, { units: goods.units, lot: goods.lot, expiry: goods.expiry, serial: goods.serial, code: scan.gs1 ? null : scan.text }));
      } else refuse(t('wrong.notExpected', { is: said.goods!.about.name }), t('wrongDo.notExpected'));
    },
    onError: () => signal('wrong'),
  });
  const { buttons, panel } = useCodes((scan) => {
    setWrong(null);
    if (!begin.isPending && !found.isPending) found.mutate(scan);
  }, !isBlind);

  const deliveries = (open.data?.data ?? []).filter((d) => among === null || among.includes(d.id));
  const notices = among === null ? (work.data?.notices ?? []) : [];
  const isNothing = open.data && work.data && deliveries.length + notices.length === 0;
  return (
    <>
      <Bar round={dock} title={t('receive')} onBack={() => void navigate({ to: '/handheld' })} />
      <div className={handheld.scroll}>
        {finished && (
          <section className={css.done} aria-label={t('finished')}>
            <p className={handheld.good} role="status">
              <IconCircleCheck size={32} aria-hidden /> <strong>{t(finished.isCancelled ? 'isCancelled' : 'isFinished', { title: finished.title })}</strong>
            </p>
            <Summary lines={finished.lines} isBlind={finished.isBlind} />
          </section>
        )}
        <DockClashes dock={dock} />
        <ProblemAlert error={begin.error ?? found.error} what={t('notOpened')} />
        <ProblemAlert error={open.error ?? work.error} what={t('notRead')} again={() => void Promise.all([open.refetch(), work.refetch()])} />
        {among !== null && (
          <p className={css.among}>
            {t('among')}{' '}
            <Button variant="default" className={handheld.big!} onClick={() => setAmong(null)}>
              {t('showAll')}
            </Button>
          </p>
        )}
        {deliveries.length > 0 && (
          <section className={css.group} aria-label={t('open')}>
            <h2>{t('open')}</h2>
            <ul className={handheld.cards}>
              {deliveries.map((d) => (
                <li key={d.id}>
                  <UnstyledButton className={css.job} disabled={!isOn || begin.isPending} onClick={() => begin.mutate({ id: d.id })}>
                    <span className={handheld.cardWords}>
                      <strong dir="auto">{titleOf(d)}</strong>
                      <span className="sy-muted" dir="auto">{d.reference !== null && d.supplier !== null ? d.supplier : d.isBlind ? t('blind') : d.transfer !== null ? t('transfer') : ''}</span>
                    </span>
                    <span className={handheld.cardEnd}>{d.isBlind ? t('units', { n: d.received }) : t('came', { n: number(d.received), of: number(d.expected) })}</span>
                    <IconArrowRight size={24} aria-hidden />
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </section>
        )}
        {notices.length > 0 && (
          <section className={css.group} aria-label={t('announced')}>
            <h2>{t('announced')}</h2>
            <ul className={handheld.cards}>
              {notices.map((n) => (
                <li key={n.reference}>
                  <UnstyledButton className={css.job} disabled={!isOn || begin.isPending} onClick={() => begin.mutate({ reference: n.reference, supplier: null, key: newKey() })}>
                    <span className={handheld.cardWords}>
                      <strong dir="auto">{n.reference}</strong>
                      <span className="sy-muted">{t.node('due', { at: <When at={n.dueAt} /> })}</span>
                    </span>
                    <span className={handheld.cardEnd}>
                      {t('units', { n: n.units })}
                      <span className="sy-muted">{t('products', { n: n.lines })}</span>
                    </span>
                    <IconArrowRight size={24} aria-hidden />
                  </UnstyledButton>
                </li>
              ))}
            </ul>
            {work.data?.hasMoreNotices && <p className="sy-muted">{t('moreNotices')}</p>}
          </section>
        )}
        {isNothing && <EmptyState kind="done" title={t('nothingOpen')} text={t('nothingOpenText')} />}
      </div>
      <div className={handheld.acts}>
        <p className={handheld.say} role="status">
          {isOn ? t('scanDelivery') : t('openNeedsNetwork')}
        </p>
        <Button className={handheld.big!} fullWidth variant="default" leftSection={<IconTruck size={24} aria-hidden />} disabled={!isOn} loading={begin.isPending} onClick={() => setBlind(true)}>
          {t('withoutPapers')}
        </Button>
        <div className={handheld.row}>{buttons}</div>
      </div>
      {panel}
      {isBlind && (
        <Blind
          onClose={() => setBlind(false)}
          onBegin={(reference, supplier, key) => {
            setBlind(false);
            begin.mutate({ reference, supplier, key });
          }}
        />
      )}
      {wrong && <WrongScan {...wrong} back={t('goOn')} onClose={() => setWrong(null)} />}
    </>
  );
}

/** Goods that nobody announced: who sent them, if it can be read anywhere. */
function Blind({ onClose, onBegin }: { onClose: () => void; onBegin: (reference: string | null, supplier: string | null, key: string) => void }) {
  const t = useTexts(en);
  const [supplier, setSupplier] = useState('');
  const [reference, setReference] = useState('');
  const [key] = useState(newKey);
  return (
    <Modal opened onClose={onClose} title={t('withoutPapers')} closeButtonProps={{ 'aria-label': t('close'), size: 'xl' }}>
      <form
        className={handheld.sheet}
        onSubmit={(e) => {
          e.preventDefault();
          onBegin(reference.trim() || null, supplier.trim() || null, key);
        }}
      >
        <TextInput size="lg" label={t('supplier')} description={t('ifKnown')} value={supplier} maxLength={200} dir="auto" onChange={(e) => setSupplier(e.currentTarget.value)} />
        <TextInput size="lg" label={t('reference')} description={t('referenceHint')} value={reference} maxLength={100} dir="auto" autoCapitalize="characters" onChange={(e) => setReference(e.currentTarget.value)} />
        <Button type="submit" className={handheld.big!}>
          {t('begin')}
        </Button>
      </form>
    </Modal>
  );
}
