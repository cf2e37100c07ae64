import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useRef } from 'react';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { useKeys } from '@house/keys.ts';
import { useLive } from '@house/live.ts';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { useAttention } from '@house/shell/useAttention.ts';
import { useUrlState } from '@house/useUrlState.ts';
import words from '@house/words/texts.en.ts';
import { currentOf, keyOf, queueOptions } from './attention.ts';
import css from './Exceptions.module.css';
import { ItemPanel } from './ItemPanel.tsx';
import { Parked, useParked } from './Parked.tsx';
import { QueueList } from './QueueList.tsx';
import en from './texts.en.ts';

/** All that waits for a person, one after the other: dealing with one brings the next. */
export default function ExceptionsPage() {
  const t = useTexts(en);
  const word = useTexts(words);
  const may = useMay();
  const { session } = useSession();
  const { number } = useFormat();
  const queries = useQueryClient();
  const isNarrow = useMediaQuery('(max-width: 56em)', undefined, { getInitialValueInEffect: false });
  const [url, setUrl] = useUrlState();
  const { kind, item: key } = url;
  const me = session.user?.userName;
  const isMine = url['mine'] !== undefined && me !== undefined;
  const attention = useAttention();
  const parked = useParked();
  const isParked = kind === 'parked';
  const queue = useQuery({ ...queueOptions(kind, isMine ? me : undefined), placeholderData: keepPreviousData, enabled: !isParked });
  const items = queue.data?.data ?? [];
  const place = useRef(0);
  const at = currentOf(items, key, place.current);
  const item = items[at];
  if (item) place.current = at;

  const left = isMine ? items.length : kind ? (attention.kinds.find((k) => k.kind === kind)?.count ?? items.length) : Math.max(attention.total, items.length);
  const isMore = isMine ? (queue.data?.hasMore ?? false) : attention.isMore;
  const show = useCallback((to: string | undefined, isStep = false) => setUrl({ item: to }, isStep), [setUrl]);
  const step = (by: number) => {
    const next = items[at + by];
    if (next) show(keyOf(next));
  };
  useKeys({ j: () => step(1), k: () => step(-1) }, !isParked);
  useLive(
    useCallback((events) => {
      if (events.some((e) => /^(Hold|Exception|Order|Payment)/.test(e.kind))) void queries.invalidateQueries({ queryKey: ['attention'] });
    }, [queries]),
  );

  const kinds = [...attention.kinds].sort((a, b) => b.count - a.count);
  const labelOf = (k: string) => word.maybe(`hold.${k}`);
  const isItemOnly = isNarrow && key !== undefined && item !== undefined;
  return (
    <>
      <PageHead
        title={t('title')}
        beside={<span className="sy-muted">{t(isMore ? 'waitMore' : 'wait', { n: attention.total })}</span>}
        actions={
          me !== undefined && (
            <Button size="compact-sm" variant={isMine ? 'light' : 'default'} aria-pressed={isMine} onClick={() => setUrl({ mine: isMine ? undefined : 'yes', item: undefined }, true)}>
              {t('mine')}
            </Button>
          )
        }
      />
      <nav className={css.kinds} aria-label={t('kinds')}>
        {[{ kind: undefined, count: attention.total, name: t('all') }, ...kinds.map((k) => ({ ...k, name: labelOf(k.kind) })), ...(parked.length > 0 ? [{ kind: 'parked', count: parked.length, name: t('parked') }] : [])].map((k) => (
          <button key={k.kind ?? ''} type="button" className={css.kind} aria-current={k.kind === kind ? 'page' : undefined} onClick={() => setUrl({ kind: k.kind, item: undefined }, true)}>
            {k.name} <span className={css.count}>{number(k.count)}</span>
          </button>
        ))}
      </nav>
      {isParked ? (
        <Parked entries={parked} />
      ) : queue.error ? (
        <div className={css.problem}>
          <ProblemAlert error={queue.error} what={t('notLoaded')} again={() => void queue.refetch()} />
        </div>
      ) : queue.isPending ? (
        <div className={css.waiting} aria-busy />
      ) : !item ? (
        <EmptyState
          kind="done"
          title={kind || isMine ? t('none.title') : t('done.title')}
          text={kind || isMine ? t('none.text') : t('done.text')}
          action={
            kind || isMine ? (
              <Button variant="default" onClick={() => setUrl({ kind: undefined, mine: undefined, item: undefined }, true)}>
                {t('none.all')}
              </Button>
            ) : may('orders:read') ? (
              <Button variant="default" component={Link} to="/orders">
                {t('done.orders')}
              </Button>
            ) : undefined
          }
        />
      ) : (
        <div className={css.queue}>
          {!isItemOnly && <QueueList items={items} current={isNarrow ? -1 : at} labelOf={labelOf} hasMore={queue.data?.hasMore ?? false} onShow={(i) => show(keyOf(i), isNarrow)} />}
          {(!isNarrow || isItemOnly) && (
            <ItemPanel
              key={keyOf(item)}
              item={item}
              label={labelOf(item.kind)}
              left={left}
              isMore={isMore}
              onPrevious={at > 0 ? () => step(-1) : null}
              onNext={at < items.length - 1 ? () => step(1) : null}
              onBack={isItemOnly ? () => show(undefined) : null}
            />
          )}
        </div>
      )}
    </>
  );
}
