import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/handheld',
    load: () => import('./HandheldPage.tsx'),
    permission: ['fulfilment:work', 'inventory:receive'],
    isBare: true,
    nav: { group: 'work', name: 'nav.handheld', icon: 'IconBarcode' },
  },
  { path: '/handheld/refill', load: () => import('./RefillPage.tsx'), permission: 'fulfilment:work', isBare: true },
  { path: '/handheld/settings', load: () => import('./SettingsPage.tsx'), permission: ['fulfilment:work', 'inventory:receive'], isBare: true },
  { path: '/handheld/commands', load: () => import('./CommandsPage.tsx'), permission: ['fulfilment:work', 'inventory:receive'], isBare: true },
] satisfies Page[];
