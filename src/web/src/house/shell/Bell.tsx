import { ActionIcon, Popover } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { api, ask } from '../api/client.ts';
import { IconBell } from '../icons.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useLive } from '../live.ts';
import { When } from '../parts/When.tsx';
import { useSession } from '../session.tsx';
import { useActorName } from '../useActorName.ts';
import { useAttention } from './useAttention.ts';
import css from './Header.module.css';
import kindsOf from '../words/texts.en.ts';
import en from './texts.en.ts';

/** What waits for a person, by kind; each opens its part of the queue. */
export function Bell() {
  const t = useTexts(en);
  const word = useTexts(kindsOf);
  const { number } = useFormat();
  const nameOf = useActorName();
  const [isOpen, setOpen] = useState(false);
  const { kinds, total, isMore } = useAttention();
  const told = useNotifications();
  const open = () => {
    setOpen(!isOpen);
    if (!isOpen && told.unread > 0) told.markRead();
  };
  const n = told.unread || total;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width="min(380px, calc(100vw - 24px))">
      <Popover.Target>
        <ActionIcon className={css.icon} size="var(--sy-control)" onClick={open} aria-label={`${t('bell')}${n > 99 ? ' 99+' : ''}: ${t('told', { n: told.unread })}, ${t('bellCount', { n: total })}`}>
          <IconBell size={20} stroke={1.6} aria-hidden />
          {n > 0 && (
            <span className={`${css.count} ${told.unread > 0 ? css.unread : ''}`} aria-hidden>
              {n > 99 ? '99+' : number(n)}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.tray}>
        {told.list.length > 0 && (
          <>
            <div className={css.trayHead}>{t('toldYou')}</div>
            <ul className={`${css.kinds} ${css.trayBody}`}>
              {told.list.map((one) => (
                <li key={one.id}>
                  <Link className={css.told} to={one.order ? `/orders/${one.order}` : '/orders'} onClick={() => setOpen(false)} data-unread={one.readAt === null || undefined}>
                    <span className="sy-row sy-spread">
                      <span>{t.maybe(`told.${one.kind}`, { number: one.orderNumber ?? '', who: nameOf(one.actor) })}</span>
                      <span className="sy-meta">
                        <When at={one.at} />
                      </span>
                    </span>
                    {one.text && (
                      <span className="sy-muted sy-clip" dir="auto">
                        {one.text}
                      </span>
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
        <div className={css.trayHead}>
          <span>{t('bellCount', { n: total })}</span>
          <Link to="/exceptions" onClick={() => setOpen(false)}>
            {t('bellAll')}
          </Link>
        </div>
        <ul className={css.kinds}>
          {kinds
            .filter((k) => k.count > 0)
            .sort((a, b) => b.count - a.count)
            .map((k) => (
              <li key={k.kind}>
                <Link className={css.kind} to="/exceptions" search={{ kind: k.kind } as never} onClick={() => setOpen(false)}>
                  <span>{word.maybe(`hold.${k.kind}`)}</span>
                  <span className="sy-muted">
                    {number(k.count)}
                    {k.isMore || (isMore && k.isMore) ? '+' : ''}
                  </span>
                </Link>
              </li>
            ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What the person was told: notes that name them, orders given to them. */
function useNotifications() {
  const queries = useQueryClient();
  const { session } = useSession();
  const { data } = useQuery({
    queryKey: ['notifications'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/notifications', { params: { query: { limit: 10 } }, signal })),
    enabled: session.user !== null,
    refetchInterval: 60_000,
    retry: false,
  });
  const again = useCallback(() => void queries.invalidateQueries({ queryKey: ['notifications'] }), [queries]);
  useLive(useCallback((events) => events.some((e) => e.kind === 'OrderNoted' || e.kind === 'OrderAssigned') && again(), [again]), again);
  const read = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/notifications/read', { body: { upTo: data?.data[0]?.id ?? 0 } })),
    onSuccess: () => setTimeout(again, 1500),
  });
  return { list: data?.data ?? [], unread: data?.unread ?? 0, markRead: read.mutate };
}
