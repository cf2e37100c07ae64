import { useCallback } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import type { Wish } from './backtests.ts';
import en from './texts.en.ts';

/** What a back-test tries, in one line: the rules, and what is otherwise about nodes and prices. */
export function useWishWords(): (wish: Wish) => string {
  const t = useTexts(en);
  const { list, date } = useFormat();
  return useCallback(
    (wish) => {
      const { closed, added, capacity, rateCards, lanes } = wish.change ?? {};
      const last = wish.to ? new Date(Date.parse(wish.to) - 1).toISOString() : null;
      return [
        wish.from && last ? t('wish.period', { from: date(wish.from, 'UTC'), to: date(last, 'UTC') }) : '',
        wish.strategy ? t(wish.number ? 'wish.strategy' : 'wish.newest', { name: wish.strategy, n: wish.number ?? 0 }) : wish.rules ? t('wish.draft') : t(wish.house ? 'wish.house' : 'wish.then'),
        closed && closed.length > 0 ? t('wish.closed', { nodes: list(closed.filter((c): c is string => c !== null)) }) : '',
        added && added.length > 0 ? t('wish.added', { nodes: list(added.flatMap((a) => (a ? [a.code] : []))) }) : '',
        capacity && capacity.length > 0 ? t('wish.capacity', { nodes: list(capacity.flatMap((c) => (c ? [c.node] : []))) }) : '',
        rateCards && rateCards.length > 0 ? t('wish.cards', { cards: list(rateCards.flatMap((c) => (c ? [c.card] : []))) }) : '',
        lanes && lanes.length > 0 ? t('wish.lanes', { nodes: list(lanes.flatMap((l) => (l ? [l.node] : []))) }) : '',
      ]
        .filter(Boolean)
        .join(' · ');
    },
    [t, list, date],
  );
}
