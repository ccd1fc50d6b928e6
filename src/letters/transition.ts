// The texts of a client's transition: which script and letters a reason asks for, the practice's own before the program's,
// and each of them rendered or refused by itself.
import { type Book, type ClientRecord, isRemoved } from '../book/book.ts';
import type { Day } from '../day.ts';
import type { Problem } from '../problem/problem.ts';
import type { Attachment, Mail } from '../world.ts';
import { findEmail, findScript, isBuiltIn } from './built-in.ts';
import { type Asked, letterFacts, scriptFacts } from './facts.ts';
import { type Letter, renderLetter } from './letter.ts';
import { toMail } from './mail.ts';
import type { Recipient } from './recipients.ts';
import { renderScript, type Spoken } from './spoken.ts';

/** The template, and what became of it; `broken` when its file has errors. */
export type Piece<T> = { readonly template: string; readonly isBuiltIn: boolean } & (
  | { readonly kind: 'whole'; readonly text: T }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'broken' }
);

/** A letter, and as a mail where everybody has an address. */
export type Sealed = { readonly letter: Letter; readonly mail: Mail | undefined; readonly lacks: readonly Recipient[] };

export type About = {
  readonly book: Book;
  readonly today: Day;
  readonly client: ClientRecord;
  readonly person: string | undefined;
  /** The engagement that ends it all; undefined when there is none. */
  readonly engagement: string | undefined;
};

export const INTRODUCTION = 'partner-introduction';
export const HAND_OVER = 'hand-over';
export const CHECK_SCRIPT = 'transition-check';

/** The practice's by the name, its own that says it is for the reason, the one it plans for all, else the built-in one. */
export function transitionScript(book: Book, reason: string, planned: string | undefined): string {
  const id = `transition-${reason}`;
  if (book.scripts.has(id) || isRemoved(book, 'script', id)) return id;
  const own = [...book.scripts.values()]
    .filter((it) => it.reasons?.some((each) => each === reason))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))[0];
  return own?.id ?? (planned !== undefined && !book.builtIn.scripts.has(planned) ? planned : id);
}

/**
 * The practice's by the name, the one it plans for all reasons, else the built-in one. A letter for all is written to people
 * one parts with as friends, so after a parting over conduct it is not taken.
 */
export function transitionLetter(book: Book, reason: string, planned: string | undefined): string {
  const id = `transition-letter-${reason}`;
  if (book.emails.has(id) || isRemoved(book, 'email', id)) return id;
  return planned !== undefined && reason !== 'conduct' && !book.builtIn.emails.has(planned) ? planned : id;
}

const askedFor = ({ person, engagement }: About): Asked => ({ person, engagement });

export function conversation(about: About, id: string): Piece<Spoken> {
  const { book, today, client } = about;
  const script = findScript(book, id);
  if (!script) return { template: id, isBuiltIn: false, kind: 'broken' };
  const rendered = renderScript(scriptFacts(book, today, client, script, askedFor(about)), script);
  const named = { template: id, isBuiltIn: isBuiltIn(script) };
  return 'problems' in rendered
    ? { ...named, kind: 'refused', problems: rendered.problems }
    : { ...named, kind: 'whole', text: rendered.letter };
}

export function letterTo(about: About, id: string, attachments: readonly Attachment[]): Piece<Sealed> {
  const { book, today, client } = about;
  const email = findEmail(book, id);
  if (!email) return { template: id, isBuiltIn: false, kind: 'broken' };
  const facts = letterFacts(book, today, client, email, askedFor(about));
  // The pack shows the plan of the exit, also when its day has passed; nobody sends it from there.
  const rendered = renderLetter(facts, email, 'anyway');
  const named = { template: id, isBuiltIn: isBuiltIn(email) };
  if ('problems' in rendered) return { ...named, kind: 'refused', problems: rendered.problems };
  const sendable = toMail(facts, rendered.letter, attachments);
  const sealed = 'mail' in sendable ? { mail: sendable.mail, lacks: [] } : { mail: undefined, lacks: sendable.lacks };
  return { ...named, kind: 'whole', text: { letter: rendered.letter, ...sealed } };
}
