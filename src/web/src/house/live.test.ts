import { afterEach, expect, test, vi } from 'vitest';
import { blocks, follow, listen } from './live.ts';

afterEach(() => vi.unstubAllGlobals());

test('events come out whole however the bytes are cut', async () => {
  const text = 'retry: 2000\nid: 7\n\n: still here\n\nid: 8\nevent: OrderPlaced\ndata: {"kind":"OrderPlaced","note":"ä"}\n\n';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 3, 1000]) {
    const body = new ReadableStream<Uint8Array>({
      start(to) {
        for (let at = 0; at < bytes.length; at += size) to.enqueue(bytes.slice(at, at + size));
        to.close();
      },
    });
    const found = [];
    for await (const block of blocks(body)) found.push([block.id, block.data?.kind ?? null]);
    expect(found).toEqual([['7', null], ['', null], ['8', 'OrderPlaced']]);
  }
});

test('what was read before the stream was open is asked for once more, and after a break told from where it ended', async () => {
  const asked: (string | null)[] = [];
  const did: string[] = [];
  const bytes = (text: string) => new Response(text, { status: 200 });
  vi.stubGlobal('document', { hidden: false });
  let isOver: () => void;
  const over = new Promise<void>((done) => (isOver = done));
  vi.stubGlobal('fetch', async (_: string, init: { headers: Record<string, string> }) => {
    asked.push(init.headers['Last-Event-ID'] ?? null);
    did.push('opened');
    if (asked.length === 1) return bytes('id: 7\n\n');
    isOver();
    return bytes('');
  });
  const end = listen(() => undefined, () => did.push('looked'));
  const stop = follow(true, 'alpha');
  await over;
  stop();
  end();
  expect(asked).toEqual([null, '7']);
  expect(did).toEqual(['opened', 'looked', 'opened']);
});
