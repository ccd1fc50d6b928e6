// occasion/unknown: a yearly cadence of an occasion that the client, or every client of the segment, lacks.
import type { Book, ClientRecord } from '../book/book.ts';
import type { DataPath } from '../problem/problem.ts';
import { nearest } from '../problem/suggest.ts';
import type { CadenceRule } from '../records/cadence.ts';
import type { Breach } from './breach.ts';
import { removalIn } from './engagements.ts';
import { isLostEntry } from './lost.ts';
import type { Rule } from './rule.ts';

/** Yearly days that every client has. */
const GIVEN: readonly string[] = ['birthday', 'anniversary'];

export const occasions: Rule = (book) => [
  ...inSegments(book),
  ...[...book.clients.values()].flatMap((client) => inClient(book, client)),
];

function inSegments(book: Book): readonly Breach[] {
  // A client that was taken out may be the one that has it.
  if (book.removals.some(({ kind, path }) => kind === 'client' && (path.length === 0 || path[0] === 'occasions')))
    return [];
  return Object.entries(book.service.segments ?? {}).flatMap(([segment, { cadence = {} }]) =>
    Object.entries(cadence).flatMap(([kind, rule]) => {
      if (!isNamed(rule)) return [];
      const ids = [...book.clients.values()].flatMap((client) =>
        client.segment === segment ? Object.keys(client.occasions ?? {}) : [],
      );
      const path = ['segments', segment, 'cadence', kind];
      const help = 'no client in this segment has it under `occasions:`';
      const removes = [{ kind: 'service' as const, id: 'service', file: 'service.yaml', path }];
      return ids.includes(rule.yearly) ? [] : [breach(rule.yearly, ids, 'service.yaml', path, help, removes)];
    }),
  );
}

const inClient = (book: Book, client: ClientRecord): readonly Breach[] =>
  Object.entries(client.cadence ?? {}).flatMap(([kind, rule]) => {
    if (rule === 'none' || !isNamed(rule)) return [];
    const ids = Object.keys(client.occasions ?? {});
    if (ids.includes(rule.yearly) || isLostEntry(book, 'client', client.id, ['occasions', rule.yearly])) return [];
    const path = ['cadence', kind];
    const help = 'add it to this client under `occasions:`';
    return [breach(rule.yearly, ids, client.file, path, help, [removalIn(client, path)])];
  });

const isNamed = (rule: CadenceRule): rule is CadenceRule & { readonly form: 'yearly' } =>
  rule.form === 'yearly' && !GIVEN.includes(rule.yearly);

function breach(
  occasion: string,
  ids: readonly string[],
  file: string,
  path: DataPath,
  help: string,
  removes: NonNullable<Breach['removes']>,
): Breach {
  const suggestion = nearest(occasion, [...GIVEN, ...new Set(ids)]);
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
