import { useMutation, useQuery } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences, type Consequence } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { Differences } from './Differences.tsx';
import { strategiesOptions, versionOptions, type Strategy } from './strategy.ts';
import en from './texts.en.ts';

export interface Move {
  to: 'promote' | 'shadow' | 'retire';
  number: number;
}

/** Before another version decides: what decides now, what will, and how they differ. */
export function MoveVersion({ strategy, move, onClose, onDone }: { strategy: Strategy; move: Move; onClose: () => void; onDone: () => Promise<void> }) {
  const t = useTexts(en);
  const { data: all } = useQuery(strategiesOptions);
  const { to, number } = move;
  const slot = to === 'shadow' || (to === 'retire' && strategy.shadow === number) ? 'shadow' : 'live';
  const holder = all?.find((s) => s[slot] !== null);
  const before = useQuery({ ...versionOptions(holder?.code ?? '', holder?.[slot] ?? 0), enabled: to !== 'retire' && Boolean(holder) });
  const after = useQuery({ ...versionOptions(strategy.code, number), enabled: to !== 'retire' });
  const none = slot === 'live' ? t('now.house') : t('now.none');
  const named = (s: Strategy, n: number) => t('named', { name: s.name, n });
  const rows: Consequence[] | null = all
    ? [
        { what: t(slot === 'live' ? 'now.live' : 'now.shadow'), now: holder ? named(holder, holder[slot]!) : none, after: to === 'retire' ? none : named(strategy, number) },
        ...(to === 'promote' && strategy.shadow === number ? [{ what: t('now.shadow'), now: named(strategy, number), after: t('now.none') }] : []),
        { what: t('orders'), now: t('orders.placed'), after: t(slot === 'shadow' ? 'orders.untouched' : 'orders.next') },
      ]
    : null;
  const go = useMutation({
    mutationFn: () => {
      const said = { params: { path: { code: strategy.code } }, body: { number } };
      return ask(to === 'promote' ? api.POST('/api/v1/routing/strategies/{code}/promote', said) : to === 'shadow' ? api.POST('/api/v1/routing/strategies/{code}/shadow', said) : api.POST('/api/v1/routing/strategies/{code}/retire', said));
    },
    onSuccess: async () => {
      await onDone();
      notify(t(`done.${to}`, { n: number }));
      onClose();
    },
  });
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t(`title.${to}`, { n: number })}
      rows={rows}
      confirm={t(to === 'promote' ? 'makeLive' : to === 'shadow' ? 'makeShadow' : 'takeOutThis', { n: number })}
      onConfirm={() => go.mutate()}
      isPending={go.isPending}
      error={go.error}
    >
      {to !== 'retire' && before.data && after.data && holder && (
        <div>
          <p className="sy-strong">{t('diff.title', { before: named(holder, holder[slot]!) })}</p>
          <Differences before={before.data} after={after.data} />
        </div>
      )}
    </Consequences>
  );
}
