/** The parts of planning, each a page of its own. */
export const sections = [
  { id: 'queue', path: '/planning', permission: 'fulfilment:read' },
  { id: 'waiting', path: '/planning/waiting', permission: 'orders:read' },
  { id: 'replans', path: '/planning/replans', permission: 'fulfilment:read' },
  { id: 'backtests', path: '/planning/backtests', permission: 'settings:read' },
  { id: 'shadow', path: '/planning/shadow', permission: 'settings:read' },
] as const;

export type SectionId = (typeof sections)[number]['id'];
