// The words of every problem: one row a code. Owns severity, message and help; knows nothing of places or printing.

export type Args = Readonly<Record<string, string | number | undefined>>;
export type Severity = 'error' | 'warning';

type Words = {
  readonly severity: Severity;
  /** Never fails `validate --strict`: it may well be meant. */
  readonly isAdvice?: true;
  /** One sentence without a full stop; data in backquotes. */
  readonly message: (args: Args) => string;
  /** A fix to paste or to do, when there is one. */
  readonly help?: (args: Args) => string | undefined;
};

const tick = (text: string | number | undefined): string => `\`${text ?? ''}\``;
const say = (args: Args): string => String(args.says);
const advise = (args: Args): string | undefined => (args.help === undefined ? undefined : String(args.help));

export const WORDS = {
  'yaml/syntax': { severity: 'error', message: say, help: advise },
  'yaml/merge-conflict': {
    severity: 'error',
    message: () => 'a merge conflict is left in this file',
    help: () => 'keep the lines that are right and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`',
  },
  'yaml/encoding': { severity: 'error', message: say, help: advise },
  'yaml/duplicate-key': {
    severity: 'error',
    message: (a) => `${tick(a.key)} is a duplicate key`,
    help: () => 'keep one of them',
  },
  'yaml/comment-swallowed': { severity: 'warning', message: say, help: advise },
  'yaml/split-by-comma': { severity: 'error', message: say, help: advise },
  'yaml/alias': { severity: 'error', message: say, help: advise },
  'yaml/too-deep': {
    severity: 'error',
    message: (a) => `nested more than ${a.limit} levels deep`,
    help: () => 'no record needs that; look for brackets that are never closed',
  },
  'yaml/too-large': {
    severity: 'error',
    message: (a) => `${a.size} is too large to read: the limit is ${a.limit}`,
    help: () => 'a record is a page or two of text; keep anything larger outside the practice folder',
  },
  'yaml/several-documents': {
    severity: 'error',
    message: () => 'a second document begins here; a record is one document',
    help: () => 'delete the line `---`, or move what follows to a file of its own',
  },
  'file/not-readable': { severity: 'error', message: say, help: advise },
  'file/unknown': { severity: 'warning', message: say, help: advise },
  'shape/unknown-key': {
    severity: 'error',
    message: (a) => `unknown key ${tick(a.key)}${a.where === undefined ? '' : ` in ${a.where}`}`,
    help: advise,
  },
  'shape/missing': { severity: 'error', message: say, help: advise },
  'shape/wrong-type': {
    severity: 'error',
    message: (a) => `expected ${a.expected}, found ${a.found}`,
    help: advise,
  },
  'shape/bad-value': { severity: 'error', message: say, help: advise },
  'date/not-real': {
    severity: 'error',
    message: (a) => `${tick(a.value)} is not a real date${a.why === undefined ? '' : `: ${a.why}`}`,
  },
  'date/order': { severity: 'error', message: say, help: advise },
  'date/in-future': {
    severity: 'error',
    message: (a) => `${a.what} on ${a.day} is in the future: today is ${a.today}`,
    help: () => 'write the day it happened, once it has',
  },
  'date/closed': {
    severity: 'warning',
    isAdvice: true,
    message: (a) =>
      `${tick(a.what)} is on ${a.day}, ${a.why === undefined ? 'which is not a working day' : `when you are closed (${a.why})`}`,
    help: (a) =>
      `${a.next === undefined ? 'choose' : `the next working day is ${a.next}; choose`} another day, or add this one under \`calendar: open:\``,
  },
  'date/owner-away': {
    severity: 'warning',
    isAdvice: true,
    message: (a) => `${tick(a.what)} is on ${a.day}, while ${a.who} is away${a.why === undefined ? '' : ` (${a.why})`}`,
    help: () => 'choose another day or another owner',
  },
  'date/before-start': {
    severity: 'warning',
    isAdvice: true,
    message: (a) => `${tick(a.what)} is on ${a.day}, before the engagement starts on ${a.start}`,
    help: () => 'correct the day, or `started`',
  },
  'ref/unknown': {
    severity: 'error',
    message: (a) => `unknown ${a.what} ${tick(a.id)}`,
    help: advise,
  },
  'id/bad-name': { severity: 'error', message: say, help: advise },
  'id/clash': { severity: 'error', message: say, help: advise },
  'offer/cycle': {
    severity: 'error',
    message: (a) =>
      a.of === 'date'
        ? `the dates of steps depend on each other in a circle: ${a.circle}`
        : `steps wait for each other in a circle: ${a.circle}`,
    help: () => 'take one `after` or one `due` out of the circle',
  },
  'offer/edited-in-use': { severity: 'warning', message: say, help: advise },
  'due/syntax': { severity: 'error', message: say, help: advise },
  'due/unknown-anchor': {
    severity: 'error',
    message: (a) => `${tick(a.anchor)} is not a step or milestone here`,
    help: advise,
  },
  'step/no-due': { severity: 'warning', message: (a) => `step ${tick(a.step)} has no due day`, help: advise },
  'engagement/unknown-step': {
    severity: 'error',
    message: (a) => `${a.offer} has no step ${tick(a.step)}`,
    help: advise,
  },
  'engagement/version-missing': { severity: 'error', message: say, help: advise },
  'engagement/milestone-missing': {
    severity: 'warning',
    message: (a) => `the date of milestone ${tick(a.milestone)} is not set, so ${a.steps} cannot be scheduled`,
    help: (a) => `add \`milestones: {${a.milestone}: YYYY-MM-DD}\``,
  },
  'engagement/past-client': {
    severity: 'warning',
    message: (a) => `${tick(a.engagement)} is still running, and the client is past`,
    help: () => 'write `ended:` and `result:`, or make the client active again',
  },
  'cadence/unknown-kind': {
    severity: 'error',
    message: (a) => `unknown kind of touch ${tick(a.kind)}`,
    help: advise,
  },
  'occasion/unknown': {
    severity: 'error',
    message: (a) => `unknown occasion ${tick(a.occasion)}`,
    help: advise,
  },
  'calendar/year-not-covered': {
    severity: 'warning',
    message: (a) => `no closed days are written for ${a.year}, and ${a.due} is due in it`,
    help: (a) => `add the public holidays of ${a.year} under \`calendar: closed:\``,
  },
  'touch/not-one-line': {
    severity: 'warning',
    message: (a) =>
      `this touch${a.more === undefined ? '' : ` (and ${a.more} more here)`} spans several lines, so git cannot merge the log safely`,
    help: () => 'write it on one line: `- {date: 2026-10-12, kind: call, note: "..."}`',
  },
  'touch/duplicate': {
    severity: 'warning',
    message: () => 'this line appears twice in the log',
    help: () => 'delete one of them',
  },
  'touch/unknown': {
    severity: 'warning',
    message: (a) => (a.says === undefined ? `unknown ${a.what} ${tick(a.id)}` : say(a)),
    help: advise,
  },
  'template/syntax': { severity: 'error', message: say, help: advise },
  'template/unknown-variable': {
    severity: 'error',
    message: (a) => `unknown variable ${tick(a.name)}`,
    help: advise,
  },
  'template/unknown-helper': {
    severity: 'error',
    message: (a) => `unknown helper ${tick(a.name)}`,
    help: advise,
  },
  'template/unknown-partial': {
    severity: 'error',
    message: (a) => `unknown partial ${tick(a.name)}`,
    help: advise,
  },
  'template/foreign-placeholder': {
    severity: 'warning',
    message: (a) => `${tick(a.text)} is printed as it is: placeholders here are written \`{{...}}\``,
    help: advise,
  },
  'letter/language': { severity: 'warning', message: say, help: advise },
  'letter/missing-value': { severity: 'error', message: say, help: advise },
  'letter/not-now': { severity: 'error', message: say, help: advise },
  'letter/answered': { severity: 'error', message: say, help: advise },
  'letter/contradicted': { severity: 'error', message: say, help: advise },
  'letter/has-left': { severity: 'error', message: say, help: advise },
  'letter/no-address': { severity: 'warning', message: say, help: advise },
} as const satisfies Record<string, Words>;

export type Code = keyof typeof WORDS;

export const severityOf = (code: Code): Severity => WORDS[code].severity;
export const isAdvice = (code: Code): boolean => (WORDS[code] as Words).isAdvice === true;
export const messageOf = (code: Code, args: Args): string => (WORDS[code] as Words).message(args);
export const helpOf = (code: Code, args: Args): string | undefined => (WORDS[code] as Words).help?.(args);
