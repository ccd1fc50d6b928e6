// service.yaml: the service model. Kinds of touch, standards, segments with their cadences, the reminder ladder, fit criteria.
import * as z from 'zod';
import { cadenceRule } from './cadence.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import {
  amount,
  due,
  effort,
  entry,
  flag,
  line,
  listOf,
  mapOf,
  offset,
  prose,
  raiseFault,
  ref,
  segmentMapOf,
} from './values.ts';

const kindOfTouch = entry({
  title: line,
  channel: line.optional(),
  effort: effort.optional(),
  satisfies: listOf(ref).optional(),
  script: ref.optional(),
  email: ref.optional(),
  owner: ref.optional(),
  retired: flag.optional(),
});

const fromDue = due.transform((when, ctx) => {
  if (when.kind === 'anchor' && when.anchor === 'due') return when;
  return raiseFault(ctx, when, {
    code: 'shape/bad-value',
    args: { says: `a rung counts from \`due\`, not from \`${when.text}\``, help: 'write `when: due + 1bd`' },
  });
});
const rung = entry({ when: fromDue, email: ref.optional(), script: ref.optional() });
/** The rungs of a reminder ladder, from the first to the last, or none at all. */
export const ladder = z.union([z.literal('none'), mapOf(rung)]);

const segment = entry({
  title: line,
  who: prose.optional(),
  promises: listOf(prose).optional(),
  cadence: mapOf(cadenceRule).optional(),
});

const shape = {
  ideal: prose.optional(),
  touches: mapOf(kindOfTouch).optional(),
  standards: mapOf(entry({ promise: prose, within: offset.optional() })).optional(),
  segments: segmentMapOf(segment).optional(),
  chase: ladder.optional(),
  fit: mapOf(entry({ title: line, weight: amount.optional() })).optional(),
};
const schema = entry(shape);

export type Service = z.output<typeof schema>;
export type KindOfTouch = NonNullable<Service['touches']>[string];
export type Ladder = z.output<typeof ladder>;

export const serviceType: RecordType<Service> = {
  ...PLACES.SERVICE,
  schema,
  essential: [],
  entries: [
    ['touches', '*'],
    ['standards', '*'],
    ['segments', '*', 'cadence', '*'],
    ['segments', '*'],
    ['fit', '*'],
  ],
};
