import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/inventory',
    load: () => import('./InventoryPage.tsx'),
    permission: 'inventory:read',
    nav: { group: 'stock', name: 'nav.inventory', icon: 'IconStock', keys: 'g i' },
  },
  { path: '/inventory/$sku', load: () => import('./SkuPage.tsx'), permission: 'inventory:read' },
  {
    path: '/imports',
    load: () => import('./ImportsPage.tsx'),
    nav: { group: 'stock', name: 'nav.imports', icon: 'IconUpload' },
  },
] satisfies Page[];
