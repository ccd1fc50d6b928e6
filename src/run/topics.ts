// What `help TOPIC` says of things that are no command: how days, references and files are written. The docs say more.
import type { Topic } from '../commands/all.ts';
import { unbroken, wrap } from '../terminal/words.ts';

/** A paragraph; or terms, each with what it means. */
type Part = string | readonly (readonly [term: string, meaning: string])[];
/** By their names; the list of them stands with the commands. */
const TOPIC_TEXTS: Readonly<Record<string, readonly Part[]>> = {
  references: [
    'Everything has a name that stays: the name of its file, or of its entry there. Nothing is ever named by its position.',
    [
      ['acme', 'a client'],
      ['acme/report', 'a step of a running engagement'],
      ['acme/audit-2026', 'an engagement'],
      ['acme/audit-2026/report', 'a step, where several engagements have it'],
      ['acme/touch/review', 'a kind of contact that is due'],
      ['acme/promise/deck', 'a promise'],
      ['acme/issue/wrong-month', 'an issue'],
      ['acme/occasion/office', 'a day of theirs that comes every year'],
      ['offer/audit', 'a record that belongs to no client: offer, partner, script, email'],
    ],
    'Two words do as well (`done acme report`), and so does a beginning that only one thing has (`done ac rep`). A name in full comes before a beginning. What could be several things is refused, with all of them in full.',
  ],
  days: [
    [
      ['2026-11-23', 'that day'],
      ['today, yesterday, tomorrow', 'counted from today, or from --today'],
      ['mon ... sun', 'the nearest one: past for what has happened (--on), to come for what is ahead (--due, --by)'],
      ['+3d, -2w, +1m', 'calendar days, weeks and months from today'],
      ['eom', 'the last day of this month'],
    ],
    'The weekday that is today could be two days, so it is refused with both. Every command says the day it understood, with its weekday. Files hold dates as 2026-11-23 only.',
  ],
  rules: [
    'A due day counts from the start of the engagement, from a milestone or from another step. The spaces around the sign are needed.',
    [
      ['start + 1bd', 'one working day after the start'],
      ['welcome + 5bd', 'five working days after the step `welcome` is done; it comes after that step'],
      ['workshop - 1w', 'a week before the milestone `workshop`'],
      ['2026-12-04', 'that day'],
    ],
    'Units: d calendar days, bd working days, w weeks, m months, y years. A cadence says how often a client hears from you:',
    [
      ['every: 3m', 'three months after the last time'],
      ['each: quarter', 'once in every month, quarter, half-year, year, or named month'],
      ['yearly: birthday', 'on the day: birthday, anniversary, or an occasion of the client'],
      ['grace, lead, first', 'how long before it is overdue, how early it is shown, how soon a new client is due'],
    ],
    '`deliver explain REF` shows how one day came about.',
  ],
  files: [
    [
      ['deliver.yaml', 'the practice: its people and its calendar'],
      ['service.yaml', 'kinds of contact, standards, segments, reminders, fit'],
      ['offers/ID.yaml', 'what you sell, and every step to deliver it'],
      ['offers/past/ID@N.yaml', 'earlier versions that something still runs on'],
      ['clients/ID.yaml', 'a client: contacts, engagements, promises, issues'],
      ['touches/ID.yaml', 'the contacts you had with that client, a line each'],
      ['scripts/ID.yaml', 'conversations'],
      ['emails/ID.md', 'letters; one that has the id of a built-in one replaces it'],
      ['partners/ID.yaml', 'who can take over a client'],
    ],
    'The folder is the one you are in or any above it that has a deliver.yaml, or the one named by -C or DELIVER_DIR. `deliver validate` checks every file, `deliver new KIND` writes a commented one.',
  ],
  environment: [
    [
      ['DELIVER_DIR', 'the practice folder, like -C'],
      ['DELIVER_AS', 'who runs it, like --as'],
      ['DELIVER_TODAY', 'which day it is, like --today'],
      ['NO_COLOR, TERM=dumb', 'no colour, like --no-color'],
      ['FORCE_COLOR', 'colour also where the output is no terminal'],
    ],
    'An option of the command line comes before its variable.',
  ],
  'exit-codes': [
    [
      ['0', 'done, and the report is complete; warnings are no errors'],
      ['1', 'errors in the data: something may be missing; or the data forbid the change, and nothing was changed'],
      ['2', 'the command line is wrong; nothing was done'],
      ['3', 'the program or the disk failed; --debug shows more'],
      ['4', 'with status --exit-code: complete, and something is overdue'],
      ['130', 'interrupted'],
    ],
    'The answer is on standard output, everything else on standard error; --json prints the same answer for a program.',
  ],
};

const WIDEST = 80;

/** The text for a terminal of so many columns. */
export function formatTopic({ name, summary }: Topic, columns: number): string {
  const width = Math.min(columns, WIDEST);
  return [summary, ...(TOPIC_TEXTS[name] ?? []).map((part) => linesOf(part, width).join('\n'))]
    .join('\n\n')
    .concat('\n');
}

function linesOf(part: Part, width: number): readonly string[] {
  if (typeof part === 'string') return wrap(part, width, '');
  const longest = Math.max(...part.map(([term]) => term.length));
  // Where a column of terms leaves no room, each meaning stands below its term.
  if (longest + 24 > width) {
    return part.flatMap(([term, meaning]) => [`  ${term}`, ...wrap(`      ${meaning}`, width, '      ')]);
  }
  const gap = ' '.repeat(longest + 4);
  return part.flatMap(([term, meaning]) => wrap(`  ${unbroken(term.padEnd(longest + 1))} ${meaning}`, width, gap));
}
