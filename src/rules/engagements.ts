// The engagements the rules look at, each with the offer it runs on and how much of that is known. Knows no days.
import { type Book, type ClientRecord, findOffer, type OfferRecord } from '../book/book.ts';
import { isLostEntry } from '../book/lost.ts';
import { currentNames, offerSteps } from '../book/plan.ts';
import type { DataPath } from '../problem/problem.ts';
import type { Engagement, StepProgress } from '../records/client.ts';
import type { Breach } from './breach.ts';

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
  /** Of those the steps of which more is written than that they are closed, and why. */
  readonly tailored: readonly (readonly [id: string, step: StepProgress])[];
  /** By the ids of its offer's steps. */
  readonly planned: ReadonlyMap<string, unknown>;
  /** Ids that are written and that the offer has no step of. */
  readonly strangers: readonly string[];
  /** See `stepNames`. */
  readonly names: () => ReadonlyMap<string, string>;
};

const NONE: ReadonlyMap<string, unknown> = new Map();

/** Of all clients, in the order of their files. */
export function checkedEngagements(book: Book): readonly CheckedEngagement[] {
  const plain = new Map(
    [...book.offers.values(), ...book.pastOffers.values()].map((offer) => [offer, plainNames(offer)]),
  );
  return [...book.clients.values()].flatMap((client) => inClient(book, client, plain));
}

type Names = ReadonlyMap<string, string>;

/** Of an offer in which no step had another name before. */
const plainNames = (offer: OfferRecord): Names | undefined =>
  offer.steps.some((step) => step.was !== undefined) ? undefined : currentNames(offerSteps(offer), {});

const inClient = (
  book: Book,
  client: ClientRecord,
  plain: ReadonlyMap<OfferRecord, Names | undefined>,
): readonly CheckedEngagement[] =>
  Object.entries(client.engagements ?? {}).map(([id, engagement]) => {
    const offer = engagement.offer ? findOffer(book, engagement.offer) : undefined;
    const written = engagement.steps ?? {};
    const planned = offer?.places ?? NONE;
    const ids = Object.keys(written);
    const strangers = ids.filter((step) => !planned.has(step));
    let names = offer && strangers.length === 0 ? plain.get(offer) : undefined;
    return {
      client,
      id,
      engagement,
      isRunning: engagement.ended === undefined,
      offer,
      isWhole: engagement.offer === undefined || offer !== undefined,
      written,
      tailored: ids.flatMap((step) => {
        const progress = written[step];
        return progress && isTailored(progress) ? [[step, progress] as const] : [];
      }),
      planned,
      strangers,
      names: () => {
        names ??= namesIn(offer, written, strangers);
        return names;
      },
    };
  });

/** There are many of these, and of nearly all of them nothing but a day is written. */
function isTailored(progress: StepProgress): boolean {
  for (const key in progress) if (key !== 'done' && key !== 'skipped' && key !== 'why') return true;
  return false;
}

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
export const stepNames = ({ names }: CheckedEngagement): Names => names();

function namesIn(
  offer: OfferRecord | undefined,
  written: CheckedEngagement['written'],
  strangers: readonly string[],
): Names {
  const planned = currentNames(offerSteps(offer), written);
  const extra = strangers.filter((id) => !planned.has(id) && written[id]?.title !== undefined);
  return new Map([...planned, ...extra.map((id) => [id, id] as const)]);
}

/** Whether the engagement has a step that may be called so, or something written for one. */
export const hasStep = (each: CheckedEngagement, id: string): boolean =>
  each.planned.has(id) || Object.hasOwn(each.written, id) || stepNames(each).has(id);

/** The ids that a due day in it may count from, besides `start` and its steps. */
export const milestoneIds = ({ offer, engagement }: CheckedEngagement): readonly string[] => [
  ...new Set([...Object.keys(offer?.milestones ?? {}), ...Object.keys(engagement.milestones ?? {})]),
];

/** A step of this id stands in the client's file and was taken out for an error. */
export const isLostStep = (book: Book, each: CheckedEngagement, step: string): boolean =>
  isLostEntry(book, 'client', each.client.id, pathIn(each, 'steps', step)) ||
  isLostEntry(book, 'client', each.client.id, pathIn(each, 'milestones', step));
