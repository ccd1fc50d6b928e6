// One value as YAML text that readers of YAML 1.1 and 1.2 take for the same. Knows no place in a file.
import { oddEdge } from '../spaces.ts';

export type Where = 'block' | 'flow';

/**
 * A date of the calendar: texts for us, dates for YAML 1.1, and written plain because that is what people write. Day 31
 * of a short month is left to quotes: such a reader stops at it.
 */
function isCalendarDay(value: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days;
}

const NAMED = /^(?:null|true|false|yes|no|on|off|y|n|nan|inf)$/i;
/** Numbers of either version: underscores, base 60, `1e3`, hexadecimal, octal, binary. */
const NUMERIC = /^[-+]?(?:[\d._]+(?:e[-+]?[\d_]+)?|0[xob][\da-f_]+|[\d_]+(?::[\d_.]*)+)$/i;
const TIMESTAMP = /^\d{4}-\d\d?-\d\d?(?:$|[Tt \t])/;
/** Letters, digits, brackets of prose and money; anything else at the start might mean something. */
const FIRST = /^[A-Za-z0-9_($/]|^[^\x00-\x7f]/;
/** Written as escapes: what cannot be seen, ends a line for somebody, or turns text around. */
const HIDDEN = /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff0-\uffff\ud800-\udfff]/;
/** `report + 2bd`: words with a space that are no prose. */
const RECKONED = /^[\w-]+ [+-] \d+[a-z]+$/;

const hasHidden = (value: string): boolean => HIDDEN.test(value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, 'x'));

/** Read back as this very string, whatever it looks like. */
function isPlainAnywhere(value: string): boolean {
  if (value === '' || !FIRST.test(value) || hasHidden(value)) return false;
  if (/\s$|:$|: | #|:\t|\t/.test(value) || oddEdge(value)) return false;
  if (isCalendarDay(value)) return true;
  if (NAMED.test(value) || NUMERIC.test(value) || TIMESTAMP.test(value)) return false;
  // Read as text, but taken for a key without its space.
  return !/^[A-Za-z][\w-]*:[^\s/:]/.test(value);
}

/** In `{}` prose is quoted though it need not be: the next one to edit it may put a comma in. */
function isPlainInFlow(value: string): boolean {
  if (/[,[\]{}"'`]/.test(value)) return false;
  if (/\s/.test(value) && !RECKONED.test(value)) return false;
  return !value.includes(':') || /^https?:\/\/[\w.~/?=&%+-]+$/.test(value);
}

/** Ids, dates and other single words are plain; prose is plain in block style where every reader sees the same. */
export function emitScalar(value: string, where: Where): string {
  return isPlainAnywhere(value) && (where === 'block' || isPlainInFlow(value)) ? value : emitQuoted(value);
}

/** JSON's double quotes, which are YAML's; what cannot be seen is escaped. */
export function emitQuoted(value: string): string {
  const json = JSON.stringify(value);
  if (!hasHidden(json)) return json;
  let out = '';
  for (const character of json) {
    out += character.length === 1 && HIDDEN.test(character) ? `\\u${hex4(character.charCodeAt(0))}` : character;
  }
  return out;
}

const hex4 = (code: number): string => code.toString(16).padStart(4, '0');

/** YAML 1.1 takes an exponent only after a point and with a sign. */
export function emitNumber(value: number): string {
  const text = String(value === 0 ? 0 : value);
  return text.includes('.') ? text : text.replace('e', '.0e');
}

/** Keys are plain words, or in quotes. */
export const emitKey = (key: string): string =>
  /^[A-Za-z0-9_][\w.@/-]*$/.test(key) && isPlainAnywhere(key) ? key : emitQuoted(key);
