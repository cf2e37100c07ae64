/** A weight as it was typed or as a scale typed it: "577", "0,577 kg", "ST,+ 0.577kg". A number with a decimal sign and no unit is kilograms. Null: it is none. */
export function readWeight(text: string): { grams: number; hasUnit: boolean } | null {
  // Scales say first whether they stand still: ST (stable), GS, NT (net), with a sign.
  const found = /^(?:(?:ST|GS|NT|S|N)[\s,]+)*\+?\s*(\d{1,6})(?:[.,](\d{1,4}))?\s*(kg|g)?$/i.exec(text.trim());
  if (!found) return null;
  const [, whole = '', part, unit] = found;
  const value = Number(part === undefined ? whole : `${whole}.${part}`);
  const isKilo = unit ? unit.toLowerCase() === 'kg' : part !== undefined;
  const grams = Math.round(isKilo ? value * 1000 : value);
  return grams > 0 ? { grams, hasUnit: unit !== undefined } : null;
}
