import { texts } from '@house/i18n/texts.ts';

export default texts('Inventory', {
  title: 'Inventory',
});
