// A version of an offer is frozen and the next one begins. Owns which text is frozen, under which version, and when that
// would be wrong. Knows no streams.
import type { OfferRecord } from '../book/book.ts';
import type { Input, Practice } from '../command.ts';
import { isEnded } from '../engine/schedule.ts';
import { type FileEdit, refusal } from '../outcome.ts';
import { offerKeyOrder } from '../records/offer.ts';
import type { Repository } from '../world.ts';

/** What a bump does. */
export type Bump = {
  readonly offer: OfferRecord;
  /** The version that is frozen. */
  readonly frozen: number;
  readonly frozenFile: string;
  /** The frozen file stands there already, with this very text. */
  readonly isThere: boolean;
  /** The version the present file has afterwards. */
  readonly version: number;
  /** It was raised by hand before, so the present file stays as it is. */
  readonly isRaised: boolean;
  /** Where the frozen text is from: a commit, or the file as it is, and then why. */
  readonly source: { readonly commit: string } | { readonly present: string };
  readonly files: readonly FileEdit[];
};

/** Throws a refusal where nothing sensible can be frozen. */
export function bumpOf(input: Input, offer: OfferRecord): Bump {
  const { practice } = input;
  const { frozen, text, source } = frozenText(input, offer);
  const frozenFile = `offers/past/${offer.id}@${frozen}.yaml`;
  const there = rawText(input, frozenFile);
  if (there !== undefined && there !== text) {
    throw refusal(
      `${frozenFile} already exists, with another text`,
      `work that runs on ${offer.id}@${frozen} follows it: compare the two, and give the offer the next free version by hand`,
    );
  }
  const isThere = there !== undefined;
  const isRaised = offer.version > frozen;
  if (isRaised && isThere) {
    throw refusal(
      `version ${frozen} of ${offer.name} is frozen already, and ${offer.file} says version ${offer.version}`,
      `nothing is left to do: edit ${offer.file}, then deliver adopt CLIENT/ENGAGEMENT`,
    );
  }
  const version = isRaised ? offer.version : nextFree(practice, offer);
  const raise: FileEdit = {
    kind: 'edit',
    file: offer.file,
    edits: [{ kind: 'set', path: ['version'], value: version }],
    orderOf: (path) => (path.length === 0 ? offerKeyOrder : undefined),
  };
  // The frozen text first: a practice that has it and still the old version is a valid one.
  const files: readonly FileEdit[] = [
    ...(isThere ? [] : [{ kind: 'create' as const, file: frozenFile, text }]),
    ...(isRaised ? [] : [raise]),
  ];
  return { offer, frozen, frozenFile, isThere, version, isRaised, source, files };
}

/** Above every version that is kept, for work may run on any of them. */
function nextFree({ book }: Practice, offer: OfferRecord): number {
  const kept = [...book.sources.keys()].flatMap((file) => {
    const [, id, version] = /^offers\/past\/(.+)@(\d{1,6})\.yaml$/.exec(file) ?? [];
    return id === offer.id ? [Number(version)] : [];
  });
  return Math.max(offer.version, ...kept) + 1;
}

type Frozen = { readonly frozen: number; readonly text: string; readonly source: Bump['source'] };

/** The offer as it was committed last; without git, or when it never was, as it is. */
function frozenText(input: Input, offer: OfferRecord): Frozen {
  const { practice } = input;
  const present = (why: string): Frozen => {
    const text = rawText(input, offer.file);
    if (text === undefined) throw refusal(`${offer.file} cannot be read`, 'deliver validate');
    return { frozen: offer.version, text, source: { present: why } };
  };
  const found = practice.git();
  if ('reason' in found) return present(found.reason);
  const head = found.repository.commit('HEAD');
  if (head === undefined) return present('nothing is committed yet');
  const text = committedText(found.repository, head, offer.file);
  if (text === undefined) return present(`${offer.file} was never committed`);
  const committed = practice.at(
    found.repository.filesOf(head).filter(({ path }) => path === offer.file || path === 'deliver.yaml'),
    practice.today,
  );
  const old = committed.book.offers.get(offer.id);
  if (!old || committed.book.removals.some((it) => it.file === offer.file && it.path.length === 0)) {
    throw refusal(
      `${offer.file} as it was committed last has errors, so it cannot be kept as a plan`,
      'fix the offer and commit it, then bump it',
    );
  }
  if (old.version > offer.version) {
    throw refusal(
      `${offer.file} says version ${offer.version}, and version ${old.version} was committed`,
      `versions only go up: write version: ${old.version}, then deliver offer bump ${offer.id}`,
    );
  }
  return { frozen: old.version, text, source: { commit: head } };
}

/** Undefined when the commit has no such file, or its bytes are no UTF-8 text. */
function committedText(git: Repository, commit: string, file: string): string | undefined {
  const blob = git.filesOf(commit).find(({ path }) => path === file)?.blob;
  const bytes = blob === undefined ? undefined : git.read([blob]).get(blob);
  return bytes && textOf(bytes);
}

const LIMIT = 1_000_000;

/** Of a file of the practice, a byte order mark included. */
function rawText({ practice, outside }: Input, file: string): string | undefined {
  const read = outside.readNamed(`${practice.root}/${file}`, LIMIT);
  if ('bytes' in read) return textOf(read.bytes);
  if (read.fault === 'missing') return undefined;
  throw refusal(`${file} cannot be read`, 'deliver validate');
}

const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

export type Runs = { readonly on: readonly string[]; readonly unversioned: readonly string[] };

/** Running engagements of an offer: those on this version, and those that name none and so follow the offer. */
export function runsOn({ book, today }: Practice, offer: string, version: number): Runs {
  const running = [...book.clients.values()].flatMap((client) =>
    Object.entries(client.engagements ?? {})
      .filter(([, it]) => it.offer?.id === offer && !isEnded(it, today))
      .map(([id, it]) => ({ ref: `${client.id}/${id}`, version: it.offer?.version })),
  );
  return {
    on: running.filter((it) => it.version === version).map((it) => it.ref),
    unversioned: running.filter((it) => it.version === undefined).map((it) => it.ref),
  };
}
