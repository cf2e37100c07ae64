import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/settings',
    load: () => import('./SettingsPage.tsx'),
    permission: 'settings:read',
    nav: { group: 'end', name: 'nav.settings', icon: 'IconSettings', keys: 'g s' },
  },
] satisfies Page[];
