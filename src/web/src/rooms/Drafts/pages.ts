import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/orders/new',
    load: () => import('./DraftPage.tsx'),
    permission: 'orders:write',
    command: { name: 'nav.newOrder', icon: 'IconPlus', keys: 'n' },
  },
  { path: '/drafts', load: () => import('./DraftsPage.tsx'), permission: 'orders:write', command: { name: 'nav.drafts', icon: 'IconOrders', keys: 'g q' } },
  { path: '/drafts/$id', load: () => import('./DraftPage.tsx'), permission: 'orders:write' },
] satisfies Page[];
