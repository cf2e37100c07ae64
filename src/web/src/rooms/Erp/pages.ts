import type { Page } from '@house/pages.ts';

export default [{ path: '/settings/erp', load: () => import('./ErpPage.tsx'), permission: 'settings:read' }] satisfies Page[];
