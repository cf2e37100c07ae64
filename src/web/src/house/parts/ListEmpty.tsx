import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { EmptyState } from './EmptyState.tsx';

interface Props {
  list: { query: string; setQuery: (query: string) => void };
  /** Nothing was ever made here. */
  first: { title: string; text: string; action?: ReactNode };
  /** The query finds none; with `isGood` that is good news. */
  filtered: { title: string; text: string; clear: string; isGood?: boolean };
}

/** In the place of a searched list without rows: an empty shop and a query that finds none are told apart. */
export function ListEmpty({ list, first, filtered }: Props) {
  if (list.query === '') return <EmptyState kind="first" {...first} />;
  return (
    <EmptyState
      kind={filtered.isGood ? 'done' : 'filtered'}
      title={filtered.title}
      text={filtered.text}
      action={
        <Button variant="default" onClick={() => list.setQuery('')}>
          {filtered.clear}
        </Button>
      }
    />
  );
}
