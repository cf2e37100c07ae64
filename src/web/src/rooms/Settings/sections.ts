/** The parts of the settings, each a page of its own. */
export const sections = [
  { id: 'users', path: '/settings/users', permission: 'access:manage' },
  { id: 'roles', path: '/settings/roles', permission: 'access:manage' },
  { id: 'keys', path: '/settings/keys', permission: 'access:manage' },
  { id: 'webhooks', path: '/settings/webhooks', permission: 'webhooks:read' },
  { id: 'messages', path: '/settings/messages', permission: 'settings:read' },
  { id: 'rules', path: '/settings/rules', permission: 'settings:read' },
  { id: 'numbers', path: '/settings/numbers', permission: 'settings:read' },
  { id: 'carriers', path: '/settings/carriers', permission: 'settings:read' },
  { id: 'rates', path: '/settings/rates', permission: 'settings:read' },
  { id: 'mappings', path: '/settings/mappings', permission: 'settings:read' },
  { id: 'packaging', path: '/settings/packaging', permission: 'fulfilment:manage' },
  { id: 'packing', path: '/settings/packing', permission: 'fulfilment:manage' },
  { id: 'printers', path: '/settings/printers', permission: 'fulfilment:work' },
  { id: 'documents', path: '/settings/documents', permission: 'settings:read' },
  { id: 'api', path: '/settings/api', permission: 'settings:read' },
] as const;

export type SectionId = (typeof sections)[number]['id'];
