// Client after client: reads the files, has the rules look at them, and forgets what there is no room for. What was found
// in files that are as they were is not looked for again.
import type { Assembled } from '../book/assemble.ts';
import type { Book, ClientRecord, Removal, TouchLog } from '../book/book.ts';
import { byId } from '../book/gather.ts';
import type { FoundFile } from '../book/read.ts';
import { isClean, type Recall } from '../book/recall.ts';
import { keeping, shelfOf, USUAL_ROOM } from '../book/shelf.ts';
import type { EachClient } from '../command.ts';
import type { Problem } from '../problem/problem.ts';
import type { Client } from '../records/client.ts';
import type { Touches } from '../records/touches.ts';
import type { Checks, Finding } from '../rules/checks.ts';

/** The files of one client, at least one of the two. */
export type Pair = {
  readonly id: string;
  readonly client: FoundFile | undefined;
  readonly log: FoundFile | undefined;
};

/** What is read, by the file; again without the entries that are named. */
export type Read = (found: FoundFile, without?: readonly Removal[]) => Assembled;

export const isOfClient = ({ kind }: FoundFile): boolean => kind === 'client' || kind === 'touches';

/** In the order of their ids. */
export function pairsOf(files: readonly FoundFile[]): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const each of files.filter(isOfClient)) {
    const pair = pairs.get(each.id) ?? { id: each.id, client: undefined, log: undefined };
    pairs.set(each.id, each.kind === 'client' ? { ...pair, client: each } : { ...pair, log: each });
  }
  return [...pairs.values()].toSorted(byId);
}

/** One client as it was read; a record is undefined when there is none that can be trusted. */
type ReadPair = {
  readonly client: ClientRecord | undefined;
  readonly log: TouchLog | undefined;
  readonly problems: readonly Problem[];
  readonly removals: readonly Removal[];
  readonly isClean: boolean;
};

function readPair({ client, log }: Pair, read: Read, without: readonly Removal[] = []): ReadPair {
  const [first, second] = [client, log].map((found) => {
    const ours = found ? without.filter((each) => each.file === found.file) : [];
    return found && read(found, ours.length === 0 ? undefined : ours);
  });
  const both = [first, second].filter((each) => each !== undefined);
  return {
    client:
      first?.record === undefined
        ? undefined
        : { ...(first.record as Client), id: first.found.id, file: first.found.file },
    log:
      second?.record === undefined
        ? undefined
        : { id: second.found.id, file: second.found.file, touches: second.record as Touches },
    problems: both.flatMap((each) => each.problems),
    removals: both.flatMap((each) => each.removals),
    isClean: both.every(isClean),
  };
}

/** All clients, as much of them as is known so far. */
export type Clients = {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  /** By what is wrong with the files themselves. */
  readonly removals: readonly Removal[];
  /** With all the clients in it; `distrusted` are taken out of their files. */
  readonly into: (shared: Book, distrusted: readonly Removal[]) => Book;
};

/** Where what is found is remembered: `about` names what belongs to no client, `depth` what is looked for. */
export type Named = { readonly recall: Recall; readonly about: string; readonly depth: string };

