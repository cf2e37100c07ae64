import type { Page } from '@house/pages.ts';
import { sections } from './sections.ts';

export default [
  {
    path: '/warehouse',
    load: () => import('./WavesPage.tsx'),
    permission: [...new Set(sections.map((s) => s.permission))],
    nav: { group: 'work', name: 'nav.warehouse', icon: 'IconWarehouse', keys: 'g f' },
  },
  { path: '/warehouse/waves/new', load: () => import('./NewWavePage.tsx'), permission: 'fulfilment:manage', command: { name: 'nav.newWave', icon: 'IconPlus' } },
  { path: '/warehouse/waves/$id', load: () => import('./WavePage.tsx'), permission: 'fulfilment:read' },
  { path: '/warehouse/waves/$id/print', load: () => import('./PickListPage.tsx'), permission: 'fulfilment:read' },
  { path: '/warehouse/rules', load: () => import('./RulesPage.tsx'), permission: 'fulfilment:read' },
  { path: '/warehouse/people', load: () => import('./PeoplePage.tsx'), permission: 'fulfilment:read' },
  { path: '/warehouse/figures', load: () => import('./FiguresPage.tsx'), permission: 'reports:read' },
  { path: '/warehouse/floor', load: () => import('./FloorPage.tsx'), permission: 'inventory:read' },
  { path: '/warehouse/counts', load: () => import('./CountsPage.tsx'), permission: 'inventory:read' },
  { path: '/warehouse/deliveries', load: () => import('./DeliveriesPage.tsx'), permission: 'inventory:read' },
  { path: '/warehouse/deliveries/$id', load: () => import('./DeliveryPage.tsx'), permission: 'inventory:read' },
  { path: '/warehouse/replenishment', load: () => import('./ReplenishmentPage.tsx'), permission: 'fulfilment:read' },
  { path: '/warehouse/putaway-rules', load: () => import('./PutawayRulesPage.tsx'), permission: 'inventory:read' },
  { path: '/warehouse/bins/$bin', load: () => import('./BinPage.tsx'), permission: 'inventory:read' },
  { path: '/warehouse/floor/edit', load: () => import('./LayoutPage.tsx'), permission: 'nodes:write' },
] satisfies Page[];
