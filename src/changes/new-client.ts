// What a new client needs besides its text: ids, the segment it is in, the contact that was last had, and what is due next.
// Knows neither questions nor lists of clients.
import { type Book, findKind } from '../book/book.ts';
import type { Practice } from '../command.ts';
import type { Day, Offset } from '../day.ts';
import { contactsOf, countsFor } from '../engine/contact.ts';
import { settingOf } from '../engine/setting.ts';
import { rulesOf, standingOf } from '../engine/touch-items.ts';
import { idFault } from '../records/ids.ts';
import { longDate } from '../terminal/words.ts';
import { findSegmentId, segmentNames } from '../typed/ids.ts';
import { idFrom } from './edits.ts';
import type { Next } from './next.ts';
import type { NewContact } from './skeletons.ts';

/** Letters that have no plain one inside them. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
const plain = (text: string): string =>
  text.toLowerCase().replace(/[ßæœøłđðþı]/g, (letter) => SPELLED[letter] ?? letter);

const LEGAL_FORM =
  /[\s,]+(&\s*co\.?|co\.?\s+kg|ltd\.?|limited|gmbh|mbh|inc\.?|llc|llp|plc|ag|kg|ohg|e\.?k\.?|oy|ab|as|a\/s|aps|sa|s\.a\.|sas|sarl|srl|s\.r\.l\.|spa|s\.p\.a\.|bv|b\.v\.|nv|corp\.?|pty|co\.)$/i;

/** `Acme` of `Acme Ltd`: what is said, without the legal form. */
function withoutLegalForm(name: string): string {
  const shorter = name.trim().replace(LEGAL_FORM, '');
  return shorter === name.trim() ? shorter : withoutLegalForm(shorter);
}

/** Ids that a new client cannot have: those of clients and of logs, readable or not. */
export function takenClientIds({ sources }: Book): ReadonlySet<string> {
  const files = [...sources.keys()].flatMap((file) => /^(?:clients|touches)\/(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return new Set(files.map((id) => id.toLowerCase()));
}

/** An id for a client; a name without Latin letters takes that of its e-mail's domain. */
export function clientIdFrom(name: string, email: string | undefined, taken: ReadonlySet<string>): string {
  const latin = plain(withoutLegalForm(name)).normalize('NFKD');
  const domain = /@([a-z0-9-]+)\./i.exec(email ?? '')?.[1] ?? 'client';
  const base = /[a-z0-9]/.test(latin) ? latin : domain;
  const id = idFrom(base, taken);
  return idFault(id, 'id') === undefined ? id : idFrom(`${id} client`, taken);
}

const ADDRESS = /^(?:dr|prof|professor|mr|mrs|ms|miss|herr|frau|sir|dame|mme|m)\.?$/i;

/** A contact by a full name; a form of address is no first name. */
export function contactNamed(name: string, taken: Iterable<string>): NewContact {
  const words = name.split(/\s+/);
  const first = words.find((word) => !ADDRESS.test(word)) ?? name;
  const latin = plain(first).normalize('NFKD');
  const id = idFrom(/[a-z0-9]/.test(latin) ? latin : 'contact', taken);
  return {
    id: idFault(id, 'id') === undefined ? id : idFrom(`${id} contact`, taken),
    name,
    ...(words[0] === first ? {} : { first_name: first }),
  };
}

/** The segment by its id or title, whatever the case, or by a unique beginning of the id. Throws UsageError. */
export const segmentNamed = (book: Book, written: string): string =>
  findSegment(book, written) ?? findSegmentId(book, written.trim());

/** None for the id of one that cannot be used: another may have that title. */
export function findSegment(book: Book, written: string): string | undefined {
  const wanted = written.trim().toLowerCase();
  const segments = Object.entries(book.service.segments ?? {});
  const exact = segments.find(([id]) => id === written.trim());
  if (exact) return exact[0];
  if (segmentNames(book).known.some(({ id, lost }) => lost && id.toLowerCase() === wanted)) return undefined;
  const byId = segments.find(([id]) => id.toLowerCase() === wanted);
  return (byId ?? segments.find(([, { title }]) => title.toLowerCase() === wanted))?.[0];
}

/**
 * The kind of contact that "we last spoke on" is logged as: a call where that counts for what this segment is due most
 * often, else that kind itself.
 */
export function spokenKind(book: Book, segment: string | undefined): string {
  const segments = book.service.segments ?? {};
  const cadence = segment !== undefined && Object.hasOwn(segments, segment) ? segments[segment]?.cadence : undefined;
  const often = Object.entries(cadence ?? {})
    .flatMap(([kind, rule]) => (rule.form === 'every' ? [{ kind, days: daysOf(rule.every) }] : []))
    .toSorted((a, b) => a.days - b.days)[0];
  const isCall = often === undefined || countsFor(book, 'call', often.kind);
  return isCall || findKind(book, often.kind) === undefined ? 'call' : often.kind;
}

const DAYS_OF = { d: 1, bd: 1.4, w: 7, m: 30.4, y: 365 } as const;
const daysOf = ({ n, unit }: Offset): number => n * DAYS_OF[unit];

/** The first contact that the client is due, and when. */
export function firstContactDue({ book, today }: Practice, clientId: string): Next | undefined {
  const client = book.clients.get(clientId);
  if (!client) return undefined;
  const setting = settingOf(book, today);
  const contacts = contactsOf(book, client, today);
  const due = rulesOf(setting, client)
    .flatMap((rule): readonly { readonly kind: string; readonly day: Day }[] => {
      const standing = standingOf(setting, client, rule, contacts);
      return standing ? [{ kind: rule.kind, day: standing.due }] : [];
    })
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))[0];
  if (!due) return undefined;
  const title = findKind(book, due.kind)?.title ?? due.kind;
  return { ref: `${clientId}/touch/${due.kind}`, text: `${title} due ${longDate(due.day, today)}` };
}