/** `shared` is what belongs to no client; `each` will be asked of every one of them. */
export function surveyClients(
  pairs: readonly Pair[],
  shared: Book,
  checks: Checks,
  read: Read,
  named: Named | undefined,
  each: EachClient | undefined,
): Clients {
  const byName = new Map(pairs.map((pair) => [pair.id, pair]));
  const sizeOf = (id: string): number => {
    const pair = byName.get(id);
    return (pair?.client?.bytes?.length ?? 0) + (pair?.log?.bytes?.length ?? 0);
  };
  // What will be asked of every client is answered as it is read.
  const room = each && named ? 0 : USUAL_ROOM;
  const readClient = keeping((id) => readPair(byName.get(id) as Pair, read), sizeOf, room);
  const problems: Problem[] = [];
  const removals: Removal[] = [];
  const look = ({ id }: Pair): Finding => {
    const own = readClient(id);
    // One by one: a call takes so many arguments and no more.
    for (const each of own.problems) problems.push(each);
    for (const each of own.removals) removals.push(each);
    const book = own.removals.length === 0 ? shared : { ...shared, removals: [...shared.removals, ...own.removals] };
    return checks.inClient(book, own.client, own.log);
  };
  const findings = pairs.map((pair): Finding => {
    const name = named && nameOf(pair, named.recall);
    if (!named || name === undefined) return look(pair);
    const { recall } = named;
    const known = recall.known<Finding>(findingOf(named, name));
    if (known) {
      for (const file of [pair.client, pair.log]) if (file) recall.still(file);
      if (each && !recall.has(answerOf(named, each, name)))
        answerAhead(each, shared, readClient(pair.id), known, named, name);
      return known;
    }
    const finding = look(pair);
    const own = readClient(pair.id);
    if (!own.isClean) return finding;
    if (each) answerAhead(each, shared, own, finding, named, name);
    return recall.under(findingOf(named, name), () => finding);
  });
  return {
    findings,
    problems,
    removals,
    into: (book, distrusted) => {
      const faulty = new Set(distrusted.map((each) => each.file));
      const again = new Map(
        pairs
          .filter(({ client, log }) => [client, log].some((each) => each && faulty.has(each.file)))
          .map((pair) => [pair.id, readPair(pair, read, distrusted)]),
      );
      const get = (id: string): ReadPair => again.get(id) ?? readClient(id);
      const there = (key: 'client' | 'log'): readonly string[] =>
        pairs.flatMap(({ id }, i) => {
          const reread = again.get(id);
          return (reread ? reread[key] : findings[i]?.gist[key]) === undefined ? [] : [id];
        });
      const anew = new Set(pairs.flatMap(({ id, client, log }) => (again.has(id) ? [client?.file, log?.file] : [])));
      const kept = removals.filter((each) => !anew.has(each.file));
      return {
        ...book,
        clients: shelfOf(there('client'), (id) => get(id).client as ClientRecord),
        logs: shelfOf(there('log'), (id) => get(id).log as TouchLog),
        removals: [...book.removals, ...kept, ...[...again.values()].flatMap((each) => each.removals)],
      };
    },
  };
}

/** Unless something is taken out of its files: then it is asked again of what is left. */
function answerAhead(
  each: EachClient,
  shared: Book,
  { client, log }: ReadPair,
  { breaches }: Finding,
  named: Named,
  name: string,
): void {
  if (!client || breaches.some(({ removes }) => (removes ?? []).length > 0)) return;
  const book: Book = {
    ...shared,
    clients: new Map([[client.id, client]]),
    logs: log ? new Map([[log.id, log]]) : new Map(),
  };
  named.recall.under(answerOf(named, each, name), () => each.answer(book, client));
}

const findingOf = ({ recall, about, depth }: Named, name: string): string => answerTo(recall, depth, about, name);

const answerOf = ({ recall, about }: Named, { question }: EachClient, name: string): string =>
  answerTo(recall, question, about, name);

/** The name of what is said to a question about a client, and what belongs to none. */
export const answerTo = ({ shortOf }: Recall, question: string, about: string, name: string): string =>
  `${shortOf(`${question} ${about}`)} ${name}`;

/** Of the files of which not everything that will be asked is remembered. */
export function unknownBytes(pairs: readonly Pair[], named: Named, each: EachClient | undefined): number {
  const { recall } = named;
  let bytes = 0;
  for (const pair of pairs) {
    const name = nameOf(pair, recall);
    if (name === undefined) continue;
    const isKnown = recall.has(findingOf(named, name)) && (!each || recall.has(answerOf(named, each, name)));
    if (!isKnown) bytes += (pair.client?.bytes?.length ?? 0) + (pair.log?.bytes?.length ?? 0);
  }
  return bytes;
}

/** Of the client's files and their bytes; undefined when one of them cannot be read. */
export function nameOf({ id, client, log }: Pair, { sumOf }: Recall): string | undefined {
  const both = [client, log].map((each) => (each === undefined ? '-' : each.bytes && sumOf(each.bytes)));
  return both.includes(undefined) ? undefined : [id, ...both].join(' ');
}
