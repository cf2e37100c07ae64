// How postcodes are compared: the same rules as the server's Areas. A British postcode keeps its blank, since KW1 5AA is in Wick and KW15 1AA on Orkney.

const bare = (text: string) => text.replaceAll(/[\s-]/g, '').toUpperCase();
const british = /^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$/;
const digit = /[0-9]/;

export function postcodeOf(country: string, text: string): string {
  const all = bare(text);
  return country === 'GB' && british.test(all) ? `${all.slice(0, -3)} ${all.slice(-3)}` : all;
}

/** The form in which a beginning of postcodes is compared; stored ones have it already. */
export function prefixOf(country: string, text: string): string {
  const all = bare(text);
  if (country !== 'GB') return all;
  if (british.test(all)) return postcodeOf(country, text);
  const sector = /^([A-Z]{1,2}[0-9][A-Z0-9]?)\s+([0-9][A-Z]?)$/.exec(text.trim().toUpperCase());
  return sector ? `${sector[1]} ${sector[2]}` : all;
}

/** Would this cut a British district in two? M1 is not the beginning of M11, though W1 is of W1A. */
const cutsDistrict = (country: string, postcode: string, length: number) =>
  country === 'GB' && length > 0 && length < postcode.length && digit.test(postcode[length - 1]!) && digit.test(postcode[length]!);

/** The beginnings of a postcode, the longest first and the whole country last. */
export function beginningsOf(country: string, text: string): string[] {
  const code = postcodeOf(country, text);
  const found: string[] = [];
  for (let length = code.length; length >= 0; length--) if (!cutsDistrict(country, code, length)) found.push(code.slice(0, length));
  return found;
}

interface Area {
  country?: string | null;
  postcodePrefix?: string | null;
}

/** Of things that have areas those that a place is in, the closest first, each with the beginning by which it is. */
export function containing<T>(things: readonly T[], areasOf: (thing: T) => readonly Area[], country: string, postcode: string): { thing: T; by: string }[] {
  const wanted = beginningsOf(country, postcode);
  return things
    .flatMap((thing) => {
      const at = Math.min(...areasOf(thing).filter((a) => a.country === country).map((a) => wanted.indexOf(prefixOf(country, a.postcodePrefix ?? ''))).filter((i) => i >= 0));
      return Number.isFinite(at) ? [{ thing, by: wanted[at]!, at }] : [];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ thing, by }) => ({ thing, by }));
}
