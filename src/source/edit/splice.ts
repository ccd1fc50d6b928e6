// Edits of a YAML text by data path: splice, prove, or refuse. Owns the order of tries and the words of a refusal; never
// prints a document back. Knows no record type.

import type { DataPath } from '../path.ts';
import { type Located, openText } from '../read/locate.ts';
import { isMap, isSeq } from '../tree.ts';
import { type Addition, additionLines } from './addition.ts';
import { changeData, type Data, type Edit, isDataList, isDataMap, isSameData } from './data.ts';
import { emitFlow, type Quotes, USUAL_STEPS } from './emit.ts';
import { emitKey } from './emit-scalar.ts';
import { insertIn } from './insert.ts';
import { type Change, insertAt } from './pieces.ts';
import { keepsComments, prove } from './prove.ts';
import { type Reading, readText } from './reading.ts';
import { remove } from './remove.ts';
import { fill, isFillable, replace } from './replace.ts';
import { type Stop, seek } from './seek.ts';
import { stepsOf } from './steps.ts';

export type { Data, Edit } from './data.ts';
export { emitBlock, emitFlow } from './emit.ts';
export { emitScalar } from './emit-scalar.ts';

export type Refusal = {
  readonly reason: string;
  /** 1-based, in the text that was given. */
  readonly line: number | undefined;
  /** The lines to write by hand, from the top of the file; none for a removal. */
  readonly byHand: readonly string[];
};

/** `located` finds places in the new text, without a byte order mark. */
export type Spliced = { readonly text: string; readonly located: Located } | { readonly refused: Refusal };

/** The format's order of the keys of the map at `path`; keys it does not name go to the end. */
export type OrderOf = (path: DataPath) => readonly string[] | undefined;

/** Causes whose wording is not the fault's own. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'yaml/several-documents': 'a second document begins here',
  'yaml/too-deep': 'it nests too deeply',
};

const BOM = '\ufeff';

/** All edits, one after the other, or none. */
export function splice(text: string, edits: readonly Edit[], orderOf: OrderOf = () => undefined): Spliced {
  const mark = text.startsWith(BOM) ? BOM : '';
  const given = text.slice(mark.length);
  let reading = readText(given);
  if ('unreadable' in reading) {
    const { code, says, span } = reading.unreadable;
    const reason = `this file cannot be read as it is: ${says ?? OTHERWISE[code] ?? 'it must be put right first'}`;
    const line = openText(given).lines.lineOf(span[0]);
    return { refused: { reason, line, byHand: edits.flatMap(writtenByHand) } };
  }
  for (const edit of edits) {
    const edited = applyEdit(reading, edit, orderOf);
    if ('reason' in edited) return { refused: refusal(given, edit, edited) };
    reading = edited;
  }
  return { text: mark + reading.text, located: openText(reading.text, reading.document) };
}

type Unedited = { readonly reason: string; readonly at?: DataPath };
type Edited = Reading | Unedited;

function applyEdit(reading: Reading, edit: Edit, orderOf: OrderOf): Edited {
  const expected = changeData(reading.value, edit);
  if ('reason' in expected) return expected;
  if (edit.kind === 'set' && isSameData(reading.value, expected.value)) return reading;
  const trail = seek(reading, edit.path);
  if ('reason' in trail) return trail;
  const { stops, missing } = trail;
  if (edit.kind === 'rename') return renameKey(reading, stops, edit.to, expected.value);
  const old = missing.length === 0 ? dataAt(reading.value, edit.path) : null;
  if (edit.kind === 'append' && old !== null && !isDataList(old)) {
    // `with: ada` becomes a list.
    return applyEdit(reading, { ...edit, kind: 'set', value: [old as Data, edit.value] }, orderOf);
  }
  const last = stops.at(-1) as Stop;

  if (edit.kind === 'set' && missing.length === 0 && isMap(last.node) && last.node.items.length > 0) {
    const edited = setKeys(reading, edit, old, orderOf);
    if (edited && isSameData(edited.value, expected.value)) return edited;
  }
  let why: Unedited | undefined;
  for (const quotes of ['needed', 'always'] as const) {
    for (const change of waysTo(reading, edit, stops, missing, quotes, orderOf)) {
      const proved = prove(reading, change, expected.value, edit.kind === 'remove' ? 'may cut' : 'all');
      if (!('reason' in proved)) return proved;
      why ??= proved;
    }
    if (edit.kind === 'remove') break;
  }
  return why ?? { reason: 'this is written in a way that cannot be edited here' };
}

