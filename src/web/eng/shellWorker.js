// The service worker of the handheld's pages. Version and files are put in by eng/shellWorker.ts when the app is built.
const version = '__VERSION__';
const files = ['__FILES__'];
const scope = '/handheld';
const cacheName = `switchyard-shell-${version}`;
const patience = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      await cache.addAll(files.map((file) => new Request(file, { credentials: 'same-origin' })));
      // The page with the policy and nonce it came with: both belong to one answer and are kept together.
      await cache.put(scope, await page(new Request(scope, { credentials: 'omit', cache: 'no-store' })));
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('switchyard-shell-') && name !== cacheName) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === 'navigate' && (url.pathname === scope || url.pathname.startsWith(`${scope}/`))) event.respondWith(open(request));
  else if (files.includes(url.pathname)) event.respondWith(caches.match(request.url, { cacheName }).then((found) => found ?? fetch(request)));
});

/** From the server where it answers soon, so that a new version is seen; else as it was kept. */
async function open(request) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    return await page(new Request(request.url, { credentials: 'same-origin', redirect: 'follow', signal: stop.signal }));
  } catch {
    return (await caches.match(scope, { cacheName })) ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}

async function page(request) {
  const answer = await fetch(request);
  if (!answer.ok || !answer.headers.get('Content-Type')?.startsWith('text/html')) throw new Error(String(answer.status));
  return answer;
}
