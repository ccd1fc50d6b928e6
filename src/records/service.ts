// service.yaml: the service model. Kinds of touch, standards, segments with their cadences, the reminder ladder, fit criteria.
import { cadenceRule } from './cadence.ts';
import type { Due, Fault } from './languages.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import {
  checked,
  either,
  entry,
  flag,
  listOf,
  loose,
  made,
  numberFrom,
  type Output,
  oneOf,
  optional,
} from './shape.ts';
import { amount, due, effort, line, mapOf, namedTexts, offset, prose, ref, segmentMapOf } from './values.ts';

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

/** How the log and the records tell whether a standard is kept. */
const MEASURES = ['replies', 'delays', 'ends', 'promises', 'issues'] as const;

const standard = checked(
  entry({ promise: prose, within: loose(offset), measure: loose(oneOf(MEASURES)) }),
  ({ within, measure }): Fault | undefined =>
    within === undefined && (measure === 'replies' || measure === 'issues')
      ? {
          code: 'shape/missing',
          args: {
            says: `\`within\` is missing: without it nobody knows when ${measure} are late`,
            help: 'add how soon, for example `within: 1bd`',
          },
        }
      : undefined,
);

/** What a client must have to be suggested for a segment: all that is named. */
const needs = entry({
  fit: loose(numberFrom(0, 100)),
  fees_per_year: loose(amount),
  per_hour: loose(amount),
  survey: loose(numberFrom(0, 10)),
  referred: loose(amount),
});

const segment = entry({
  title: line,
  who: loose(prose),
  promises: optional(namedTexts),
  needs: optional(needs),
  cadence: optional(mapOf(cadenceRule)),
});

const shape = entry({
  ideal: optional(prose),
  touches: optional(mapOf(kindOfTouch)),
  standards: optional(mapOf(standard)),
  segments: optional(segmentMapOf(segment)),
  chase: optional(ladder),
  fit: optional(mapOf(entry({ title: line, weight: optional(amount) }))),
  referrals: optional(entry({ thanks: ref, within: offset })),
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
    ['segments', '*', 'promises', '*'],
    ['segments', '*'],
    ['fit', '*'],
  ],
};
