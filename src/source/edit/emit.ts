// Data as new YAML text: in one line, or one value a line. Knows no place in a file; never prints what a person wrote.
import { type Data, type DataMap, isCollection, isDataList, isDataMap } from './data.ts';
import { emitKey, emitNumber, emitQuoted, emitScalar, type Where } from './emit-scalar.ts';

/** `always` is the second try of an edit whose plain text did not read back. */
export type Quotes = 'needed' | 'always';

/** Columns a level is indented by. */
export type Steps = { readonly map: number; readonly list: number };
export const USUAL_STEPS: Steps = { map: 2, list: 2 };

/** Longer lines are no longer read at a glance. */
const SHORT = 80;

/** `{done: 2026-11-20, why: "Client asked"}`: one line, as data.md writes it. */
export function emitFlow(value: Data, quotes: Quotes = 'needed'): string {
  if (isDataList(value)) return `[${value.map((each) => emitFlow(each, quotes)).join(', ')}]`;
  if (isDataMap(value)) {
    return `{${Object.entries(value)
      .map(([key, each]) => `${emitKey(key)}: ${emitFlow(each, quotes)}`)
      .join(', ')}}`;
  }
  return emitSingle(value, 'flow', quotes);
}

function emitSingle(value: string | number | boolean | null, where: Where, quotes: Quotes): string {
  if (typeof value === 'string') return quotes === 'always' ? emitQuoted(value) : emitScalar(value, where);
  return typeof value === 'number' ? emitNumber(value) : String(value);
}

/** A value behind a key or dash, on that line, in a block. */
export const emitInline = (value: Data, quotes: Quotes): string =>
  isCollection(value) ? emitFlow(value, quotes) : emitSingle(value, 'block', quotes);

/**
 * A whole new record, one value a line, each line indented by `indent` columns and ended by LF. An empty value is
 * written as nothing. Short maps and lists of single words stay on one line.
 */
export function emitBlock(value: Data, indent: number): string {
  return blockLines(value, USUAL_STEPS, 'needed')
    .map((line) => (line === '' ? '\n' : `${' '.repeat(indent)}${line}\n`))
    .join('');
}

/** The lines of a value that stands on lines of its own. */
export function blockLines(value: Data, steps: Steps, quotes: Quotes): readonly string[] {
  if (isDataList(value) && value.length > 0) return value.flatMap((each) => entryLines(each, 'block', steps, quotes));
  if (isDataMap(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, each]) => pairLines(key, each, 'block', steps, quotes));
  }
  return [emitInline(value, quotes)];
}

/** `- ...` as an entry of a block list. */
export function entryLines(value: Data, style: 'flow' | 'block', steps: Steps, quotes: Quotes): readonly string[] {
  if (style === 'block' && isCollection(value) && !isEmpty(value)) {
    return blockLines(value, steps, quotes).map((line, at) =>
      indented(at === 0 ? `- ${line}` : line, at === 0 ? 0 : 2),
    );
  }
  const literal = literalLines(value, quotes);
  if (literal) return literal.map((line, at) => (at === 0 ? `- ${line}` : indented(line, 2)));
  return [`- ${emitInline(value, quotes)}`];
}

/** `key: ...` as an entry of a block map. */
export function pairLines(
  key: string,
  value: Data,
  style: 'flow' | 'block',
  steps: Steps,
  quotes: Quotes,
): readonly string[] {
  const name = emitKey(key);
  if (value === null) return [`${name}:`];
  if (style === 'block' && isCollection(value) && !isEmpty(value) && !fitsOneLine(key, value)) {
    const step = isDataList(value) ? steps.list : steps.map;
    return [`${name}:`, ...blockLines(value, steps, quotes).map((line) => indented(line, step))];
  }
  const literal = literalLines(value, quotes);
  if (literal) return literal.map((line, at) => (at === 0 ? `${name}: ${line}` : indented(line, steps.map)));
  return [`${name}: ${emitInline(value, quotes)}`];
}

export const indented = (line: string, columns: number): string => (line === '' ? '' : ' '.repeat(columns) + line);

const isEmpty = (value: readonly Data[] | DataMap): boolean => Object.keys(value).length === 0;

/** Words only, so no comma will ever be put in. */
function fitsOneLine(key: string, value: readonly Data[] | DataMap): boolean {
  const words = Object.values(value).every((each) =>
    typeof each === 'string' ? /^[\w.@/-]+$/.test(each) : !isCollection(each) && each !== null,
  );
  return words && key.length + emitFlow(value).length < SHORT;
}

/** `|` and the lines under it, not yet indented; `undefined` where quotes are safer or enough. */
function literalLines(value: Data, quotes: Quotes): readonly string[] | undefined {
  if (quotes === 'always' || typeof value !== 'string' || !/[^\n]\n/.test(value)) return undefined;
  const chomp = value.endsWith('\n') ? '' : '-';
  const lines = (chomp === '' ? value.slice(0, -1) : value).split('\n');
  if (/^\s|^$/.test(lines[0] ?? '') || lines.at(-1) === '') return undefined;
  const safe = lines.every((line) => !/\s$|^\t/.test(line) && emitQuoted(line).length === JSON.stringify(line).length);
  if (!safe || /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/.test(value)) return undefined;
  return [`|${chomp}`, ...lines];
}
