// service.yaml: the service model. Kinds of touch, standards, segments with their cadences, the reminder ladder, fit criteria.
import { cadenceRule } from './cadence.ts';
import type { Due } from './languages.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { either, entry, flag, listOf, loose, made, type Output, oneOf, optional } from './shape.ts';
import { amount, due, effort, line, mapOf, offset, prose, ref, segmentMapOf } from './values.ts';

const kindOfTouch = entry({
  title: line,
  channel: loose(line),
  effort: loose(effort),
  satisfies: optional(listOf(ref)),
  script: optional(ref),
  email: optional(ref),
  owner: optional(ref),
  retired: loose(flag),
});

const fromDue = made(
  due,
  (when) => when as Extract<Due, { readonly kind: 'anchor' }>,
  (when) =>
    when.kind === 'anchor' && when.anchor === 'due'
      ? undefined
      : {
          code: 'shape/bad-value',
          args: { says: `a rung counts from \`due\`, not from \`${when.text}\``, help: 'write `when: due + 1bd`' },
        },
);
const rung = entry({ when: fromDue, email: optional(ref), script: optional(ref) });
/** The rungs of a reminder ladder, from the first to the last, or none at all. */
export const ladder = either(oneOf(['none']), mapOf(rung));

const segment = entry({
  title: line,
  who: loose(prose),
  promises: loose(listOf(prose)),
  cadence: optional(mapOf(cadenceRule)),
});

const shape = entry({
  ideal: optional(prose),
  touches: optional(mapOf(kindOfTouch)),
  standards: optional(mapOf(entry({ promise: prose, within: loose(offset) }))),
  segments: optional(segmentMapOf(segment)),
  chase: optional(ladder),
  fit: optional(mapOf(entry({ title: line, weight: optional(amount) }))),
});

export type Service = Output<typeof shape>;
export type KindOfTouch = NonNullable<Service['touches']>[string];
export type Ladder = Output<typeof ladder>;

export const serviceType: RecordType<Service> = {
  ...PLACES.SERVICE,
  shape,
  essential: [],
  entries: [
    ['touches', '*'],
    ['standards', '*'],
    ['segments', '*', 'cadence', '*'],
    ['segments', '*'],
    ['fit', '*'],
  ],
};
