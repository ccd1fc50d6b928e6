// clients/<id>.yaml: profile, contacts, engagements, promises, issues.
import { clientCadence } from './cadence.ts';
import type { Fault } from './languages.ts';
import { stepShape } from './offer.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import {
  checked,
  either,
  entriesOf,
  entry,
  flag,
  loose,
  made,
  mapBy,
  money,
  numberFrom,
  type Output,
  oneOf,
  optional,
  short,
  text,
} from './shape.ts';
import { amount, because, day, effort, line, mailAddress, mapOf, monthDay, prose, ref, stepMapOf } from './values.ts';

export const contact = entry({
  name: line,
  first_name: loose(line),
  role: loose(line),
  email: loose(mailAddress),
  phone: loose(line),
  birthday: loose(monthDay),
  leap: loose(oneOf(['mar1'])),
  left: optional(day),
});

const progressShape = {
  title: optional(line),
  phase: loose(ref),
  ...stepShape,
  done: optional(day),
  took: loose(effort),
  skipped: optional(day),
  why: loose(prose),
};
const progress = checked(entry(progressShape), ({ done, skipped, why }): Fault | undefined => {
  if (skipped === undefined) return undefined;
  if (why === undefined) return { code: 'shape/missing', args: { says: '`why` is missing: a skipped step says why' } };
  if (done === undefined) return undefined;
  return {
    code: 'shape/bad-value',
    args: { says: 'a step is done or skipped, not both', help: 'delete one of them' },
  };
});

const holdShape = {
  from: day,
  to: optional(day),
  review: optional(day),
  why: prose,
  because: loose(because),
  /** What the client is told; `why` is for ourselves. */
  tell_client: loose(prose),
  waiting_on: loose(line),
};
const hold = entry(holdShape);

export type OfferRef = { readonly id: string; readonly version: number | undefined };
function readOfferRef(written: string): OfferRef | undefined {
  const match = /^([^@\s]+)(?:@(\d{1,6}))?$/.exec(written);
  if (!match || match[2] === '0') return undefined;
  return { id: match[1] ?? '', version: match[2] === undefined ? undefined : Number(match[2]) };
}
const offerRef = text(readOfferRef, (written) =>
  readOfferRef(written)
    ? undefined
    : {
        code: 'shape/bad-value',
        args: {
          says: `\`${written}\` names no offer and version`,
          help: 'write the id of the offer and its version: audit@2',
        },
      },
);

/** `yes` and `no` are texts for YAML 1.2. */
const yesOrNo = made(either(flag, oneOf(['yes', 'no'])), (written): boolean => written === true || written === 'yes');

const engagementShape = {
  offer: optional(offerRef),
  started: day,
  owner: optional(ref),
  partner: optional(ref),
  renewal: loose(day),
  promised: optional(day),
  moves: optional(
    entriesOf(entry({ date: day, promised: day, why: prose, because: loose(because), tell_client: loose(prose) })),
  ),
  milestones: optional(mapOf(day)),
  right_fit: optional(mapBy(ref)(yesOrNo)),
  steps: optional(stepMapOf(progress)),
  holds: optional(entriesOf(hold)),
  repeats: optional(oneOf(['none'])),
  ended: optional(day),
  result: optional(oneOf(['delivered', 'cancelled'])),
  why: loose(prose),
  lesson: loose(prose),
};
const engagement = checked(entry(engagementShape), ({ result, why }) =>
  result === 'cancelled' && why === undefined
    ? { code: 'shape/missing', args: { says: '`why` is missing: a cancelled engagement says why' } }
    : undefined,
);

export const LEAVING_REASONS = ['misfit', 'outgrown', 'budget', 'conduct', 'retired-offer', 'happy-end'] as const;
export const ISSUE_KINDS = ['quality', 'complaint', 'billing', 'ticket', 'other'] as const;

const quietShape = { from: optional(day), to: day, why: prose, because: loose(because) };

const pointsShape = { points: numberFrom(0, 5), on: loose(day), why: loose(prose) };

