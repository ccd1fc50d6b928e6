// What can be referred to by id, and what an unknown id is told. Knows nothing of where references stand.
import { type Book, kindIds, peopleIds, scoredIds, segmentIds } from '../book/book.ts';
import { isLostEntry, isLostRecord } from '../book/lost.ts';
import type { DataPath, Place, Problem } from '../problem/problem.ts';
import { type Suggest, suggestions } from '../problem/suggest.ts';
import { idFault } from '../records/ids.ts';
import type { RecordKind } from '../records/record-type.ts';
import type { Breach } from './breach.ts';

/** The things of one sort. */
export type Known = {
  /** What a person calls one: "offer". */
  readonly what: string;
  readonly ids: ReadonlySet<string>;
  /** It stands in the files and was taken out for an error of its own: one cause, one problem. */
  readonly isLost: (id: string) => boolean;
  /** What to do about an id that nothing is like. */
  readonly advice: (id: string) => string;
  readonly suggest: Suggest;
};

export type Directory = {
  readonly people: Known;
  /** Who may own a step. */
  readonly owners: Known;
  readonly offers: Known;
  readonly partners: Known;
  readonly emails: Known;
  readonly scripts: Known;
  readonly kinds: Known;
  readonly segments: Known;
  readonly criteria: Known;
  /** What a survey may ask about. */
  readonly scored: Known;
  /** For what is looked up elsewhere. */
  readonly suggest: Suggest;
};

/** What belongs to no client. */
export function directoryOf(book: Book): Directory {
  const suggest = suggestions();
  const people = {
    what: 'person',
    ids: new Set(peopleIds(book)),
    isLost: (id: string) => book.practice === undefined || isLostEntry(book, 'practice', 'practice', ['people', id]),
    advice: among(peopleIds(book), 'people stand in deliver.yaml under `people:`'),
    suggest,
  };
  return {
    people,
    owners: { ...people, ids: new Set([...people.ids, 'client', 'partner']) },
    offers: records(book, 'offer', 'offer', book.offers, suggest),
    partners: records(book, 'partner', 'partner', book.partners, suggest),
    emails: records(book, 'email', 'e-mail template', book.emails, suggest, book.builtIn.emails),
    scripts: records(book, 'script', 'script', book.scripts, suggest, book.builtIn.scripts),
    kinds: inService(book, 'kind of touch', 'touches', kindIds(book), suggest),
    segments: inService(book, 'segment', 'segments', segmentIds(book), suggest),
    criteria: inService(book, 'fit criterion', 'fit', Object.keys(book.service.fit ?? {}), suggest),
    scored: scored(book, suggest),
    suggest,
  };
}

/** Those that were not read are there too. */
export const clientsOf = (book: Book, { suggest }: Directory): Known =>
  records(book, 'client', 'client', book.clients, suggest, book.unread);

function records(
  book: Book,
  kind: RecordKind,
  what: string,
  present: ReadonlyMap<string, unknown>,
  suggest: Suggest,
  builtIn: ReadonlySet<string> = new Set(),
): Known {
  return {
    what,
    ids: builtIn.size === 0 ? new Set(present.keys()) : new Set([...present.keys(), ...builtIn]),
    isLost: (id) => isLostRecord(book, kind, id),
    advice: (id) =>
      idFault(id, 'id') ? `${what}s are named by their ids` : `create it: \`deliver new ${kind} ${id}\``,
    suggest,
  };
}

function inService(book: Book, what: string, key: string, ids: readonly string[], suggest: Suggest): Known {
  return {
    what,
    ids: new Set(ids),
    isLost: (id) => isLostEntry(book, 'service', 'service', [key, id]),
    advice: among(ids, `add it to service.yaml under \`${key}:\``),
    suggest,
  };
}

/** Standards, and the promises of any segment that have an id. */
function scored(book: Book, suggest: Suggest): Known {
  const ids = scoredIds(book);
  return {
    what: 'standard or promise',
    ids: new Set(ids),
    isLost: () => book.removals.some(({ kind, path }) => kind === 'service' && isPromised(path)),
    suggest,
    advice: among(ids, 'they are ids under `standards:` and `promises:` in service.yaml'),
  };
}

const isPromised = ([top]: DataPath): boolean => top === undefined || top === 'standards' || top === 'segments';

const MANY = 12;

/** The choices when they are few, else what to do. */
export const among =
  (ids: Iterable<string>, otherwise: string, isChoice: (id: string) => boolean = () => true) =>
  (): string => {
    const few: string[] = [];
    for (const id of ids) {
      if (isChoice(id)) few.push(id);
      if (few.length > MANY) return otherwise;
    }
    return few.length > 0 ? `one of ${few.join(', ')}; ${otherwise}` : otherwise;
  };

/** `ref/unknown` at this place, unless the id is known or lost. */
export function refer(
  known: Known,
  id: string | undefined,
  place: Place,
  removes: Breach['removes'] = [],
): readonly Breach[] {
  if (id === undefined || known.ids.has(id) || known.isLost(id)) return [];
  const problem: Problem = { code: 'ref/unknown', args: { what: known.what, id }, place };
  const suggestion = known.suggest(id, known.ids);
  return [
    suggestion === undefined
      ? { problem: { ...problem, args: { ...problem.args, help: known.advice(id) } }, removes }
      : { problem: { ...problem, suggestion }, removes },
  ];
}

/** The same for a list; one value that stands alone is found under the list's own path. */
export const referAll = (
  known: Known,
  ids: readonly string[] | undefined,
  place: Place & { readonly path: NonNullable<Place['path']> },
): readonly Breach[] => (ids ?? []).flatMap((id, i) => refer(known, id, { ...place, path: [...place.path, i] }));
