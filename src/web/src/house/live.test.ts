import { expect, test } from 'vitest';
import { blocks } from './live.ts';

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
