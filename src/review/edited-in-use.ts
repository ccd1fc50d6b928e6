// offer/edited-in-use: an edit that is not committed yet moves work that runs on this version of an offer. Asked by `validate`
// alone, for it needs two practices.
import type { Book, OfferRecord } from '../book/book.ts';
import { offerSteps } from '../book/plan.ts';
import type { Day } from '../day.ts';
import type { Problem } from '../problem/problem.ts';
import type { OfferStep } from '../records/offer.ts';
import { count } from '../terminal/words.ts';
import { type Run, runsOf, stepMoves } from './effects.ts';
import { aboutOf, withBefore } from './sides.ts';

/** `committed` needs no more than the offers. */
export function editedInUse(committed: Book, now: Book, today: Day): readonly Problem[] {
  const pairs = [...pairsOf(committed.offers, now.offers), ...pairsOf(committed.pastOffers, now.pastOffers)];
  const edited = pairs.filter(
    ([old, offer]) => old.version === offer.version && JSON.stringify(old.steps) !== JSON.stringify(offer.steps),
  );
  if (edited.length === 0) return [];
  const side = (book: Book) => ({ book, errors: [] });
  const about = aboutOf(side(committed), side(now), today, { before: '', after: '' });
  const runs = runsOf(withBefore(about, 'offers'), about.after);
  return edited.flatMap(([old, offer]) => {
    const moved = runs.filter(
      ({ after, before }) => after.plan.offer?.file === offer.file && isMoved({ before, after }),
    );
    return moved.length === 0 ? [] : [problemOf(old, offer, moved)];
  });
}

const pairsOf = (
  old: ReadonlyMap<string, OfferRecord>,
  now: ReadonlyMap<string, OfferRecord>,
): readonly (readonly [OfferRecord, OfferRecord])[] =>
  [...now.values()].flatMap((offer) => {
    const was = old.get(offer.id);
    return was ? [[was, offer] as const] : [];
  });

/** Other steps that are open, or other days for them. */
function isMoved(run: Pick<Run, 'before' | 'after'>): boolean {
  const openIn = ({ steps }: Run['before']): string =>
    steps
      .filter((it) => it.state !== 'closed')
      .map((it) => it.plan.id)
      .toSorted()
      .join(' ');
  return openIn(run.before) !== openIn(run.after) || stepMoves([{ ...run, client: run.after.client }]).length > 0;
}

const MOST = 3;

function problemOf(old: OfferRecord, offer: OfferRecord, moved: readonly Run[]): Problem {
  const refs = moved.map(({ client, after }) => `${client.id}/${after.id}`);
  const more = refs.length - MOST;
  const named = `${refs.slice(0, MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const id = offer.id.replace(/@\d+$/, '');
  const isFrozen = id !== offer.id;
  const verb = moved.length === 1 ? 'runs' : 'run';
  return {
    code: 'offer/edited-in-use',
    args: {
      says: `this edit is not committed yet, and it changes steps or days of ${count(moved.length, 'engagement')} that ${verb} on version ${offer.version}: ${named}`,
      help: isFrozen
        ? `take it back, unless it is a fix for everybody on version ${offer.version}: git restore ${offer.file}`
        : `deliver offer bump ${id} first keeps their plan as it was; go on if this is a fix for everybody on version ${offer.version}`,
    },
    place: placeIn(old, offer),
  };
}

/** The first step that differs; where only some are gone, what holds the steps. */
function placeIn(old: OfferRecord, offer: OfferRecord): Problem['place'] {
  const before = new Map(offerSteps(old).map((step) => [step.id, JSON.stringify(planOf(step))]));
  const step = offerSteps(offer).find((it) => before.get(it.id) !== JSON.stringify(planOf(it)));
  const top = offer.steps[0]?.path[0];
  return { file: offer.file, path: step?.path ?? (top === undefined ? [] : [top]), on: 'key' };
}

/** What of a step decides its days. */
const planOf = ({ id, due, after, was }: OfferStep) => ({ id, due: due?.text, after, was });
