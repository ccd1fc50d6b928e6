// touches/<client>.yaml: the contact log, one line a touch.
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { entry, fileOf, flag, listOf, numberFrom, type Output, optional } from './shape.ts';
import { day, line, prose, ref } from './values.ts';

const touch = entry({
  date: day,
  kind: ref,
  note: optional(prose),
  with: optional(listOf(ref)),
  by: optional(ref),
  step: optional(line),
  rung: optional(ref),
  in: optional(flag),
  score: optional(numberFrom(Number.NEGATIVE_INFINITY)),
});

const shape = fileOf(touch);

export type Touches = Output<typeof shape>;
/** One contact; `at` is its place in the file's list. */
export type Touch = Touches[number];

export const touchesType: RecordType<Touches> = {
  ...PLACES.TOUCHES,
  shape,
  essential: [],
  entries: [['*']],
};
