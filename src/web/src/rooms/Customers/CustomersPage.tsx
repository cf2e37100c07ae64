import { useCallback, useMemo } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DataTable, type Column } from '@house/parts/DataTable.tsx';
import { ListEmpty } from '@house/parts/ListEmpty.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { QueryBar } from '@house/parts/QueryBar.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useColumns } from '@house/parts/useColumns.tsx';
import { useList } from '@house/parts/useList.ts';
import { ViewTabs } from '@house/parts/ViewTabs.tsx';
import { When } from '@house/parts/When.tsx';
import { nameOf, type Customer } from './customers.ts';
import en from './texts.en.ts';

/** Everybody who ever bought, over all channels. */
export default function CustomersPage() {
  const t = useTexts(en);
  const list = useList<Customer>({
    key: ['customers'],
    sort: '-createdAt',
    fetch: (by, signal) => ask(api.GET('/api/v1/customers', { params: { query: { ...by, count: true } }, signal })),
  });
  const all = useMemo<Column<Customer>[]>(
    () => [
      { id: 'email', header: t('email'), cell: (c) => <bdi>{c.email ?? '–'}</bdi> },
      { id: 'phone', header: t('phone'), width: 144, spare: 2, cell: (c) => <bdi dir="ltr">{c.phone ?? '–'}</bdi> },
      { id: 'kind', header: t('kind'), width: 104, spare: 1, cell: (c) => t.maybe(`kind.${c.kind}`) },
      { id: 'tags', header: t('tags'), width: 176, spare: 1, cell: (c) => <bdi className="sy-muted">{c.tags.join(', ') || '–'}</bdi> },
      { id: 'state', header: t('state'), width: 136, cell: (c) => <Blocked customer={c} /> },
      { id: 'since', header: t('since'), width: 104, sort: 'createdAt', cell: (c) => <When at={c.createdAt} /> },
      { id: 'updated', header: t('updated'), width: 104, sort: 'updatedAt', isOptional: true, cell: (c) => <When at={c.updatedAt} /> },
    ],
    [t],
  );
  const [columns, columnMenu] = useColumns('customers', all);
  const count = useCallback(
    async (query: string, signal: AbortSignal) => (await ask(api.GET('/api/v1/customers', { params: { query: { query, count: true, limit: 1 } }, signal }))).count,
    [],
  );
  return (
    <>
      <PageHead title={t('title')} />
      <ViewTabs
        list="customers"
        query={list.query}
        sort={list.sort}
        count={count}
        builtIn={[
          { id: 'all', name: t('view.all'), query: '' },
          { id: 'companies', name: t('view.companies'), query: 'kind:company' },
          { id: 'blocked', name: t('view.blocked'), query: 'blocked:yes', hasCount: true },
        ]}
      />
      <QueryBar list="customers" query={list.query} onQuery={list.setQuery} error={list.error} placeholder={t('searchHint')}>
        {columnMenu}
      </QueryBar>
      <DataTable<Customer>
        label={t('title')}
        list={list}
        columns={columns}
        rowId={(c) => c.id}
        rowName={nameOf}
        rowLink={(c) => `/customers/${c.id}`}
        nameHeader={t('name')}
        nameWidth={256}
        card={(c) => (
          <>
            <bdi className="sy-clip sy-muted">{c.email ?? c.phone ?? '–'}</bdi>
            <div className="sy-row sy-spread">
              <span className="sy-muted">{t.maybe(`kind.${c.kind}`)}</span>
              {c.blockedReason !== null && <Blocked customer={c} />}
            </div>
          </>
        )}
        cardEnd={(c) => <When at={c.createdAt} />}
        empty={
          <ListEmpty
            list={list}
            first={{ title: t('empty.title'), text: t('empty.text') }}
            filtered={{
              title: t('filtered.title'),
              text: t('filtered.text', { query: list.query }),
              clear: t('filtered.clear'),
            }}
          />
        }
      />
    </>
  );
}

function Blocked({ customer }: { customer: Customer }) {
  const t = useTexts(en);
  if (customer.blockedReason === null) return <span className="sy-muted">–</span>;
  return <Status tone="bad" title={customer.blockedReason}>{t('blocked')}</Status>;
}
