// The names of a client's engagements, steps and milestones that appear in the files, readable or not. A step's name may come
// from three places (the offer, the engagement, its progress), and each of them may be broken. Knows no command line.
import { type Day, parseDay } from '../day.ts';
import { type Book, type ClientRecord, EVERY, findOffer, type OfferRecord, type Removal } from './book.ts';
import { engagementOf, offerSteps, planOf } from './plan.ts';
import { entryNames, hasKey, keysAt, mapIn, type Names, type Standing, textIn } from './standing.ts';

export type EngagementNames = Standing & {
  /** As far as they can be read, also in one that is broken. */
  readonly ended: Day | undefined;
  readonly offer: string | undefined;
  readonly steps: Names;
  readonly milestones: readonly string[];
};

/** All of the client's engagements; `unread` when there may be others. */
export function engagementNames(
  book: Book,
  client: ClientRecord,
): { readonly known: readonly EngagementNames[]; readonly unread: Removal | undefined } {
  const { known, unread } = engagementIds(book, client);
  return {
    known: known.map((each) => (each.lost ? lostEngagement(book, each.id, each.lost) : presentOne(book, client, each))),
    unread,
  };
}

const engagementIds = (book: Book, client: ClientRecord): Names =>
  entryNames(book, { kind: 'client', id: client.id }, ['engagements'], Object.keys(client.engagements ?? {}));

function presentOne(book: Book, client: ClientRecord, standing: Standing): EngagementNames {
  const { id } = standing;
  const engagement = engagementOf(client, id);
  const offer = engagement?.offer && findOffer(book, engagement.offer);
  const own = [...(planOf(book, client, id)?.steps ?? [])].map((step) => step.id);
  const progress = entryNames(book, { kind: 'client', id: client.id }, ['engagements', id, 'steps'], []);
  const offered = offer ? lostInOffer(book, offer) : undefined;
  const missing = engagement?.offer && !offer ? missingOffer(book, client, id, engagement.offer) : undefined;
  const steps = new Map<string, Standing>(own.map((step) => [step, { id: step, lost: undefined }]));
  for (const each of [...(offered?.known ?? []), ...progress.known.flatMap((it) => [it, ...renamed(offer, it)])])
    steps.set(each.id, each);
  // Progress that cannot be read leaves it open which of the steps are closed.
  const all = [...steps.values()].map((each) =>
    progress.unread ? { ...each, lost: each.lost ?? progress.unread } : each,
  );
  return {
    ...standing,
    ended: engagement?.ended,
    offer: engagement?.offer?.id,
    steps: { known: all, unread: missing ?? progress.unread ?? offered?.unread },
    milestones: [...Object.keys(engagement?.milestones ?? {}), ...Object.keys(offer?.milestones ?? {})],
  };
}

/** The step that progress under a former name is about. */
const renamed = (offer: OfferRecord | undefined, { id, lost }: Standing): readonly Standing[] =>
  offerSteps(offer).flatMap((step) => (step.was === id ? [{ id: step.id, lost }] : []));

/** Steps that an error took out of the offer's file. */
function lostInOffer(book: Book, offer: OfferRecord): Names {
  const known: Standing[] = [];
  let unread: Removal | undefined;
  for (const removal of book.removals) {
    if (removal.file !== offer.file) continue;
    const { path, written } = removal;
    const [top, phase, inner, step] = path.map(String);
    if (top === 'steps' && phase !== undefined) known.push({ id: phase, lost: removal });
    else if (top === 'phases' && inner === 'steps' && step !== undefined) known.push({ id: step, lost: removal });
    else if (top === 'steps' || (top === 'phases' && (inner === undefined || inner === 'steps'))) {
      const ids =
        phase === undefined && top === 'phases'
          ? undefined
          : keysAt(written, inner || top === 'steps' ? [] : ['steps']);
      if (ids) for (const id of ids) known.push({ id, lost: removal });
      else unread = removal;
    }
  }
  return { known, unread };
}

/** Why the steps of the offer that an engagement runs on are unknown. */
function missingOffer(
  book: Book,
  client: ClientRecord,
  engagement: string,
  { id, version }: { readonly id: string; readonly version: number | undefined },
): Removal {
  const isIts = (each: Removal): boolean =>
    each.id === EVERY || each.id === (each.kind === 'offer' ? id : `${id}@${version}`);
  const behind = book.removals.find(
    (each) => (each.kind === 'offer' || each.kind === 'past-offer') && each.path.length === 0 && isIts(each),
  );
  const path = ['engagements', engagement];
  return behind ?? { kind: 'client', id: client.id, file: client.file, path, problem: undefined };
}

/** What the text of a broken engagement says of its steps: those of its offer, and those written in it. */
function lostEngagement(book: Book, id: string, lost: Removal): EngagementNames {
  const written = lost.path.length === 2 ? lost.written : mapIn(lost.written, id);
  const named = textIn(written, 'offer');
  const [, offerId, version] = /^([^@]+)(?:@(\d{1,6}))?$/.exec(named ?? '') ?? [];
  const ref =
    offerId === undefined ? undefined : { id: offerId, version: version === undefined ? undefined : Number(version) };
  const offer = ref && findOffer(book, ref);
  const own = keysAt(written, ['steps']);
  const isKnown = own !== undefined && (offer !== undefined || !hasKey(written, 'offer'));
  const offered = offer ? lostInOffer(book, offer) : undefined;
  const ids = new Set([
    ...offerSteps(offer).map((step) => step.id),
    ...(offered?.known ?? []).map((each) => each.id),
    ...(own ?? []),
  ]);
  return {
    id,
    lost,
    ended: parseDay(textIn(written, 'ended') ?? ''),
    offer: offerId,
    steps: {
      known: [...ids].map((step) => ({ id: step, lost })),
      unread: isKnown && !offered?.unread ? undefined : lost,
    },
    milestones: [...(keysAt(written, ['milestones']) ?? []), ...Object.keys(offer?.milestones ?? {})],
  };
}

/**
 * Whether another engagement of the client that cannot be read, and is not known to have ended, may have a step of this id,
 * or may itself have this id. Calculated once for a client.
 */
export function maybeElsewhere(book: Book, client: ClientRecord, today: Day): (step: string) => boolean {
  if (book.removals.length === 0) return () => false;
  const { known, unread } = engagementNames(book, client);
  if (unread) return () => true;
  const broken = known.filter(
    ({ lost, ended, steps }) =>
      (ended === undefined || ended > today) && (lost !== undefined || steps.unread !== undefined),
  );
  if (broken.some(({ steps }) => steps.unread !== undefined)) return () => true;
  const ids = new Set(broken.flatMap(({ id, steps }) => [id, ...steps.known.map((each) => each.id)]));
  return (step) => ids.has(step);
}

/** An engagement that cannot be read and is not known to have ended; with `offer` one that may run on it. */
export function brokenWork(
  book: Book,
  client: ClientRecord,
  today: Day,
  offer?: string,
): { readonly ref: string; readonly lost: Removal } | undefined {
  if (book.removals.length === 0) return undefined;
  const { known, unread } = engagementNames(book, client);
  const mayBe = (it: EngagementNames): boolean =>
    (it.ended === undefined || it.ended > today) &&
    (offer === undefined || it.offer === undefined || it.offer === offer);
  for (const it of known) if (it.lost && mayBe(it)) return { ref: `${client.id}/${it.id}`, lost: it.lost };
  return unread && { ref: `an engagement of ${client.id}`, lost: unread };
}
