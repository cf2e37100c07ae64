import type { Page } from '@house/pages.ts';

export default [{ path: '/settings/messages', load: () => import('./MessagesPage.tsx'), permission: 'settings:read' }] satisfies Page[];
