import { useEffect, useSyncExternalStore } from 'react';
import type { Schema } from './api/client.ts';

export type LoggedEvent = Schema['EventView'];

// What happens in the house, as it happens: the event log as server-sent events, read by fetch because an EventSource cannot
// name the merchant. Where there is no stream (no right, too many readers, a proxy) everything is asked for anew every half minute.

type Hear = (events: LoggedEvent[]) => void;
const ears = new Set<Hear>();
/** When polling: nothing is known, so everything may be otherwise. */
const polls = new Set<() => void>();
let state: 'off' | 'live' | 'polling' | 'lost' = 'off';
let heardAt = Date.now();
const watchers = new Set<() => void>();

function become(next: typeof state) {
  if (state === next) return;
  state = next;
  for (const tell of watchers) tell();
}

const pause = (ms: number, stop: AbortSignal) =>
  new Promise<void>((done) => {
    const timer = setTimeout(done, ms);
    stop.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });

/** Follows the log until stopped. */
export function follow(mayStream: boolean, merchant: string | null): () => void {
  const stop = new AbortController();
  void run(mayStream, merchant, stop.signal);
  return () => stop.abort();
}

async function run(mayStream: boolean, merchant: string | null, stop: AbortSignal) {
  let last = '';
  let failures = 0;
  while (!stop.aborted) {
    if (mayStream && failures < 3) {
      try {
        const headers: Record<string, string> = { Accept: 'text/event-stream' };
        if (merchant) headers['Switchyard-Merchant'] = merchant;
        if (last) headers['Last-Event-ID'] = last;
        const answer = await fetch('/api/v1/events/stream', { headers, signal: stop });
        if (!answer.ok || !answer.body) throw new Error(String(answer.status));
        failures = 0;
        become('live');
        // What was read before the stream was open may lack what happened in between: it is asked for once more.
        if (!last) look(stop);
        for await (const block of blocks(answer.body)) {
          heardAt = Date.now();
          if (block.id) last = block.id;
          if (block.data) queue(block.data);
        }
        await pause(500, stop); // its time was over: come back at once
      } catch {
        if (stop.aborted) return;
        failures++;
        become('lost');
        await pause(1000 * 2 ** failures, stop);
        look(stop); // what was missed meanwhile
      }
    } else {
      become('polling');
      await pause(30_000, stop);
      look(stop);
      if (mayStream) failures = 2; // one try now and then
    }
  }
}

/** Everybody who shows something asks for it anew. */
function look(stop: AbortSignal) {
  if (!stop.aborted && !document.hidden) for (const poll of polls) poll();
}

interface Block {
  id: string;
  data: LoggedEvent | null;
}

/** Server-sent events out of a stream of bytes. */
export async function* blocks(body: ReadableStream<Uint8Array>): AsyncGenerator<Block> {
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
      const lines = text.slice(0, end).split('\n');
      const of = (name: string) => lines.filter((l) => l.startsWith(`${name}: `)).map((l) => l.slice(name.length + 2)).join('\n');
      const data = of('data');
      yield { id: of('id'), data: data ? (JSON.parse(data) as LoggedEvent) : null };
    }
  }
}

let waiting: LoggedEvent[] = [];

/** A burst is told once. */
function queue(event: LoggedEvent) {
  if (waiting.length === 0)
    setTimeout(() => {
      const told = waiting;
      waiting = [];
      for (const hear of ears) hear(told);
    }, 250);
  waiting.push(event);
}

/** Calls with each burst of events, until ended; `poll` where something may have been missed and one should look. */
export function listen(hear: Hear, poll?: () => void): () => void {
  ears.add(hear);
  if (poll) polls.add(poll);
  return () => {
    ears.delete(hear);
    if (poll) polls.delete(poll);
  };
}

export function useLive(hear: Hear, poll?: () => void) {
  useEffect(() => listen(hear, poll), [hear, poll]);
}

const subscribe = (tell: () => void) => {
  watchers.add(tell);
  return () => watchers.delete(tell);
};

export const useLiveState = () => useSyncExternalStore(subscribe, () => state);
export const lastHeard = () => heardAt;
