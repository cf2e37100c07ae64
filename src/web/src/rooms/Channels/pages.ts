import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/channels',
    load: () => import('./ChannelsPage.tsx'),
    permission: 'settings:read',
    nav: { group: 'sell', name: 'nav.channels', icon: 'IconChannel', keys: 'g l', also: ['/new/connection'] },
  },
  { path: '/new/connection', load: () => import('./NewConnectionPage.tsx'), permission: 'settings:write' },
  { path: '/channels/$code', load: () => import('./HealthPage.tsx'), permission: 'settings:read' },
  { path: '/channels/$code/connect', load: () => import('./ConnectPage.tsx'), permission: 'settings:write' },
  { path: '/channels/$code/orders', load: () => import('./ToldOrdersPage.tsx'), permission: 'settings:read' },
  { path: '/channels/$code/listings', load: () => import('./ListingsPage.tsx'), permission: 'settings:read' },
  { path: '/channels/$code/told', load: () => import('./TasksPage.tsx'), permission: 'settings:read' },
  { path: '/channels/$code/reconcile', load: () => import('./ReconcilePage.tsx'), permission: 'settings:read' },
  { path: '/channels/$code/settings', load: () => import('./ConnectionPage.tsx'), permission: 'settings:read' },
  { path: '/channels/$code/simulator', load: () => import('./SimulatorPage.tsx'), permission: 'settings:write' },
] satisfies Page[];
