import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/nodes',
    load: () => import('./NodesPage.tsx'),
    permission: 'nodes:read',
    nav: { group: 'stock', name: 'nav.nodes', icon: 'IconNode', keys: 'g n' },
  },
  { path: '/nodes/$code', load: () => import('./NodePage.tsx'), permission: 'nodes:read' },
] satisfies Page[];
