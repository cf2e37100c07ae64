import { texts } from '@house/i18n/texts.ts';

export default texts('Orders', {
  title: 'Orders',
});
