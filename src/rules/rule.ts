// What a rule across records is: the whole practice in, what is wrong with it out. It never sees today.
import type { Book } from '../book/book.ts';
import type { Breach } from './breach.ts';
import { type Directory, directoryOf } from './directory.ts';
import { type CheckedEngagement, checkedEngagements } from './engagements.ts';
import { type CheckedOffer, checkedOffers } from './offers.ts';

/** The Book, with what several rules ask of it worked out once. */
export type CheckedBook = Book & {
  readonly known: Directory;
  /** Of all clients, in the order of their files. */
  readonly engagements: readonly CheckedEngagement[];
  /** All present offers, and of the frozen ones those that something still runs on. */
  readonly offersInUse: readonly CheckedOffer[];
};

export type Rule = (book: CheckedBook) => readonly Breach[];

export function breachesOf(book: Book, rules: readonly Rule[]): readonly Breach[] {
  if (rules.length === 0) return [];
  const engagements = checkedEngagements(book);
  const checked = { ...book, known: directoryOf(book), engagements, offersInUse: checkedOffers(book, engagements) };
  return rules.flatMap((rule) => rule(checked));
}
