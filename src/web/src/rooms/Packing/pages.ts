import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/packing',
    load: () => import('./PackingPage.tsx'),
    permission: 'fulfilment:read',
    nav: { group: 'work', name: 'nav.packing', icon: 'IconPackage', keys: 'g k' },
  },
  { path: '/packing/$id', load: () => import('./TablePage.tsx'), permission: 'fulfilment:read' },
  { path: '/settings/packaging', load: () => import('./PackagingPage.tsx'), permission: 'fulfilment:manage' },
  { path: '/settings/packing', load: () => import('./RulesPage.tsx'), permission: 'fulfilment:manage' },
  { path: '/settings/printers', load: () => import('./PrintersPage.tsx'), permission: 'fulfilment:work' },
  { path: '/settings/documents', load: () => import('./TemplatesPage.tsx'), permission: 'settings:read' },
  { path: '/settings/documents/$kind', load: () => import('./TemplatePage.tsx'), permission: 'settings:read' },
] satisfies Page[];
