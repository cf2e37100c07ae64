import { useEffect } from 'react';

// The service worker keeps the files of the handheld's pages (public/sw.js is written by eng/shellWorker.ts), so that they open without network.

let waiting: ServiceWorker | null = null;

async function start() {
  const registration = await navigator.serviceWorker.register('/sw.js', { scope: '/handheld', updateViaCache: 'none' });
  const look = () => {
    waiting = registration.waiting && navigator.serviceWorker.controller ? registration.waiting : null;
  };
  look();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
}

/** Keeps the shell on this device. `isIdle`: nothing is under way, so a newer version may take over now; else it waits until then. */
export function useShellWorker(isIdle: boolean) {
  useEffect(() => {
    if (import.meta.env.PROD && 'serviceWorker' in navigator) start().catch(() => undefined); // without it the pages need network
  }, []);
  useEffect(() => {
    if (!isIdle) return;
    const update = () => {
      if (!waiting) return;
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage('take-over');
      waiting = null;
    };
    const timer = setInterval(update, 2000);
    return () => clearInterval(timer);
  }, [isIdle]);
}
