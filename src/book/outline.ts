// What the plans of one offer share: its steps, where each stands, and which engagements are as it has them. Owns no plan.
import type { Engagement } from '../records/client.ts';
import type { OfferStep } from '../records/offer.ts';
import type { Book, OfferRecord } from './book.ts';
import type { PlannedStep } from './plan.ts';

/** What all plans of one offer share. */
export type Outline = {
  /** Of two with one id the first. */
  readonly steps: readonly OfferStep[];
  readonly places: ReadonlyMap<string, number>;
  /** Each step's id by itself. */
  readonly names: ReadonlyMap<string, string>;
  /** A step has a former name, under which its progress may be written. */
  readonly isRenamed: boolean;
  /** By the name of the engagement, the steps of one in which nothing is written. */
  readonly unwritten: Map<string, readonly PlannedStep[]>;
};

/** Worked out once for an offer of a Book. */
export function outlineOf(book: Book, offer: OfferRecord): Outline {
  const known = book.outlines.get(offer);
  if (known) return known;
  const steps = offerSteps(offer);
  const isRenamed = steps.some((step) => step.was !== undefined);
  const names = new Map(steps.map(({ id }) => [id, id]));
  const outline: Outline = { steps, places: placesOf(steps), names, isRenamed, unwritten: new Map() };
  book.outlines.set(offer, outline);
  return outline;
}

export const placesOf = (steps: readonly { readonly id: string }[]): ReadonlyMap<string, number> =>
  new Map(steps.map((step, i) => [step.id, i]));

/** An offer's steps; of two with one id the first. */
export function offerSteps(offer: OfferRecord | undefined): readonly OfferStep[] {
  const seen = new Set<string>();
  return (offer?.steps ?? []).filter((step) => !seen.has(step.id) && seen.add(step.id));
}

/** Nothing but the offer's own steps and milestones are written, under their present ids. */
export function isAsOffered(offer: OfferRecord, outline: Outline, { steps, milestones }: Engagement): boolean {
  if (outline.isRenamed) return false;
  for (const id in steps) if (!outline.places.has(id)) return false;
  for (const id in milestones) if (!Object.hasOwn(offer.milestones, id)) return false;
  return true;
}
