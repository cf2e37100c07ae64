import { Button, NativeSelect, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconArrowRight, IconBarcode, IconChannel, IconLogout, IconNode, IconPlay, IconRefresh, IconSettings } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { usePreference } from '@house/preferences.ts';
import { useMay, useSession } from '@house/session.tsx';
import { signal } from '@house/scan/signals.ts';
import { useScanner } from '@house/scan/useScanner.ts';
import { Bar } from './Bar.tsx';
import { useTillWaiting } from '@rooms/Till/useTillWaiting.ts';
import { DockJobs } from '@rooms/Dock/DockJobs.tsx';
import { useDock } from '@rooms/Dock/useDock.ts';
import { Clashes } from './Clashes.tsx';
import css from './Handheld.module.css';
import { RefillClashes } from './RefillClashes.tsx';
import { useRefills } from './useRefills.ts';
import type { Round } from './useRound.ts';
import { isFinished } from './walk.ts';
import en from './texts.en.ts';

/** Between walks: where one works, the shift, the next walk, what clashed, and one's own figures. */
export function Home({ round, onWalk }: { round: Round; onWalk: () => void }) {
  const t = useTexts(en);
  const may = useMay();
  const { session, signOut } = useSession();
  const queries = useQueryClient();
  const dock = useDock();
  const refills = useRefills();
  const mayPick = may('fulfilment:work');
  const [node, setNode] = usePreference<string | null>('handheldNode', null);
  const [isTogether, setTogether] = usePreference('handheldTogether', false);
  const [busy, setBusy] = useState<'shift' | 'tour' | null>(null);
  const [error, setError] = useState<{ what: string; error: unknown } | null>(null);
  const [isNone, setIsNone] = useState(false);
  const isOn = !round.isOffline;

  const nodes = useQuery({
    queryKey: ['handheld', 'nodes'],
    queryFn: ({ signal: stop }) => ask(api.GET('/api/v1/nodes', { params: { query: { limit: 250 } }, signal: stop })),
    enabled: isOn && may('nodes:read'),
    staleTime: 300_000,
  });
  const choices = (nodes.data?.data ?? []).filter((n) => n.isActive && n.kind !== 'supplier' && n.kind !== '3pl').map((n) => ({ value: n.code, label: n.name }));
  const only = choices.length === 1 ? choices[0]!.value : null;
  useEffect(() => {
    if (node === null && only !== null) setNode(only);
  }, [node, only, setNode]);
  const isThere = node !== null && (choices.length === 0 || choices.some((c) => c.value === node));

  const shift = useQuery({
    queryKey: ['handheld', 'shift', node],
    queryFn: async ({ signal: stop }) => {
      const { operatives } = await ask(api.GET('/api/v1/nodes/{code}/operatives', { params: { path: { code: node! } }, signal: stop }));
      return operatives.find((o) => o.actor === session.actor)?.isOnShift ?? false;
    },
    enabled: isOn && isThere && mayPick && may('fulfilment:read'),
  });
  const figures = useQuery({
    queryKey: ['handheld', 'figures', node, round.waiting.length],
    queryFn: async ({ signal: stop }) => (await ask(api.GET('/api/v1/nodes/{code}/pick-figures/own', { params: { path: { code: node! } }, signal: stop }))).operatives[0] ?? null,
    enabled: isOn && isThere && mayPick,
    placeholderData: (before) => before,
  });

  const work = async (what: 'shift' | 'tour', act: () => Promise<void>) => {
    setBusy(what);
    setError(null);
    try {
      await act();
    } catch (failed) {
      setError({ what: t(what === 'tour' ? 'notTaken' : 'shiftNot'), error: failed });
    } finally {
      setBusy(null);
    }
  };
  const setShift = (isOnShift: boolean) =>
    work('shift', async () => {
      await ask(api.POST('/api/v1/nodes/{code}/shift', { params: { path: { code: node! } }, body: { isOnShift } }));
      if (!isOnShift) await Promise.all([round.leave(), refills.leave()]);
      queries.setQueryData(['handheld', 'shift', node], isOnShift);
    });
  const takeTour = () =>
    work('tour', async () => {
      const is = await round.next(node!);
      setIsNone(!is);
      if (is) onWalk();
    });
  const hasWalk = round.walk !== null;
  const isWalking = hasWalk && !isFinished(round.walk!);
  // What waits of any kind of work keeps one from signing out.
  const waiting = [...round.waiting, ...dock.waiting, ...refills.waiting, ...useTillWaiting()];
  useScanner((scan) => {
    if (scan.command === 'next' && hasWalk) onWalk();
    else if (scan.command === 'next' && mayPick && isOn && isThere && shift.data) void takeTour();
    else signal('wrong');
  });

  return (
    <>
      <Bar round={{ waiting, isOffline: round.isOffline }} title={t('title')} />
      <div className={css.scroll}>
        {choices.length > 1 && <NativeSelect label={t('node')} size="lg" value={node ?? ''} data={node === null ? [{ value: '', label: t('choose') }, ...choices] : choices} disabled={isWalking} description={isWalking ? t('nodeWhileWalking') : undefined} onChange={(e) => e.currentTarget.value && setNode(e.currentTarget.value)} />}
        {choices.length === 1 && (
          <p className={css.place}>
            <IconNode size={20} aria-hidden /> <bdi>{choices[0]!.label}</bdi>
          </p>
        )}
        {mayPick && session.merchants.length > 1 && (
          <Switch size="lg" className={css.together!} label={t('together')} description={t('togetherAbout', { clients: session.merchants.map((m) => m.name).join(', ') })} checked={isTogether} disabled={isWalking} onChange={(e) => setTogether(e.currentTarget.checked)} />
        )}
        <ProblemAlert error={nodes.error} what={t('nodesNot')} again={() => void nodes.refetch()} />
        {error && <ProblemAlert error={error.error} what={error.what} />}
        <Clashes round={round} node={isThere ? node : null} />
        <RefillClashes refills={refills} />
        {may('inventory:receive') && <DockJobs dock={dock} node={isThere ? node : null} isOn={isOn} />}
        {figures.data && (
          <section aria-label={t('today')} className={css.figures}>
            <h2>{t('today')}</h2>
            <dl>
              <Figure name={t('lines')} value={figures.data.lines} />
              <Figure name={t('unitsPicked')} value={figures.data.units} />
              <Figure name={t('perHour')} value={figures.data.linesPerHour === null || figures.data.linesPerHour === undefined ? null : Math.round(figures.data.linesPerHour)} />
              <Figure name={t('misPicks')} value={figures.data.misPicks} />
            </dl>
          </section>
        )}
        <nav className={css.links} aria-label={t('links')}>
          <Link to="/handheld/refill">
            <IconRefresh size={24} aria-hidden /> {t('refill')}
          </Link>
          {may('till:work') && (
            <Link to="/handheld/till">
              <IconChannel size={24} aria-hidden /> {t('till')}
            </Link>
          )}
          <Link to="/handheld/settings">
            <IconSettings size={24} aria-hidden /> {t('settings')}
          </Link>
          <Link to="/handheld/commands">
            <IconBarcode size={24} aria-hidden /> {t('commands')}
          </Link>
          <Link to="/">
            <IconArrowRight size={24} aria-hidden /> {t('desk')}
          </Link>
          <button type="button" disabled={waiting.length > 0} onClick={() => void signOut()}>
            <IconLogout size={24} aria-hidden /> {t('signOut')}
            {waiting.length > 0 && <span className="sy-muted">{t('waiting', { n: waiting.length })}</span>}
          </button>
        </nav>
      </div>
      {mayPick && (
        <div className={css.acts}>
          <p className={css.say} role="status">
            {hasWalk ? '' : !isOn ? t('needsNetwork') : !isThere ? t('chooseFirst') : isNone ? t('nothing') : ''}
          </p>
          {hasWalk ? (
            <Button className={css.big!} fullWidth leftSection={<IconPlay size={24} aria-hidden />} onClick={onWalk}>
              {t(isWalking ? 'goOn' : 'toFinished')}
            </Button>
          ) : shift.data === false ? (
            <Button className={css.big!} fullWidth leftSection={<IconPlay size={24} aria-hidden />} disabled={!isOn || !isThere} loading={busy === 'shift'} onClick={() => void setShift(true)}>
              {t('startShift')}
            </Button>
          ) : (
            <Button className={css.big!} fullWidth leftSection={<IconPlay size={24} aria-hidden />} disabled={!isOn || !isThere} loading={busy === 'tour'} onClick={() => void takeTour()}>
              {t('takeTour')}
            </Button>
          )}
          {shift.data === true && (
            <Button className={css.big!} fullWidth variant="default" disabled={!isOn || waiting.length > 0} loading={busy === 'shift'} onClick={() => void setShift(false)}>
              {waiting.length > 0 ? t('waiting', { n: waiting.length }) : isWalking ? t('handOver') : t('endShift')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function Figure({ name, value }: { name: string; value: number | null }) {
  const { number } = useFormat();
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === null ? '–' : number(value)}</dd>
    </div>
  );
}
