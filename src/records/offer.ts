// offers/<id>.yaml and offers/past/<id>@<version>.yaml: what we sell and every step to deliver it.
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { ladder } from './service.ts';
import { checked, entry, flag, listOf, loose, made, money, type Output, oneOf, optional, short } from './shape.ts';
import { due, effort, line, mapOf, namedTexts, offset, prose, ref, stepMapOf, wholeNumber } from './values.ts';

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
  'payment',
] as const;

/** The keys a step has; an engagement may tailor each of them. `title` is set apart: an offer's step must have one. */
export const stepShape = {
  /** What the client reads instead of our own title. */
  client_title: loose(line),
  kind: optional(oneOf(STEP_KINDS)),
  owner: optional(ref),
  /** Whom at the client it is asked of, instead of the main contact. */
  contact: optional(ref),
  due: optional(due),
  after: optional(listOf(ref)),
  email: optional(ref),
  script: optional(ref),
  touch: optional(ref),
  effort: loose(effort),
  expect: loose(
    entry({
      you_get: loose(prose),
      we_need: loose(prose),
      if_late: loose(prose),
      if_on_time: loose(prose),
    }),
  ),
  chase: optional(ladder),
  internal: optional(flag),
  resources: loose(mapOf(line)),
  was: optional(ref),
};

const step = entry({ title: line, ...stepShape });
const phase = entry({ title: loose(line), steps: optional(stepMapOf(step)) });

const usual = checked(due, ({ kind, text }) =>
  kind === 'anchor'
    ? undefined
    : {
        code: 'shape/bad-value',
        args: {
          says: `\`${text}\` is the same day for every client`,
          help: 'count from the start: `usual: start + 15bd`',
        },
      },
);

/** A date asked for when an engagement starts. A text alone is its title. */
const milestone = short(
  (value) => (typeof value === 'string' ? { title: value } : value),
  entry({ title: prose, usual: loose(usual) }),
);

const writtenShape = {
  name: line,
  version: optional(wholeNumber),
  outcome: optional(prose),
  price: optional(money),
  target: optional(offset),
  right_fit: optional(namedTexts),
  milestones: optional(stepMapOf(milestone)),
  next_offer: optional(ref),
  repeats: optional(offset),
  risks: optional(listOf(optional(entry({ what: prose, step: optional(ref), mitigation: loose(prose) })))),
  phases: optional(mapOf(phase)),
  steps: optional(stepMapOf(step)),
};
const written = entry(writtenShape);

/** The format's order of the keys of an offer. */
export const offerKeyOrder: readonly string[] = Object.keys(writtenShape);

export type StepPlan = Output<typeof step>;
/** A step with its id, its phase and where it stands in the file. */
export type OfferStep = StepPlan & {
  readonly id: string;
  readonly phase: string | undefined;
  readonly path: readonly string[];
};

type Written = Output<typeof written>;

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

const shape = made(written, (offer) => ({
  ...offer,
  version: offer.version ?? 1,
  milestones: offer.milestones ?? {},
  steps: stepsOf(offer),
}));

export type Offer = Output<typeof shape>;

const shared = {
  shape,
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
