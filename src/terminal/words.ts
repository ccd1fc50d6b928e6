// Small pieces of English that many lines share: counts, days, joined parts.
import { type Day, formatDate, formatDay, yearOf } from '../day.ts';
import type { Block } from './ink.ts';
import { displayWidth } from './width.ts';

/** `1 client`, `2 clients`; the plural is given when it is not an s. */
export const count = (n: number, word: string, plural = `${word}s`): string => `${n} ${n === 1 ? word : plural}`;

/** `4 Dec`, with its year when it is not this one. */
export const shortDate = (day: Day, today: Day): string =>
  yearOf(day) === yearOf(today) ? formatDate(day) : `${formatDate(day)} ${yearOf(day)}`;

/** `Fri 4 Dec`, with its year when it is not this one. */
export const longDate = (day: Day, today: Day): string =>
  yearOf(day) === yearOf(today) ? formatDay(day) : `${formatDay(day)} ${yearOf(day)}`;

export const lowerFirst = (text: string): string => {
  const [first = '', second = ''] = text;
  return second === second.toLowerCase() ? first.toLowerCase() + text.slice(first.length) : text;
};

/** Words on as many lines as they need; those after the first are indented. Only spaces break. */
export function wrap(text: string, columns: number | undefined, indent: string): readonly string[] {
  if (columns === undefined) return [text];
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current.trim() === '' || displayWidth(longer) <= columns) {
      current = longer;
    } else {
      lines.push(current);
      current = indent + word;
    }
  }
  return [...lines, current];
}

export const toBlock = (lines: readonly string[]): Block => lines.map((text) => [text]);

/** `active`, `leaving`, `past` or `prospect`. */
export const statusWord = (client: { readonly status: string; readonly leaving?: unknown }): string =>
  client.leaving !== undefined && client.status === 'active' ? 'leaving' : client.status;
