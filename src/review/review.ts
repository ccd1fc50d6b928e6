// Two practices in, what changed out: a group for each client, offer or other record, in the words of the trade. The one
// entrance of this folder. Knows no git and no screen.
import { isRemoved } from '../book/book.ts';
import type { Day } from '../day.ts';
import type { RecordKind } from '../records/record-type.ts';
import { parseYaml } from '../source/read/parse.ts';
import { count } from '../terminal/words.ts';
import { type Change, clip, inGeneral, isSame, type Said, say, textIn, toList } from './change.ts';
import { clientSummary, clientWords } from './client.ts';
import { changedErrors, type Errors, errorsIn, filesOf, firstErrorIn, isDamaged } from './errors.ts';
import { changedFiles, type FilePair } from './files.ts';
import { lineWords } from './letters.ts';
import { offerSummary, offerWords } from './offer.ts';
import { partnerWords, practiceWords } from './practice.ts';
import { serviceWords } from './service.ts';
import { type About, aboutOf, type Side } from './sides.ts';
import { touchesWords } from './touches.ts';

export type { Said } from './change.ts';
export type { Side } from './sides.ts';

/** One thing that changed, and the file it is written in. */
export type Entry = Said & { readonly file: string };

export type Group = {
  /** `client`, with the log of the client; else the type of the record. */
  readonly of: 'client' | Exclude<RecordKind, 'client' | 'touches'>;
  readonly id: string;
  /** The id before, when it was another. */
  readonly was: string | null;
  readonly title: string;
  readonly entries: readonly Entry[];
};

/** Clients first, then what we sell and how we serve, then letters. Empty when no record differs. */
export function reviewOf(before: Side, after: Side, today: Day): readonly Group[] {
  const pairs = changedFiles(before.book.sources.values(), after.book.sources.values()).flatMap((pair) =>
    isLogAlone(pair, before, after) ? apart(pair) : [pair],
  );
  const errors = changedErrors(before, after);
  const changed = new Set(pairs.flatMap((it) => [it.before?.file, it.after?.file]));
  // A file may be as it was and have an error now, for what it refers to is gone.
  const elsewhere = filesOf(errors)
    .filter((file) => !changed.has(file))
    .flatMap((file) => sameFile(file, before, after));
  const renamed = renamedClients(pairs);
  const parts = [...pairs, ...elsewhere].map((pair): Group => {
    const part = partOf(pair, before, after, today, renamed);
    return { ...part, entries: [...trusted(pair, part, errors, after), ...errorsOf(pair, part, errors)] };
  });
  const groups = new Map<string, Group>();
  for (const part of parts) {
    const key = `${part.of} ${part.id}`;
    const known = groups.get(key);
    groups.set(key, known ? merged(known, part) : part);
  }
  return ORDER.flatMap((of) =>
    [...groups.values()]
      .filter((it) => it.of === of && it.entries.length > 0)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  );
}

const ORDER: readonly Group['of'][] = [
  'client',
  'offer',
  'past-offer',
  'service',
  'practice',
  'partner',
  'script',
  'email',
];

/** A record file that did not change, as a pair. */
function sameFile(file: string, before: Side, after: Side): readonly FilePair[] {
  const source = after.book.sources.get(file) ?? before.book.sources.get(file);
  const [pair] = source ? changedFiles([], [source]) : [];
  return pair ? [{ ...pair, before: pair.after }] : [];
}

/** What was made of entries that an error took out says nothing where there are many. */
function trusted({ kind, after }: FilePair, { entries }: Group, errors: Errors, { book }: Side): readonly Entry[] {
  if (!after || !isDamaged(errors, new Set([after.file]))) return entries;
  return entries.filter((it) => !isRemoved(book, kind, after.id, it.path));
}

/** A file that cannot be read has said so already. */
function errorsOf(pair: FilePair, { entries }: Group, errors: Errors): readonly Entry[] {
  const isSaid = entries.some((it) => ['broken', 'mended', 'deleted'].includes(it.kind));
  const files = [pair.before?.file, pair.after?.file].filter((file) => file !== undefined);
  return isSaid ? [] : errorsIn(errors, new Set(files));
}

