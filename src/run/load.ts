// From a practice folder to a checked Book: read, assemble, apply the rules, take out what they distrust.
import { type Coin, coinOf } from '../book/amounts.ts';
import { type Assembled, assembleFile, assemblePlainly, type FullReader } from '../book/assemble.ts';
import type { Book, Removal } from '../book/book.ts';
import { gather } from '../book/gather.ts';
import { type FoundFile, findFiles, type IsWanted, type Scope } from '../book/read.ts';
import type { Problem } from '../problem/problem.ts';
import type { Client } from '../records/client.ts';
import type { Practice } from '../records/practice.ts';
import type { Breach } from '../rules/breach.ts';
import { breachesOf, type Rule } from '../rules/rule.ts';
import type { Files } from '../world.ts';

/** What is read, and what is asked of it. */
export type Reading = {
  readonly files: Files;
  readonly root: string;
  readonly scope: Scope;
  readonly rules: readonly Rule[];
  /** Which clients; without it all. */
  readonly isWanted?: IsWanted | undefined;
};

export type Loaded = {
  /** Holds what no problem puts in doubt. */
  readonly book: Book;
  /** Of reading, of shape, and of the rules. */
  readonly problems: readonly Problem[];
  /** How many record files there are. */
  readonly fileCount: number;
};

export const loadFullReader = async (): Promise<FullReader> => (await import('../book/full-reader.ts')).FULL_READER;

/** The full reader is loaded when a file needs it. */
export async function load(reading: Reading): Promise<Loaded> {
  const steps = loading(reading);
  let step = steps.next();
  while (!step.done) step = steps.next(await loadFullReader());
  return step.value;
}

/** The same at once. */
export function loadWith(full: FullReader, reading: Reading): Loaded {
  const steps = loading(reading);
  let step = steps.next();
  while (!step.done) step = steps.next(full);
  return step.value;
}

/** Stops where it needs the full reader, and goes on with it. */
function* loading({ files, root, scope, rules, isWanted }: Reading): Generator<undefined, Loaded, FullReader> {
  const found = findFiles(files, root, scope, isWanted);
  const plain = inOrder(found.files, (file, coin) => assemblePlainly(file, coin));
  const needed = plain.includes(undefined) ? yield : undefined;
  const read = inOrder(found.files, (file, coin, i) => plain[i] ?? assembleFile(file, needed, coin));
  const records = withoutUnused(read);
  const book = gather(records, found);
  const breaches = breachesOf(book, rules);
  const problems = [found, ...records, ...breaches.map(toProblems)].flatMap((each) => each.problems);
  const distrusted = breaches.flatMap(toRemovals);
  if (distrusted.length === 0) return { book, problems, fileCount: found.files.length };
  const full = needed ?? (yield);
  const trusted = inOrder(found.files, (file, coin, i) => {
    const without = distrusted.filter((it) => it.file === file.file);
    return without.length === 0 ? (records[i] as Assembled) : assembleFile(file, full, coin, without);
  });
  return { book: gather(trusted, found), problems, fileCount: found.files.length };
}

/** The practice comes first, and says in which currency the amounts of the others are. */
function inOrder<T extends Assembled | undefined>(
  files: readonly FoundFile[],
  toAssembled: (file: FoundFile, coin: Coin | undefined, i: number) => T,
): readonly T[] {
  let coin: Coin | undefined;
  return files.map((file, i) => {
    const assembled = toAssembled(file, coin, i);
    if (file.kind === 'practice' && assembled) coin = coinOf(assembled.record as Practice | undefined);
    return assembled;
  });
}

const toProblems = ({ problem }: Breach) => ({ problems: [problem] });

const toRemovals = ({ problem, removes = [] }: Breach): readonly Removal[] => removes.map((it) => ({ ...it, problem }));

/** What is wrong with a frozen version of an offer counts only while something runs on it. */
function withoutUnused(read: readonly Assembled[]): readonly Assembled[] {
  const isFaulty = ({ found, problems, removals }: Assembled): boolean =>
    found.kind === 'past-offer' && /@\d+$/.test(found.id) && problems.length + removals.length > 0;
  if (!read.some(isFaulty)) return read;
  const running = new Set(
    read.flatMap(({ found, record }) => (found.kind === 'client' ? runningOn(record as Client) : [])),
  );
  return read.map((each) =>
    isFaulty(each) && !running.has(each.found.id) ? { ...each, problems: [], removals: [] } : each,
  );
}

/** The versions that a client's running engagements name. */
const runningOn = (client: Client | undefined): readonly string[] =>
  Object.values(client?.engagements ?? {}).flatMap(({ offer, ended }) =>
    ended === undefined && offer ? [`${offer.id}@${offer.version}`] : [],
  );
