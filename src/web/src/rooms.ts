import type { Page } from '@house/pages.ts';
import billing from '@rooms/Billing/pages.ts';
import catalogue from '@rooms/Catalogue/pages.ts';
import channels from '@rooms/Channels/pages.ts';
import customers from '@rooms/Customers/pages.ts';
import dashboard from '@rooms/Dashboard/pages.ts';
import dock from '@rooms/Dock/pages.ts';
import drafts from '@rooms/Drafts/pages.ts';
import edi from '@rooms/Edi/pages.ts';
import erp from '@rooms/Erp/pages.ts';
import exceptions from '@rooms/Exceptions/pages.ts';
import handheld from '@rooms/Handheld/pages.ts';
import inventory from '@rooms/Inventory/pages.ts';
import messages from '@rooms/Messages/pages.ts';
import nodes from '@rooms/Nodes/pages.ts';
import orders from '@rooms/Orders/pages.ts';
import packing from '@rooms/Packing/pages.ts';
import partners from '@rooms/Partners/pages.ts';
import planning from '@rooms/Planning/pages.ts';
import purchasing from '@rooms/Purchasing/pages.ts';
import routing from '@rooms/Routing/pages.ts';
import settings from '@rooms/Settings/pages.ts';
import shipping from '@rooms/Shipping/pages.ts';
import support from '@rooms/Support/pages.ts';
import till from '@rooms/Till/pages.ts';
import warehouse from '@rooms/Warehouse/pages.ts';

/** Every page there is, in the order of the navigation. Pages of a room are listed in its own pages.ts. */
export const pages: Page[] = [
  ...dashboard,
  ...edi,
  ...erp,
  ...support,
  ...exceptions,
  ...orders,
  ...planning,
  ...handheld,
  ...dock,
  ...till,
  ...packing,
  ...shipping,
  ...warehouse,
  ...drafts,
  ...customers,
  ...inventory,
  ...nodes,
  ...routing,
  ...purchasing,
  ...partners,
  ...billing,
  ...catalogue,
  ...channels,
  ...messages,
  ...settings,
];
