// What a rule finds. Knows no rule.
import type { Removal } from '../book/book.ts';
import type { Problem } from '../problem/problem.ts';

export type Breach = {
  readonly problem: Problem;
  /** What cannot be trusted because of it, and must be left out of reports. */
  readonly removes?: readonly Omit<Removal, 'problem'>[];
};
