import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/customers',
    load: () => import('./CustomersPage.tsx'),
    permission: 'customers:read',
    nav: { group: 'sell', name: 'nav.customers', icon: 'IconCustomers', keys: 'g c' },
  },
] satisfies Page[];