const merged = (group: Group, part: Group): Group => ({
  ...group,
  was: group.was ?? part.was,
  title: group.title === group.id ? part.title : group.title,
  entries: [...group.entries, ...part.entries],
});

/** A log under another name whose client did not go with it: one is gone, and one is nobody's. */
const isLogAlone = ({ kind, before: old, after: now }: FilePair, before: Side, after: Side): boolean =>
  kind === 'touches' &&
  old !== undefined &&
  now !== undefined &&
  old.id !== now.id &&
  (after.book.sources.has(clientFile(old.id)) ||
    !after.book.sources.has(clientFile(now.id)) ||
    before.book.sources.has(clientFile(now.id)));

const clientFile = (id: string): string => `clients/${id}.yaml`;

const apart = (pair: FilePair): readonly FilePair[] => [
  { ...pair, after: undefined },
  { ...pair, before: undefined },
];

const renamedClients = (pairs: readonly FilePair[]): ReadonlyMap<string, string> =>
  new Map(
    pairs.flatMap(({ kind, before, after }) =>
      kind === 'client' && before && after && before.id !== after.id ? [[after.id, before.id] as const] : [],
    ),
  );

function partOf(pair: FilePair, before: Side, after: Side, today: Day, clients: ReadonlyMap<string, string>): Group {
  const { kind } = pair;
  const either = pair.after ?? pair.before;
  if (!either) throw new Error('a pair without a file');
  const ids = { before: pair.before?.id ?? either.id, after: pair.after?.id ?? either.id, clients };
  const about = aboutOf(before, after, today, ids);
  const entries = entriesOf(pair, about, before, after).map((said): Entry => ({ ...said, file: either.file }));
  const renamed = pair.before !== undefined && ids.before !== ids.after;
  return {
    of: kind === 'touches' ? 'client' : kind,
    id: ids.after,
    was: renamed ? ids.before : null,
    title: titleOf(kind, ids, before, after, either.text),
    entries: renamed ? [{ ...renaming(pair, ids), file: either.file }, ...entries] : entries,
  };
}

function titleOf(kind: RecordKind, ids: About['ids'], before: Side, after: Side, text: string): string {
  const named = (side: Side, id: string): string | undefined => {
    const { book } = side;
    if (kind === 'client' || kind === 'touches') return book.clients.get(id)?.name;
    if (kind === 'offer') return book.offers.get(id)?.name;
    if (kind === 'past-offer') return book.pastOffers.get(id)?.name;
    if (kind === 'partner') return book.partners.get(id)?.name;
    if (kind === 'script') return book.scripts.get(id)?.title;
    return undefined;
  };
  if (kind === 'practice') return 'Practice';
  if (kind === 'service') return 'Service model';
  const found = named(after, ids.after) ?? named(before, ids.before);
  if (found !== undefined) return found;
  const written = kind === 'email' || kind === 'touches' ? undefined : textIn(parseYaml(text).value, 'name');
  return written === undefined ? ids.after : clip(written);
}

const renaming = ({ kind }: FilePair, { before, after }: About['ids']): Said =>
  say(
    'renamed',
    { path: [], from: before, to: after },
    kind === 'touches' ? 'the log goes with it' : `id ${clip(before)} -> ${clip(after)}`,
    kind === 'client' ? after : null,
  );

const LOST = { value: undefined, failed: true };

/** Not so of a file whose text could not be had, which is not an empty one. */
const isThere = ({ errors }: Side, file: string): boolean =>
  !errors.some((it) => it.file === file && (it.code === 'file/not-readable' || it.code === 'yaml/too-large'));

