// The steps of one engagement: its offer's, what the engagement writes differently, and its own. Owns how the two files
// become one list; knows no days but those written.
import type { Day } from '../day.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Engagement, StepProgress } from '../records/client.ts';
import type { Due } from '../records/languages.ts';
import type { OfferStep, StepPlan } from '../records/offer.ts';
import { type Book, type ClientRecord, findOffer, type OfferRecord } from './book.ts';

export type PlannedStep = {
  readonly id: string;
  readonly phase: string | undefined;
  readonly title: string;
  /** What the client reads: `client_title`, else the title. */
  readonly clientTitle: string;
  readonly kind: NonNullable<StepPlan['kind']>;
  readonly owner: string | undefined;
  /** The contact at the client it is asked of. */
  readonly contact: string | undefined;
  readonly email: string | undefined;
  readonly script: string | undefined;
  readonly touch: string | undefined;
  /** Minutes. */
  readonly effort: number | undefined;
  readonly expect: StepPlan['expect'];
  readonly chase: StepPlan['chase'];
  readonly internal: boolean;
  readonly resources: StepPlan['resources'];
  /** The offer's, or an extra step's own. */
  readonly planDue: Due | undefined;
  /** Written in the engagement for a step that the offer has. */
  readonly handDue: Due | undefined;
  /**
   * Steps that must be closed first: explicit ones, then the one implied by the due day. One that is not among the
   * plan's steps was taken out for an error: nobody knows whether it is closed, so it counts as open.
   */
  readonly after: readonly string[];
  readonly done: Day | undefined;
  /** Minutes it really took. */
  readonly took: number | undefined;
  readonly skipped: Day | undefined;
  readonly why: string | undefined;
  /** Where its progress stands, or would stand, in the client's file; under the old id if it is written so. */
  readonly progressPath: DataPath;
  readonly planFile: string;
  readonly planPath: DataPath;
  /** The engagement's own, not in the offer. */
  readonly isExtra: boolean;
};

export type Plan = {
  /** Undefined for an engagement without an offer, or whose offer is not in the Book. */
  readonly offer: OfferRecord | undefined;
  readonly milestones: Readonly<Record<string, Day>>;
  /** In the order of the offer; extra steps after the last step of their phase, else at the end. */
  readonly steps: readonly PlannedStep[];
  /** Where in `steps` each step is. */
  readonly places: ReadonlyMap<string, number>;
};

type Written = Readonly<Record<string, StepProgress>>;

/** `undefined` when there is no such engagement. */
export function planOf(book: Book, client: ClientRecord, engagementId: string): Plan | undefined {
  const engagement = engagementOf(client, engagementId);
  if (!engagement) return undefined;
  const offer = offerOf(book, engagement);
  const steps = stepsOf(client, engagementId, engagement, offer);
  return { offer, milestones: engagement.milestones ?? {}, steps, places: placesOf(steps) };
}

const offerOf = (book: Book, { offer }: Engagement): OfferRecord | undefined => offer && findOffer(book, offer);

/** Where each step stands; of two with one id the first. */
export function placesOf(steps: readonly { readonly id: string }[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [i, { id }] of steps.entries()) if (!places.has(id)) places.set(id, i);
  return places;
}

/** An offer's steps; of two with one id the first. */
export const offerSteps = (offer: OfferRecord | undefined): readonly OfferStep[] =>
  offer === undefined || offer.places.size === offer.steps.length
    ? (offer?.steps ?? [])
    : offer.steps.filter((step, i) => offer.places.get(step.id) === i);

/** A step that is a touch, and is done. */
export type DoneTouch = Pick<PlannedStep, 'id' | 'progressPath'> & { readonly touch: string; readonly done: Day };

