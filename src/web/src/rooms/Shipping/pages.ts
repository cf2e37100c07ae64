import type { Page } from '@house/pages.ts';
import { sections } from './sections.ts';

export default [
  {
    path: '/shipping',
    load: () => import('./ParcelsPage.tsx'),
    permission: [...new Set(sections.map((s) => s.permission))],
    nav: { group: 'work', name: 'nav.shipping', icon: 'IconTruck', keys: 'g h' },
  },
  { path: '/shipping/parcels/$id', load: () => import('./ParcelPage.tsx'), permission: 'fulfilment:read' },
  { path: '/shipping/day-end', load: () => import('./DayEndPage.tsx'), permission: 'fulfilment:read' },
  { path: '/shipping/manifests', load: () => import('./ManifestsPage.tsx'), permission: 'fulfilment:read' },
  { path: '/shipping/manifests/$id', load: () => import('./ManifestPage.tsx'), permission: 'fulfilment:read' },
  { path: '/shipping/trouble', load: () => import('./TroublePage.tsx'), permission: 'fulfilment:read' },
  { path: '/shipping/claims', load: () => import('./ClaimsPage.tsx'), permission: 'fulfilment:read' },
  { path: '/shipping/scorecards', load: () => import('./ScorecardsPage.tsx'), permission: 'reports:read' },
  { path: '/settings/carriers', load: () => import('./AccountsPage.tsx'), permission: 'settings:read' },
  { path: '/settings/carriers/$code', load: () => import('./AccountPage.tsx'), permission: 'settings:read' },
  { path: '/new/carrier-account', load: () => import('./NewAccountPage.tsx'), permission: 'settings:write' },
] satisfies Page[];
