// From a practice folder to a checked Book: find, assemble, apply the rules, take out what they distrust. Used by main alone.
import { type Coin, coinOf } from '../book/amounts.ts';
import type { Assembled } from '../book/assemble.ts';
import type { Book, Removal } from '../book/book.ts';
import { gather } from '../book/gather.ts';
import { type FoundFile, findFiles, type IsWanted } from '../book/read.ts';
import { fingerprintOf, type Recall, recallOf, WAS_HERE } from '../book/recall.ts';
import type { Depth, EachClient } from '../command.ts';
import type { Problem } from '../problem/problem.ts';
import type { Client } from '../records/client.ts';
import { PLACES } from '../records/places.ts';
import type { Practice } from '../records/practice.ts';
import { checksOf } from '../rules/checks.ts';
import type { Rule } from '../rules/rule.ts';
import type { Files, ListResult, Memory, Share } from '../world.ts';
import { answerTo, isOfClient, nameOf, type Pair, pairsOf, type Read, surveyClients, unknownBytes } from './clients.ts';
import { isInShare, LEAST_TO_SHARE, MANY_CLIENTS, withShares } from './crew.ts';
import { type Means, part } from './means.ts';

export type Loaded = {
  readonly book: Book;
  readonly problems: readonly Problem[];
  /** How many record files there are. */
  readonly fileCount: number;
  /** Of all that was read, when it was all there is, and could be read. */
  readonly fingerprint: string | undefined;
  /**
   * The answer to a question about one client that follows from its own files and those that belong to no client; plain data.
   * Worked out, or as it was before.
   */
  readonly remembered: <T>(question: string, client: string, workOut: () => T) => T;
};

/** What a practice is read for. */
export type Wanted = {
  /** Only clients whose id begins like this are read. */
  readonly client?: string | undefined;
  /** Only this share of the clients is read. */
  readonly share?: Share | undefined;
  /** The files are those of the folder, as they are now: what a run that stopped for something had found of them will do. */
  readonly isPresent?: true | undefined;
  /** What will be asked of every client; `shared` is what belongs to none. */
  readonly ofEach?: ((shared: Book) => EachClient | undefined) | undefined;
};

/**
 * The problems are those of reading, of shape, and of `rules`; the Book holds what none of them puts in doubt.
 */
export function loadBook(
  files: Files,
  root: string,
  depth: Exclude<Depth, 'nothing'>,
  rules: readonly Rule[],
  means: Means,
  { client = '', share, isPresent, ofEach }: Wanted = {},
): Loaded {
  const { held, hands } = means;
  // Before anything is read, so that the others can begin.
  if (hands > 0 && isNew(files, root, client, means)) part(means, 'shares');
  const before = isPresent && held?.run?.root === root && held.run.client === client ? held.run : undefined;
  const found =
    before?.found ?? findFiles(files, root, depth === 'core' ? 'core' : 'thorough', wantedBy(client, share));
  const sums = before?.sums ?? new WeakMap();
  if (isPresent && held) held.run = { root, client, found, sums };
  const { shares } = means.parts;
  const memory = means.memory && shares ? withShares(means.memory, shares) : means.memory;
  // For one client the whole memory of a practice would be more to read than its files.
  const recall = client === '' ? memory && recallOf(memory, root, sums) : undefined;
  // The practice comes first, and says in which currency the amounts of the others are.
  let coin: Coin | undefined;
  const read: Read = (each, without) => {
    const assembled = readFile(each, means, recall, without, coin);
    if (each.kind === 'practice') coin = coinOf(assembled.record as Practice | undefined);
    return assembled;
  };
  const pairs = pairsOf(found.files).filter(({ id }) => !share || isInShare(id, share));
  const common = found.files.filter((each) => !isOfClient(each));
  const shared = inUse(
    common.map((each) => read(each)),
    pairs,
    read,
  );
  const practice = gather(shared, found);
  const checks = checksOf(rules, practice);
  const about = recall && nameOfShared(recall, common, practice);
  const named = recall && about !== undefined ? { recall, about, depth } : undefined;
  const asked = ofEach?.(practice);
  if (hands > 0 && !shares && named && unknownBytes(pairs, named, asked) > LEAST_TO_SHARE) part(means, 'shares');
  const clients = surveyClients(pairs, practice, checks, read, named, asked);
  const whole = clients.into(practice, []);
  const gists = clients.findings.map((each) => each.gist);
  const breaches = [...clients.findings.flatMap((each) => each.breaches), ...checks.inPractice(whole, gists)];
  const distrusted = breaches.flatMap(({ problem, removes }) =>
    (removes ?? []).map((it): Removal => ({ ...it, problem })),
  );
  const trusted = () => gather(withoutDistrusted(shared, distrusted, read), found);
  const book = distrusted.length === 0 ? whole : clients.into(trusted(), distrusted);
  if (!share && held) held.run = undefined;
  return {
    book,
    problems: [
      ...found.problems,
      ...shared.flatMap((each) => each.problems),
      ...clients.problems,
      ...breaches.map((each) => each.problem),
    ],
    fileCount: found.files.length,
    fingerprint: recall && fingerprintOf(means.memory as Memory, found, recall.sumOf),
    remembered: rememberedBy(recall, pairs, common, book),
  };
}

