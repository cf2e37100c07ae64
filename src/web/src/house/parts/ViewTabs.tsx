import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, ask } from '../api/client.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { usePreference } from '../preferences.ts';
import { useUrlState } from '../useUrlState.ts';
import { KeepView } from './KeepView.tsx';
import css from './ViewTabs.module.css';
import { addressOf, inOrder, isOther, moved, type BuiltInView, type Count, type Tab } from './views.ts';
import en from './texts.en.ts';

interface Props {
  list: string;
  builtIn: BuiltInView[];
  query: string;
  sort: string | undefined;
  /** Which columns a view of what is shown keeps: `kept` of useColumns. */
  columns?: string[];
  /** Of one query: `(query, signal) => ask(api.GET('/api/v1/orders', …))`. */
  count: (query: string, signal: AbortSignal) => Promise<Count>;
}

/** Views as tabs with counts. The address holds query, sort and columns, and `view` names the tab they came from. */
export function ViewTabs({ list, builtIn, query, sort, columns = [], count }: Props) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [url, setUrl] = useUrlState();
  const [order, setOrder] = usePreference<string[]>(`views-${list}`, []);
  const { data: kept } = useQuery({
    queryKey: ['views', list],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/views', { params: { query: { list, counts: true } }, signal })),
    staleTime: 60_000,
  });
  const counts = useQueries({
    queries: builtIn.map((view) => ({
      queryKey: [list, 'count', view.query],
      queryFn: ({ signal }: { signal: AbortSignal }) => count(view.query, signal),
      staleTime: 30_000,
      enabled: view.hasCount ?? false,
    })),
  });
  const views = kept?.data ?? [];
  const tabs = inOrder<Tab>(
    [
      ...builtIn.map((view, i) => ({ ...view, view: null, count: counts[i]?.data ?? null })),
      ...views.map((view) => ({ id: String(view.id), name: view.name, query: view.query, view, count: view.count, ...(view.sort ? { sort: view.sort } : {}) })),
    ],
    order,
  );
  const usual = views.find((v) => v.isMine && v.isDefault) ?? null;
  const shown = tabs.find((tab) => tab.id === url['view']) ?? tabs.find((tab) => tab.query === query && !url['view']) ?? null;
  // With a view of one's own to begin with, the page's first tab needs a name in the address too.
  const isFirst = (tab: Tab) => tab.id === builtIn[0]?.id && usual === null;
  const isBare = Object.keys(url).every((key) => url[key] === undefined);
  const first = tabs.find((tab) => usual !== null && tab.view === usual) ?? null;
  useEffect(() => {
    if (isBare && first) setUrl(addressOf(first, false));
  }, [isBare, first, setUrl]);

  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown?.id]);
  const at = shown ? tabs.indexOf(shown) : -1;
  const move = (by: -1 | 1) => () => setOrder(moved(tabs.map((tab) => tab.id), shown!.id, by));

  return (
    <div className={css.bar}>
      <nav className={css.tabs} aria-label={t('views')} ref={bar}>
        {tabs.map((tab) => (
          <button key={tab.id} type="button" className={css.tab} aria-current={tab === shown ? 'page' : undefined} onClick={() => setUrl(addressOf(tab, isFirst(tab)), true)}>
            <bdi>{tab.name}</bdi>
            {tab.count && (
              <span className={css.count}>
                {number(tab.count.count)}
                {tab.count.isExact ? '' : '+'}
              </span>
            )}
          </button>
        ))}
      </nav>
      <KeepView
        list={list}
        now={{ query, sort: sort ?? null, columns }}
        shown={shown}
        isChanged={isOther(shown, url)}
        toLeft={at > 0 ? move(-1) : null}
        toRight={at >= 0 && at < tabs.length - 1 ? move(1) : null}
      />
    </div>
  );
}
