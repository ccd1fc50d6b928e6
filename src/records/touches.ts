// touches/<client>.yaml: the contact log, one line a touch.
import { parseDay } from '../day.ts';
import { readEffort } from './languages.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { entry, fileOf, flag, listOf, loose, mapBy, type Output, oneOf, optional } from './shape.ts';
import { day, effort, line, prose, ref, score } from './values.ts';

const touch = entry({
  date: day,
  kind: ref,
  note: loose(prose),
  with: optional(listOf(ref)),
  by: optional(ref),
  step: optional(line),
  rung: optional(ref),
  in: optional(flag),
  score: loose(score),
  scores: optional(mapBy(ref)(score)),
  took: loose(effort),
  reply: loose(oneOf(['none'])),
  letter: loose(ref),
  id: loose(line),
});

const shape = fileOf(touch);

export type Touches = Output<typeof shape>;
/** One contact; `at` is its place in the file's list. */
export type Touch = Touches[number];

/** A word that YAML could take for something else is for its reader. */
const WORD = '(?!(?:true|false|null|yes|no|on|off|y|n)[,}\\]])[a-z][a-z0-9-]*';
const INK = '[!#-\\[\\]-~\\u00a1-\\u05ff\\u2010-\\u2027\\u2030-\\u205e\\u20a0-\\u2bff]';
const BLANKS = `(?:(?:# (?:["\\\\ ]|${INK})*)?\\n)*`;
const SCORE = '(?!(?:true|false|null):)[a-z][a-z0-9-]*: (?:10|\\d)';
const SCORES = `${SCORE}(?:, ${SCORE})*`;
const EFFORT = '\\d{1,4}(?:\\.\\d{1,2})?(?:min|h)';
/** The keys in the order in which the program writes them. */
const LINE = new RegExp(
  `${BLANKS}- \\{date: (\\d{4}-\\d\\d-\\d\\d), kind: (${WORD})(?:, with: (?:(${WORD})|\\[(${WORD}(?:, ${WORD})*)\\]))?` +
    `(?:, by: (${WORD}))?(?:, in: (true|false))?(?:, reply: (none))?(?:, step: (${WORD}(?:/[a-z][a-z0-9-]*){0,2}))?(?:, rung: (${WORD}))?` +
    `(?:, score: (10|\\d))?(?:, scores: \\{(${SCORES})\\})?(?:, took: (${EFFORT}))?(?:, letter: (${WORD}))?(?:, note: "(${INK}+(?: +${INK}+)*)")?\\}\\n`,
  'y',
);
const END = new RegExp(`${BLANKS}$`, 'y');

/** Logs are four fifths of a practice, and nearly all their lines look alike: this takes a quarter of the time. */
function readLines(text: string): Touches | undefined {
  const touches: Touch[] = [];
  for (let from = 0; ; from = LINE.lastIndex) {
    LINE.lastIndex = from;
    const match = LINE.exec(text);
    if (!match) {
      END.lastIndex = from;
      return touches.length > 0 && END.test(text) ? touches : undefined;
    }
    const [, date = '', kind, one, several, by, isIn, reply, step, rung, score, scores, took, letter, note] = match;
    if (parseDay(date) === undefined) return undefined;
    const touch: Record<string, unknown> = { date, kind };
    if (note !== undefined) touch.note = note;
    if (one !== undefined) touch.with = [one];
    else if (several !== undefined) touch.with = several.split(', ');
    if (by !== undefined) touch.by = by;
    if (step !== undefined) touch.step = step;
    if (rung !== undefined) touch.rung = rung;
    if (isIn !== undefined) touch.in = isIn === 'true';
    if (score !== undefined) touch.score = Number(score);
    if (scores !== undefined) {
      touch.scores = scoresIn(scores);
      if (touch.scores === undefined) return undefined;
    }
    if (took !== undefined) touch.took = minutesIn(took);
    if (reply !== undefined) touch.reply = reply;
    if (letter !== undefined) touch.letter = letter;
    touch.at = touches.length;
    touches.push(touch as Touch);
  }
}

const minutesIn = (effort: string): number | undefined => {
  const read = readEffort(effort);
  return 'value' in read ? read.value : undefined;
};

/** `reply: 8, phone: 10`; undefined when an id appears twice. */
function scoresIn(text: string): Readonly<Record<string, number>> | undefined {
  const pairs = text.split(', ').map((each): readonly [string, number] => {
    const [id = '', points] = each.split(': ');
    return [id, Number(points)];
  });
  const scores = Object.fromEntries(pairs);
  return Object.keys(scores).length === pairs.length ? scores : undefined;
}

export const touchesType: RecordType<Touches> = {
  ...PLACES.TOUCHES,
  shape,
  direct: readLines,
  essential: [],
  entries: [['*', 'scores', '*'], ['*']],
};
