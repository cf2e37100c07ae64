import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/nodes',
    load: () => import('./NodesPage.tsx'),
    permission: 'nodes:read',
    nav: { group: 'stock', name: 'nav.nodes', icon: 'IconNode', keys: 'g n', also: ['/zones', '/new/node', '/new/zone'] },
  },
  { path: '/nodes/$code', load: () => import('./NodePage.tsx'), permission: 'nodes:read' },
  { path: '/nodes/$code/edit', load: () => import('./EditNodePage.tsx'), permission: 'nodes:write' },
  { path: '/nodes/$code/services', load: () => import('./LanesPage.tsx'), permission: 'nodes:write' },
  { path: '/zones', load: () => import('./ZonesPage.tsx'), permission: 'nodes:read' },
  { path: '/zones/$code', load: () => import('./ZonePage.tsx'), permission: 'nodes:read' },
  { path: '/new/zone', load: () => import('./ZonePage.tsx'), permission: 'nodes:write' },
  { path: '/new/node', load: () => import('./NewNodePage.tsx'), permission: 'nodes:write', command: { name: 'nav.newNode', icon: 'IconPlus' } },
] satisfies Page[];
