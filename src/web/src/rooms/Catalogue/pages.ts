import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/catalogue',
    load: () => import('./CataloguePage.tsx'),
    permission: 'catalog:read',
    nav: { group: 'sell', name: 'nav.catalogue', icon: 'IconCatalogue', keys: 'g p', also: ['/new/product'] },
  },
  { path: '/catalogue/$sku', load: () => import('./ProductPage.tsx'), permission: 'catalog:read' },
  { path: '/catalogue/$sku/edit', load: () => import('./EditProductPage.tsx'), permission: 'catalog:write' },
  { path: '/new/product', load: () => import('./NewProductPage.tsx'), permission: 'catalog:write', command: { name: 'nav.newProduct', icon: 'IconPlus' } },
] satisfies Page[];
