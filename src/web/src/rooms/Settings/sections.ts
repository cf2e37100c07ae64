/** The parts of the settings, each a page of its own, by what they are about. */
export const sections = [
  { id: 'users', group: 'people', path: '/settings/users', permission: 'access:manage' },
  { id: 'roles', group: 'people', path: '/settings/roles', permission: 'access:manage' },
  { id: 'rules', group: 'selling', path: '/settings/rules', permission: 'settings:read' },
  { id: 'numbers', group: 'selling', path: '/settings/numbers', permission: 'settings:read' },
  { id: 'delivery', group: 'selling', path: '/settings/delivery', permission: 'settings:read' },
  { id: 'rates', group: 'selling', path: '/settings/rates', permission: 'settings:read' },
  { id: 'edi', group: 'selling', path: '/settings/edi', permission: 'edi:read' },
  { id: 'erp', group: 'selling', path: '/settings/erp', permission: 'settings:read' },
  { id: 'carriers', group: 'warehouse', path: '/settings/carriers', permission: 'settings:read' },
  { id: 'packaging', group: 'warehouse', path: '/settings/packaging', permission: 'fulfilment:manage' },
  { id: 'packing', group: 'warehouse', path: '/settings/packing', permission: 'fulfilment:manage' },
  { id: 'printers', group: 'warehouse', path: '/settings/printers', permission: 'fulfilment:work' },
  { id: 'messages', group: 'papers', path: '/settings/messages', permission: 'settings:read' },
  { id: 'documents', group: 'papers', path: '/settings/documents', permission: 'settings:read' },
  { id: 'support', group: 'papers', path: '/settings/support', permission: 'settings:read' },
  { id: 'mappings', group: 'developers', path: '/settings/mappings', permission: 'settings:read' },
  { id: 'folders', group: 'developers', path: '/settings/folders', permission: 'settings:read' },
  { id: 'keys', group: 'developers', path: '/settings/keys', permission: 'access:manage' },
  { id: 'webhooks', group: 'developers', path: '/settings/webhooks', permission: 'webhooks:read' },
  { id: 'api', group: 'developers', path: '/settings/api', permission: 'settings:read' },
] as const;

export type SectionId = (typeof sections)[number]['id'];
