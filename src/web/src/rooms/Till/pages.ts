import type { Page } from '@house/pages.ts';

// Under /handheld, so that the shell that opens without network serves it too.
export default [
  { path: '/handheld/till', load: () => import('./TillPage.tsx'), permission: 'till:work', isBare: true, nav: { group: 'sell', name: 'nav.till', icon: 'IconChannel' } },
] satisfies Page[];
