import type { ComponentType } from 'react';
import type { IconName } from './navIcons.ts';
import type { Permission } from './session.tsx';
import type shell from './shell/texts.en.ts';
import type { Texts } from './i18n/texts.ts';

type ShellKey = typeof shell extends Texts<infer K> ? K : never;
export type NavName = Extract<ShellKey, `nav.${string}`>;
export type NavGroup = 'work' | 'stock' | 'sell' | 'insight' | 'end';

/** A page: one line in pages.ts of its room. */
export interface Page {
  /** '/orders' or '/orders/$id' */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Without this right the page says so, and is not in the navigation. */
  permission?: Permission;
  /** In the navigation at the left and in the command palette. */
  nav?: { group: NavGroup; name: NavName; icon: IconName; keys?: `g ${string}` };
  /** In the command palette only: an action that has an address, such as "New order". */
  command?: { name: NavName; icon: IconName };
}
