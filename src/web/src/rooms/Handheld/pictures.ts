import { inStore } from '@house/offline/store.ts';

/** Keeps a picture for when there is no network. One that cannot be fetched is not worth a word: name and code are there. */
export async function keepPicture(url: string): Promise<boolean> {
  try {
    if (await inStore('pictures', 'readonly', (s) => s.getKey(url))) return true;
    const answer = await fetch(url);
    if (answer.ok) await inStore('pictures', 'readwrite', putInto(await answer.blob(), url));
    return true;
  } catch {
    return false;
  }
}

const putInto = (blob: Blob, url: string) => (store: IDBObjectStore) => store.put(blob, url);
