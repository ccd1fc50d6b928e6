// The names that appear in the files, also those of things an error took out of the Book. Whoever looks a thing up by name
// asks here, so that nothing else ever answers to the name of a broken one. Knows no command line.
import type { DataPath } from '../problem/problem.ts';
import { idFault } from '../records/ids.ts';
import type { RecordKind } from '../records/record-type.ts';
import { type Book, EVERY, type Removal } from './book.ts';

/** One name in a place. `lost` says which error keeps the thing from being used. */
export type Standing = { readonly id: string; readonly lost: Removal | undefined };

/** All names in a place; `unread` when there may be others, because what holds them is unreadable. */
export type Names = { readonly known: readonly Standing[]; readonly unread: Removal | undefined };

/** Written as this id, or as something that is not a valid id and would become this one. */
export const isNamed = (written: string | number | undefined, id: string): boolean =>
  written === id || (typeof written === 'string' && idFault(written, 'id')?.suggestion === id);

/** The names of records of one kind; `present` are those in the Book. */
export function recordNames(book: Book, kind: RecordKind, present: Iterable<string>): Names {
  const lost = book.removals.filter((each) => each.kind === kind && each.path.length === 0);
  const named = lost.filter((each) => each.id !== EVERY);
  const known = merged(
    present,
    named.map((each) => [each.id, each]),
  );
  return { known: known.toSorted((a, b) => (a.id < b.id ? -1 : 1)), unread: lost.find((each) => each.id === EVERY) };
}

/** The names of the entries at `path` of a record, such as `people` of deliver.yaml; `present` are those in the Book. */
export function entryNames(
  book: Book,
  record: { readonly kind: RecordKind; readonly id: string },
  path: DataPath,
  present: Iterable<string>,
): Names {
  const lost: (readonly [string, Removal])[] = [];
  let unread: Removal | undefined;
  for (const each of book.removals) {
    if (each.kind !== record.kind || each.id !== record.id) continue;
    if (each.path.length > path.length + 1 || !isAlong(each.path, path)) continue;
    if (each.path.length === path.length + 1) lost.push([String(each.path.at(-1)), each]);
    else {
      const keys = keysAt(each.written, path.slice(each.path.length));
      if (keys) for (const key of keys) lost.push([key, each]);
      else unread = each;
    }
  }
  return { known: merged(present, lost), unread };
}

const isAlong = (path: DataPath, of: DataPath): boolean => path.every((key, i) => i >= of.length || key === of[i]);

/** In the order of the files as far as it is known: what is in the Book first. */
function merged(present: Iterable<string>, lost: readonly (readonly [string, Removal])[]): readonly Standing[] {
  const known = new Map<string, Standing>();
  for (const id of present) known.set(id, { id, lost: undefined });
  for (const [id, removal] of lost) known.set(id, { id, lost: removal });
  return [...known.values()];
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The keys of the map at `path`; none where nothing is written, undefined where that cannot be read. */
export function keysAt(written: unknown, path: DataPath): readonly string[] | undefined {
  if (!isMap(written)) return undefined;
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(written);
  const value = Object.hasOwn(written, key) ? written[key] : null;
  return value === null || value === undefined ? [] : keysAt(value, rest);
}

const valueIn = (written: unknown, key: string): unknown =>
  isMap(written) && Object.hasOwn(written, key) ? written[key] : undefined;

/** The text at `key` of a map that was taken out. */
export function textIn(written: unknown, key: string): string | undefined {
  const value = valueIn(written, key);
  return typeof value === 'string' ? value : undefined;
}

export function mapIn(written: unknown, key: string): object | undefined {
  const value = valueIn(written, key);
  return isMap(value) ? value : undefined;
}

export const hasKey = (written: unknown, key: string): boolean => isMap(written) && Object.hasOwn(written, key);
