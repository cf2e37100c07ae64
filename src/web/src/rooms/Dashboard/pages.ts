import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/',
    load: () => import('./DashboardPage.tsx'),
    permission: 'orders:read',
    nav: { group: 'work', name: 'nav.dashboard', icon: 'IconDashboard', keys: 'g d' },
  },
] satisfies Page[];
