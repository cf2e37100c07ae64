import { texts } from '@house/i18n/texts.ts';

export default texts('parts', {
  again: 'Try again',
  retryAfter: '{n, plural, one {Try again in # second.} other {Try again in # seconds.}}',
  requestId: 'Request {id}',
});
