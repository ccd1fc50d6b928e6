// What is added to a text, as text: the keys that are missing, a record, a list entry. Knows no place.
import { type Data, isCollection } from './data.ts';
import { emitFlow, entryLines, indented, pairLines, type Quotes, type Steps } from './emit.ts';
import { emitKey } from './emit-scalar.ts';

/** What is added: `value` under the missing `keys`; as an `entry`, at the end of the list there. */
export type Addition = {
  readonly keys: readonly string[];
  readonly value: Data;
  readonly form: 'value' | 'entry';
  readonly style: 'flow' | 'block';
  readonly quotes: Quotes;
  readonly steps: Steps;
};

/** The lines of an addition in block style: one for each missing key, then the record in one line. */
export function additionLines(added: Addition): readonly string[] {
  const { keys, value, form, style, quotes, steps } = added;
  const [key, next] = keys;
  if (key === undefined) return entryLines(value, style, steps, quotes);
  const rest = { ...added, keys: keys.slice(1) };
  if (next === undefined) {
    if (form === 'value') return pairLines(key, value, style, steps, quotes);
    if (isWord(value)) return [`${emitKey(key)}: ${emitFlow([value], quotes)}`];
    return [`${emitKey(key)}:`, ...additionLines(rest).map((line) => indented(line, steps.list))];
  }
  if (keys.length === 2 && form === 'value' && isFolded(added)) {
    return [`${emitKey(key)}: ${emitFlow({ [next]: value }, quotes)}`];
  }
  return [`${emitKey(key)}:`, ...additionLines(rest).map((line) => indented(line, steps.map))];
}

/** A single value goes into its record's line: `report: {done: 2026-11-20}`. */
export const isFolded = (added: Addition): boolean =>
  added.form === 'value' && !isCollection(added.value) && added.style === 'flow';

export const isWord = (value: Data): boolean => !isCollection(value) && !/\s/.test(String(value));

/** The addition as it stands behind a colon, in one line. */
export function additionFlow(added: Addition): Data {
  const last: Data = added.form === 'entry' ? [added.value] : added.value;
  return added.keys.reduceRight<Data>((inner, key) => ({ [key]: inner }), last);
}

/** As it stands between the brackets of `{}` or `[]`. */
export const additionInside = (added: Addition): string => {
  const flow = emitFlow(additionFlow(added), added.quotes);
  return added.keys.length > 0 ? flow.slice(1, -1) : emitFlow(added.value, added.quotes);
};