/** The files that an entry was distrusted in are read again without it. */
const withoutDistrusted = (shared: readonly Assembled[], distrusted: readonly Removal[], read: Read) =>
  shared.map((each) => {
    const ours = distrusted.filter((it) => it.file === each.found.file);
    return ours.length === 0 ? each : read(each.found, ours);
  });

/** Nothing is known of this practice, and it is a large one. */
const isNew = (files: Files, root: string, client: string, { parts, memory }: Means): boolean =>
  client === '' &&
  memory !== undefined &&
  !parts.shares &&
  !memory.has(root, WAS_HERE) &&
  countOf(files.list(root, PLACES.CLIENT.folder ?? '')) > MANY_CLIENTS;

const countOf = (listed: ListResult): number => ('entries' in listed ? listed.entries.length : 0);

/** Who shares out the rest will ask for it, too. */
const wantedBy = (client: string, share: Share | undefined): IsWanted | undefined =>
  share && !share.isOurs ? (id) => isInShare(id, share) : client === '' ? undefined : (id) => id.startsWith(client);

/** What is said of a client follows from its own files and these. Undefined when one of them cannot be read. */
function nameOfShared({ sumOf }: Recall, common: readonly FoundFile[], { removals }: Book): string | undefined {
  const parts: string[] = [];
  for (const { file, bytes } of common) {
    if (bytes === undefined) return undefined;
    parts.push(file, sumOf(bytes));
  }
  const lost = removals.map(({ file, path }) => [file, ...path]);
  return sumOf(new TextEncoder().encode(JSON.stringify([parts, lost])));
}

/** What is in doubt of a client's files follows from them and from the same that the answer does. */
function rememberedBy(
  recall: Recall | undefined,
  pairs: readonly Pair[],
  common: readonly FoundFile[],
  book: Book,
): Loaded['remembered'] {
  const byName = new Map(pairs.map((pair) => [pair.id, pair]));
  const shared = { ...book, removals: book.removals.filter((it) => it.kind !== 'client' && it.kind !== 'touches') };
  let about: string | undefined;
  return (question, id, workOut) => {
    const pair = byName.get(id);
    if (!recall || !pair) return workOut();
    about ??= nameOfShared(recall, common, shared);
    const name = about === undefined ? undefined : nameOf(pair, recall);
    return about === undefined || name === undefined
      ? workOut()
      : recall.under(answerTo(recall, question, about, name), workOut);
  };
}

/** As it is remembered, else read; without the entries that are distrusted, if any are named. */
function readFile(
  found: FoundFile,
  means: Means,
  recall: Recall | undefined,
  without: readonly Removal[] | undefined,
  coin: Coin | undefined,
): Assembled {
  const before = without ? undefined : recall?.find(found);
  if (before) return before;
  const reader = part(means, 'reader');
  const assembled =
    reader.assemblePlainly(found, means.parts.full, without, coin) ??
    reader.assembleFile(found, part(means, 'full'), without, coin);
  if (!without) recall?.keep(assembled);
  return assembled;
}

/** What is wrong with a frozen version of an offer counts only while something runs on it. */
function inUse(shared: readonly Assembled[], pairs: readonly Pair[], read: Read): readonly Assembled[] {
  const isQuiet = ({ found, problems, removals }: Assembled) =>
    found.kind !== 'past-offer' || (problems.length === 0 && removals.length === 0);
  if (shared.every(isQuiet)) return shared;
  const running = new Set(pairs.flatMap(({ client }) => (client ? runningOn(read(client).record as Client) : [])));
  return shared.map((each) =>
    isQuiet(each) || !/@\d+$/.test(each.found.id) || running.has(each.found.id)
      ? each
      : { ...each, problems: [], removals: [] },
  );
}

/** The versions that a client's running engagements name. */
const runningOn = (client: Client | undefined): readonly string[] =>
  Object.values(client?.engagements ?? {}).flatMap(({ offer, ended }) =>
    ended === undefined && offer ? [`${offer.id}@${offer.version}`] : [],
  );
