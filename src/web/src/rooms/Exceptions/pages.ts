import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/exceptions',
    load: () => import('./ExceptionsPage.tsx'),
    permission: 'orders:read',
    nav: { group: 'work', name: 'nav.exceptions', icon: 'IconException', keys: 'g e' },
  },
] satisfies Page[];
