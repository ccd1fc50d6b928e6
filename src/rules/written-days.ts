// date/closed, date/owner-away, date/before-start: days of open entries that will hurt. Advice, never a failure.

import type { Book } from '../book/book.ts';
import { groundOf } from '../engine/setting.ts';
import { writtenDayProblems } from '../engine/written-days.ts';
import type { Problem } from '../problem/problem.ts';
import type { Rule } from './rule.ts';

export const writtenDays: Rule = (book) => {
  const ground = groundOf(book);
  return [...book.clients.values()].flatMap((client) =>
    writtenDayProblems(ground, client).map((problem) => ({ problem })),
  );
};

/** What a change has made so: in the clients whose files it edits, or in all when it edits the calendar. */
export function newDayProblems(before: Book, after: Book, edited: ReadonlySet<string>): readonly Problem[] {
  const [was, is] = [groundOf(before), groundOf(after)];
  const clients = [...after.clients.values()].filter((it) => edited.has(it.file) || edited.has('deliver.yaml'));
  return clients.flatMap((client) => {
    const old = before.clients.get(client.id);
    const known = new Set(old ? writtenDayProblems(was, old).map(nameOf) : []);
    return writtenDayProblems(is, client).filter((problem) => !known.has(nameOf(problem)));
  });
}

const nameOf = ({ code, args, place }: Problem): string => JSON.stringify([code, args, place.path]);
