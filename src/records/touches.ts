// touches/<client>.yaml: the contact log, one line a touch.
import * as z from 'zod';
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

export const touchesType: RecordType<Touches> = {
  ...PLACES.TOUCHES,
  schema,
  essential: [],
  entries: [['*']],
};
