// The engagements the rules look at, each with the offer it runs on and how much of that is known. Knows no days.
import { type Book, type ClientRecord, findOffer, type OfferRecord } from '../book/book.ts';
import { currentNames, offerSteps } from '../book/plan.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Engagement, StepProgress } from '../records/client.ts';
import { isLostEntry } from './lost.ts';
import type { Breach } from './rule.ts';

export type CheckedEngagement = {
  readonly client: ClientRecord;
  readonly id: string;
  readonly engagement: Engagement;
  readonly isRunning: boolean;
  /** Undefined when it names none, and when the one it names is unknown, missing or in doubt. */
  readonly offer: OfferRecord | undefined;
  /** Nothing is missing that the engagement builds on: it has its offer, or needs none. */
  readonly isWhole: boolean;
  readonly written: Readonly<Record<string, StepProgress>>;
};

/** All of a client's, in the order of its file. */
export const checkedEngagements = (book: Book, client: ClientRecord): readonly CheckedEngagement[] =>
  Object.entries(client.engagements ?? {}).map(([id, engagement]) => {
    const offer = engagement.offer ? findOffer(book, engagement.offer) : undefined;
    return {
      client,
      id,
      engagement,
      isRunning: engagement.ended === undefined,
      offer,
      isWhole: engagement.offer === undefined || offer !== undefined,
      written: engagement.steps ?? {},
    };
  });

export const pathIn = ({ id }: CheckedEngagement, ...rest: readonly (string | number)[]): DataPath => [
  'engagements',
  id,
  ...rest,
];

/** The engagement, or the part of it at `rest`, cannot be trusted. */
export const removeIn = (
  each: CheckedEngagement,
  ...rest: readonly (string | number)[]
): NonNullable<Breach['removes']> => [removalIn(each.client, pathIn(each, ...rest))];

export const removalIn = (client: ClientRecord, path: DataPath) => ({
  kind: 'client' as const,
  id: client.id,
  file: client.file,
  path,
});

/** The present id of every step the engagement has, by each id it may be written under. */
export function stepNames({ offer, written }: CheckedEngagement): ReadonlyMap<string, string> {
  const planned = currentNames(offerSteps(offer), written);
  const extra = Object.entries(written).filter(([id, progress]) => !planned.has(id) && progress.title !== undefined);
  return new Map([...planned, ...extra.map(([id]) => [id, id] as const)]);
}

/** The ids that a due day in it may count from, besides `start` and its steps. */
export const milestoneIds = ({ offer, engagement }: CheckedEngagement): readonly string[] => [
  ...new Set([...Object.keys(offer?.milestones ?? {}), ...Object.keys(engagement.milestones ?? {})]),
];

/** A step of this id stands in the client's file and was taken out for an error. */
export const isLostStep = (book: Book, each: CheckedEngagement, step: string): boolean =>
  isLostEntry(book, 'client', each.client.id, pathIn(each, 'steps', step)) ||
  isLostEntry(book, 'client', each.client.id, pathIn(each, 'milestones', step));
