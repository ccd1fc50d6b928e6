// cadence/unknown-kind: a cadence or a snooze of a kind of touch that there is not.
import { type Book, type ClientRecord, kindIds } from '../book/book.ts';
import { isLostEntry } from '../book/lost.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Suggest } from '../problem/suggest.ts';
import type { Breach } from './breach.ts';
import { removalIn } from './engagements.ts';
import type { Rule } from './rule.ts';

type Named = {
  readonly kind: string;
  readonly file: string;
  readonly path: DataPath;
  readonly removes: Breach['removes'];
};

export const cadenceKinds: Rule = (book) => {
  const ids = kindIds(book);
  const kinds = new Set(ids);
  return [...inService(book), ...[...book.clients.values()].flatMap(inProfile)]
    .filter(({ kind }) => !kinds.has(kind) && !isLostEntry(book, 'service', 'service', ['touches', kind]))
    .map((each) => breach(book.known.suggest, each, ids));
};

function breach(suggest: Suggest, { kind, file, path, removes }: Named, ids: readonly string[]): Breach {
  const suggestion = suggest(kind, ids);
  return {
    problem: {
      code: 'cadence/unknown-kind',
      args: { kind, ...(suggestion === undefined ? { help: 'add it to service.yaml under `touches:`' } : {}) },
      place: { file, path, on: 'key' },
      ...(suggestion === undefined ? {} : { suggestion }),
    },
    removes: removes ?? [],
  };
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

const inProfile = (client: ClientRecord): readonly Named[] =>
  (['cadence', 'snooze'] as const).flatMap((key) =>
    Object.keys(client[key] ?? {}).map((kind) => {
      const path = [key, kind];
      return { kind, file: client.file, path, removes: [removalIn(client, path)] };
    }),
  );
