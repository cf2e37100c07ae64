import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/reorder',
    load: () => import('./ReorderPage.tsx'),
    permission: 'purchasing:read',
    nav: { group: 'stock', name: 'nav.reorder', icon: 'IconPurchasing' },
  },
  {
    path: '/purchase-orders',
    load: () => import('./SupplierOrdersPage.tsx'),
    permission: 'purchasing:read',
    nav: { group: 'stock', name: 'nav.supplierOrders', icon: 'IconTruck' },
  },
  { path: '/purchase-orders/$number', load: () => import('./SupplierOrderPage.tsx'), permission: 'purchasing:read' },
] satisfies Page[];
