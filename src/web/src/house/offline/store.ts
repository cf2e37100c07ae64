// What a device keeps while there is no network: IndexedDB, which outlives a reload and a restart.

const database = 'switchyard-device';
const version = 4;
export type StoreName = 'outbox' | 'deeds' | 'refills' | 'till' | 'kept' | 'pictures';

let opened: Promise<IDBDatabase> | null = null;

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The device keeps nothing.'));
  });

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(database, version);
    request.onupgradeneeded = () => {
      const missing = (name: StoreName) => !request.result.objectStoreNames.contains(name);
      for (const name of ['outbox', 'deeds', 'refills', 'till'] as const) if (missing(name)) request.result.createObjectStore(name, { keyPath: 'seq', autoIncrement: true });
      for (const name of ['kept', 'pictures'] as const) if (missing(name)) request.result.createObjectStore(name);
    };
    request.onsuccess = () => {
      // A newer version in another tab may take it over; the next use opens it again.
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('The device keeps nothing.'));
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** One transaction over one store; done when it is on the device. */
export async function inStore<T>(name: StoreName, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction(name, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' });
  const finished = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('The device keeps nothing.'));
  });
  const result = await done(act(transaction.objectStore(name)));
  await finished;
  return result;
}

export const keep = (key: string, value: unknown): Promise<unknown> => inStore('kept', 'readwrite', (s) => s.put(value, key));
export const kept = async <T>(key: string): Promise<T | null> => ((await inStore('kept', 'readonly', (s) => s.get(key))) as T | undefined) ?? null;
export const drop = (key: string): Promise<unknown> => inStore('kept', 'readwrite', (s) => s.delete(key));

/** Money that was taken: a till with a sale half put aside, and sales that were refused. */
const isMoney = (key: IDBValidKey) => typeof key === 'string' && /^till(Refused)?:/.test(key);

/** Signing out: walks and pictures are forgotten. What was done and not sent stays, for the one who did it and nobody else; and so does money that was taken. */
export async function forget(): Promise<void> {
  if (typeof indexedDB === 'undefined') return;
  for (const key of await inStore('kept', 'readonly', (s) => s.getAllKeys())) if (!isMoney(key)) await drop(key as string);
  await inStore('pictures', 'readwrite', (s) => s.clear());
}
