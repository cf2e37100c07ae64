import { ActionIcon, Button, Checkbox, Menu, Popover, TextInput } from '@mantine/core';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { byField } from '../api/problem.ts';
import { IconDots } from '../icons.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { useTexts } from '../i18n/useTexts.tsx';
import { useUrlState } from '../useUrlState.ts';
import { notify } from './notices.ts';
import { ProblemAlert } from './ProblemAlert.tsx';
import css from './ViewTabs.module.css';
import en from './texts.en.ts';

type View = Schema['KeepViewsView'];
type Count = { count: number; isExact: boolean } | null;

/** A view every shop has, beside those that people keep. */
export interface BuiltInView {
  id: string;
  name: string;
  query: string;
  sort?: string;
  /** The number is for work that waits; of all there ever was it says nothing. */
  hasCount?: boolean;
}

interface Props {
  list: string;
  builtIn: BuiltInView[];
  query: string;
  sort: string | undefined;
  /** Of one query: `(query, signal) => ask(api.GET('/api/v1/orders', …))`. */
  count: (query: string, signal: AbortSignal) => Promise<Count>;
}

/** Views as tabs with counts. A tab is a link: the address holds the query, and `view` names the tab it came from. */
export function ViewTabs({ list, builtIn, query, sort, count }: Props) {
  const t = useTexts(en);
  const { number } = useFormat();
  const [url, setUrl] = useUrlState();
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
  const tabs = [
    ...builtIn.map((view, i) => ({ ...view, view: null as View | null, count: (counts[i]?.data ?? null) as Count })),
    ...(kept?.data ?? []).map((view) => ({ id: String(view.id), name: view.name, query: view.query, sort: view.sort ?? undefined, view, count: view.count })),
  ];
  const shown = tabs.find((tab) => tab.id === url['view']) ?? tabs.find((tab) => tab.query === query && !url['view']) ?? null;
  const isChanged = shown === null ? query !== '' : shown.query !== query || (shown.sort ?? undefined) !== (url['sort'] ?? undefined);
  const open = (tab: (typeof tabs)[number]) =>
    setUrl({ view: tab.id === builtIn[0]?.id ? undefined : tab.id, query: tab.query || undefined, sort: tab.sort, after: undefined, before: undefined }, true);

  return (
    <div className={css.bar}>
      <nav className={css.tabs} aria-label={t('views')}>
        {tabs.map((tab) => (
          <button key={tab.id} type="button" className={css.tab} aria-current={tab === shown ? 'page' : undefined} onClick={() => open(tab)}>
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
      <SaveView list={list} query={query} sort={sort} shown={shown?.view ?? null} isChanged={isChanged} />
    </div>
  );
}

function SaveView({ list, query, sort, shown, isChanged }: { list: string; query: string; sort: string | undefined; shown: View | null; isChanged: boolean }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [, setUrl] = useUrlState();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const bodyOf = (view: { name: string; isShared: boolean; isDefault: boolean; columns: string[] }) => ({ list, query, sort: sort ?? null, ...view });
  const done = (view: View) => {
    setOpen(false);
    setName('');
    void queries.invalidateQueries({ queryKey: ['views', list] });
    setUrl({ view: String(view.id) });
  };
  const create = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/views', { body: bodyOf({ name, isShared, isDefault: false, columns: [] }) })),
    onSuccess: done,
  });
  const replace = useMutation({
    mutationFn: (view: View) => ask(api.PUT('/api/v1/views/{id}', { params: { path: { id: String(view.id) } }, body: bodyOf(view) })),
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: (view: View) => ask(api.DELETE('/api/v1/views/{id}', { params: { path: { id: String(view.id) } } })),
    onSuccess: (_, view) => {
      void queries.invalidateQueries({ queryKey: ['views', list] });
      setUrl({ view: undefined });
      notify(t('views.removed', { name: view.name }), () =>
        ask(api.POST('/api/v1/views', { body: { list: view.list, name: view.name, query: view.query, sort: view.sort, columns: view.columns, isShared: view.isShared, isDefault: view.isDefault } })).then(() =>
          queries.invalidateQueries({ queryKey: ['views', list] }),
        ),
      );
    },
  });
  return (
    <div className="sy-row">
      {isChanged && shown?.isMine && (
        <Button size="compact-sm" variant="subtle" loading={replace.isPending} onClick={() => replace.mutate(shown)}>
          {t('views.replace')}
        </Button>
      )}
      {isChanged && (
        <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus>
          <Popover.Target>
            <Button size="compact-sm" variant="subtle" onClick={() => setOpen(!isOpen)}>
              {t('views.save')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <form
              className="sy-stack"
              onSubmit={(e) => {
                e.preventDefault();
                create.mutate();
              }}
            >
              <TextInput label={t('views.name')} value={name} onChange={(e) => setName(e.currentTarget.value)} required withAsterisk={false} error={byField(create.error)['name']} data-autofocus />
              <Checkbox label={t('views.shared')} checked={isShared} onChange={(e) => setShared(e.currentTarget.checked)} />
              <ProblemAlert error={create.error} shown={['/name']} />
              <Button type="submit" loading={create.isPending}>
                {t('views.save')}
              </Button>
            </form>
          </Popover.Dropdown>
        </Popover>
      )}
      {shown?.isMine && (
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={t('views.more', { name: shown.name })}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => remove.mutate(shown)}>{t('views.remove')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
