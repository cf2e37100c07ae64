import type { Translated } from '@house/i18n/texts.ts';
import type en from './texts.en.ts';

export default {
  title: 'Tableau de bord',
} satisfies Translated<typeof en>;
