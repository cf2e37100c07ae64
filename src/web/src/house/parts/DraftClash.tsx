import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Schema } from '../api/client.ts';
import { asText, merged, same, touched } from '../draft.ts';
import { useSession } from '../session.tsx';
import { useActorName } from '../useActorName.ts';
import { ClashDialog } from './ClashDialog.tsx';

/** How a clash over some kind of thing is told. */
export interface ClashWords {
  /** Of the thing, as it is called in the cache: `['products', sku]`. */
  of: readonly string[];
  /** What happened to it, newest first; without it nobody is named. */
  history?: (signal: AbortSignal) => Promise<{ data: Schema['ThingHistoryEntry'][] }>;
  nameOf: (field: string) => ReactNode;
  textOf?: (value: unknown, field: string) => string;
  /** Fields nobody sees. */
  hidden?: readonly string[];
}

interface Props<T extends object> extends ClashWords {
  start: T;
  draft: T;
  theirs: T;
  isPending: boolean;
  onReapply: (next: T) => void;
  onDiscard: () => void;
}

/** Somebody was quicker with what this form is about: who, when, what they changed and what I wanted. */
export function DraftClash<T extends object>({ of, history, nameOf, textOf = asText, hidden = [], start, draft, theirs, isPending, onReapply, onDiscard }: Props<T>) {
  const whoIs = useActorName();
  const me = useSession().session.actor;
  const { data } = useQuery({ queryKey: [...of, 'history'], queryFn: ({ signal }) => history!(signal), staleTime: 0, retry: false, enabled: history !== undefined });
  // The newest that somebody else did; else I did it myself, in another window.
  const last = data?.data.find((e) => e.actor !== me) ?? data?.data[0];
  return (
    <ClashDialog
      opened
      who={last ? whoIs(last.actor) : null}
      at={last?.at ?? null}
      isPending={isPending}
      rows={touched(start, draft, theirs)
        .filter(({ field }) => !hidden.includes(String(field)))
        .map(({ field, byMe }) => ({
          what: nameOf(String(field)),
          before: textOf(start[field], String(field)),
          theirs: same(start[field], theirs[field]) ? <span className="sy-muted">{textOf(theirs[field], String(field))}</span> : <strong>{textOf(theirs[field], String(field))}</strong>,
          mine: byMe ? textOf(draft[field], String(field)) : null,
        }))}
      onReapply={() => onReapply(merged(start, draft, theirs))}
      onDiscard={onDiscard}
    />
  );
}