/** How well a criterion is met, 0 to 5; the number alone, or with its day and the reason. */
const points = short(
  (value) => (typeof value === 'object' && value !== null ? value : { points: value }),
  entry(pointsShape),
);

const clientShape = {
  name: line,
  segment: optional(ref),
  segment_since: optional(day),
  status: optional(oneOf(['prospect', 'active', 'past'])),
  since: optional(day),
  added: optional(day),
  owner: optional(ref),
  channel: optional(line),
  industry: optional(line),
  contacts: optional(mapOf(contact)),
  occasions: optional(mapOf(entry({ title: line, date: day, once: optional(flag) }))),
  cadence: optional(mapOf(clientCadence)),
  value: optional(entry({ fees_per_year: loose(money), hours_per_month: loose(amount) })),
  fit: optional(mapOf(points)),
  referred_by: optional(line),
  referrer_thanked: optional(day),
  center_of_influence: optional(flag),
  renewal: optional(day),
  billing: optional(entry({ state: loose(oneOf(['ok', 'due', 'disputed'])), note: loose(prose) })),
  pause: optional(entry(quietShape)),
  snooze: optional(mapOf(entry(quietShape))),
  promises: optional(mapOf(entry({ what: prose, made: day, by: day, kept: optional(day) }))),
  issues: optional(
    mapOf(
      entry({
        what: prose,
        since: day,
        kind: loose(oneOf(ISSUE_KINDS)),
        tell_client: loose(prose),
        closed: optional(day),
      }),
    ),
  ),
  engagements: optional(stepMapOf(engagement)),
  leaving: optional(
    entry({
      decided: day,
      reason: oneOf(LEAVING_REASONS),
      last_day: loose(day),
      partner: loose(ref),
      tell_client: loose(prose),
    }),
  ),
};
const shape = made(entry(clientShape), (client) => ({ ...client, status: client.status ?? ('active' as const) }));

export type Client = Output<typeof shape>;
export type Contact = Output<typeof contact>;
export type Engagement = Output<typeof engagement>;
export type StepProgress = Output<typeof progress>;
export type Hold = Output<typeof hold>;

export const clientType: RecordType<Client> = {
  ...PLACES.CLIENT,
  shape,
  // Of a client whose status cannot be read nobody knows what is missing.
  requires: (raw) => (raw.status === undefined || raw.status === 'active' ? ['segment', 'since'] : []),
  essential: ['name', 'segment', 'status', 'since'],
  entries: [
    // A hold or a move in doubt puts every day of its engagement in doubt, so those take the engagement.
    ['engagements', '*', 'steps', '*'],
    ['engagements', '*', 'milestones', '*'],
    ['engagements', '*', 'right_fit', '*'],
    ['engagements', '*'],
    ['promises', '*'],
    ['issues', '*'],
    ['contacts', '*'],
    ['occasions', '*'],
    ['cadence', '*'],
    ['snooze', '*'],
    ['fit', '*'],
  ],
};

const KEYS = Object.keys(clientShape);
const ENGAGEMENT_KEYS = Object.keys(engagementShape);
const PROGRESS_KEYS = Object.keys(progressShape);
const HOLD_KEYS = Object.keys(holdShape);
const QUIET_KEYS = Object.keys(quietShape);
const POINTS_KEYS = Object.keys(pointsShape);

/** The format's order of keys in the map at `path`; undefined where the keys are ids. */
export function clientKeyOrder(path: readonly (string | number)[]): readonly string[] | undefined {
  if (path.length === 0) return KEYS;
  if ((path[0] === 'snooze' && path.length === 2) || (path[0] === 'pause' && path.length === 1)) return QUIET_KEYS;
  if (path[0] === 'fit' && path.length === 2) return POINTS_KEYS;
  if (path[0] !== 'engagements') return undefined;
  if (path.length === 2) return ENGAGEMENT_KEYS;
  if (path.length !== 4) return undefined;
  return path[2] === 'steps' ? PROGRESS_KEYS : path[2] === 'holds' ? HOLD_KEYS : undefined;
}
