import type { Translated } from '@house/i18n/texts.ts';
import type en from './texts.en.ts';

export default {
  again: 'Réessayer',
  retryAfter: '{n, plural, one {Réessayez dans # seconde.} other {Réessayez dans # secondes.}}',
  requestId: 'Requête {id}',
} satisfies Translated<typeof en>;
