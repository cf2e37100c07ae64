import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/catalogue',
    load: () => import('./CataloguePage.tsx'),
    permission: 'catalog:read',
    nav: { group: 'sell', name: 'nav.catalogue', icon: 'IconCatalogue', keys: 'g p' },
  },
  { path: '/catalogue/$sku', load: () => import('./ProductPage.tsx'), permission: 'catalog:read' },
] satisfies Page[];
