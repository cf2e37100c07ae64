/** The parts of routing, each a page of its own. */
export const sections = [
  { id: 'strategies', path: '/routing', permission: 'settings:read' },
  { id: 'cards', path: '/routing/rate-cards', permission: 'nodes:read' },
  { id: 'zones', path: '/routing/zones', permission: 'nodes:read' },
  { id: 'calendars', path: '/routing/calendars', permission: 'nodes:read' },
  { id: 'capacity', path: '/routing/capacity', permission: 'nodes:read' },
] as const;

export type SectionId = (typeof sections)[number]['id'];
