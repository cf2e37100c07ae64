/** The parts of shipping, each a page of its own. */
export const sections = [
  { id: 'parcels', path: '/shipping', permission: 'fulfilment:read' },
  { id: 'dayEnd', path: '/shipping/day-end', permission: 'fulfilment:read' },
  { id: 'manifests', path: '/shipping/manifests', permission: 'fulfilment:read' },
  { id: 'trouble', path: '/shipping/trouble', permission: 'fulfilment:read' },
  { id: 'claims', path: '/shipping/claims', permission: 'fulfilment:read' },
  { id: 'scorecards', path: '/shipping/scorecards', permission: 'reports:read' },
] as const;

export type SectionId = (typeof sections)[number]['id'];
