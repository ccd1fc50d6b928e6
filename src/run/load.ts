// From a practice folder to a checked Book: find, assemble, apply the rules, take out what they distrust. Used by main alone.
import type { Assembled } from '../book/assemble.ts';
import type { Book, Removal } from '../book/book.ts';
import { gather } from '../book/gather.ts';
import { type FoundFile, findFiles } from '../book/read.ts';
import { recallOf } from '../book/recall.ts';
import type { Depth } from '../command.ts';
import type { Problem } from '../problem/problem.ts';
import type { Breach, Rule } from '../rules/rule.ts';
import type { Files } from '../world.ts';
import { type Means, part } from './means.ts';

export type Loaded = {
  readonly book: Book;
  readonly problems: readonly Problem[];
  /** How many record files there are. */
  readonly fileCount: number;
  /** Of all that was read, when it was all there is, and could be read. */
  readonly fingerprint: string | undefined;
};

/**
 * The problems are those of reading, of shape, and of `rules`; the Book holds what none of them puts in doubt. `client`: only
 * clients whose id begins like this are read.
 */
export function loadBook(
  files: Files,
  root: string,
  depth: Exclude<Depth, 'nothing'>,
  rules: readonly Rule[],
  means: Means,
  client = '',
): Loaded {
  const found = findFiles(files, root, depth === 'core' ? 'core' : 'thorough', client);
  // For one client the whole memory of a practice would be more to read than its files.
  const recall = client === '' ? means.memory && recallOf(means.memory, root) : undefined;
  const all = found.files.map((each) => recall?.find(each) ?? read(each, means));
  const assembled = inUse(all);
  const book = gather(assembled, found.unread);
  // What the rules found is as much a matter of the files alone as the records are.
  const judge = (): readonly Breach[] => rules.flatMap((rule) => rule(book));
  const fingerprint = recall?.fingerprint(found);
  const breaches = recall ? recall.verdict(fingerprint, depth, judge) : judge();
  recall?.keep(all);
  const removals = breaches.flatMap(({ problem, removes }) =>
    (removes ?? []).map((it): Removal => ({ ...it, problem })),
  );
  const trusted =
    removals.length === 0
      ? book
      : gather(
          assembled.map((each) => again(each, removals, means)),
          found.unread,
        );
  return {
    book: trusted,
    problems: [
      ...found.problems,
      ...assembled.flatMap((each) => each.problems),
      ...breaches.map((each) => each.problem),
    ],
    fileCount: found.files.length,
    fingerprint,
  };
}

/** Without the entries that a rule distrusts, if any are named. */
function read(found: FoundFile, means: Means, without: readonly Removal[] = []): Assembled {
  const reader = part(means, 'reader');
  return (
    reader.assemblePlainly(found, means.parts.full, without) ?? reader.assembleFile(found, part(means, 'full'), without)
  );
}

/** What is wrong with a frozen version of an offer counts only while something runs on it. */
function inUse(assembled: readonly Assembled[]): readonly Assembled[] {
  const isQuiet = ({ found, problems, removals }: Assembled) =>
    found.kind !== 'past-offer' || (problems.length === 0 && removals.length === 0);
  if (assembled.every(isQuiet)) return assembled;
  const { clients } = gather(assembled);
  return assembled.map((each) => (isInUse(clients, each) ? each : { ...each, problems: [], removals: [] }));
}

function isInUse(clients: Book['clients'], { found }: Assembled): boolean {
  if (found.kind !== 'past-offer' || !/@\d+$/.test(found.id)) return true;
  return [...clients.values()].some((client) =>
    Object.values(client.engagements ?? {}).some(
      ({ offer, ended }) => ended === undefined && offer && `${offer.id}@${offer.version}` === found.id,
    ),
  );
}

/** The same file without the entries that a rule distrusts. */
function again(assembled: Assembled, removals: readonly Removal[], means: Means): Assembled {
  const ours = removals.filter((each) => each.file === assembled.found.file);
  return ours.length === 0 ? assembled : read(assembled.found, means, ours);
}
