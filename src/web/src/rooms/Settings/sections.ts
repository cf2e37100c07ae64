/** The parts of the settings, each a page of its own. */
export const sections = [
  { id: 'users', path: '/settings/users', permission: 'access:manage' },
  { id: 'roles', path: '/settings/roles', permission: 'access:manage' },
  { id: 'keys', path: '/settings/keys', permission: 'access:manage' },
] as const;

export type SectionId = (typeof sections)[number]['id'];
