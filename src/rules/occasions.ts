// occasion/unknown: a yearly cadence of an occasion that the client, or every client of the segment, lacks.
import type { Book, ClientRecord } from '../book/book.ts';
import { isLostEntry } from '../book/lost.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Suggest } from '../problem/suggest.ts';
import type { CadenceRule } from '../records/cadence.ts';
import type { Breach } from './breach.ts';
import { removalIn } from './engagements.ts';
import type { Rule } from './rule.ts';

/** Yearly days that every client has. */
const GIVEN: readonly string[] = ['birthday', 'anniversary'];

export const occasions: Rule = (book) => {
  const { suggest } = book.known;
  return [
    ...inSegments(book, suggest),
    ...[...book.clients.values()].flatMap((client) => inClient(book, suggest, client)),
  ];
};

function inSegments(book: Book, suggest: Suggest): readonly Breach[] {
  // A client that was taken out may be the one that has it.
  if (book.removals.some(({ kind, path }) => kind === 'client' && (path.length === 0 || path[0] === 'occasions')))
    return [];
  const theirs = occasionsBySegment(book);
  return Object.entries(book.service.segments ?? {}).flatMap(([segment, { cadence = {} }]) =>
    Object.entries(cadence).flatMap(([kind, rule]) => {
      if (!isNamed(rule)) return [];
      const ids = theirs.get(segment) ?? new Set();
      const path = ['segments', segment, 'cadence', kind];
      const help = 'no client in this segment has it under `occasions:`';
      const removes = [{ kind: 'service' as const, id: 'service', file: 'service.yaml', path }];
      return ids.has(rule.yearly) ? [] : [breach(suggest, rule.yearly, ids, 'service.yaml', path, help, removes)];
    }),
  );
}

function occasionsBySegment({ clients }: Book): ReadonlyMap<string | undefined, ReadonlySet<string>> {
  const found = new Map<string | undefined, Set<string>>();
  for (const client of clients.values()) {
    const ids = found.get(client.segment) ?? new Set();
    for (const id in client.occasions) ids.add(id);
    found.set(client.segment, ids);
  }
  return found;
}

function inClient(book: Book, suggest: Suggest, client: ClientRecord): readonly Breach[] {
  const ids = new Set(Object.keys(client.occasions ?? {}));
  return Object.entries(client.cadence ?? {}).flatMap(([kind, rule]) => {
    if (rule === 'none' || !isNamed(rule)) return [];
    if (ids.has(rule.yearly) || isLostEntry(book, 'client', client.id, ['occasions', rule.yearly])) return [];
    const path = ['cadence', kind];
    const help = 'add it to this client under `occasions:`';
    return [breach(suggest, rule.yearly, ids, client.file, path, help, [removalIn(client, path)])];
  });
}

const isNamed = (rule: CadenceRule): rule is CadenceRule & { readonly form: 'yearly' } =>
  rule.form === 'yearly' && !GIVEN.includes(rule.yearly);

function* withGiven(ids: ReadonlySet<string>): Generator<string> {
  yield* GIVEN;
  yield* ids;
}

function breach(
  suggest: Suggest,
  occasion: string,
  ids: ReadonlySet<string>,
  file: string,
  path: DataPath,
  help: string,
  removes: NonNullable<Breach['removes']>,
): Breach {
  const suggestion = suggest(occasion, withGiven(ids));
  return {
    problem: {
      code: 'occasion/unknown',
      args: { occasion, ...(suggestion === undefined ? { help } : {}) },
      place: { file, path: [...path, 'yearly'] },
      ...(suggestion === undefined ? {} : { suggestion }),
    },
    removes,
  };
}
