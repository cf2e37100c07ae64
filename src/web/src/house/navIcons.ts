import {
  IconAutomation, IconBarcode, IconCatalogue, IconChannel, IconCustomers, IconDashboard, IconException, IconJobs, IconKey, IconNode, IconOrders,
  IconPackage, IconPlus, IconPurchasing, IconReport, IconRoute, IconSettings, IconStock, IconTruck, IconUndo, IconUpload, IconUser, IconWarehouse,
  IconWebhook,
} from './icons.ts';

/** The icons a page may have in the navigation. They are in the first bundle: keep them few. */
export const navIcons = {
  IconAutomation, IconBarcode, IconCatalogue, IconChannel, IconCustomers, IconDashboard, IconException, IconJobs, IconKey, IconNode, IconOrders,
  IconPackage, IconPlus, IconPurchasing, IconReport, IconRoute, IconSettings, IconStock, IconTruck, IconUndo, IconUpload, IconUser, IconWarehouse,
  IconWebhook,
};
export type IconName = keyof typeof navIcons;
