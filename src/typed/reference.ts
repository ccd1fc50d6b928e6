// References as a person types them: `acme`, `acme/report`, `acme promise deck`. Finds what one names, or refuses with the choices.
import type { Book, ClientRecord } from '../book/book.ts';
import { type Day, formatFullDay } from '../day.ts';
import { isEnded } from '../engine/schedule.ts';
import { refusal, UsageError } from '../outcome.ts';
import { nearest } from '../problem/suggest.ts';
import {
  type Candidate,
  clientNames,
  namesOfClient,
  recordCandidates,
  type Short,
  type Target,
  type TargetKind,
} from './names.ts';
import { listed, resolve, settle, type Wish } from './resolve.ts';

export type { Target, TargetKind } from './names.ts';
export { listed } from './resolve.ts';

export type Wanted = {
  readonly kinds: readonly TargetKind[];
  /** The kind that is meant where two of them have the same name. */
  readonly prefers?: TargetKind;
  /**
   * What the command can act on (default: everything of the kinds). It decides between beginnings of names alone: a thing
   * named in full is found whatever its state, so the command says itself what is wrong with it.
   */
  readonly where?: (target: Target) => boolean;
  /** Ended engagements and their steps too; without it they are refused. */
  readonly includeEnded?: true;
  /** What a person calls one: "step". */
  readonly noun: string;
};

/** `words` are the arguments as typed: `acme report` is `acme/report`. Throws UsageError. */
export function findTarget(book: Book, today: Day, words: readonly string[], wanted: Wanted): Target {
  const parts = partsOf(words);
  return found(book, today, namesFor(book, today, parts[0] ?? '', wanted), parts, wanted);
}

/** A step, or whatever else of the client's is wanted, with or without the client before it: `report`, `acme/report`. */
export function findWithin(book: Book, today: Day, client: ClientRecord, written: string, wanted: Wanted): Target {
  const own = namesOfClient(book, today, client, shortOf(wanted));
  const names = [
    ...own,
    ...own.map((it): Candidate => ({ ...it, parts: it.parts.slice(1), ...(it.reach ? { reach: it.reach - 1 } : {}) })),
    // What begins with another client is not this one's.
    ...clientNames(book).flatMap((it): readonly Candidate[] =>
      it.ref === client.id ? [] : [{ ...it, kind: 'part', thing: undefined, lost: undefined, isOpen: 'all' }],
    ),
  ];
  return found(book, today, names, partsOf([written]), wanted, client);
}

const partsOf = (words: readonly string[]): readonly string[] =>
  words
    .join('/')
    .split('/')
    .filter((part) => part !== '');

function found(
  book: Book,
  today: Day,
  names: readonly Candidate[],
  parts: readonly string[],
  wanted: Wanted,
  within?: ClientRecord,
): Target {
  const kinds = new Set<string>(wanted.kinds);
  const wish: Wish<Target> = {
    isWanted: ({ kind }) => kinds.has(kind),
    isPreferred: ({ kind }) => kind === wanted.prefers,
    canActOn: (target) => (wanted.includeEnded || !endOf(book, today, target)) && (wanted.where?.(target) ?? true),
  };
  const written = parts.join('/');
  const target = settle(resolve(names, parts, wish), written, wanted.noun, () =>
    unknownReference(book, today, parts, wanted, within),
  );
  const ended = wanted.includeEnded ? undefined : endOf(book, today, target);
  if (ended === undefined) return target;
  const work = `${target.client}/${target.engagement}`;
  throw refusal(
    `${work} ended on ${formatFullDay(ended)}${target.kind === 'step' ? `, so ${target.ref} stays as it is` : ''}`,
  );
}

/** The day the work ended that the target is, or is a step of. */
function endOf(book: Book, today: Day, { client, engagement }: Target): Day | undefined {
  const work = engagement === undefined ? undefined : book.clients.get(client ?? '')?.engagements?.[engagement];
  return work && isEnded(work, today) ? work.ended : undefined;
}

