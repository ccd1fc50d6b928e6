// From a practice folder to a checked Book: find, assemble, apply the rules, take out what they distrust. Used by main alone.
import { type Assembled, assembleFile } from '../book/assemble.ts';
import type { Book, Removal } from '../book/book.ts';
import { gather } from '../book/gather.ts';
import { findFiles, type Scope } from '../book/read.ts';
import type { Problem } from '../problem/problem.ts';
import type { Rule } from '../rules/rule.ts';
import type { Files } from '../world.ts';

export type Loaded = {
  readonly book: Book;
  readonly problems: readonly Problem[];
  /** How many record files there are. */
  readonly fileCount: number;
};

/** The problems are those of reading, of shape, and of `rules`; the Book holds what none of them puts in doubt. */
export function loadBook(files: Files, root: string, scope: Scope, rules: readonly Rule[]): Loaded {
  const found = findFiles(files, root, scope);
  const all = found.files.map((each) => assembleFile(each));
  const clients = gather(all).clients;
  const assembled = all.map((each) => (isInUse(clients, each) ? each : { ...each, problems: [], removals: [] }));
  const book = gather(assembled);
  const breaches = rules.flatMap((rule) => rule(book));
  const removals = breaches.flatMap(({ problem, removes }) =>
    (removes ?? []).map((it): Removal => ({ ...it, problem })),
  );
  const trusted = removals.length === 0 ? book : gather(assembled.map((each) => again(each, removals)));
  return {
    book: trusted,
    problems: [
      ...found.problems,
      ...assembled.flatMap((each) => each.problems),
      ...breaches.map((each) => each.problem),
    ],
    fileCount: found.files.length,
  };
}

/** A frozen version of an offer counts only while something runs on it. */
function isInUse(clients: Book['clients'], { found }: Assembled): boolean {
  if (found.kind !== 'past-offer' || !/@\d+$/.test(found.id)) return true;
  return [...clients.values()].some((client) =>
    Object.values(client.engagements ?? {}).some(
      ({ offer, ended }) => ended === undefined && offer && `${offer.id}@${offer.version}` === found.id,
    ),
  );
}

/** The same file without the entries that a rule distrusts. */
function again(assembled: Assembled, removals: readonly Removal[]): Assembled {
  const ours = removals.filter((each) => each.file === assembled.found.file);
  return ours.length === 0 ? assembled : assembleFile(assembled.found, ours);
}