/** Those of an engagement in the order of its plan. Of ended ones nothing else is asked in most reports: no plan is made. */
export function doneTouches(book: Book, client: ClientRecord, engagementId: string): readonly DoneTouch[] {
  const engagement = engagementOf(client, engagementId);
  const offer = engagement && offerOf(book, engagement);
  const touches: DoneTouch[] = [];
  const add = (id: string, touch: string | undefined, done: Day | undefined, progressPath: DataPath): void => {
    if (touch !== undefined && done !== undefined) touches.push({ id, touch, done, progressPath });
  };
  if (!offer || !isAsOffered(offer, engagement.steps)) {
    for (const { id, touch, done, progressPath } of planOf(book, client, engagementId)?.steps ?? [])
      add(id, touch, done, progressPath);
    return touches;
  }
  const written = engagement.steps ?? {};
  for (const step of offerSteps(offer)) {
    const progress = Object.hasOwn(written, step.id) ? written[step.id] : undefined;
    if (progress) add(step.id, progress.touch ?? step.touch, progress.done, at(engagementId, step.id));
  }
  return touches;
}

/** Nothing but the offer's own steps are written, under their present ids. */
function isAsOffered(offer: OfferRecord, written: Written | undefined): boolean {
  for (const id in written) if (!offer.places.has(id)) return false;
  return true;
}

/** Whether an engagement has a step of this present id: its offer's, or its own. */
export function hasStep(book: Book, client: ClientRecord, engagementId: string, id: string): boolean {
  const engagement = engagementOf(client, engagementId);
  const offer = engagement && offerOf(book, engagement);
  if (offer?.places.has(id)) return true;
  const written = engagement?.steps ?? {};
  return (
    Object.hasOwn(written, id) && written[id]?.title !== undefined && !currentNames(offerSteps(offer), written).has(id)
  );
}

const at = (engagementId: string, id: string): DataPath => ['engagements', engagementId, 'steps', id];

function stepsOf(
  client: ClientRecord,
  engagementId: string,
  engagement: Engagement,
  offer: OfferRecord | undefined,
): readonly PlannedStep[] {
  const written = engagement.steps ?? {};
  const planned = offerSteps(offer);
  const names = currentNames(planned, written);
  const milestones = engagement.milestones ?? {};
  const offered = offer
    ? planned.map((step): PlannedStep => {
        const key = Object.hasOwn(written, step.id) ? step.id : (writtenName(step, names, written) ?? step.id);
        const progress = Object.hasOwn(written, key) ? written[key] : undefined;
        return fromOffer(step, progress, names, offer, milestones, at(engagementId, key));
      })
    : [];
  const extra = Object.entries(written)
    .filter(([id]) => !names.has(id))
    .flatMap(([id, progress]): readonly PlannedStep[] => {
      const { title } = progress;
      if (title === undefined) return [];
      const planDue = rename(progress.due, names);
      const explicit = progress.after?.map((each) => names.get(each) ?? each);
      return [
        toPlanned(id, { ...progress, title, phase: progress.phase }, progress, {
          planDue,
          handDue: undefined,
          after: waitsFor(explicit, undefined, planDue, id).filter((each) => isStep(each, offer, milestones)),
          progressPath: at(engagementId, id),
          planFile: client.file,
          planPath: at(engagementId, id),
          isExtra: true,
        }),
      ];
    });
  return withExtra(offered, extra);
}

function fromOffer(
  step: OfferStep,
  progress: StepProgress | undefined,
  names: ReadonlyMap<string, string>,
  offer: OfferRecord,
  milestones: Plan['milestones'],
  progressPath: DataPath,
): PlannedStep {
  const handDue = rename(progress?.due, names);
  const explicit = progress?.after?.map((id) => names.get(id) ?? id) ?? step.after;
  return toPlanned(step.id, step, progress, {
    planDue: step.due,
    handDue,
    after: waitsFor(explicit, handDue, step.due, step.id).filter((id) => isStep(id, offer, milestones)),
    progressPath,
    planFile: offer.file,
    planPath: step.path,
    isExtra: false,
  });
}

/** Not the start, and no milestone. */
const isStep = (id: string, offer: OfferRecord | undefined, milestones: Plan['milestones']): boolean =>
  id !== 'start' && !Object.hasOwn(milestones, id) && !(offer && Object.hasOwn(offer.milestones, id));

export const engagementOf = (client: ClientRecord, id: string): Engagement | undefined =>
  client.engagements && Object.hasOwn(client.engagements, id) ? client.engagements[id] : undefined;

