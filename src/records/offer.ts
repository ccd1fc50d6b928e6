// offers/<id>.yaml and offers/past/<id>@<version>.yaml: what we sell and every step to deliver it.
import * as z from 'zod';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { ladder } from './service.ts';
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
  ref,
  stepMapOf,
  wholeNumber,
} from './values.ts';

const STEP_KINDS = [
  'task',
  'email',
  'call',
  'meeting',
  'form',
  'document',
  'invoice',
  'access',
  'survey',
  'homework',
  'checkpoint',
  'referral',
  'offer',
] as const;

/** The keys a step has; an engagement may tailor each of them. `title` is set apart: an offer's step must have one. */
export const stepShape = {
  kind: z.enum(STEP_KINDS).optional(),
  owner: ref.optional(),
  due: due.optional(),
  after: listOf(ref).optional(),
  email: ref.optional(),
  script: ref.optional(),
  touch: ref.optional(),
  effort: effort.optional(),
  expect: entry({
    you_get: prose.optional(),
    we_need: prose.optional(),
    if_late: prose.optional(),
    if_on_time: prose.optional(),
  }).optional(),
  chase: ladder.optional(),
  internal: flag.optional(),
  resources: mapOf(line).optional(),
  was: ref.optional(),
};

const step = entry({ title: line, ...stepShape });
const phase = entry({ title: line.optional(), steps: stepMapOf(step).optional() });

const writtenShape = {
  name: line,
  version: wholeNumber.optional(),
  outcome: prose.optional(),
  price: amount.optional(),
  target: offset.optional(),
  right_fit: listOf(prose).optional(),
  milestones: stepMapOf(prose).optional(),
  next_offer: ref.optional(),
  repeats: offset.optional(),
  risks: listOf(entry({ what: prose, step: ref.optional(), mitigation: prose.optional() }).optional()).optional(),
  phases: mapOf(phase).optional(),
  steps: stepMapOf(step).optional(),
};
const written = entry(writtenShape);

/** The format's order of the keys of an offer. */
export const offerKeyOrder: readonly string[] = Object.keys(writtenShape);

export type StepPlan = z.output<typeof step>;
/** A step with its id, its phase and where it stands in the file. */
export type OfferStep = StepPlan & {
  readonly id: string;
  readonly phase: string | undefined;
  readonly path: readonly string[];
};

type Written = z.output<typeof written>;

/** All steps in the order of the file, those of the phases first. */
function stepsOf(offer: Written): readonly OfferStep[] {
  const inPhases = Object.entries(offer.phases ?? {}).flatMap(([phaseId, each]) =>
    Object.entries(each.steps ?? {}).map(([id, plan]) => ({
      ...plan,
      id,
      phase: phaseId,
      path: ['phases', phaseId, 'steps', id],
    })),
  );
  const atTop = Object.entries(offer.steps ?? {}).map(([id, plan]) => ({
    ...plan,
    id,
    phase: undefined,
    path: ['steps', id],
  }));
  return [...inPhases, ...atTop];
}

const schema = written.transform((offer) => ({
  ...offer,
  version: offer.version ?? 1,
  milestones: offer.milestones ?? {},
  steps: stepsOf(offer),
}));

export type Offer = z.output<typeof schema>;

const shared = {
  schema,
  requires: (raw) => ('phases' in raw || 'steps' in raw ? [] : ['phases']),
  essential: ['name', 'version', 'phases', 'steps'],
  entries: [
    ['phases', '*', 'steps', '*'],
    ['steps', '*'],
    ['milestones', '*'],
    ['risks', '*'],
  ],
} as const satisfies Partial<RecordType<Offer>>;

export const offerType: RecordType<Offer> = { ...PLACES.OFFER, ...shared };
export const pastOfferType: RecordType<Offer> = { ...PLACES.PAST_OFFER, ...shared };