/** Another name in the place of the key, as plain as it can be. */
function renameKey(reading: Reading, stops: readonly Stop[], to: string, expected: unknown): Edited {
  const range = stops.at(-1)?.pair?.key?.range;
  if (!range || reading.text.slice(range[0], range[1]).includes('\n'))
    return { reason: 'this key is written in a way that cannot be edited here' };
  return prove(reading, [{ from: range[0], to: range[1], text: emitKey(to) }], expected, 'all');
}

/** A map over a map: only the keys that differ. */
function setKeys(reading: Reading, edit: Edit & { kind: 'set' }, old: unknown, orderOf: OrderOf): Reading | undefined {
  const { path, value } = edit;
  if (!isDataMap(old) || !isDataMap(value)) return undefined;
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
  if (gone.length === Object.keys(old).length) return undefined;
  const edits: readonly Edit[] = [
    ...Object.entries(value).map(([key, each]): Edit => ({ ...edit, path: [...path, key], value: each as Data })),
    ...gone.map((key): Edit => ({ kind: 'remove', path: [...path, key] })),
  ];
  let edited: Edited = reading;
  for (const each of edits) {
    edited = applyEdit(edited, each, orderOf);
    if ('reason' in edited) return undefined;
  }
  return keepsComments(reading, edited, []) ? edited : undefined;
}

function dataAt(value: unknown, path: DataPath): unknown {
  return path.reduce<unknown>((data, element) => (data as Record<string | number, unknown> | null)?.[element], value);
}

function waysTo(
  reading: Reading,
  edit: Exclude<Edit, { kind: 'rename' }>,
  stops: readonly Stop[],
  missing: DataPath,
  quotes: Quotes,
  orderOf: OrderOf,
): readonly Change[] {
  if (edit.kind === 'remove') return remove(reading, stops, edit.comments ?? 'take');
  const steps = stepsOf(
    reading,
    stops.map((stop) => stop.node),
  );
  const style = edit.style ?? 'flow';
  if (edit.kind === 'set' && missing.length === 0) return replace(reading, stops, edit.value, { style, quotes, steps });
  const form = edit.kind === 'append' ? 'entry' : 'value';
  const added: Addition = { keys: missing.map(String), value: edit.value, form, style, quotes, steps };
  const { node } = stops.at(-1) as Stop;
  const ways = isFillable(node)
    ? fill(reading, stops, added)
    : isMap(node) || isSeq(node)
      ? insertIn(reading, node, added, orderOf(edit.path.slice(0, edit.path.length - missing.length)))
      : [];
  return edit.path.length === 0 ? ways.map((way) => lineEnded(reading, way)) : ways;
}

/** A log always ends with a line end: the next line of a merge must not run into it. */
function lineEnded(reading: Reading, change: Change): Change {
  const { text, eol } = reading;
  const last = change.at(-1);
  const end = last && last.to === text.length && last.text !== '' ? last.text : text;
  return end.endsWith('\n') ? change : [...change, insertAt(text.length, eol)];
}

function refusal(text: string, edit: Edit, { reason, at }: Unedited): Refusal {
  const located = openText(text);
  const span = located.locate(at ?? edit.path, at || edit.kind !== 'append' ? 'key' : 'value');
  return { reason, line: span && located.lines.lineOf(span[0]), byHand: writtenByHand(edit) };
}

/** The keys on the way and the value, as new lines. */
function writtenByHand(edit: Edit): readonly string[] {
  if (edit.kind === 'remove') return [];
  if (edit.kind === 'rename') return [`${edit.to}:  # instead of ${edit.path.at(-1)}`];
  const { path, value, kind, style = 'flow' } = edit;
  const form = kind === 'append' ? 'entry' : 'value';
  // A list position has no name: from there on down.
  const keys = path.slice(path.findLastIndex((element) => typeof element === 'number') + 1).map(String);
  if (keys.length === 0 && form === 'value') return [emitFlow(value)];
  return additionLines({ keys, value, form, style, quotes: 'needed', steps: USUAL_STEPS });
}
