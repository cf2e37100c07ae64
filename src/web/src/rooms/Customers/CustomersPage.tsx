import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import type { Column } from '@house/parts/DataTable.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import { SearchedList } from '@house/parts/SearchedList.tsx';
import { Status } from '@house/parts/Status.tsx';
import { useList } from '@house/parts/useList.ts';
import { useSelection } from '@house/parts/useSelection.ts';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { nameOf, type Customer } from './customers.ts';
import { TagCustomers, tagActions, type TagAction } from './TagCustomers.tsx';
import en from './texts.en.ts';

/** Everybody who ever bought, over all channels. */
export default function CustomersPage() {
  const t = useTexts(en);
  const may = useMay();
  const list = useList<Customer>({
    key: ['customers'],
    sort: '-createdAt',
    fetch: (by, signal) => ask(api.GET('/api/v1/customers', { params: { query: { ...by, count: true } }, signal })),
  });
  const columns = useMemo<Column<Customer>[]>(
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
  const selection = useSelection(list.query);
  const [bulk, setBulk] = useState<TagAction | null>(null);
  const make = may('customers:write') && <Button component={Link} to="/customers/new">{t('new')}</Button>;
  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          <>
            <Button component={Link} to="/customers/blocked" variant="default">{t('list.title')}</Button>
            {make}
          </>
        }
      />
      <SearchedList<Customer>
        name="customers"
        label={t('title')}
        searchHint={t('searchHint')}
        views={[
          { id: 'all', name: t('view.all'), query: '' },
          { id: 'companies', name: t('view.companies'), query: 'kind:company' },
          { id: 'blocked', name: t('view.blocked'), query: 'blocked:yes', hasCount: true },
        ]}
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
              <bdi className="sy-clip sy-muted">{[...(c.kind === 'company' ? [t('kind.company')] : []), ...c.tags].join(', ')}</bdi>
              {c.blockedReason !== null && <Blocked customer={c} />}
            </div>
          </>
        )}
        cardEnd={(c) => <When at={c.createdAt} />}
        {...(may('customers:write') ? { selection } : {})}
        bulk={tagActions.map((action) => (
          <Button key={action} size="compact-sm" variant="default" onClick={() => setBulk(action)}>
            {t(`bulk.${action}`)}
          </Button>
        ))}
        first={{ title: t('empty.title'), text: t('empty.text'), action: make }}
        filtered={{ title: t('filtered.title'), text: t('filtered.text', { query: list.query }), clear: t('filtered.clear') }}
      />
      {bulk && <TagCustomers action={bulk} selection={selection} query={list.query} onClose={() => setBulk(null)} />}
    </>
  );
}

function Blocked({ customer }: { customer: Customer }) {
  const t = useTexts(en);
  if (customer.blockedReason === null) return <span className="sy-muted">–</span>;
  return <Status tone="bad" title={customer.blockedReason}>{t('blocked')}</Status>;
}
