import type { Address } from '@rooms/Orders/orders.ts';

/** Every country mail can go to, by its two letters (ISO 3166-1, and Kosovo). */
export const countries =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(' ');

const set = (codes: string) => new Set(codes.split(' '));

/** Mail there names the postcode before the town. */
const postcodeFirst = set('AD AL AT BA BE BG BR CH CY CZ DE DK DO DZ EE EH ES FI FO FR GE GF GL GP GR GT HN HR HU IL IS IT KG KW KZ LA LI LT LU MA MC MD ME MG MK MM MQ MX MZ NC NE NI NL NO OM PF PH PL PM PT PY RE RO RS SE SI SJ SK SN SV TN TR UY UZ VA WF XK YT ZM');
const withoutPostcode = set('AE AG AO AW BF BI BJ BO BS BW BZ CD CF CG CI CM CW DJ DM ER FJ GA GD GH GM GQ GY HK IE JM KI KM KN KP LC LY ML MO MR MS MW NA NR NU QA RW SB SC SD SL SR SS ST SX SY TD TF TG TK TL TO TT TV UG VU WS YE ZW');
const withState = set('US AU BR IN MX MY NG VE AS GU FM MH MP PR PW VI UM');
const withProvince = set('CA CN IT ES AR CL CO TR TH ID PH VN KR JP EG SV PA PE UY');
const withCounty = set('IE TW HR RO');

export type AddressField = keyof Address;
export type RegionWord = 'state' | 'province' | 'county' | 'region';

/** The fields of an address as they are written in a country: rows of one or two, after the country itself; the region by its own word. */
export function layoutOf(country: string): { rows: AddressField[][]; region: RegionWord; isZip: boolean } {
  const region: RegionWord | null = withState.has(country) ? 'state' : withProvince.has(country) ? 'province' : withCounty.has(country) || country === 'GB' ? 'county' : null;
  const town: AddressField[][] = withoutPostcode.has(country)
    ? [country === 'IE' ? ['city', 'postcode'] : ['city']]
    : postcodeFirst.has(country)
      ? [['postcode', 'city']]
      : [['city', 'postcode']];
  return {
    rows: [['name'], ['line1', 'line2'], ...town, ...(region ? [['region', 'company'] as AddressField[], ['phone'] as AddressField[]] : [['company', 'phone'] as AddressField[]])],
    region: region ?? 'region',
    isZip: withState.has(country) && !['AU', 'BR', 'IN', 'MX', 'MY', 'NG', 'VE'].includes(country),
  };
}

/** The country somebody with this locale is most likely in. */
export function countryOf(locale: string): string {
  try {
    return new Intl.Locale(locale).maximize().region ?? 'GB';
  } catch {
    return 'GB';
  }
}

const fields = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'country'] as const;

/** Addresses without those that say the same. */
export function distinct(addresses: readonly (Address | null)[]): Address[] {
  const known = new Map<string, Address>();
  for (const address of addresses) {
    if (!address || !(address.line1 || address.postcode)) continue;
    const key = fields.map((f) => (address[f] ?? '').trim().toLowerCase()).join('|');
    if (!known.has(key)) known.set(key, address);
  }
  return [...known.values()];
}

/** An address in one line; with what countries are called where people read it. */
export const oneLine = (address: Address, countryName = (code: string) => code): string =>
  [address.name, address.company, address.line1, address.line2, address.city, address.postcode, address.country && countryName(address.country)].filter(Boolean).join(', ');
