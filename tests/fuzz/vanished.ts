// The first oracle: whatever stands in the folder is in the Book, or what is said of the folder names it. Reads the files by
// itself, with a YAML parser and without any shape. Knows how records lie in the Book and in which files they stand.
import { parseDocument } from 'yaml';
import type { Book } from '../../src/book/book.ts';
import type { DataPath, Problem } from '../../src/problem/problem.ts';
import { RECORD_TYPES } from '../../src/records/all.ts';
import type { RecordType } from '../../src/records/record-type.ts';
import { splitFrontMatter } from '../../src/source/read/front-matter.ts';
import type { Folder } from './practice.ts';

export type Read = { readonly book: Book; readonly problems: readonly Problem[] };

/** What stands in a file, is not in the Book, and is named by nothing; in words. */
export function vanishedFrom(folder: Folder, { book, problems }: Read): readonly string[] {
  const named = new Map<string, Problem[]>();
  for (const problem of problems) named.set(problem.place.file, [...(named.get(problem.place.file) ?? []), problem]);
  return Object.entries(folder).flatMap(([path, content]) => {
    const found = recordAt(path);
    if (!found) return [];
    const ours = named.get(path) ?? [];
    const record = recordIn(book, found.type, found.id);
    if (record === undefined)
      return ours.length > 0 || isUnusedVersion(found.type)
        ? []
        : [`${path} is not in the Book, and no problem names it`];
    const data = dataOf(found.type, content);
    // What another parser cannot read or reads otherwise is not for this oracle to judge.
    if (data === undefined) return [];
    return pathsIn(data.value, [])
      .filter((at) => !isThere(found.type, record, at, data.value) && !isNamed(ours, book, path, at))
      .map((at) => `${path}: ${at.join(' / ')} is not in the Book, and no problem names it`);
  });
}

const isIgnored = (path: string): boolean => path.split('/').some((name) => name.startsWith('.') || name.endsWith('~'));

function recordAt(path: string): { readonly type: RecordType<unknown>; readonly id: string } | undefined {
  if (isIgnored(path)) return undefined;
  for (const type of RECORD_TYPES) {
    if (type.file !== undefined) {
      if (path === type.file) return { type, id: type.kind };
      continue;
    }
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (folder === type.folder && name.endsWith(type.extension) && name !== type.extension)
      return { type, id: name.slice(0, -type.extension.length) };
  }
  return undefined;
}

/** A frozen version that nothing runs on is not looked at. */
const isUnusedVersion = ({ kind }: RecordType<unknown>): boolean => kind === 'past-offer';

function recordIn(book: Book, { kind }: RecordType<unknown>, id: string): unknown {
  switch (kind) {
    case 'practice':
      return book.practice;
    case 'service':
      return book.hasService ? book.service : undefined;
    case 'offer':
      return book.offers.get(id);
    case 'past-offer':
      return book.pastOffers.get(id);
    case 'client':
      return book.clients.get(id);
    case 'touches':
      return book.logs.get(id)?.touches;
    case 'script':
      return book.scripts.get(id);
    case 'email':
      return book.emails.get(id);
    case 'partner':
      return book.partners.get(id);
  }
}

function dataOf(
  { extension }: RecordType<unknown>,
  content: string | Uint8Array,
): { readonly value: unknown } | undefined {
  try {
    const text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
    const yaml = extension === '.md' ? splitFrontMatter(text)?.yaml : text;
    if (yaml === undefined) return undefined;
    const document = parseDocument(yaml, { uniqueKeys: false, schema: 'core', logLevel: 'error' });
    return document.errors.length > 0 ? undefined : { value: document.toJS({ maxAliasCount: 100 }) };
  } catch {
    return undefined;
  }
}

/** Keys whose values are read as something else; what is in them is not looked into. */
const OPAQUE: ReadonlySet<string> = new Set([
  ...[
    'cadence',
    'due',
    'offer',
    'closed',
    'open',
    'away',
    'chase',
    'when',
    'birthday',
    'effort',
    'within',
    'target',
    'repeats',
  ],
  ...['phases', 'steps', 'scores', 'sizes', 'right_fit', 'milestones', 'took', 'reserved'],
]);
const MOST = 400;

/** Every map key and list place with something in it. */
function pathsIn(value: unknown, at: DataPath): readonly DataPath[] {
  if (value === null || typeof value !== 'object' || at.length > 6) return [];
  const isList = Array.isArray(value);
  return Object.entries(value)
    .slice(0, MOST)
    .flatMap(([key, inner]): readonly DataPath[] => {
      if (inner === null || inner === undefined) return [];
      const path = [...at, isList ? Number(key) : key];
      const isClosed = !isList && OPAQUE.has(key) && !(key === 'steps' && at[0] === 'engagements');
      return isClosed ? [path] : [path, ...pathsIn(inner, path)];
    });
}

/** Something is in the record where it stands in the file. */
function isThere({ kind }: RecordType<unknown>, record: unknown, path: DataPath, raw: unknown): boolean {
  if (kind === 'offer' || kind === 'past-offer') if (path[0] === 'phases' || path[0] === 'steps') return true;
  let value: unknown = record;
  let written: unknown = raw;
  for (const key of path) {
    // A short form or a single value for a list has become something else.
    if (value !== null && typeof value === 'object' && !Array.isArray(value) && Array.isArray(written)) return true;
    if (Array.isArray(value) && !Array.isArray(written)) value = value[0];
    if (value === null || typeof value !== 'object') return false;
    written = (written as Record<string, unknown>)?.[key];
    if (Array.isArray(value))
      value = placeOf(value[0]) === undefined ? value[Number(key)] : value.find((each) => placeOf(each) === key);
    else value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    if (value === undefined) return false;
  }
  return true;
}

/** Entries of some lists keep their place in the file. */
const placeOf = (entry: unknown): unknown =>
  entry !== null && typeof entry === 'object' ? (entry as { readonly at?: unknown }).at : undefined;

/** A problem at the place, above it or in it; or it was taken out for one that is said. */
const isNamed = (problems: readonly Problem[], book: Book, file: string, path: DataPath): boolean =>
  problems.some(({ place }) => place.path === undefined || touches(place.path, path)) ||
  book.removals.some((each) => each.file === file && touches(each.path, path) && each.problem !== undefined);

const touches = (a: DataPath, b: DataPath): boolean => {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((key, i) => String(key) === String(b[i]));
};
