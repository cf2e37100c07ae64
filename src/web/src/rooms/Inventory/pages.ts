import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/inventory',
    load: () => import('./InventoryPage.tsx'),
    permission: 'inventory:read',
    nav: { group: 'stock', name: 'nav.inventory', icon: 'IconStock', keys: 'g i', also: ['/shares', '/new/share', '/lots'] },
  },
  { path: '/inventory/$sku', load: () => import('./SkuPage.tsx'), permission: 'inventory:read' },
  { path: '/lots', load: () => import('./LotsPage.tsx'), permission: 'inventory:read' },
  { path: '/lots/$sku/$lot', load: () => import('./LotPage.tsx'), permission: 'inventory:read' },
  { path: '/shares', load: () => import('./SharesPage.tsx'), permission: 'inventory:read' },
  { path: '/shares/$code', load: () => import('./SharePage.tsx'), permission: 'inventory:read' },
  { path: '/new/share', load: () => import('./SharePage.tsx'), permission: 'settings:write' },
  {
    path: '/imports',
    load: () => import('./ImportsPage.tsx'),
    nav: { group: 'stock', name: 'nav.imports', icon: 'IconUpload' },
  },
] satisfies Page[];
