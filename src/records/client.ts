// clients/<id>.yaml: profile, contacts, engagements, promises, issues.
import * as z from 'zod';
import { clientCadence } from './cadence.ts';
import { stepShape } from './offer.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import {
  amount,
  day,
  entriesOf,
  entry,
  flag,
  line,
  mailAddress,
  mapOf,
  monthDay,
  prose,
  raiseFault,
  ref,
  stepMapOf,
} from './values.ts';

export const contact = entry({
  name: line,
  first_name: line.optional(),
  role: line.optional(),
  email: mailAddress.optional(),
  phone: line.optional(),
  birthday: monthDay.optional(),
  leap: z.enum(['mar1']).optional(),
  left: day.optional(),
});

const progressShape = {
  title: line.optional(),
  phase: ref.optional(),
  ...stepShape,
  done: day.optional(),
  skipped: day.optional(),
  why: prose.optional(),
};
const progress = entry(progressShape).transform((it, ctx) => {
  if (it.skipped !== undefined && it.why === undefined) {
    return raiseFault(ctx, it, { code: 'shape/missing', args: { says: '`why` is missing: a skipped step says why' } });
  }
  if (it.skipped !== undefined && it.done !== undefined) {
    return raiseFault(ctx, it, {
      code: 'shape/bad-value',
      args: { says: 'a step is done or skipped, not both', help: 'delete one of them' },
    });
  }
  return it;
});

const holdShape = {
  from: day,
  to: day.optional(),
  review: day.optional(),
  why: prose,
  waiting_on: line.optional(),
};
const hold = entry(holdShape);

export type OfferRef = { readonly id: string; readonly version: number | undefined };
const offerRef = z.string().transform((text, ctx): OfferRef => {
  const match = /^([^@\s]+)(?:@(\d{1,6}))?$/.exec(text);
  if (match && match[2] !== '0')
    return { id: match[1] ?? '', version: match[2] === undefined ? undefined : Number(match[2]) };
  return raiseFault(ctx, text, {
    code: 'shape/bad-value',
    args: {
      says: `\`${text}\` names no offer and version`,
      help: 'write the id of the offer and its version: audit@2',
    },
  });
});

const engagementShape = {
  offer: offerRef.optional(),
  started: day,
  owner: ref.optional(),
  partner: ref.optional(),
  renewal: day.optional(),
  promised: day.optional(),
  moves: entriesOf(entry({ date: day, promised: day, why: prose })).optional(),
  milestones: mapOf(day).optional(),
  steps: stepMapOf(progress).optional(),
  holds: entriesOf(hold).optional(),
  ended: day.optional(),
  result: z.enum(['delivered', 'cancelled']).optional(),
  why: prose.optional(),
};
const engagement = entry(engagementShape).transform((it, ctx) => {
  if (it.result === 'cancelled' && it.why === undefined) {
    return raiseFault(ctx, it, {
      code: 'shape/missing',
      args: { says: '`why` is missing: a cancelled engagement says why' },
    });
  }
  return it;
});

export const LEAVING_REASONS = ['misfit', 'outgrown', 'budget', 'conduct', 'retired-offer', 'happy-end'] as const;
export const ISSUE_KINDS = ['quality', 'complaint', 'billing', 'ticket', 'other'] as const;

const clientShape = {
  name: line,
  segment: ref.optional(),
  segment_since: day.optional(),
  status: z.enum(['prospect', 'active', 'past']).optional(),
  since: day.optional(),
  added: day.optional(),
  owner: ref.optional(),
  channel: line.optional(),
  industry: line.optional(),
  contacts: mapOf(contact).optional(),
  occasions: mapOf(entry({ title: line, date: day, once: flag.optional() })).optional(),
  cadence: mapOf(clientCadence).optional(),
  value: entry({ fees_per_year: amount.optional(), hours_per_month: amount.optional() }).optional(),
  fit: mapOf(z.number().min(0).max(5)).optional(),
  referred_by: line.optional(),
  center_of_influence: flag.optional(),
  renewal: day.optional(),
  billing: entry({ state: z.enum(['ok', 'due', 'disputed']).optional(), note: prose.optional() }).optional(),
  pause: entry({ from: day.optional(), to: day, why: prose }).optional(),
  snooze: mapOf(entry({ to: day, why: prose })).optional(),
  promises: mapOf(entry({ what: prose, made: day, by: day, kept: day.optional() })).optional(),
  issues: mapOf(
    entry({ what: prose, since: day, kind: z.enum(ISSUE_KINDS).optional(), closed: day.optional() }),
  ).optional(),
  engagements: stepMapOf(engagement).optional(),
  leaving: entry({
    decided: day,
    reason: z.enum(LEAVING_REASONS),
    last_day: day.optional(),
    partner: ref.optional(),
  }).optional(),
};
const schema = entry(clientShape).transform((client) => ({ ...client, status: client.status ?? ('active' as const) }));

export type Client = z.output<typeof schema>;
export type Contact = z.output<typeof contact>;
export type Engagement = z.output<typeof engagement>;
export type StepProgress = z.output<typeof progress>;
export type Hold = z.output<typeof hold>;

export const clientType: RecordType<Client> = {
  ...PLACES.CLIENT,
  schema,
  requires: (raw) => (raw.status === 'prospect' || raw.status === 'past' ? [] : ['segment', 'since']),
  essential: ['name', 'segment', 'status', 'since'],
  entries: [
    // A hold or a move in doubt puts every day of its engagement in doubt, so those take the engagement.
    ['engagements', '*', 'steps', '*'],
    ['engagements', '*', 'milestones', '*'],
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

/** The format's order of keys in the map at `path`; undefined where the keys are ids. */
export function clientKeyOrder(path: readonly (string | number)[]): readonly string[] | undefined {
  if (path.length === 0) return KEYS;
  if (path[0] !== 'engagements') return undefined;
  if (path.length === 2) return ENGAGEMENT_KEYS;
  if (path.length !== 4) return undefined;
  return path[2] === 'steps' ? PROGRESS_KEYS : path[2] === 'holds' ? HOLD_KEYS : undefined;
}
