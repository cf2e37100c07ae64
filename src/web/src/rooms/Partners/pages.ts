import type { Page } from '@house/pages.ts';

export default [
  { path: '/partner', load: () => import('./ToDoPage.tsx'), permission: 'partner:work', nav: { group: 'work', name: 'nav.partnerWork', icon: 'IconOrders', unless: 'fulfilment:manage' } },
  { path: '/partner/work/$id', load: () => import('./WorkPage.tsx'), permission: 'partner:work' },
  { path: '/partner/stock', load: () => import('./StockPage.tsx'), permission: 'partner:work', nav: { group: 'work', name: 'nav.partnerStock', icon: 'IconStock', unless: 'fulfilment:manage' } },
  { path: '/partners', load: () => import('./PartnersPage.tsx'), permission: 'fulfilment:manage', nav: { group: 'stock', name: 'nav.partners', icon: 'IconUser' } },
] satisfies Page[];
