import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/orders',
    load: () => import('./OrdersPage.tsx'),
    permission: 'orders:read',
    nav: { group: 'work', name: 'nav.orders', icon: 'IconOrders', keys: 'g o' },
  },
  { path: '/orders/print', load: () => import('./PrintOrdersPage.tsx'), permission: 'orders:read' },
  { path: '/orders/$id', load: () => import('./OrderPage.tsx'), permission: 'orders:read' },
] satisfies Page[];
