/** How the scanner of this device types. Kept in this browser, since it is the device's and not the person's. */
export interface WedgeSettings {
  /** What the scanner types before each code, so that nothing else is taken for one. */
  prefix: string;
  /** The key it ends with; `either` takes both Enter and Tab. `none`: the code ends when nothing more comes. */
  suffix: 'either' | 'enter' | 'tab' | 'none';
  /** Most milliseconds between two characters. People are slower. */
  gap: number;
  /** A character that stands for FNC1, for scanners that cannot send it. */
  fnc1: string;
}

export const usualWedge: WedgeSettings = { prefix: '', suffix: 'either', gap: 50, fnc1: '' };
export const leastGap = 10;
export const mostGap = 500;

export interface Press {
  key: string;
  /** Milliseconds, of any clock that goes on evenly. */
  at: number;
  ctrl?: boolean;
  /** Does the key go into a field? Then one character more is asked for, since people write there. */
  isField?: boolean;
}

/**
 * Tells a scanner's keys from a person's, by their speed. Nothing is kept back: characters go where they would go, and only when the whole of a code was
 * seen does one know that it was a scan. So what it leaves to be done is to take the code out of the field it went to.
 */
export class Wedge {
  private chars = '';
  private last = -Infinity;
  constructor(private readonly settings: WedgeSettings) {}

  /** Has a burst just begun with this key? Then the field is worth remembering. */
  get isFirst(): boolean {
    return this.chars.length === 1;
  }

  /** Is a burst under way, of two characters and more? */
  get isBurst(): boolean {
    return this.chars.length > 1;
  }

  /** The code, when this key ended one. */
  press({ key, at, ctrl = false, isField = false }: Press): string | null {
    const isQuick = at - this.last <= this.settings.gap;
    if (this.ends(key)) {
      const code = isQuick ? this.code(isField) : null;
      this.reset();
      return code;
    }
    const char = key.length === 1 && !ctrl ? key : ctrl && key === ']' ? '\u001d' : '';
    if (char === '') {
      // Shift and the like belong to the characters they change; anything else was a person.
      if (!['Shift', 'CapsLock', 'AltGraph', 'Control', 'Alt', 'Dead'].includes(key)) this.reset();
      return null;
    }
    this.chars = isQuick ? this.chars + char : char;
    this.last = at;
    return null;
  }

  /** The code, when nothing more comes and the scanner has no key at the end. */
  rest(isField = false): string | null {
    const code = this.settings.suffix === 'none' ? this.code(isField) : null;
    this.reset();
    return code;
  }

  private ends(key: string) {
    const { suffix } = this.settings;
    return (key === 'Enter' && (suffix === 'enter' || suffix === 'either')) || (key === 'Tab' && (suffix === 'tab' || suffix === 'either'));
  }

  private code(isField: boolean): string | null {
    const { prefix, fnc1, suffix } = this.settings;
    if (!this.chars.startsWith(prefix)) return null;
    const code = this.chars.slice(prefix.length);
    // Two quick characters may be a roll of two fingers; without a key at the end more are asked for.
    const least = prefix.length > 0 ? 1 : suffix === 'none' ? 5 : isField ? 3 : 2;
    if (code.trim().length < least) return null;
    return fnc1 === '' ? code : code.replaceAll(fnc1, '\u001d');
  }

  private reset() {
    this.chars = '';
    this.last = -Infinity;
  }
}
