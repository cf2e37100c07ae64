/** The parts of the warehouse, each a page of its own. */
export const sections = [
  { id: 'waves', path: '/warehouse', permission: 'fulfilment:read' },
  { id: 'rules', path: '/warehouse/rules', permission: 'fulfilment:read' },
  { id: 'people', path: '/warehouse/people', permission: 'fulfilment:read' },
  { id: 'floor', path: '/warehouse/floor', permission: 'inventory:read' },
  { id: 'deliveries', path: '/warehouse/deliveries', permission: 'inventory:read' },
  { id: 'replenishment', path: '/warehouse/replenishment', permission: 'fulfilment:read' },
  { id: 'counts', path: '/warehouse/counts', permission: 'inventory:read' },
  { id: 'putawayRules', path: '/warehouse/putaway-rules', permission: 'inventory:read' },
  { id: 'figures', path: '/warehouse/figures', permission: 'reports:read' },
] as const;

export type SectionId = (typeof sections)[number]['id'];
