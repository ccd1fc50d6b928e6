// Small pieces of English that many lines share: counts, days, joined parts.
import { type Day, formatDate, formatDay, monthOf, yearOf } from '../day.ts';
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

/** `12 -> 16 Dec`, `28 Nov -> 4 Dec`, with years where they are not this one. */
export function fromTo(from: Day, to: Day, today: Day): string {
  const isNear = yearOf(from) === yearOf(to) && monthOf(from) === monthOf(to);
  const first = isNear ? (formatDate(from).split(' ')[0] ?? '') : shortDate(from, today);
  return `${first} -> ${shortDate(to, today)}`;
}

export const lowerFirst = (text: string): string => {
  const [first = '', second = ''] = text;
  return second === second.toLowerCase() ? first.toLowerCase() + text.slice(first.length) : text;
};

/** Parts that stay whole when they are wrapped: their spaces do not break. */
export const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');

/** Words on as many lines as they need; those after the first are indented. Only spaces break, and `unbroken` ones do not. */
export function wrap(text: string, columns: number | undefined, indent: string): readonly string[] {
  if (columns === undefined) return [text.replaceAll('\u00a0', ' ')];
  const lines: string[] = [];
  const lead = /^ */.exec(text)?.[0] ?? '';
  let current = lead;
  for (const word of text.slice(lead.length).split(' ')) {
    const longer = current.trim() === '' ? current + word : `${current} ${word}`;
    if (current.trim() === '' || displayWidth(longer) <= columns) {
      current = longer;
    } else {
      lines.push(current);
      current = indent + word;
    }
  }
  return [...lines, current].map((each) => each.replaceAll('\u00a0', ' '));
}

export const toBlock = (lines: readonly string[]): Block => lines.map((text) => [text]);

/** `active`, `leaving`, `past` or `prospect`. */
export const statusWord = (client: { readonly status: string; readonly leaving?: unknown }): string =>
  client.leaving !== undefined && client.status === 'active' ? 'leaving' : client.status;

/** A piece of a sentence that may not be there. */
export type Maybe = string | false | null | undefined;
export const isText = (text: Maybe): text is string => typeof text === 'string' && text !== '';
export const present = (...texts: readonly Maybe[]): readonly string[] => texts.filter(isText);
