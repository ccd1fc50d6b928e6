// What was taken out of the files for an error, found again by its name. One look costs no more than the name is long,
// however much was taken out. Knows no rule.
import type { DataPath, Problem } from '../problem/problem.ts';
import { idFault } from '../records/ids.ts';
import type { RecordKind } from '../records/record-type.ts';
import { isCovered, isMarked, type Marks, marksOf } from './cut.ts';

/** The id in a removal that stands for every record of its kind: their folder cannot be read. */
export const EVERY = '*';

/** Something that is in the files and not in the Book, because of an error. */
export type Removal = {
  readonly kind: RecordKind;
  readonly id: string;
  /** For every record of a kind, the folder. */
  readonly file: string;
  /** The entry that was taken out; empty for the whole record. */
  readonly path: DataPath;
  readonly problem: Problem | undefined;
  /** What was written there, as far as it could be read: its names still count. */
  readonly written?: unknown;
  /** Its place among the entries beside it in the file, from 0. */
  readonly at?: number;
};

/** All removals of a Book. */
export type Lost = {
  /** By kind and id. */
  readonly byRecord: ReadonlyMap<string, LostIn>;
  /** Of each kind the names of whole records. */
  readonly records: ReadonlyMap<RecordKind, ReadonlySet<string>>;
};

/** Of one record. */
type LostIn = {
  readonly removals: readonly Removal[];
  paths?: Marks<true> | undefined;
  /** The same, the last key being what an id should be that is none. */
  named?: Marks<true> | undefined;
  /** What the last keys of the paths may name. */
  lasts?: ReadonlySet<string> | undefined;
  hasGroup?: boolean | undefined;
};

/** Written as this id, or as something that is no id and would become this one. */
const namesOf = (written: string): readonly string[] => {
  const meant = idFault(written, 'id')?.suggestion;
  return meant === undefined || meant === written ? [written] : [written, meant];
};

export function lostOf(removals: readonly Removal[]): Lost {
  const byRecord = new Map<string, { readonly removals: Removal[] }>();
  const records = new Map<RecordKind, Set<string>>();
  for (const each of removals) {
    const name = nameOf(each.kind, each.id);
    const known = byRecord.get(name);
    if (known) known.removals.push(each);
    else byRecord.set(name, { removals: [each] });
    if (each.path.length > 0) continue;
    const ids = records.get(each.kind) ?? new Set();
    for (const id of namesOf(each.id)) ids.add(id);
    records.set(each.kind, ids);
  }
  return { byRecord, records };
}

const nameOf = (kind: RecordKind, id: string): string => `${kind} ${id}`;

/** As much of a Book as it takes. */
type Losing = { readonly lost: Lost };

const lostIn = ({ lost }: Losing, kind: RecordKind, id: string): LostIn | undefined =>
  lost.byRecord.get(nameOf(kind, id));

const NOTHING: readonly Removal[] = [];

/** What was taken out of this record, in the order of the file's problems. */
export const removalsOf = (book: Losing, kind: RecordKind, id: string): readonly Removal[] =>
  lostIn(book, kind, id)?.removals ?? NOTHING;

/** Whether the file of this record (or, with a path, this entry or anything it lies in) was taken out for an error. */
export function isRemoved(book: Losing, kind: RecordKind, id: string, path: DataPath = []): boolean {
  if (isEveryLost(book, kind)) return true;
  const own = lostIn(book, kind, id);
  if (!own) return false;
  own.paths ??= marksOf(own.removals.map((each) => [each.path, true]));
  return isCovered(own.paths, path);
}

export const isLostRecord = (book: Losing, kind: RecordKind, id: string): boolean =>
  isEveryLost(book, kind) || (book.lost.records.get(kind)?.has(id) ?? false);

/** The folder of these records could not be read. */
const isEveryLost = (book: Losing, kind: RecordKind): boolean => lostIn(book, kind, EVERY) !== undefined;

/** The entry at `path`, whose last key is an id, or anything it lies in. */
export function isLostEntry(book: Losing, kind: RecordKind, record: string, path: DataPath): boolean {
  if (isRemoved(book, kind, record, path)) return true;
  const own = lostIn(book, kind, record);
  if (!own) return false;
  own.named ??= marksOf(own.removals.flatMap(({ path: at }) => namedPaths(at)));
  return isMarked(own.named, path);
}

/** A step or milestone of this id, or all that it might stand among, was taken out of the offer's file. */
export function isLostInOffer(book: Losing, offer: { readonly id: string }, id: string): boolean {
  const own = lostIn(book, offer.id.includes('@') ? 'past-offer' : 'offer', offer.id);
  if (!own) return false;
  own.hasGroup ??= own.removals.some(({ path }) => isGroup(path));
  own.lasts ??= new Set(own.removals.flatMap(({ path }) => lastNames(path)));
  return own.hasGroup || own.lasts.has(id);
}

/** `phases`, `phases.delivery`, `phases.delivery.steps`, `steps`, `milestones` */
const isGroup = ([top, ...rest]: DataPath): boolean =>
  top === 'phases' ? rest.length < 3 : (top === 'steps' || top === 'milestones') && rest.length === 0;

const lastNames = (path: DataPath): readonly string[] => {
  const last = path.at(-1);
  return typeof last === 'string' ? namesOf(last) : [];
};

const namedPaths = (path: DataPath): readonly (readonly [DataPath, true])[] =>
  lastNames(path).map((id) => [[...path.slice(0, -1), id], true] as const);
