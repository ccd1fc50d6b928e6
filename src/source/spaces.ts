// Characters that look like a space or like nothing, which YAML takes for text. Knows nothing else.

/** No-break, en, em, ideographic and zero-width spaces; joiners are left out, scripts and emoji need them. */
const ODD = '\\u00a0\\u1680\\u2000-\\u200b\\u202f\\u205f\\u2060\\u3000\\ufeff';

const LEADING = new RegExp(`^[${ODD}]+`);
const TRAILING = new RegExp(`[${ODD}]+$`);
/** At the start of a line, after a dash, or after a key's colon. */
const IN_LINE = new RegExp(`^[ \\t]*(?:- +)*[ \\t]*([${ODD}]+)|^[^:]{1,200}:[ \\t]*([${ODD}]+)`);

const NAMES: Readonly<Record<string, string>> = {
  '\u00a0': 'a no-break space',
  '\u202f': 'a narrow no-break space',
  '\u3000': 'an ideographic space',
  '\u200b': 'a zero-width space',
  '\u2060': 'a zero-width word joiner',
  '\ufeff': 'a byte order mark',
};

/** `a no-break space (U+00A0)` */
export function nameOddSpace(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return `${NAMES[character] ?? 'an unusual space'} (${code})`;
}

/** Offsets inside `text` of odd spaces before or after what can be seen. */
export function oddEdge(text: string): readonly [number, number] | undefined {
  const leading = LEADING.exec(text);
  if (leading) return [0, leading[0].length];
  // The pattern alone would retry at each of a long run of them.
  if (!TRAILING.test(text.slice(-1))) return undefined;
  let from = text.length;
  while (from > 0 && TRAILING.test(text[from - 1] as string)) from--;
  return [from, text.length];
}

/** Odd spaces where a line's structure is: in its indentation or before its value. */
export function oddSpaceInLine(line: string): readonly [number, number] | undefined {
  const match = IN_LINE.exec(line);
  if (!match) return undefined;
  const found = (match[1] ?? match[2]) as string;
  return [match[0].length - found.length, match[0].length];
}
