import type { Page } from '@house/pages.ts';

export default [
  {
    path: '/settings',
    load: () => import('./SettingsPage.tsx'),
    permission: 'settings:read',
    nav: { group: 'end', name: 'nav.settings', icon: 'IconSettings', keys: 'g s' },
  },
  { path: '/settings/users', load: () => import('./UsersPage.tsx'), permission: 'access:manage' },
  { path: '/settings/roles', load: () => import('./RolesPage.tsx'), permission: 'access:manage' },
  { path: '/settings/keys', load: () => import('./KeysPage.tsx'), permission: 'access:manage' },
] satisfies Page[];