const shortOf = ({ kinds }: Wanted): Short => {
  const [only] = kinds.length === 1 ? kinds : [];
  return only === 'promise' || only === 'issue' || only === 'occasion' ? only : undefined;
};

const OF_NOBODY: ReadonlySet<TargetKind> = new Set(['offer', 'partner', 'script', 'email', 'person', 'segment']);

/** The names that words beginning with `first` may have; with an empty one all. */
function namesFor(book: Book, today: Day, first: string, wanted: Wanted): readonly Candidate[] {
  const all = clientNames(book);
  // A client's name in full is nobody else's: what the others have need not be known.
  const exact = all.filter(({ parts }) => parts[0] === first);
  const near = exact.length > 0 ? exact : all.filter(({ parts }) => parts[0]?.startsWith(first));
  const isNear = new Set(near);
  const ofClients = all.flatMap((name) => {
    const client = name.thing && isNear.has(name) ? book.clients.get(name.thing.id) : undefined;
    return client ? [name, ...namesOfClient(book, today, client, shortOf(wanted))] : [name];
  });
  const others = wanted.kinds.some((kind) => OF_NOBODY.has(kind)) ? recordCandidates(book) : [];
  return [...ofClients, ...others];
}

/** All there is of these kinds that can be acted on, in a stable order: the choices of a question. */
export const allTargets = (book: Book, today: Day, wanted: Wanted): readonly Target[] =>
  targetsOf(book, today, '', wanted);

/** Those of the clients whose id begins like this, and of the records that belong to none. */
export function targetsOf(book: Book, today: Day, client: string, wanted: Wanted): readonly Target[] {
  const targets = namesFor(book, today, client, wanted).flatMap(({ kind, thing }) =>
    thing && wanted.kinds.some((each) => each === kind) ? [thing] : [],
  );
  const usable = targets.filter(
    (it) => (wanted.includeEnded || !endOf(book, today, it)) && (wanted.where?.(it) ?? true) && isListed(book, it),
  );
  return [...new Map(usable.map((it) => [it.ref, it])).values()];
}

/** A kind of touch without a rule can be named, and is nothing to offer. */
function isListed({ clients, service }: Book, { kind, client: of, id }: Target): boolean {
  if (kind !== 'touch') return true;
  const client = clients.get(of ?? '');
  const segment = service.segments?.[client?.segment ?? ''];
  return Object.hasOwn(client?.cadence ?? {}, id) || Object.hasOwn(segment?.cadence ?? {}, id);
}

function unknownReference(
  book: Book,
  today: Day,
  parts: readonly string[],
  wanted: Wanted,
  within: ClientRecord | undefined,
): UsageError {
  const written = parts.join('/');
  const client = within ?? book.clients.get(parts[0] ?? '');
  // Of a client that is named rightly only what is theirs can be meant.
  const meant = targetsOf(book, today, client?.id ?? '', wanted).filter((it) => !client || it.client === client.id);
  const close = nearest(written, new Set(meant.flatMap((it) => [it.ref, shortened(it, within)])));
  const ofClient = client ? meant.filter((it) => it.kind !== 'client') : [];
  const hint = ofClient.length > 0 ? `${client?.name} has ${listed(ofClient.map((it) => it.ref))}` : undefined;
  return new UsageError(
    `there is no ${wanted.noun} \`${written}\`${close === undefined ? '' : `, did you mean \`${close}\`?`}`,
    hint,
  );
}

/** As it may be typed too: without its engagement, its kind or its client. */
const shortened = ({ client, id, ref }: Target, within: ClientRecord | undefined): string =>
  within ? id : client === undefined ? id : ref === client ? ref : `${client}/${id}`;

/** A client by the id or a unique beginning of it. Throws UsageError. */
export function findClient(book: Book, today: Day, written: string): ClientRecord {
  const target = findTarget(book, today, [written], { kinds: ['client'], noun: 'client' });
  const client = book.clients.get(target.id);
  if (!client) throw new Error(`no client ${target.id}`);
  return client;
}
