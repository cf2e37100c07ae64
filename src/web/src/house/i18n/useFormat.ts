import { useMemo } from 'react';
import { major } from './money.ts';
import { useSpeech } from './useTexts.tsx';

type At = string | number | Date;

/** Numbers, money and times as the person writes them. */
export interface Format {
  number: (n: number) => string;
  percent: (share: number) => string;
  money: (minor: number, currency: string) => string;
  date: (at: At, zone?: string) => string;
  time: (at: At, zone?: string) => string;
  dateTime: (at: At, zone?: string) => string;
  /** In full, with the zone: for titles and readers. */
  full: (at: At, zone?: string) => string;
  /** 12 min, 14:02, Tue, 14 Nov, 14 Nov 2024: as short as it can be and still say when. */
  short: (at: At, now: number, zone?: string) => string;
  /** 1 h 12, 3 d, 12 min. */
  span: (ms: number) => string;
  list: (items: string[]) => string;
}

export function useFormat(): Format {
  const { locale, zone } = useSpeech();
  return useMemo(() => formatOf(locale, zone), [locale, zone]);
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export function formatOf(locale: string, own: string): Format {
  const made = new Map<string, Intl.DateTimeFormat>();
  const by = (options: Intl.DateTimeFormatOptions, zone = own) => {
    const key = JSON.stringify(options) + zone;
    let format = made.get(key);
    if (!format) made.set(key, (format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone })));
    return format;
  };
  const write = (options: Intl.DateTimeFormatOptions) => (at: At, zone?: string) => by(options, zone).format(new Date(at));
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const lists = new Intl.ListFormat(locale);
  const moneys = new Map<string, Intl.NumberFormat>();
  const unit = (n: number, name: 'minute' | 'hour' | 'day') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: name === 'minute' ? 'short' : 'narrow' }).format(n);

  const date = write({ day: 'numeric', month: 'short', year: 'numeric' });
  const time = write({ hour: '2-digit', minute: '2-digit' });
  const isSameDay = (a: number, b: number, zone?: string) => by({ dateStyle: 'short' }, zone).format(a) === by({ dateStyle: 'short' }, zone).format(b);
  return {
    number: (n) => numbers.format(n),
    percent: (share) => percents.format(share),
    money(minor, currency) {
      try {
        let format = moneys.get(currency);
        if (!format) moneys.set(currency, (format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })));
        return format.format(major(minor, currency) as unknown as number);
      } catch {
        return `${major(minor, currency)} ${currency}`;
      }
    },
    date,
    time,
    dateTime: write({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    full: write({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }),
    short(at, now, zone) {
      const then = new Date(at).getTime();
      const ago = now - then;
      // The page's clock is up to half a minute behind.
      if (ago > -minute && ago < hour) return unit(Math.max(1, Math.floor(ago / minute)), 'minute');
      if (isSameDay(then, now, zone)) return time(then, zone);
      if (Math.abs(ago) < 6 * day) return by({ weekday: 'short' }, zone).format(then) + (ago < 0 ? ` ${time(then, zone)}` : '');
      if (Math.abs(ago) < 300 * day) return by({ day: 'numeric', month: 'short' }, zone).format(then);
      return date(then, zone);
    },
    span(ms) {
      const whole = Math.abs(ms);
      if (whole < hour) return unit(Math.floor(whole / minute), 'minute');
      if (whole < day) {
        // Minutes matter while it is few hours.
        const rest = whole < 10 * hour ? Math.floor((whole % hour) / minute) : 0;
        return `${unit(Math.floor(whole / hour), 'hour')}${rest === 0 ? '' : ` ${unit(rest, 'minute')}`}`;
      }
      return unit(Math.floor(whole / day), 'day');
    },
    list: (items) => lists.format(items),
  };
}
