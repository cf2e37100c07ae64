import type { Page } from '@house/pages.ts';

export default [
  { path: '/handheld/receive', load: () => import('./ReceivePage.tsx'), permission: 'inventory:receive', isBare: true },
  { path: '/handheld/putaway', load: () => import('./PutAwayPage.tsx'), permission: 'inventory:receive', isBare: true },
  { path: '/handheld/labels', load: () => import('./LabelsPage.tsx'), permission: 'inventory:receive', isBare: true },
] satisfies Page[];