/**
 * The present id of each id that progress may be written under: a step's own and, unless that is another step's by now or
 * the step's progress stands under its present id, the one it had before.
 */
export function currentNames(
  planned: readonly OfferStep[],
  written: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> {
  const own = new Map(planned.map((step) => [step.id, step.id]));
  if (planned.every((step) => step.was === undefined)) return own;
  const renamed = planned.flatMap((step) =>
    step.was === undefined || own.has(step.was) || Object.hasOwn(written, step.id)
      ? []
      : [[step.was, step.id] as const],
  );
  return new Map([...renamed.toReversed(), ...own]);
}

const writtenName = (
  step: OfferStep,
  names: ReadonlyMap<string, string>,
  written: Readonly<Record<string, unknown>>,
): string | undefined =>
  step.was !== undefined && Object.hasOwn(written, step.was) && names.get(step.was) === step.id ? step.was : undefined;

const rename = (due: Due | undefined, names: ReadonlyMap<string, string>): Due | undefined =>
  due?.kind === 'anchor' ? { ...due, anchor: names.get(due.anchor) ?? due.anchor } : due;

/** A hand-written day keeps the wait that the plan implies; a hand-written anchor replaces it. */
function waitsFor(
  explicit: readonly string[] | undefined,
  handDue: Due | undefined,
  planDue: Due | undefined,
  self: string,
): readonly string[] {
  const due = handDue?.kind === 'anchor' ? handDue : planDue;
  const implied = due?.kind === 'anchor' && due.sign === '+' ? [due.anchor] : [];
  if (explicit === undefined) return implied.filter((id) => id !== self);
  return [...new Set([...explicit, ...implied])].filter((id) => id !== self);
}

/** An extra step goes after the last step of its phase, another one of that phase after it; one of no phase at the end. */
function withExtra(offered: readonly PlannedStep[], extra: readonly PlannedStep[]): readonly PlannedStep[] {
  if (extra.length === 0) return offered;
  const ends = new Map<string, PlannedStep>();
  for (const step of offered) if (step.phase !== undefined) ends.set(step.phase, step);
  /** What follows each of these. */
  const after = new Map<PlannedStep, PlannedStep[]>();
  const last: PlannedStep[] = [];
  for (const step of extra) {
    const end = step.phase === undefined ? undefined : ends.get(step.phase);
    if (step.phase !== undefined && !end) ends.set(step.phase, step);
    const list = end ? (after.get(end) ?? []) : last;
    list.push(step);
    if (end) after.set(end, list);
  }
  return [...offered, ...last].flatMap((step) => [step, ...(after.get(step) ?? [])]);
}

type Planned = StepPlan & { readonly phase: string | undefined };
type Own = Pick<PlannedStep, 'planDue' | 'handDue' | 'after' | 'progressPath' | 'planFile' | 'planPath' | 'isExtra'>;

/** All keys, in one order: a large practice has a hundred thousand of these, and spreading takes twice as long. */
function toPlanned(id: string, plan: Planned, progress: StepProgress | undefined, own: Own): PlannedStep {
  const email = progress?.email ?? plan.email;
  return {
    id,
    phase: progress?.phase ?? plan.phase,
    title: progress?.title ?? plan.title,
    clientTitle: progress?.client_title ?? plan.client_title ?? progress?.title ?? plan.title,
    kind: progress?.kind ?? plan.kind ?? (email === undefined ? 'task' : 'email'),
    owner: progress?.owner ?? plan.owner,
    contact: progress?.contact ?? plan.contact,
    email,
    script: progress?.script ?? plan.script,
    touch: progress?.touch ?? plan.touch,
    effort: progress?.effort ?? plan.effort,
    expect: progress?.expect ?? plan.expect,
    chase: progress?.chase ?? plan.chase,
    internal: progress?.internal ?? plan.internal ?? false,
    resources: progress?.resources ?? plan.resources,
    planDue: own.planDue,
    handDue: own.handDue,
    after: own.after,
    done: progress?.done,
    took: progress?.took,
    skipped: progress?.skipped,
    why: progress?.why,
    progressPath: own.progressPath,
    planFile: own.planFile,
    planPath: own.planPath,
    isExtra: own.isExtra,
  };
}
