import type { Page } from '@house/pages.ts';
import { sections } from './sections.ts';

export default [
  {
    path: '/settings',
    load: () => import('./SettingsPage.tsx'),
    permission: sections.map((s) => s.permission),
    nav: { group: 'end', name: 'nav.settings', icon: 'IconSettings', keys: 'g s' },
  },
  { path: '/settings/users', load: () => import('./UsersPage.tsx'), permission: 'access:manage' },
  { path: '/settings/roles', load: () => import('./RolesPage.tsx'), permission: 'access:manage' },
  { path: '/settings/keys', load: () => import('./KeysPage.tsx'), permission: 'access:manage' },
  { path: '/settings/webhooks', load: () => import('./WebhooksPage.tsx'), permission: 'webhooks:read' },
  { path: '/settings/rules', load: () => import('./RulesPage.tsx'), permission: 'settings:read' },
  { path: '/settings/numbers', load: () => import('./NumbersPage.tsx'), permission: 'settings:read' },
  { path: '/settings/delivery', load: () => import('./DeliveryPage.tsx'), permission: 'settings:read' },
  { path: '/settings/rates', load: () => import('./RatesPage.tsx'), permission: 'settings:read' },
  { path: '/settings/mappings', load: () => import('./MappingsPage.tsx'), permission: 'settings:read' },
  { path: '/settings/folders', load: () => import('./FoldersPage.tsx'), permission: 'settings:read' },
  { path: '/settings/api', load: () => import('./ApiPage.tsx'), permission: 'settings:read' },
] satisfies Page[];
