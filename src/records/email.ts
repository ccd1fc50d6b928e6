// emails/<id>.md: an email template. The front matter is described here; the body is text that letters/ reads.
import { PLACES } from './places.ts';
import { locale } from './practice.ts';
import type { RecordType } from './record-type.ts';
import { entry, listOf, type Output, oneOf, optional } from './shape.ts';
import { line, prose, ref } from './values.ts';

/** When a letter may be written: each condition, and what it asks for. All that a letter names must hold. */
export const LETTER_CONDITIONS = {
  leaving: 'the client is leaving',
  'not-leaving': 'the client is not leaving',
  active: 'the client is active: neither a prospect nor past',
  'not-prospect': 'the client is or was one',
  delivered: 'the work it is about was delivered, or all that is left of it comes after this letter',
  running: 'an engagement runs',
  overdue: 'the step is open and its day has passed',
  'not-overdue': 'the day of the step has not passed',
  waiting: 'the step is theirs, and open',
  partner: 'a partner takes over, or works with us',
  'no-partner': 'no partner is named',
  issue: 'an issue is open: the one named with `--issue`, or the only one',
  score: 'the client has answered a survey with a score',
} as const;
export type LetterCondition = keyof typeof LETTER_CONDITIONS;
const CONDITION_IDS = Object.keys(LETTER_CONDITIONS) as readonly LetterCondition[];

/** Papers that go with a letter, made when it is written. */
const ATTACHMENTS = ['hand-over-note'] as const;

const shape = entry({
  subject: line,
  to: optional(ref),
  cc: optional(listOf(line)),
  touch: optional(ref),
  only_if: optional(listOf(oneOf(CONDITION_IDS))),
  language: optional(locale),
  /** What to ask whoever writes it: the answer is `{{line}}`. */
  line: optional(prose),
  attach: optional(listOf(oneOf(ATTACHMENTS))),
});

export type Email = Output<typeof shape>;

export const emailType: RecordType<Email> = {
  ...PLACES.EMAIL,
  shape,
  // Without who gets it, when it may be written and what is logged of it, a letter would go out wrongly.
  essential: ['subject', 'to', 'cc', 'touch', 'only_if', 'language', 'line', 'attach'],
  entries: [],
};
