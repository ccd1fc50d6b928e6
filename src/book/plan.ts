// The steps of one engagement: its offer's, what the engagement writes differently, and its own. Owns how the two files
// become one list; knows no days but those written.
import type { Day } from '../day.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Engagement, StepProgress } from '../records/client.ts';
import type { Due } from '../records/languages.ts';
import type { OfferStep, StepPlan } from '../records/offer.ts';
import { type Book, type ClientRecord, findOffer, type OfferRecord } from './book.ts';
import { isAsOffered, type Outline, outlineOf, placesOf } from './outline.ts';
import { closedStep, toPlanned } from './planned-step.ts';

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

export { offerSteps } from './outline.ts';

type Written = Readonly<Record<string, StepProgress>>;

/** Worked out once for a client of a Book; `undefined` when there is no such engagement. */
export function planOf(book: Book, client: ClientRecord, engagementId: string): Plan | undefined {
  const known = book.plans.get(client) ?? new Map<string, Plan | undefined>();
  if (!known.has(engagementId)) known.set(engagementId, makePlan(book, client, engagementId));
  book.plans.set(client, known);
  return known.get(engagementId);
}

/** A step that is a touch, and is done. */
export type DoneTouch = Pick<PlannedStep, 'id' | 'progressPath'> & { readonly touch: string; readonly done: Day };

/** Those of an engagement in the order of its plan. Of ended ones nothing else is asked in most reports: no plan is made. */
export function doneTouches(book: Book, client: ClientRecord, engagementId: string): readonly DoneTouch[] {
  const engagement = engagementOf(client, engagementId);
  const offer = engagement?.offer && findOffer(book, engagement.offer);
  const outline = offer && outlineOf(book, offer);
  const touches: DoneTouch[] = [];
  if (!outline || !isAsOffered(offer, outline, engagement)) {
    for (const { id, touch, done, progressPath } of planOf(book, client, engagementId)?.steps ?? [])
      if (touch !== undefined && done !== undefined) touches.push({ id, touch, done, progressPath });
    return touches;
  }
  const written = engagement.steps ?? {};
  for (const step of outline.steps) {
    const progress = Object.hasOwn(written, step.id) ? written[step.id] : undefined;
    const touch = progress?.touch ?? step.touch;
    if (touch !== undefined && progress?.done !== undefined)
      touches.push({ id: step.id, touch, done: progress.done, progressPath: at(engagementId, step.id) });
  }
  return touches;
}

/** Whether an engagement has a step of this present id. */
export function hasStep(book: Book, client: ClientRecord, engagementId: string, id: string): boolean {
  const engagement = engagementOf(client, engagementId);
  const offer = engagement?.offer && findOffer(book, engagement.offer);
  const outline = offer && outlineOf(book, offer);
  if (outline && isAsOffered(offer, outline, engagement)) return outline.places.has(id);
  return planOf(book, client, engagementId)?.places.has(id) ?? false;
}

function makePlan(book: Book, client: ClientRecord, engagementId: string): Plan | undefined {
  const engagement = engagementOf(client, engagementId);
  if (!engagement) return undefined;
  const offer = engagement.offer ? findOffer(book, engagement.offer) : undefined;
  const outline = offer && outlineOf(book, offer);
  const milestones = engagement.milestones ?? {};
  if (offer && outline && isAsOffered(offer, outline, engagement)) {
    const steps = asOffered(offer, outline, engagementId, engagement.steps ?? {});
    return { offer, milestones, steps, places: outline.places };
  }
  const steps = tailored(client, engagementId, engagement, offer, outline?.steps ?? []);
  return { offer, milestones, steps, places: placesOf(steps) };
}

/**
 * Most engagements are as their offer has it and most of what is written of them is that a step was done; such steps share
 * all they can, for there are a million of them in a large practice.
 */
function asOffered(
  offer: OfferRecord,
  outline: Outline,
  engagementId: string,
  written: Written,
): readonly PlannedStep[] {
  let unwritten = outline.unwritten.get(engagementId);
  if (!unwritten) {
    unwritten = outline.steps.map((step) =>
      fromOffer(step, undefined, new Map(), offer, {}, at(engagementId, step.id)),
    );
    outline.unwritten.set(engagementId, unwritten);
  }
  const steps: PlannedStep[] = [];
  for (const [i, step] of unwritten.entries()) {
    const progress = Object.hasOwn(written, step.id) ? written[step.id] : undefined;
    if (progress === undefined) steps.push(step);
    else if (isOnlyClosed(progress)) steps.push(closedStep(step, progress));
    else steps.push(fromOffer(outline.steps[i] as OfferStep, progress, new Map(), offer, {}, step.progressPath));
  }
  return steps;
}

function isOnlyClosed(progress: StepProgress): boolean {
  for (const key in progress) if (key !== 'done' && key !== 'took' && key !== 'skipped' && key !== 'why') return false;
  return true;
}

const at = (engagementId: string, id: string): DataPath => ['engagements', engagementId, 'steps', id];

function tailored(
  client: ClientRecord,
  engagementId: string,
  engagement: Engagement,
  offer: OfferRecord | undefined,
  planned: readonly OfferStep[],
): readonly PlannedStep[] {
  const written = engagement.steps ?? {};
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
