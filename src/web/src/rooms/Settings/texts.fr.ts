import type { Translated } from '@house/i18n/texts.ts';
import type en from './texts.en.ts';

export default {
  title: 'Paramètres',
} satisfies Translated<typeof en>;
