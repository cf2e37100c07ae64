import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import { useMay } from '../session.tsx';
import { EmptyState } from './EmptyState.tsx';
import { LoadDemo } from './LoadDemo.tsx';
import en from './texts.en.ts';

export interface Empty {
  /** Nothing was ever made here. */
  first: { title: string; text: string; action?: ReactNode };
  /** The query finds none; with `isGood` that is good news. */
  filtered: { title: string; text: string; clear: string; isGood?: boolean };
}

/** In the place of a searched list without rows: an empty shop and a query that finds none are told apart. */
export function ListEmpty({ list, first, filtered }: Empty & { list: { query: string; setQuery: (query: string) => void } }) {
  if (list.query === '') return <EmptyState kind="first" {...first} action={<LoadDemo otherwise={first.action ?? <ImportFile />} />} />;
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

/** What an empty list offers when its page knows nothing better. */
export function ImportFile() {
  const t = useTexts(en);
  const may = useMay();
  if (!(may('catalog:write') || may('inventory:write') || may('customers:write') || may('orders:import'))) return null;
  return (
    <Button variant="default" component={Link} to="/imports">
      {t('first.import')}
    </Button>
  );
}
