import type { Page } from '@house/pages.ts';
import { sections } from './sections.ts';

export default [
  {
    path: '/planning',
    load: () => import('./QueuePage.tsx'),
    permission: [...new Set(sections.map((s) => s.permission))],
    nav: { group: 'work', name: 'nav.planning', icon: 'IconJobs', keys: 'g w' },
  },
  { path: '/planning/waiting', load: () => import('./WaitingPage.tsx'), permission: 'orders:read' },
  { path: '/planning/replans', load: () => import('./ReplansPage.tsx'), permission: 'fulfilment:read' },
  { path: '/planning/replans/$id', load: () => import('./ReplanPage.tsx'), permission: 'fulfilment:read' },
  { path: '/planning/backtests', load: () => import('./BacktestsPage.tsx'), permission: 'settings:read' },
  { path: '/planning/backtests/new', load: () => import('./NewBacktestPage.tsx'), permission: 'settings:read' },
  { path: '/planning/backtests/$id', load: () => import('./BacktestPage.tsx'), permission: 'settings:read' },
  { path: '/planning/shadow', load: () => import('./ShadowPage.tsx'), permission: 'settings:read' },
  { path: '/orders/$id/routing', load: () => import('./ExplainPage.tsx'), permission: 'orders:read' },
] satisfies Page[];
