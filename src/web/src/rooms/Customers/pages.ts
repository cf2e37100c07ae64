import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/customers',
    load: () => import('./CustomersPage.tsx'),
    permission: 'customers:read',
    nav: { group: 'sell', name: 'nav.customers', icon: 'IconCustomers', keys: 'g c' },
  },
  {
    path: '/customers/new',
    load: () => import('./NewCustomerPage.tsx'),
    permission: 'customers:write',
    command: { name: 'nav.newCustomer', icon: 'IconCustomers' },
  },
  { path: '/customers/blocked', load: () => import('./BlockedPeoplePage.tsx'), permission: 'customers:read' },
  { path: '/customers/$id', load: () => import('./CustomerPage.tsx'), permission: 'customers:read' },
] satisfies Page[];
