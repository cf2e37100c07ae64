import { useSyncExternalStore } from 'react';

/** Something that was done, told in one line; it can be taken back for a while. Errors never come here: they stand where they happened. */
export interface Notice {
  id: number;
  text: string;
  undo?: (() => Promise<unknown>) | undefined;
  isUndoing: boolean;
  until: number;
}

const shownFor = 10_000;
let notices: Notice[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: Notice[]) {
  notices = next;
  for (const tell of listeners) tell();
}

/** `notify(t('tagged', { n }), () => untag())` */
export function notify(text: string, undo?: () => Promise<unknown>) {
  const id = ++last;
  set([...notices.slice(-2), { id, text, undo, isUndoing: false, until: Date.now() + shownFor }]);
  setTimeout(() => dismiss(id), shownFor);
}

export const dismiss = (id: number) => set(notices.filter((n) => n.id !== id));

/** Takes back the newest act that can be: what Z does. */
export async function undoLast(done: string, failed: (error: unknown) => string) {
  const newest = [...notices].reverse().find((n) => n.undo && !n.isUndoing);
  if (newest) await takeBack(newest, done, failed);
}

export async function takeBack(notice: Notice, done: string, failed: (error: unknown) => string) {
  set(notices.map((n) => (n.id === notice.id ? { ...n, isUndoing: true } : n)));
  try {
    await notice.undo?.();
    dismiss(notice.id);
    notify(done);
  } catch (error) {
    dismiss(notice.id);
    notify(failed(error));
  }
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useNotices = (): Notice[] => useSyncExternalStore(subscribe, () => notices);
