import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, byField } from './api/problem.ts';
import { useKeptDraft, type KeptDraft } from './useKeptDraft.ts';

/** What is to be saved: over which version, and what it was when the person began. */
export interface Wish<T> {
  draft: T;
  start: T;
  version: number | null;
}

export interface Stored<T> {
  draft: T;
  version: number | null;
}

interface Options<T extends object, S> {
  /** By which unsaved changes are found again. */
  name: string;
  /** As it is stored; of something new an empty one, without a version. */
  stored: Stored<T>;
  /** Something new that begins like this. */
  copy?: T | undefined;
  /** Without what was begun and left empty. */
  tidied?: (draft: T) => T;
  /** What can be seen to be wrong before it is sent, by field, in words. */
  faultsOf: (draft: T) => Record<string, string>;
  save: (wish: Wish<T>, begin: KeptDraft<T>['begin']) => Promise<S>;
  onSaved: (saved: S, wish: Wish<T>, begin: KeptDraft<T>['begin']) => void | Promise<void>;
  /** As somebody else has left it meanwhile. */
  read: (draft: T) => Promise<Stored<T>>;
}

export interface DraftFormState<T extends object> {
  kept: KeptDraft<T>;
  draft: T;
  change: (part: Partial<T>) => void;
  submit: () => void;
  saving: UseMutationResult<unknown, Error, Wish<T>>;
  /** By field, those of the server and those seen here. */
  faults: Record<string, string>;
  seenHere: number;
  isNew: boolean;
  /** Somebody was quicker, and this is what they left. */
  theirs: Stored<T> | null;
  /** Puts this on top of theirs. */
  reapply: (next: T) => void;
  discard: () => void;
  /** Lets go of what was found from an earlier visit. */
  letGo: () => void;
}

const isClash = (error: unknown): boolean => error instanceof ApiError && error.isClash;

/** A form over a version: faults beside their fields, nothing lost by going elsewhere, nothing of anybody's written over. */
export function useDraftForm<T extends object, S>({ name, stored, copy, tidied = (d) => d, faultsOf, save, onSaved, read }: Options<T, S>): DraftFormState<T> {
  const kept = useKeptDraft<T>(name, stored.draft, stored.version, copy);
  const [local, setLocal] = useState<Record<string, string>>({});
  const [theirs, setTheirs] = useState<Stored<T> | null>(null);
  const saving = useMutation({
    mutationFn: (wish: Wish<T>) => save(wish, kept.begin),
    onSuccess: (saved, wish) => onSaved(saved, wish, kept.begin),
    onError: (error, wish) => {
      if (isClash(error)) void read(wish.draft).then(setTheirs, () => undefined);
    },
  });
  return {
    kept,
    draft: kept.draft,
    change: (part) => {
      if (Object.keys(local).length > 0) setLocal({});
      kept.set(part);
    },
    submit: () => {
      const draft = tidied(kept.draft);
      kept.set(draft);
      const found = faultsOf(draft);
      setLocal(found);
      if (Object.keys(found).length === 0) saving.mutate({ draft, start: kept.start, version: kept.version });
    },
    saving,
    faults: { ...byField(saving.error), ...local },
    seenHere: Object.keys(local).length,
    isNew: kept.version === null,
    theirs: isClash(saving.error) ? theirs : null,
    reapply: (next) => {
      kept.begin(theirs!.draft, theirs!.version, next);
      setTheirs(null);
      saving.mutate({ draft: next, start: theirs!.draft, version: theirs!.version });
    },
    discard: () => {
      kept.begin(theirs!.draft, theirs!.version);
      setTheirs(null);
      saving.reset();
    },
    letGo: () => kept.begin(stored.draft, stored.version),
  };
}
