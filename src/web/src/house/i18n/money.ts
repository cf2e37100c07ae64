const digitsOf = new Map<string, number>();

/** How many digits a currency's minor unit has: GBP 2, JPY 0, KWD 3. */
export function minorDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    try {
      digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    } catch {
      digits = 2; // a code that Intl refuses: shown as it is
    }
    digitsOf.set(currency, digits);
  }
  return digits;
}

/** Minor units as a decimal text, without floating point: 1250 GBP is "12.50". */
export function major(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(Math.trunc(minor))).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** What a person typed ("1.234,50" in German) as minor units, or null when it is no amount or has too many decimals. */
export function minorOf(typed: string, currency: string, locale: string): number | null {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.8);
  const group = parts.find((p) => p.type === 'group')?.value ?? ',';
  const decimal = parts.find((p) => p.type === 'decimal')?.value ?? '.';
  const plain = typed.trim().replaceAll(group, '').replaceAll(/[\s\u00A0\u202F]/g, '').replace(decimal, '.');
  const match = /^(-?)(\d{1,13})(?:\.(\d*))?$/.exec(plain);
  const digits = minorDigits(currency);
  if (!match || (match[3] ?? '').length > digits) return null;
  return Number(`${match[1]}${match[2]}${(match[3] ?? '').padEnd(digits, '0')}`);
}
