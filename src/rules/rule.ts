// What a rule across records is: what it finds in one client's files at a time, and in what belongs to none. It never sees
// today. So a client's files can be forgotten, and what was found in them remembered, before the next one's are read.
import type { Book, ClientRecord, Removal, TouchLog } from '../book/book.ts';
import type { Problem } from '../problem/problem.ts';
import type { Directory } from './directory.ts';
import type { CheckedEngagement } from './engagements.ts';
import type { Gist } from './gist.ts';
import type { CheckedOffer } from './offers.ts';

export type Breach = {
  readonly problem: Problem;
  /** What cannot be trusted because of it, and must be left out of reports. */
  readonly removes?: readonly Omit<Removal, 'problem'>[];
};

/** What belongs to no client; nothing is known of any of them. */
export type Shared = { readonly book: Book; readonly known: Directory };

/** One client's files, as far as they can be read. */
export type ClientFiles = {
  /** What belongs to no client, and what was taken out of these files. */
  readonly book: Book;
  readonly client: ClientRecord | undefined;
  readonly log: TouchLog | undefined;
  /** The client's, in the order of the file. */
  readonly engagements: readonly CheckedEngagement[];
};

/** Everything, of each client no more than its gist. */
export type Whole = {
  readonly book: Book;
  readonly gists: readonly Gist[];
  readonly offers: readonly CheckedOffer[];
};

export type Check = {
  /** By these files and what belongs to no client alone; it removes nothing from other files. */
  readonly inClient?: (files: ClientFiles) => readonly Breach[];
  readonly inPractice?: (whole: Whole) => readonly Breach[];
};

export type Rule = (shared: Shared) => Check;
