import { texts } from '@house/i18n/texts.ts';

export default texts('Catalogue', {
  title: 'Catalogue',
});
