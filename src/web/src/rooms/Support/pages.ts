import type { Page } from '@house/pages.ts';

export default [{ path: '/settings/support', load: () => import('./DesksPage.tsx'), permission: 'settings:read' }] satisfies Page[];
