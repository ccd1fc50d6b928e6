// All rules at work on one practice: what they find in each client, and then in the whole.
import type { Book, ClientRecord, TouchLog } from '../book/book.ts';
import { dueYearsIn } from './calendar-years.ts';
import { directoryOf } from './directory.ts';
import { checkedEngagements } from './engagements.ts';
import { type Gist, gistOf } from './gist.ts';
import { checkedOffers } from './offers.ts';
import type { Breach, Rule } from './rule.ts';

/** What is to be known of one client's files; plain data. */
export type Finding = { readonly breaches: readonly Breach[]; readonly gist: Gist };

export type Checks = {
  /** `book`: what belongs to no client, and what was taken out of these files. */
  readonly inClient: (book: Book, client: ClientRecord | undefined, log: TouchLog | undefined) => Finding;
  readonly inPractice: (book: Book, gists: readonly Gist[]) => readonly Breach[];
};

/** `shared`: what belongs to no client. */
export function checksOf(rules: readonly Rule[], shared: Book): Checks {
  const known = directoryOf(shared);
  const checks = rules.map((rule) => rule({ book: shared, known }));
  const dueYears = dueYearsIn(shared);
  return {
    inClient: (book, client, log) => {
      const files = { book, client, log, engagements: client ? checkedEngagements(book, client) : [] };
      return {
        breaches: checks.flatMap((check) => check.inClient?.(files) ?? []),
        gist: gistOf(files, rules.length === 0 ? [] : dueYears(files)),
      };
    },
    inPractice: (book, gists) => {
      const whole = { book, gists, offers: checkedOffers(book, gists) };
      return checks.flatMap((check) => check.inPractice?.(whole) ?? []);
    },
  };
}
