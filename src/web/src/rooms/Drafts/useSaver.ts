import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { bodyOf, formOf, hasContent, type Draft, type Form } from './draft.ts';

export interface Saver {
  /** As the server has it, with what it costs; null while it has nothing. */
  view: Draft | null;
  /** The keys of the lines as they were sent: the server's lines are in this order. */
  keys: string[];
  isSaving: boolean;
  isDirty: boolean;
  error: ApiError | null;
  /** Saves what is not saved yet, and says what stands then. */
  flush: () => Promise<Draft>;
  /** Puts mine over what somebody else has saved. */
  overwrite: () => Promise<unknown>;
  /** An answer of another call about the same draft. */
  adopt: (draft: Draft) => void;
}

const wait = 450;

/** Saves a draft as it grows: one call at a time, the newest state last. */
export function useSaver(start: Draft | null, form: Form, isLocked: boolean, onMade: (draft: Draft) => void): Saver {
  const queries = useQueryClient();
  const [view, setView] = useState(start);
  const [keys, setKeys] = useState<string[]>(() => form.lines.map((l) => l.key));
  const [error, setError] = useState<ApiError | null>(null);
  const [isSaving, setSaving] = useState(false);
  const body = JSON.stringify(bodyOf(form));
  const now = useRef({ form, body, view });
  const saved = useRef(start ? JSON.stringify(bodyOf(formOf(start))) : '');
  const [savedBody, setSavedBody] = useState(saved.current);
  const failed = useRef<string | null>(null);
  const running = useRef<Promise<Draft> | null>(null);
  const made = useRef(onMade);
  useEffect(() => {
    now.current = { ...now.current, form, body };
    made.current = onMade;
  });

  const took = useCallback(
    (draft: Draft) => {
      now.current.view = draft;
      setView(draft);
      queries.setQueryData(['drafts', draft.id], draft);
    },
    [queries],
  );

  const write = useCallback(
    async (over: number | null): Promise<Draft> => {
      const { form: sent, body: text, view: before } = now.current;
      const wish = bodyOf(sent);
      setSaving(true);
      setKeys(sent.lines.map((l) => l.key));
      try {
        const draft = before
          ? await ask(api.PUT('/api/v1/drafts/{id}', { params: { path: { id: before.id } }, body: wish, headers: ifMatch(over ?? before.version) }))
          : await ask(api.POST('/api/v1/drafts', { body: wish }));
        saved.current = text;
        failed.current = null;
        setSavedBody(text);
        setError(null);
        took(draft);
        if (!before) made.current(draft);
        return draft;
      } catch (e) {
        failed.current = text;
        setError(e instanceof ApiError ? e : null);
        throw e;
      } finally {
        setSaving(false);
      }
    },
    [took],
  );

  const run = useCallback(
    (over: number | null = null): Promise<Draft> => {
      const next = (running.current ?? Promise.resolve()).catch(() => undefined).then(() => {
        const { body: text, view: known } = now.current;
        return known && text === saved.current && over === null ? known : write(over);
      });
      running.current = next;
      return next;
    },
    [write],
  );

  const isDirty = body !== savedBody && (view !== null || hasContent(form));
  useEffect(() => {
    // What the server refused is not sent again until it is changed; nobody's changes are overwritten unasked.
    if (!isDirty || isLocked || failed.current === body || error?.isClash) return;
    const timer = setTimeout(() => void run().catch(() => undefined), wait);
    return () => clearTimeout(timer);
  }, [isDirty, isLocked, body, run, error]);

  const flush = useCallback(() => run(), [run]);
  const overwrite = useCallback(async () => {
    const known = now.current.view;
    if (!known) return;
    const theirs = await ask(api.GET('/api/v1/drafts/{id}', { params: { path: { id: known.id } } }));
    await run(theirs.version);
  }, [run]);
  return { view, keys, isSaving, isDirty, error, flush, overwrite, adopt: took };
}
