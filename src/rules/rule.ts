// What a rule across records is: a function of the Book that names breaches. It never sees today.
import type { Book, Removal } from '../book/book.ts';
import type { Problem } from '../problem/problem.ts';

export type Breach = {
  readonly problem: Problem;
  /** What cannot be trusted because of it, and must be left out of reports. */
  readonly removes?: readonly Omit<Removal, 'problem'>[];
};

export type Rule = (book: Book) => readonly Breach[];
