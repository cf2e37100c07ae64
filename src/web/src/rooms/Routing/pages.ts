import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/routing',
    load: () => import('./StrategiesPage.tsx'),
    permission: ['settings:read', 'nodes:read'],
    nav: { group: 'stock', name: 'nav.routing', icon: 'IconRoute', keys: 'g r', also: ['/new/rate-card'] },
  },
  { path: '/routing/strategies/$code', load: () => import('./StrategyPage.tsx'), permission: 'settings:read' },
  { path: '/routing/rate-cards', load: () => import('./CardsPage.tsx'), permission: 'nodes:read' },
  { path: '/routing/rate-cards/$code', load: () => import('./CardPage.tsx'), permission: 'nodes:read' },
  { path: '/routing/rate-cards/$code/import', load: () => import('./ImportCardPage.tsx'), permission: 'nodes:write' },
  { path: '/new/rate-card', load: () => import('./ImportCardPage.tsx'), permission: 'nodes:write' },
  { path: '/routing/zones', load: () => import('./PlacesPage.tsx'), permission: 'nodes:read' },
  { path: '/routing/calendars', load: () => import('./CalendarsPage.tsx'), permission: 'nodes:read' },
  { path: '/routing/capacity', load: () => import('./CapacityPage.tsx'), permission: 'nodes:read' },
] satisfies Page[];
