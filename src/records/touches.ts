// touches/<client>.yaml: the contact log, one line a touch.
import * as z from 'zod';
import { parseDay } from '../day.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { day, entry, fileOf, flag, line, listOf, prose, ref } from './values.ts';

const touch = entry({
  date: day,
  kind: ref,
  note: prose.optional(),
  with: listOf(ref).optional(),
  by: ref.optional(),
  step: line.optional(),
  rung: ref.optional(),
  in: flag.optional(),
  score: z.number().optional(),
});

const schema = fileOf(touch);

export type Touches = z.output<typeof schema>;
/** One contact; `at` is its place in the file's list. */
export type Touch = Touches[number];

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const STEP = /^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*){0,2}$/;

const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '' && value === value.trimEnd();
const isDay = (value: unknown): boolean => typeof value === 'string' && parseDay(value) !== undefined;

/**
 * What the schema makes of a log of which every line is beyond doubt, in a fifth of its time: logs are four fifths of a
 * practice. Undefined for any other.
 */
export function plainTouches(raw: unknown): Touches | undefined {
  if (!Array.isArray(raw)) return undefined;
  const touches: Touch[] = [];
  for (const [at, entry] of raw.entries()) {
    const touch = plainTouch(entry, at);
    if (!touch) return undefined;
    touches.push(touch);
  }
  return touches;
}

/** In the schema's order of keys. */
function plainTouch(entry: unknown, at: number): Touch | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return undefined;
  const { date, kind, note, with: contacts, by, step, rung, in: isIn, score, ...more } = entry as Raw;
  for (const _ in more) return undefined;
  if (!isDay(date) || !isId(kind)) return undefined;
  const touch: Record<string, unknown> = { date, kind };
  if (note !== undefined) {
    if (!isText(note)) return undefined;
    touch.note = note;
  }
  if (contacts !== undefined) {
    const list = Array.isArray(contacts) ? contacts : [contacts];
    if (!list.every(isId)) return undefined;
    touch.with = list;
  }
  if (by !== undefined) {
    if (!isId(by)) return undefined;
    touch.by = by;
  }
  if (step !== undefined) {
    if (typeof step !== 'string' || !STEP.test(step)) return undefined;
    touch.step = step;
  }
  if (rung !== undefined) {
    if (!isId(rung)) return undefined;
    touch.rung = rung;
  }
  if (isIn !== undefined) {
    if (typeof isIn !== 'boolean') return undefined;
    touch.in = isIn;
  }
  if (score !== undefined) {
    if (typeof score !== 'number' || !Number.isFinite(score)) return undefined;
    touch.score = score;
  }
  touch.at = at;
  return touch as Touch;
}

type Raw = Readonly<Record<string, unknown>>;

export const touchesType: RecordType<Touches> = {
  ...PLACES.TOUCHES,
  schema,
  plain: plainTouches,
  essential: [],
  entries: [['*']],
};
