import type { Say } from '@house/i18n/useTexts.tsx';
import type { Channel } from './channels.ts';

/** In a few words, how the orders of a channel are served. */
export const handlingOf = (c: Channel, t: Pick<Say<'channels.graceOf' | 'channels.takesOthers'>, 'maybe'>): string =>
  [`${t.maybe('channels.onShort')}: ${t.maybe(`channels.short.${c.onShort}`)}`, `${t.maybe('channels.release')}: ${t.maybe(`channels.release.${c.release}`)}`, c.graceMinutes > 0 && t.maybe('channels.graceOf', { n: c.graceMinutes }), c.allowSubstitutes && t.maybe('channels.takesOthers')].filter(Boolean).join(' · ');
