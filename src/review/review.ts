// Two practices in, what changed out: a group for each client, offer or other record, in the words of the trade. The one
// entrance of this folder. Knows no git and no screen.
import type { Day } from '../day.ts';
import type { Reported } from '../problem/report.ts';
import type { RecordKind } from '../records/record-type.ts';
import { parseYaml } from '../source/parse.ts';
import { count } from '../terminal/words.ts';
import { type Change, clip, inGeneral, isSame, type Said, say, textIn, toList } from './change.ts';
import { clientSummary, clientWords } from './client.ts';
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
  const pairs = changedFiles(before.book.sources.values(), after.book.sources.values());
  const errors = errorsByFile(before, after);
  const found = [
    ...pairs.map((pair) => partOf(pair, before, after, today)),
    // A file may be as it was and still have an error, for what it refers to is gone.
    ...errorsElsewhere(pairs, errors, after, before),
  ];
  const groups = new Map<string, Group>();
  for (const part of found) {
    const key = `${part.of} ${part.id}`;
    const known = groups.get(key);
    groups.set(key, known ? merged(known, part) : part);
  }
  const withErrors = [...groups.values()].map((group) => ({
    ...group,
    entries: [...group.entries, ...errorEntries(group, pairs, errors)],
  }));
  return ORDER.flatMap((of) =>
    withErrors.filter((it) => it.of === of && it.entries.length > 0).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
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

const merged = (group: Group, part: Group): Group => ({
  ...group,
  was: group.was ?? part.was,
  title: group.title === group.id ? part.title : group.title,
  entries: [...group.entries, ...part.entries],
});

function partOf(pair: FilePair, before: Side, after: Side, today: Day): Group {
  const { kind } = pair;
  const either = pair.after ?? pair.before;
  if (!either) throw new Error('a pair without a file');
  const ids = { before: pair.before?.id ?? either.id, after: pair.after?.id ?? either.id };
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
    if (parsed?.failed) return [say(how, whole(null), `${noun} ${how}; it cannot be read: ${file}`)];
    return [say(how, whole(parsed?.value ?? text), `${noun} ${how}${summaryOf(pair, parsed?.value, text, about)}`)];
  }
  if (old.text === now.text) return [];
  if (kind === 'email' || kind === 'script') return lineWords(old.text, now.text);
  const [a, b] = [parseYaml(old.text), parseYaml(now.text)];
  if (b.failed) {
    const at = placeOf(after.errors, now.file);
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
        `this ${noun} can be read again; before it could not (${placeOf(before.errors, old.file)})`,
      ),
    ];
  }
  return changedRecord(pair, a.value, b.value, about, before, after);
}

const placeOf = (errors: readonly Reported[], file: string): string => {
  const at = errors.find((it) => it.file === file);
  return at ? `${file}:${at.line}:${at.column}: ${clip(at.message)}` : file;
};

function summaryOf({ kind, after }: FilePair, data: unknown, text: string, about: About): string {
  if (kind === 'client') return `: ${clientSummary(data, about)}`;
  if (kind === 'offer') return `: ${offerSummary(data, about)}`;
  if (kind === 'touches') return `, ${count(toList(data).length, 'line')}`;
  if (kind === 'past-offer' && after) {
    const id = after.id.replace(/@\d+$/, '');
    const source = about.before.book.sources.get(`offers/${id}.yaml`);
    return source?.text === text ? ': the offer as it was before' : `: ${offerSummary(data, about)}`;
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

function wordsFor({ kind }: FilePair, change: Change, about: About): readonly Said[] {
  switch (kind) {
    case 'client':
      return clientWords(change, about);
    case 'touches':
      return touchesWords(change, about);
    case 'offer':
    case 'past-offer':
      return offerWords(change, about, about.ids.after.replace(/@\d+$/, ''));
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

type Errors = { readonly come: readonly Reported[]; readonly gone: readonly Reported[] };

/** Errors that only one side has; where they stand does not count, for lines move. */
function errorsByFile(before: Side, after: Side): Errors {
  const name = (it: Reported): string => `${it.code} ${it.file} ${it.message}`;
  const [old, now] = [new Set(before.errors.map(name)), new Set(after.errors.map(name))];
  return {
    come: after.errors.filter((it) => !old.has(name(it))),
    gone: before.errors.filter((it) => !now.has(name(it))),
  };
}

const errorEntries = (group: Group, pairs: readonly FilePair[], { come, gone }: Errors): readonly Entry[] => {
  const files = new Set([
    ...pairs
      .filter(
        (it) => (it.kind === 'touches' ? 'client' : it.kind) === group.of && (it.after ?? it.before)?.id === group.id,
      )
      .flatMap((it) => [it.after?.file, it.before?.file]),
    ...group.entries.map((it) => it.file),
  ]);
  const isSaid = (it: Reported): boolean =>
    group.entries.some(
      (each) =>
        each.file === it.file &&
        (each.kind === 'broken' || each.kind === 'mended' || each.kind === 'error' || each.kind === 'deleted'),
    );
  const nothing = { path: [], from: null, to: null };
  return [
    ...come
      .filter((it) => files.has(it.file) && !isSaid(it))
      .map((it) => ({
        ...say('error', nothing, `error ${it.file}:${it.line}:${it.column}: ${it.message}`),
        file: it.file,
      })),
    ...gone
      .filter((it) => files.has(it.file) && !isSaid(it))
      .map((it) => ({ ...say('error-gone', nothing, `an error is gone: ${it.message}`), file: it.file })),
  ];
};

/** Errors that came or went in files that are as they were. */
function errorsElsewhere(
  pairs: readonly FilePair[],
  { come, gone }: Errors,
  after: Side,
  before: Side,
): readonly Group[] {
  const changed = new Set(pairs.flatMap((it) => [it.before?.file, it.after?.file]));
  const files = [...new Set([...come, ...gone].map((it) => it.file))].filter((file) => !changed.has(file));
  const sides = [after, before];
  return files.flatMap((file): readonly Group[] => {
    const source = sides.flatMap(({ book }) => book.sources.get(file) ?? [])[0];
    const pair = source && changedFiles([], [source])[0];
    if (!pair?.after) return [];
    const { id } = pair.after;
    const ids = { before: id, after: id };
    const nothing = { path: [], from: null, to: null };
    const entries = [
      ...come
        .filter((it) => it.file === file)
        .map((it) => say('error', nothing, `error ${it.file}:${it.line}:${it.column}: ${it.message}`)),
      ...gone
        .filter((it) => it.file === file)
        .map((it) => say('error-gone', nothing, `an error is gone: ${it.message}`)),
    ].map((said) => ({ ...said, file }));
    return [
      {
        of: pair.kind === 'touches' ? 'client' : pair.kind,
        id,
        was: null,
        title: titleOf(pair.kind, ids, before, after, pair.after.text),
        entries,
      },
    ];
  });
}
