// offer/cycle: steps that wait for each other, or whose dates depend on each other, within an offer or by what an
// engagement writes differently.
import type { Book } from '../book/book.ts';
import { planOf } from '../book/plan.ts';
import type { DataPath, Place } from '../problem/problem.ts';
import type { Due } from '../records/languages.ts';
import type { Breach } from './breach.ts';
import { type CheckedEngagement, pathIn, removeIn, stepNames } from './engagements.ts';
import { type CheckedOffer, pathOf, removeStep } from './offers.ts';
import type { Rule } from './rule.ts';

/** One step waits for another, or its date depends on that of the other, and where that is written. */
type Wait = {
  readonly from: string;
  readonly to: string;
  readonly place: Place;
  readonly isOurs: boolean;
  readonly for: 'step' | 'date';
};
type Circle = readonly Wait[];

export const cycles: Rule = (book) => [
  ...book.offersInUse.flatMap(inOffer),
  ...book.engagements.flatMap((each) => inEngagement(book, each)),
];

function inOffer(checked: CheckedOffer): readonly Breach[] {
  const { offer } = checked;
  const steps = new Map(offer.steps.toReversed().map((step) => [step.id, step]));
  const waits = offer.steps
    .filter((step) => steps.get(step.id) === step)
    .flatMap((step) => waitsOf(step.id, step.after, step.due, offer.file, pathOf(step)))
    .filter((wait) => steps.has(wait.to) && !Object.hasOwn(offer.milestones, wait.to));
  return allCirclesIn(waits).map((circle) => ({
    problem: toProblem(circle),
    removes: circle.flatMap((wait) => {
      const step = steps.get(wait.from);
      return step ? removeStep(checked, step) : [];
    }),
  }));
}

/** Only circles that need something the engagement writes: the offer's own are said once, in the offer. */
function inEngagement(book: Book, each: CheckedEngagement): readonly Breach[] {
  const isTailored = each.tailored.some(([, step]) => step.after !== undefined || step.due?.kind === 'anchor');
  const plan = isTailored && each.isWhole ? planOf(book, each.client, each.id) : undefined;
  if (!plan) return [];
  const names = stepNames(each);
  const ids = new Set(plan.steps.map((step) => step.id));
  const waits = plan.steps.flatMap((step) => {
    const key = String(step.progressPath.at(-1));
    const ours = Object.hasOwn(each.written, key) ? each.written[key] : undefined;
    const path = pathIn(each, 'steps', key);
    const written = waitsOf(step.id, ours?.after, ours?.due, each.client.file, path).map((wait) => ({
      ...wait,
      to: names.get(wait.to) ?? wait.to,
      isOurs: true,
    }));
    const seen = new Set(written.flatMap((wait) => (wait.for === 'step' ? [wait.to] : [])));
    const [file, own] = [step.planFile, step.planPath];
    const planned: readonly Wait[] = [
      ...step.after
        .filter((id) => !seen.has(id))
        .map((to) => ({ from: step.id, to, place: { file, path: own }, isOurs: false, for: 'step' as const })),
      ...(ours?.due === undefined
        ? waitsOf(step.id, [], step.planDue, file, own).filter((it) => it.for === 'date')
        : []),
    ];
    return [...written, ...planned].filter((wait) => ids.has(wait.to) && !Object.hasOwn(plan.milestones, wait.to));
  });
  return allCirclesIn(waits).flatMap((circle) => {
    const first = circle.findIndex((wait) => wait.isOurs);
    if (first < 0) return [];
    const turned = [...circle.slice(first), ...circle.slice(0, first)];
    const keys = turned.filter((wait) => wait.isOurs).map((wait) => String(wait.place.path?.[3]));
    return [{ problem: toProblem(turned), removes: keys.flatMap((key) => removeIn(each, 'steps', key)) }];
  });
}

