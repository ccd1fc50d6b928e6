// cadence/unknown-kind: a cadence or a snooze of a kind of touch that there is not.
import { type Book, kindIds } from '../book/book.ts';
import type { DataPath } from '../problem/problem.ts';
import { nearest } from '../problem/suggest.ts';
import { removalIn } from './engagements.ts';
import { isLostEntry } from './lost.ts';
import type { Breach } from './rule.ts';

type Named = {
  readonly kind: string;
  readonly file: string;
  readonly path: DataPath;
  readonly removes: Breach['removes'];
};

export function cadenceKinds(book: Book): readonly Breach[] {
  const ids = kindIds(book);
  const known = new Set(ids);
  return [...inService(book), ...inClients(book)]
    .filter(({ kind }) => !known.has(kind) && !isLostEntry(book, 'service', 'service', ['touches', kind]))
    .map(({ kind, file, path, removes }): Breach => {
      const suggestion = nearest(kind, ids);
      return {
        problem: {
          code: 'cadence/unknown-kind',
          args: { kind, ...(suggestion === undefined ? { help: 'add it to service.yaml under `touches:`' } : {}) },
          place: { file, path, on: 'key' },
          ...(suggestion === undefined ? {} : { suggestion }),
        },
        removes: removes ?? [],
      };
    });
}

const inService = ({ service }: Book): readonly Named[] =>
  Object.entries(service.segments ?? {}).flatMap(([id, segment]) =>
    Object.keys(segment.cadence ?? {}).map((kind) => {
      const path = ['segments', id, 'cadence', kind];
      return {
        kind,
        file: 'service.yaml',
        path,
        removes: [{ kind: 'service', id: 'service', file: 'service.yaml', path }],
      };
    }),
  );

const inClients = ({ clients }: Book): readonly Named[] =>
  [...clients.values()].flatMap((client) =>
    (['cadence', 'snooze'] as const).flatMap((key) =>
      Object.keys(client[key] ?? {}).map((kind) => {
        const path = [key, kind];
        return { kind, file: client.file, path, removes: [removalIn(client, path)] };
      }),
    ),
  );
