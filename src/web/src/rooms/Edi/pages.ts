import type { Page } from '@house/pages.ts';

export default [{ path: '/settings/edi', load: () => import('./EdiPage.tsx'), permission: 'edi:read' }] satisfies Page[];
