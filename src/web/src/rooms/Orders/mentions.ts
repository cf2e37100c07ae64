const name = String.raw`[\p{L}\p{N}._-]`;
const whole = new RegExp(String.raw`(?:^|(?<=\s))@(${name}{2,})`, 'gu');
const begun = new RegExp(String.raw`(?:^|\s)@(${name}*)$`, 'u');

const trimmed = (found: string) => found.replace(/[._-]+$/, '');

/** Who is meant by a note: each `@name` that stands by itself, so that an email address mentions nobody. */
export const mentionsIn = (text: string): string[] => [...new Set([...text.matchAll(whole)].map((m) => trimmed(m[1]!)).filter((n) => n.length >= 2))];

/** The mention that is being written before the cursor; null when none is. */
export function mentionAt(text: string, cursor: number): { start: number; typed: string } | null {
  const found = begun.exec(text.slice(0, cursor));
  return found ? { start: cursor - found[1]!.length - 1, typed: found[1]! } : null;
}

/** The text in parts, those that mention somebody apart. */
export function partsOf(text: string, mentions: readonly string[]): { text: string; isMention: boolean }[] {
  const known = new Set(mentions.map((m) => m.toLocaleLowerCase()));
  const parts: { text: string; isMention: boolean }[] = [];
  let from = 0;
  for (const m of text.matchAll(whole)) {
    const found = trimmed(m[1]!);
    if (!known.has(found.toLocaleLowerCase())) continue;
    if (m.index > from) parts.push({ text: text.slice(from, m.index), isMention: false });
    parts.push({ text: `@${found}`, isMention: true });
    from = m.index + 1 + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isMention: false });
  return parts;
}
