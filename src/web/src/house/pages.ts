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
  /** Without this right (or one of these) the page says so, and is not in the navigation. */
  permission?: Permission | readonly Permission[];
  /** Shown on the whole screen, without header and navigation: a handheld, a station. */
  isBare?: boolean;
  /** In the navigation at the left and in the command palette. `also`: other addresses that belong to it. `unless`: not for who has this right too. */
  nav?: { group: NavGroup; name: NavName; icon: IconName; keys?: `g ${string}`; also?: string[]; unless?: Permission };
  /** In the command palette only: an action that has an address, such as "New order", with its key where it has one. */
  command?: { name: NavName; icon: IconName; keys?: string };
}

/** The keys that lead to a page, wherever it is listed. */
export const keysOf = (page: Page): string | undefined => page.nav?.keys ?? page.command?.keys;
