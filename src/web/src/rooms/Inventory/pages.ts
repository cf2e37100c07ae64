import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/inventory',
    load: () => import('./InventoryPage.tsx'),
    permission: 'inventory:read',
    nav: { group: 'stock', name: 'nav.inventory', icon: 'IconStock', keys: 'g i' },
  },
] satisfies Page[];