function entriesOf(pair: FilePair, about: About, before: Side, after: Side): readonly Said[] {
  const { kind, before: old, after: now, noun } = pair;
  const whole = (data: unknown): Pick<Change, 'path' | 'from' | 'to'> => ({
    path: [],
    from: old ? data : null,
    to: now ? data : null,
  });
  if (old === undefined || now === undefined) {
    const text = (now ?? old)?.text ?? '';
    const file = (now ?? old)?.file ?? '';
    const parsed = kind === 'email' ? undefined : parseYaml(text);
    const how = now ? 'added' : 'deleted';
    if (kind === 'past-offer' && now)
      return [say('frozen', whole(null), summaryOf(pair, parseYaml(text).value, text, about))];
    if (parsed?.failed) return [say(how, whole(null), `${noun} ${how}; it cannot be read: ${file}`)];
    return [say(how, whole(parsed?.value ?? text), `${noun} ${how}${summaryOf(pair, parsed?.value, text, about)}`)];
  }
  if (old.text === now.text) return [];
  const [isOldThere, isNowThere] = [isThere(before, old.file), isThere(after, now.file)];
  if (isOldThere && isNowThere && (kind === 'email' || kind === 'script')) return lineWords(old.text, now.text);
  const [a, b] = [isOldThere ? parseYaml(old.text) : LOST, isNowThere ? parseYaml(now.text) : LOST];
  if (b.failed) {
    const at = firstErrorIn(after.errors, now.file);
    return [
      say(
        'broken',
        { path: [], from: null, to: null },
        `this ${noun} cannot be read any more, so what changed in it cannot be said (${at})`,
      ),
    ];
  }
  if (a.failed) {
    return [
      say(
        'mended',
        { path: [], from: null, to: b.value },
        `this ${noun} can be read again; before it could not (${firstErrorIn(before.errors, old.file)})`,
      ),
    ];
  }
  return changedRecord(pair, a.value, b.value, about, before, after);
}

function summaryOf({ kind, after }: FilePair, data: unknown, text: string, about: About): string {
  if (kind === 'client') return `: ${clientSummary(data, about)}`;
  if (kind === 'offer') return `: ${offerSummary(data, about)}`;
  if (kind === 'touches') return `, ${count(toList(data).length, 'line')}`;
  if (kind === 'past-offer' && after) {
    const id = after.id.replace(/@\d+$/, '');
    const source = about.before.book.sources.get(`offers/${id}.yaml`);
    return source?.text === text ? 'the offer as it was before' : offerSummary(data, about);
  }
  return '';
}

function changedRecord(
  pair: FilePair,
  from: unknown,
  to: unknown,
  about: About,
  before: Side,
  after: Side,
): readonly Said[] {
  const change: Change = { path: [], from, to, around: { from: {}, to: {} } };
  const nothing = { path: [], from: null, to: null };
  const isClean = ![...before.errors, ...after.errors].some(
    (it) => it.file === pair.after?.file || it.file === pair.before?.file,
  );
  if (isClean && meaningOf(before, pair.kind, about.ids.before) === meaningOf(after, pair.kind, about.ids.after)) {
    const isLayout = JSON.stringify(from) === JSON.stringify(to);
    return [
      say('layout', nothing, isLayout ? 'only comments or layout' : 'written another way, and it means the same'),
    ];
  }
  const said = wordsFor(pair, change, about);
  if (said.length > 0) return said;
  if (!isSame(from, to)) return inGeneral(change, about.today);
  const isLayout = JSON.stringify(from) === JSON.stringify(to);
  return [say('layout', nothing, isLayout ? 'only comments or layout' : 'the same entries in another order')];
}

function wordsFor({ kind, after }: FilePair, change: Change, about: About): readonly Said[] {
  switch (kind) {
    case 'client':
      return clientWords(change, about);
    case 'touches':
      return touchesWords(change, about);
    case 'offer':
    case 'past-offer':
      return offerWords(change, about, after?.file ?? '');
    case 'service':
      return serviceWords(change, about);
    case 'practice':
      return practiceWords(change, about);
    case 'partner':
      return partnerWords(change, about);
    default:
      return [];
  }
}

/** The record as the program understands it, its name aside; two that are equal mean the same, whatever they look like. */
function meaningOf({ book }: Side, kind: RecordKind, id: string): string | undefined {
  const records = {
    client: book.clients,
    offer: book.offers,
    'past-offer': book.pastOffers,
    touches: book.logs,
    partner: book.partners,
  };
  const record =
    kind === 'practice'
      ? book.practice
      : kind === 'service'
        ? book.service
        : records[kind as keyof typeof records]?.get(id);
  return record === undefined ? undefined : JSON.stringify({ ...record, id: '', file: '' });
}