function waitsOf(
  from: string,
  after: readonly string[] | undefined,
  due: Due | undefined,
  file: string,
  path: DataPath,
): readonly Wait[] {
  const explicit = (after ?? []).map((to, i) => ({
    from,
    to,
    place: { file, path: [...path, 'after', i] },
    isOurs: false,
    for: 'step' as const,
  }));
  if (due?.kind !== 'anchor') return explicit;
  const dated = { from, to: due.anchor, place: { file, path: [...path, 'due'] }, isOurs: false, for: 'date' as const };
  return [...explicit, ...(due.sign === '+' ? [{ ...dated, for: 'step' as const }] : []), dated];
}

/** Of steps that wait for each other, then of dates that need each other and are in no such circle. */
function allCirclesIn(waits: readonly Wait[]): readonly Circle[] {
  const ofSteps = circlesIn(waits.filter((wait) => wait.for === 'step'));
  const known = new Set(ofSteps.flat().map((wait) => wait.from));
  const dated = waits.filter((wait) => wait.for === 'date' && !known.has(wait.from));
  return [...ofSteps, ...circlesIn(dated)];
}

/** A sentence names no more steps, and no more places are shown. */
const MOST_NAMED = 12;

function toProblem(circle: Circle): Breach['problem'] {
  const [first, ...others] = circle as readonly [Wait, ...Wait[]];
  const named = circle.slice(0, MOST_NAMED).map((wait) => wait.from);
  const more = circle.length > MOST_NAMED ? [`(${circle.length - MOST_NAMED} more)`] : [];
  return {
    code: 'offer/cycle',
    args: { of: first.for, circle: [...named, ...more, first.from].join(' -> ') },
    place: first.place,
    related: others.slice(0, MOST_NAMED).map((wait) => ({
      place: wait.place,
      message:
        wait.for === 'date'
          ? `the date of \`${wait.from}\` depends on \`${wait.to}\` here`
          : `\`${wait.from}\` waits for \`${wait.to}\` here`,
    })),
  };
}

/** Steps of all circles that are told in full: a tangle of n steps may have n circles of n. */
const ENOUGH = 5_000;

/**
 * The circles that a walk in the order of the file closes: taking out one wait of each leaves none. Each begins with its
 * first step; of those beyond what anybody reads there is only the wait that closes it. Not recursive: a file may chain
 * thousands of steps.
 */
function circlesIn(waits: readonly Wait[]): readonly Circle[] {
  const from = new Map<string, Wait[]>();
  const seen = new Map<string, Set<string>>();
  for (const wait of waits) {
    const list = from.get(wait.from) ?? [];
    const known = seen.get(wait.from) ?? new Set();
    if (!known.has(wait.to)) list.push(wait);
    from.set(wait.from, list);
    seen.set(wait.from, known.add(wait.to));
  }
  let told = 0;
  const order = new Map([...from.keys()].map((id, at) => [id, at]));
  const left = new Set<string>();
  const circles: Circle[] = [];
  for (const root of from.keys()) {
    if (left.has(root)) continue;
    const trail: { readonly id: string; next: number }[] = [{ id: root, next: 0 }];
    const depth = new Map([[root, 0]]);
    while (trail.length > 0) {
      const top = trail.at(-1) as { readonly id: string; next: number };
      const wait = from.get(top.id)?.[top.next++];
      if (wait === undefined) {
        trail.pop();
        depth.delete(top.id);
        left.add(top.id);
      } else if (depth.has(wait.to)) {
        const begin = told < ENOUGH ? depth.get(wait.to) : -1;
        const closed = trail.slice(begin).map((step) => from.get(step.id)?.[step.next - 1] as Wait);
        told += closed.length;
        circles.push(turned(closed, order));
      } else if (!left.has(wait.to)) {
        depth.set(wait.to, trail.length);
        trail.push({ id: wait.to, next: 0 });
      }
    }
  }
  return circles;
}

function turned(circle: Circle, order: ReadonlyMap<string, number>): Circle {
  const rank = (wait: Wait): number => order.get(wait.from) ?? Number.POSITIVE_INFINITY;
  const first = circle.reduce((best, wait, at) => (rank(wait) < rank(circle[best] as Wait) ? at : best), 0);
  return [...circle.slice(first), ...circle.slice(0, first)];
}
