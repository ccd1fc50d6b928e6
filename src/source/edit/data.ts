// Plain data as edits know it, and what an edit makes of it. Knows nothing of text.
import type { DataPath } from '../path.ts';

export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

export type DataMap = { readonly [key: string]: Data };

export type Edit =
  /**
   * Replaces the value at `path`, or adds the last key of `path` to its map; maps missing on the way are added too.
   * A map over a map keeps the keys that stay as they are written. `style: 'block'`: one value a line.
   */
  | { readonly kind: 'set'; readonly path: DataPath; readonly value: Data; readonly style?: 'flow' | 'block' }
  /**
   * One more entry at the end of the list at `path`; `[]` is the document itself. A missing list is created; a single
   * value that stands for a list becomes its first entry.
   */
  | { readonly kind: 'append'; readonly path: DataPath; readonly value: Data; readonly style?: 'flow' | 'block' }
  /** Gives the key at `path` another name; its value, place and comments stay. */
  | { readonly kind: 'rename'; readonly path: DataPath; readonly to: string }
  /** A key or a list entry. */
  | {
      readonly kind: 'remove';
      readonly path: DataPath;
      /** Comments above it stay, for they may be about something else; else its own go with it. */
      readonly comments?: 'keep';
    };

export const isDataList = (value: unknown): value is readonly Data[] => Array.isArray(value);
export const isDataMap = (value: unknown): value is DataMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isCollection = (value: unknown): value is readonly Data[] | DataMap =>
  isDataList(value) || isDataMap(value);

/** Order of keys does not count; `0` is `-0`. */
export function isSameData(a: unknown, b: unknown): boolean {
  if (isDataList(a)) return isDataList(b) && a.length === b.length && a.every((each, at) => isSameData(each, b[at]));
  if (!isDataMap(a)) return a === b;
  if (!isDataMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameData(a[key], b[key]))
  );
}

/** What must be read after the edit; or why it makes no sense for this data. */
export type Changed = { readonly value: unknown } | { readonly reason: string };

/** An empty value counts as the empty map or list that is wanted there. */
export function changeData(value: unknown, edit: Edit): Changed {
  return changeAt(value, edit.path, edit);
}

function changeAt(value: unknown, rest: DataPath, edit: Edit): Changed {
  const [element, ...deeper] = rest;
  if (element === undefined) return changeHere(value, edit);
  if (isDataList(value)) {
    if (typeof element !== 'number') return { reason: `expected a map containing \`${element}\`, found a list` };
    if (element < 0 || element >= value.length) return { reason: `the list has no entry ${element + 1}` };
    if (edit.kind === 'remove' && deeper.length === 0) return { value: value.filter((_, at) => at !== element) };
    if (edit.kind === 'rename' && deeper.length === 0) return { reason: 'an entry of a list has no name' };
    const changed = changeAt(value[element], deeper, edit);
    return 'reason' in changed ? changed : { value: value.map((each, at) => (at === element ? changed.value : each)) };
  }
  if (value !== null && value !== undefined && !isDataMap(value))
    return { reason: `expected a map containing \`${element}\`` };
  const key = String(element);
  const map: Record<string, unknown> = Object.assign(Object.create(null), value);
  const present = Object.hasOwn(map, key);
  if (!present && (edit.kind === 'remove' || edit.kind === 'rename' || typeof element === 'number'))
    return { reason: `there is no \`${key}\`` };
  if (edit.kind === 'remove' && deeper.length === 0) {
    delete map[key];
    return { value: map };
  }
  if (edit.kind === 'rename' && deeper.length === 0) return renamed(map, key, edit.to);
  const changed = changeAt(present ? map[key] : null, deeper, edit);
  if ('reason' in changed) return changed;
  map[key] = changed.value;
  return { value: map };
}

function renamed(map: Readonly<Record<string, unknown>>, key: string, to: string): Changed {
  if (Object.hasOwn(map, to)) return { reason: `there is a key \`${to}\` already` };
  return {
    value: Object.assign(
      Object.create(null),
      Object.fromEntries(Object.entries(map).map(([name, value]) => [name === key ? to : name, value])),
    ),
  };
}

function changeHere(value: unknown, edit: Edit): Changed {
  if (edit.kind === 'set') return { value: edit.value };
  if (edit.kind === 'remove' || edit.kind === 'rename') return { reason: 'a whole file is not a key or list item' };
  if (value === null || value === undefined) return { value: [edit.value] };
  if (isDataList(value)) return { value: [...value, edit.value] };
  if (isDataMap(value) || edit.path.length === 0) return { reason: 'expected a list' };
  return { value: [value, edit.value] };
}
