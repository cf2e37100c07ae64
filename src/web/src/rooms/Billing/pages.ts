import type { Page } from '@house/pages.ts';

export default [
  { path: '/bills', load: () => import('./BillsPage.tsx'), permission: 'reports:read', nav: { group: 'insight', name: 'nav.bills', icon: 'IconReport' } },
  { path: '/bills/$merchant/$month', load: () => import('./BillPage.tsx'), permission: 'reports:read' },
] satisfies Page[];
