import { ActionIcon, Button, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconCopy, IconDots, IconDownload, IconPencil, IconOrders, IconPlus, IconTrash } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { BulkBar } from '@house/parts/BulkBar.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { ListEmpty } from '@house/parts/ListEmpty.tsx';
import { Money } from '@house/parts/Money.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { QueryBar } from '@house/parts/QueryBar.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useColumns } from '@house/parts/useColumns.tsx';
import { useList } from '@house/parts/useList.ts';
import { useSelection } from '@house/parts/useSelection.ts';
import { ViewTabs } from '@house/parts/ViewTabs.tsx';
import { When } from '@house/parts/When.tsx';
import { useActorName } from '@house/useActorName.ts';
import { useChannelName } from '@house/useChannelName.ts';
import { useMay, useSession } from '@house/session.tsx';
import { bodyOf, formOf, isOpen, isPlaceable, toneOfDraft } from './draft.ts';
import css from './DraftsPage.module.css';
import { ManyDrafts, type ManyAction } from './ManyDrafts.tsx';
import en from './texts.en.ts';

type Summary = Schema['DraftSummary'];

const nameOf = (d: Summary) => d.customerName ?? d.customerEmail ?? '–';

/** Drafts and quotes: what may still become an order, and what became of the others. */
export default function DraftsPage() {
  const t = useTexts(en);
  const may = useMay();
  const me = useSession().session.actor;
  const whoIs = useActorName();
  const channelName = useChannelName();
  const list = useList<Summary>({
    key: ['drafts'],
    sort: '-createdAt',
    fetch: (by, signal) => ask(api.GET('/api/v1/drafts', { params: { query: { ...by, count: true } }, signal })),
  });
  const selection = useSelection(list.query);
  const [many, setMany] = useState<{ action: ManyAction; drafts: Summary[] } | null>(null);
  const mayWrite = may('orders:write');
  const queries = useQueryClient();
  const exported = useMutation({
    mutationFn: (query: string) => ask(api.POST('/api/v1/exports', { body: { list: 'drafts', query: query || null, columns: null, format: null } })),
    onSuccess: () => {
      notify(t('many.exporting'));
      void queries.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  const seesAmounts = !list.rows?.some((d) => typeof (d.totalMinor as number | undefined) !== 'number');
  const all = useMemo<Column<Summary>[]>(
    () =>
      [
        { id: 'customer', header: t('customer'), cell: (d: Summary) => <bdi>{nameOf(d)}</bdi> },
        { id: 'state', header: t('list.state'), width: 168, cell: (d: Summary) => <State draft={d} /> },
        { id: 'until', header: t('list.until'), width: 120, cell: (d: Summary) => <When at={d.validUntil} as="date" /> },
        { id: 'lines', header: t('list.lines'), width: 72, align: 'end' as const, spare: 2 as const, cell: (d: Summary) => d.lines },
        { id: 'who', header: t('list.who'), width: 128, spare: 1 as const, cell: (d: Summary) => <bdi>{whoIs(d.createdBy)}</bdi> },
        { id: 'created', header: t('list.created'), width: 104, sort: 'createdAt', cell: (d: Summary) => <When at={d.createdAt} /> },
        { id: 'total', header: t('total'), width: 112, align: 'end' as const, cell: (d: Summary) => <Money minor={d.totalMinor} currency={d.currency} /> },
        { id: 'changed', header: t('list.changed'), width: 104, isOptional: true, cell: (d: Summary) => <When at={d.updatedAt} /> },
        { id: 'channel', header: t('remarks.channel'), width: 112, isOptional: true, cell: (d: Summary) => <bdi>{channelName(d.channel)}</bdi> },
        { id: 'tags', header: t('remarks.tags'), width: 144, isOptional: true, cell: (d: Summary) => <bdi className="sy-muted">{d.tags.join(', ') || '–'}</bdi> },
            ].filter((c) => c.id !== 'total' || seesAmounts),
    [t, whoIs, channelName, seesAmounts],
  );
  const { columns, menu: columnMenu, kept: keptColumns } = useColumns('drafts', all);
  const count = useCallback(
    async (query: string, signal: AbortSignal) => (await ask(api.GET('/api/v1/drafts', { params: { query: { query, count: true, limit: 1 } }, signal }))).count,
    [],
  );
  const chosen = list.rows?.filter((d) => selection.has(d.id)) ?? [];
  const begin = mayWrite && (
    <Button component={Link} to="/orders/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('title.new')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('list.title')} actions={begin} />
      <ViewTabs
        list="drafts"
        query={list.query}
        sort={list.sort}
        columns={keptColumns}
        count={count}
        builtIn={[
          { id: 'all', name: t('view.all'), query: '' },
          { id: 'open', name: t('view.open'), query: 'state:open', hasCount: true },
          { id: 'quoted', name: t('view.quoted'), query: 'state:quoted', hasCount: true },
          { id: 'accepted', name: t('view.accepted'), query: 'state:accepted', hasCount: true },
          { id: 'expired', name: t('view.expired'), query: 'state:expired', hasCount: true },
          { id: 'mine', name: t('view.mine'), query: `by:"${me}" state:open`, hasCount: true },
          { id: 'placed', name: t('view.placed'), query: 'state:placed', hasCount: true },
        ]}
      />
      {selection.count > 0 ? (
        <BulkBar selection={selection} list={list} canAll={false}>
          {(['place', 'discard'] as const).map((action) => (
            <Button key={action} size="compact-sm" variant="default" onClick={() => setMany({ action, drafts: chosen })}>
              {t(`many.${action}`)}
            </Button>
          ))}
          <Button size="compact-sm" variant="default" loading={exported.isPending} onClick={() => exported.mutate(`number:(${chosen.map((d) => d.number).join(', ')})`)}>
            {t('many.export')}
          </Button>
        </BulkBar>
      ) : (
        <QueryBar list="drafts" query={list.query} onQuery={list.setQuery} error={list.error}>
          {columnMenu}
          <ActionIcon aria-label={t('many.exportAll')} title={t('many.exportAll')} loading={exported.isPending} onClick={() => exported.mutate(list.query)}>
            <IconDownload size={16} aria-hidden />
          </ActionIcon>
        </QueryBar>
      )}
      {exported.error && (
        <div className={css.problem}>
          <ProblemAlert error={exported.error} what={t('many.exportFailed')} />
        </div>
      )}
      <DataTable<Summary>
        label={t('list.title')}
        list={list}
        columns={mayWrite ? [...columns, { id: 'act', header: '', width: 64, align: 'end', cell: (d) => <RowMenu draft={d} onMany={setMany} /> }] : columns}
        rowId={(d) => d.id}
        rowName={(d) => d.number}
        rowLink={(d) => (d.order ? `/orders/${d.order}` : `/drafts/${d.id}`)}
        nameHeader={t('list.number')}
        {...(mayWrite ? { selection } : {})}
        card={(d) => (
          <>
            <div className="sy-row sy-spread">
              <bdi className="sy-clip">{nameOf(d)}</bdi>
              {d.validUntil ? <When at={d.validUntil} as="date" /> : <When at={d.createdAt} />}
            </div>
            <div className="sy-row sy-spread">
              <span className="sy-muted">{whoIs(d.createdBy)}</span>
              <State draft={d} />
            </div>
          </>
        )}
        cardEnd={(d) => (seesAmounts ? <Money minor={d.totalMinor} currency={d.currency} /> : null)}
        empty={
          <ListEmpty
            list={list}
            first={{ title: t('empty.title'), text: t('empty.text'), action: begin }}
            filtered={{ title: t('filtered.title'), text: t('filtered.text', { query: list.query }), clear: t('filtered.clear') }}
          />
        }
      />
      {many && (
        <ManyDrafts
          action={many.action}
          drafts={many.drafts}
          onClose={(isDone) => {
            setMany(null);
            if (isDone) selection.clear();
          }}
        />
      )}
    </>
  );
}

/** What else one does with a draft, without opening it. */
function RowMenu({ draft, onMany }: { draft: Summary; onMany: (many: { action: ManyAction; drafts: Summary[] }) => void }) {
  const t = useTexts(en);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const copy = useMutation({
    mutationFn: async () => {
      const whole = await ask(api.GET('/api/v1/drafts/{id}', { params: { path: { id: draft.id } } }));
      return ask(api.POST('/api/v1/drafts', { body: { ...bodyOf(formOf(whole)), origin: null } }));
    },
    onSuccess: (made) => {
      notify(t('menu.copied', { number: made.number }));
      void queries.invalidateQueries({ queryKey: ['drafts', 'list'] });
      void navigate({ to: `/drafts/${made.id}` });
    },
    onError: (error) => notify(`${t('menu.failed')} ${error.message}`),
  });
  return (
    <span className={css.act}>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('row.menu', { number: draft.number })} loading={copy.isPending}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} component={Link} to={`/drafts/${draft.id}`}>
            {t('row.open')}
          </Menu.Item>
          {isPlaceable(draft.state) && (
            <Menu.Item leftSection={<IconOrders size={16} aria-hidden />} onClick={() => onMany({ action: 'place', drafts: [draft] })}>
              {t('row.place')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => copy.mutate()}>
            {t('row.copy')}
          </Menu.Item>
          {isOpen(draft.state) && (
            <Menu.Item color="danger" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onMany({ action: 'discard', drafts: [draft] })}>
              {t('row.discard')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

function State({ draft }: { draft: Summary }) {
  const t = useTexts(en);
  return <Status tone={toneOfDraft(draft.state)}>{t.maybe(`state.${draft.state}`)}</Status>;
}
