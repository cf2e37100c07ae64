import type { Translated } from '@house/i18n/texts.ts';
import type en from './texts.en.ts';

export default {
  again: 'Noch einmal',
  retryAfter: '{n, plural, one {In # Sekunde noch einmal versuchen.} other {In # Sekunden noch einmal versuchen.}}',
  requestId: 'Anfrage {id}',
} satisfies Translated<typeof en>;
