import type { ReactNode } from 'react';
import { BulkBar } from './BulkBar.tsx';
import { DataTable, type TableProps } from './DataTable.tsx';
import { ListEmpty, type Empty } from './ListEmpty.tsx';
import { QueryBar } from './QueryBar.tsx';
import { useColumns } from './useColumns.tsx';
import type { BuiltInView } from './views.ts';
import { ViewTabs } from './ViewTabs.tsx';

interface Props<T> extends Omit<TableProps<T>, 'empty'>, Empty {
  /** As the server calls what is listed: "customers". */
  name: string;
  views: BuiltInView[];
  searchHint?: string;
  /** What can be done to the selected rows: buttons. */
  bulk?: ReactNode;
  /** Beside the menu of columns. */
  tools?: ReactNode;
}

/** A list that is searched: its views as tabs, its query or what is done to the selected, and its rows. */
export function SearchedList<T>({ name, views, searchHint, bulk, tools, first, filtered, ...table }: Props<T>) {
  const { list, selection } = table;
  const { columns, menu, kept } = useColumns(name, table.columns);
  return (
    <>
      <ViewTabs list={name} query={list.query} sort={list.sort} columns={kept} count={list.countOf} builtIn={views} />
      {selection && (selection.isAll || selection.count > 0) ? (
        // Nobody changes everything there is by one slip: all of them only of a search.
        <BulkBar selection={selection} list={list} canAll={list.query !== ''}>
          {bulk}
        </BulkBar>
      ) : (
        <QueryBar list={name} query={list.query} onQuery={list.setQuery} error={list.error} {...(searchHint ? { placeholder: searchHint } : {})}>
          {menu}
          {tools}
        </QueryBar>
      )}
      <DataTable<T> {...table} columns={columns} empty={<ListEmpty list={list} first={first} filtered={filtered} />} />
    </>
  );
}
