// What stands in the files and was taken out for an error of its own: a reference to it is no second error.
import { type Book, EVERY, isRemoved } from '../book/book.ts';
import type { DataPath } from '../problem/problem.ts';
import { idFault } from '../records/ids.ts';
import type { RecordKind } from '../records/record-type.ts';

/** Written as this id, or as something that is no id and would become this one. */
export const isNamed = (written: string | number | undefined, id: string): boolean =>
  written === id || (typeof written === 'string' && idFault(written, 'id')?.suggestion === id);

export const isLostRecord = (book: Book, kind: RecordKind, id: string): boolean =>
  book.removals.some(
    (each) => each.kind === kind && each.path.length === 0 && (each.id === EVERY || isNamed(each.id, id)),
  );

/** The entry at `path`, whose last key is an id, or anything it lies in. */
export const isLostEntry = (book: Book, kind: RecordKind, record: string, path: DataPath): boolean =>
  isRemoved(book, kind, record, path) ||
  book.removals.some(
    (each) =>
      each.kind === kind &&
      each.id === record &&
      each.path.length === path.length &&
      each.path.slice(0, -1).every((key, i) => key === path[i]) &&
      isNamed(each.path.at(-1), String(path.at(-1))),
  );
