// The files of a new practice as text: who we are, the service model, and the letters and scripts they refer to.
// Knows no disk; offers and clients are skeletons.
import { type Day, yearOf } from '../day.ts';
import { emitScalar } from '../source/edit/splice.ts';
import type { ClosedDay } from './holidays.ts';

export type NewPractice = {
  readonly practice: string;
  readonly person: { readonly id: string; readonly name: string; readonly email: string | undefined };
  readonly zone: string;
  readonly locale: string | undefined;
  readonly currency: string | undefined;
  /** Whose holidays they are; undefined when none were asked for. */
  readonly land: string | undefined;
  readonly closed: readonly ClosedDay[];
  /** Undefined for Monday to Friday. */
  readonly week: readonly string[] | undefined;
  readonly today: Day;
};

const text = (value: string): string => emitScalar(value, 'block');
const COMMENTS_AT = 37;
const withComment = (line: string, comment: string): string => `${line.padEnd(COMMENTS_AT - 1)} # ${comment}`;

export function practiceText(it: NewPractice): string {
  const { person, locale, currency } = it;
  const week = it.week ?? ['mon', 'tue', 'wed', 'thu', 'fri'];
  return `# The practice: who we are and when we work.
format: 1
practice: ${text(it.practice)}
people:
  ${person.id}:
    name: ${text(person.name)}
${person.email === undefined ? "    # email: me@example.com          # git's user.email tells who runs the program" : `    email: ${text(person.email)}`}
    # role: consultant
    # hours_per_week: 32             # for the work ahead
    # away:
    #   2027-02-08..2027-02-12: Holiday
${withComment(`time_zone: ${it.zone}`, 'says which day is today, nothing else')}
${locale === undefined ? '# locale: en-GB                      # how letters write days and money' : withComment(`locale: ${locale}`, 'how letters write days and money')}
${currency === undefined ? '# currency: GBP' : `currency: ${currency}`}

calendar:
  week: [${week.join(', ')}]
${withComment('  roll: next', 'a day that falls on a closed one moves: next, previous or none')}
${closedText(it)}
signature: |
  ${signatureOf(it)}
`;
}

/** A leading space would be taken for indentation; the names are one line each and trimmed. */
const signatureOf = ({ person, practice }: NewPractice): string => {
  const shown = `${person.name} · ${practice}`;
  return shown.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g, ' ').trim();
};

function closedText({ closed, land, today }: NewPractice): string {
  const year = yearOf(today);
  if (closed.length === 0) {
    return `  closed:                            # public holidays and your own time off: a day or a range, and why
    # ${year}-12-25: Christmas Day
    # ${year}-12-28..${year + 1}-01-01: Winter break
`;
  }
  const lines = closed.flatMap((each, at) => {
    const before = closed[at - 1];
    const heading = before && yearOf(before.from) === yearOf(each.from) ? [] : [`    # ${yearOf(each.from)}`];
    const key = each.from === each.to ? each.from : `${each.from}..${each.to}`;
    return [...heading, `    ${key}: ${text(each.why)}`];
  });
  return `  # Public holidays: ${land}. Write your own time off among them, a day or a range:
  #   ${year}-12-28..${year + 1}-01-01: Winter break
  closed:
${lines.join('\n')}
`;
}

export const SERVICE = `# How we serve our clients. Change it until it is true; \`deliver validate\` says at once what does not fit.

# The ideal client in words: what you measure new work against.
# ideal: |
#   Owner-led companies with 10 to 50 people who decide in one meeting and do their part.

# The kinds of contact that you log and promise. There are also: email call meeting message post survey referral note
touches:
  review:
    title: Review
    channel: meeting
    effort: 2h
    satisfies: [check-in]            # it counts as a check-in too
  check-in:
    title: Check-in
    channel: call
    effort: 20min
    script: check-in                 # scripts/check-in.yaml
  call: {title: Call, channel: call, satisfies: [check-in]}
  meeting: {title: Meeting, channel: meeting, satisfies: [check-in]}
  birthday: {title: Birthday card, channel: post}

# Excellent service: what every client can count on.
standards:
  reply:
    promise: We answer every message within one working day.
    within: 1bd
  no-surprise:
    promise: You hear of a delay before the date, never after it.

# Exceptional service, by segment: how often you are in touch, and what they get besides. In order of priority.
# every: so long after the last contact   each: once in every month, quarter, half-year or year   yearly: on that day
# grace: how long late is not yet overdue   lead: how long before it is shown   first: how soon after a client is new
segments:
  A:
    title: Prime
    who: Best fit, high value, refers others
    promises:
      - A call back on the same day
      - A review every quarter
    cadence:
      check-in: {every: 1m, grace: 1w}
      review: {each: quarter}
      birthday: {yearly: birthday, lead: 5d}
  B:
    title: Good
    who: Good fit, steady work
    promises:
      - A review twice a year
    cadence:
      check-in: {every: 6w, grace: 1w}
      review: {each: half-year}
  C:
    title: Maintained
    who: Small or finished work that we look after
    cadence:
      check-in: {every: 6m, grace: 2w}

# When a client owes us something: a step of an offer with \`owner: client\`. The last rung is a conversation.
chase:
  gentle: {when: due - 2bd, email: chase-gentle}
  firm: {when: due + 1bd, email: chase-firm}
  call: {when: due + 5bd, script: chase-call}

# Right fit: each client can be scored from 0 to 5 on these.
fit:
  attitude: {title: Does their part and wants the result, weight: 3}
  means: {title: Has the people and the budget for it, weight: 2}
  enjoy: {title: We like working with them, weight: 1}
`;

/** The letters and scripts that the service model and the first offer name: they come with the program, to be changed. */
export const FIRST_TEXTS: readonly string[] = [
  'emails/chase-gentle.md',
  'emails/chase-firm.md',
  'scripts/check-in.yaml',
  'scripts/chase-call.yaml',
];
export const WELCOME = 'emails/welcome.md';

/** Plain text files beside the records, by the lines they must have. */
export const GIT_FILES: Readonly<Record<string, readonly string[]>> = {
  '.gitattributes': ['touches/*.yaml merge=union', '*.yaml text eol=lf'],
  '.gitignore': ['drafts/'],
};
