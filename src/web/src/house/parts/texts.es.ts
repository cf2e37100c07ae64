import type { Translated } from '@house/i18n/texts.ts';
import type en from './texts.en.ts';

export default {
  again: 'Reintentar',
  retryAfter: '{n, plural, one {Reintente en # segundo.} other {Reintente en # segundos.}}',
  requestId: 'Solicitud {id}',
} satisfies Translated<typeof en>;
