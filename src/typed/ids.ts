// Names of one word: an offer, a partner, a person, a contact, a segment, a kind of touch, a template, a reminder. Each is
// found among all there are of its kind, readable or not. Throws UsageError.
import { type Book, type ClientRecord, findKind, kindIds, peopleIds, segmentIds } from '../book/book.ts';
import { entryNames, type Names, recordNames } from '../book/standing.ts';
import type { Day } from '../day.ts';
import { refusal, UsageError } from '../outcome.ts';
import { didYouMean } from '../problem/suggest.ts';
import { type Name, type NameKind, resolve, settle } from './resolve.ts';

type Among = {
  readonly kind: NameKind;
  /** What a person calls one: "offer". */
  readonly noun: string;
  readonly names: Names;
  /** What the command can act on (default: all); a name in full is found all the same. */
  readonly where?: (id: string) => boolean;
  /** What to do about a name that nothing has; default the names there are. */
  readonly hint?: string | undefined;
  /** Instead of "there is no offer `x`". */
  readonly nothing?: (written: string) => UsageError;
};

/** The id that `written` is, or is the only beginning of. */
export function findId(written: string, { kind, noun, names, where = () => true, hint, nothing }: Among): string {
  const all: readonly Name<string>[] = [
    ...names.known.map(
      ({ id, lost }): Name<string> => ({ parts: [id], ref: id, kind, thing: lost ? undefined : id, lost }),
    ),
    ...(names.unread
      ? [
          {
            parts: [],
            ref: names.unread.file,
            kind,
            thing: undefined,
            lost: names.unread,
            isOpen: 'beginnings' as const,
          },
        ]
      : []),
  ];
  const usable = names.known.flatMap(({ id, lost }) => (lost || !where(id) ? [] : [id]));
  // An empty word is the beginning of everything, and the name of nothing.
  const found =
    written === '' ? ({ is: 'none' } as const) : resolve(all, [written], { isWanted: () => true, canActOn: where });
  return settle(found, written, noun, () => {
    if (nothing) return nothing(written);
    const says = `there is no ${noun} \`${written}\`${didYouMean(written, usable)}`;
    return new UsageError(says, hint ?? (usable.length === 0 ? undefined : `choose from ${usable.join(', ')}`));
  });
}

export const findOfferId = (book: Book, written: string): string =>
  findId(written, {
    kind: 'offer',
    noun: 'offer',
    names: recordNames(book, 'offer', book.offers.keys()),
    ...(book.offers.size === 0 ? { hint: 'deliver new offer' } : {}),
  });

export const findPartnerId = (book: Book, written: string, hint?: string): string =>
  findId(written, {
    kind: 'partner',
    noun: 'partner',
    names: recordNames(book, 'partner', book.partners.keys()),
    hint,
  });

export const peopleNames = (book: Book): Names =>
  entryNames(book, { kind: 'practice', id: 'practice' }, ['people'], peopleIds(book));

/** `others` are words that may be used instead of a person. */
export function findPersonId(book: Book, written: string, others: readonly string[] = []): string {
  const { known, unread } = peopleNames(book);
  const names = { known: [...known, ...others.map((id) => ({ id, lost: undefined }))], unread };
  return findId(written, { kind: 'person', noun: 'person', names });
}

const SERVICE = { kind: 'service', id: 'service' } as const;

export const segmentNames = (book: Book): Names => entryNames(book, SERVICE, ['segments'], segmentIds(book));

export const findSegmentId = (book: Book, written: string): string =>
  findId(written, {
    kind: 'segment',
    noun: 'segment',
    names: segmentNames(book),
    ...(segmentIds(book).length === 0 ? { hint: 'service.yaml has no segments' } : {}),
  });

/** A kind of touch that is offered: not one that is retired. */
export function findKindId(book: Book, written: string): string {
  const isOffered = (id: string): boolean => findKind(book, id)?.retired !== true;
  const names = entryNames(book, SERVICE, ['touches'], kindIds(book));
  const id = findId(written, { kind: 'touch', noun: 'kind of touch', names, where: isOffered });
  if (!isOffered(id)) throw refusal(`the kind of touch \`${id}\` is retired (service.yaml)`);
  return id;
}

/** A kind of touch that a rule makes due for the client; `due` are all of them. */
export function findDueKindId(book: Book, client: ClientRecord, due: readonly string[], written: string): string {
  const kinds = entryNames(book, SERVICE, ['touches'], [...due, ...kindIds(book)]);
  const ofSegment = entryNames(book, SERVICE, ['segments', client.segment ?? '', 'cadence'], []);
  const own = entryNames(book, { kind: 'client', id: client.id }, ['cadence'], []);
  const lost = [...kinds.known, ...ofSegment.known, ...own.known].filter((it) => it.lost && !due.includes(it.id));
  const known = [...kinds.known.filter((it) => !lost.some((each) => each.id === it.id)), ...lost];
  const unread = kinds.unread ?? ofSegment.unread ?? own.unread;
  const isDue = (id: string): boolean => due.includes(id);
  const nothing = (id: string): UsageError =>
    new UsageError(
      `no \`${id}\` is due to ${client.name}${didYouMean(id, due)}`,
      due.length === 0 ? undefined : `choose from ${due.join(', ')}`,
    );
  const names = { known, unread };
  const id = findId(written, { kind: 'touch', noun: 'kind of touch', names, where: isDue, nothing });
  if (!isDue(id)) throw nothing(id);
  return id;
}

/** One who has left is found by the full name alone, or where nobody else has it. */
export const findContactId = (book: Book, today: Day, client: ClientRecord, written: string): string => {
  const { contacts = {} } = client;
  const isHere = (id: string): boolean => {
    const left = contacts[id]?.left;
    return left === undefined || left > today;
  };
  const names = entryNames(book, { kind: 'client', id: client.id }, ['contacts'], Object.keys(contacts));
  return findId(written, {
    kind: 'contact',
    noun: 'contact',
    names,
    where: isHere,
    nothing: (id) =>
      new UsageError(
        `${client.name} has no contact \`${id}\`${didYouMean(id, Object.keys(contacts))}`,
        names.known.length === 0
          ? `add one under \`contacts:\` in ${client.file}`
          : `${client.name} has ${Object.keys(contacts).join(', ')}`,
      ),
  });
};

/** A reminder of the ladder that the command is about (`ladder`); `all` are those of the practice too. */
export function findRungId(
  book: Book,
  { ladder, all }: { readonly ladder: readonly string[]; readonly all: readonly string[] },
  written: string,
): string {
  const names = entryNames(book, SERVICE, ['chase'], [...ladder, ...all]);
  const isOurs = (id: string): boolean => ladder.includes(id);
  const hint = ladder.length === 0 ? { hint: 'there is no reminder ladder' } : {};
  const id = findId(written, { kind: 'rung', noun: 'reminder', names, where: isOurs, ...hint });
  if (!isOurs(id)) throw new UsageError(`\`${id}\` is not a reminder of this step`, `choose from ${ladder.join(', ')}`);
  return id;
}
