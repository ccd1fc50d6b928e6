// Which open steps of one engagement come after which: how many, when the first of them is due, and their names. Knows no
// calendar. A file may chain thousands of steps, so nothing here is recursive or asks each step about all others.
import type { Plan, PlannedStep } from '../book/plan.ts';
import type { Day } from '../day.ts';

/** Steps are named by where they are in the plan. */
export type StepChain = {
  /** How many open steps come after it, directly or through others. */
  readonly count: (at: number) => number;
  /** Which; the nearest first. */
  readonly list: (at: number) => readonly number[];
  /** The earliest day among it and the open steps that come after it. */
  readonly earliest: (at: number) => Day | undefined;
};

type Followers = readonly (readonly number[] | undefined)[];

const NOTHING: readonly number[] = [];

/** `day`: what each step's own day is. */
export function chainOf(
  plan: Plan,
  closed: readonly (Day | undefined)[],
  day: (at: number) => Day | undefined,
): StepChain {
  const followers = followersIn(plan, closed);
  const list = lister(followers);
  const order = followersFirst(followers);
  const counts = order && countsOf(followers, order);
  const days = order && earliestDays(followers, order, day);
  // Steps in a circle are taken out of a Book for it; one that nobody has checked is asked step by step.
  const earliest = (at: number): Day | undefined =>
    list(at).reduce((first, follower) => earlier(first, day(follower)), day(at));
  return {
    count: counts ? (at) => counts[at] ?? 0 : (at) => list(at).length,
    list,
    earliest: days ? (at) => (followers[at] ? days[at] : day(at)) : earliest,
  };
}

/** The open steps that come directly after each; undefined for none. */
function followersIn({ steps, places }: Plan, closed: readonly (Day | undefined)[]): Followers {
  const followers = new Array<number[] | undefined>(steps.length).fill(undefined);
  for (let at = 0; at < steps.length; at++) {
    if (closed[at] !== undefined) continue;
    for (const id of (steps[at] as PlannedStep).after) {
      const before = places.get(id);
      if (before === undefined || closed[before] !== undefined) continue;
      const known = followers[before];
      if (known) known.push(at);
      else followers[before] = [at];
    }
  }
  return followers;
}

function lister(followers: Followers): StepChain['list'] {
  /** From which step each was last found. */
  const foundFrom = new Array<number>(followers.length).fill(-1);
  return (at) => {
    if (followers[at] === undefined) return NOTHING;
    const found: number[] = [];
    for (let next = -1, before = at; ; before = found[next] as number) {
      for (const follower of followers[before] ?? NOTHING) {
        if (follower === at || foundFrom[follower] === at) continue;
        foundFrom[follower] = at;
        found.push(follower);
      }
      next += 1;
      if (next === found.length) {
        foundFrom.fill(-1);
        return found;
      }
    }
  };
}

/** The steps that others follow or that follow others, each behind all its followers; undefined where there is a circle. */
function followersFirst(followers: Followers): readonly number[] | undefined {
  const order: number[] = [];
  const state = new Uint8Array(followers.length);
  const [ENTERED, DONE] = [1, 2];
  for (let root = 0; root < followers.length; root++) {
    if (followers[root] === undefined || state[root] === DONE) continue;
    // A step stands here to be entered, or, as its complement, to be left.
    const open = [root];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at < 0) {
        state[~at] = DONE;
        order.push(~at);
        continue;
      }
      if (state[at] === DONE) continue;
      if (state[at] === ENTERED) return undefined;
      state[at] = ENTERED;
      open.push(~at);
      for (const follower of followers[at] ?? NOTHING) {
        if (state[follower] === ENTERED) return undefined;
        if (state[follower] !== DONE) open.push(follower);
      }
    }
  }
  return order;
}

/** Columns of 32 steps that are counted in one walk: what is kept of each step meanwhile stays small. */
const WORDS = 32;

/** For each step the number of those after it: one bit for each of them, a stretch of the order at a time. */
function countsOf(followers: Followers, order: readonly number[]): Int32Array {
  const counts = new Int32Array(followers.length);
  const rank = new Int32Array(followers.length);
  for (const [i, at] of order.entries()) rank[at] = i;
  const words = Math.min(WORDS, Math.ceil(order.length / 32));
  const bits = new Int32Array(order.length * words);
  for (let first = 0; first < order.length; first += words * 32) {
    bits.fill(0);
    // What comes earlier in the order cannot have these after it.
    for (let i = first; i < order.length; i++) {
      const at = order[i] as number;
      for (const follower of followers[at] ?? NOTHING) {
        const theirs = rank[follower] as number;
        if (theirs < first) continue;
        const column = theirs - first;
        if (column < words * 32)
          bits[i * words + (column >> 5)] = (bits[i * words + (column >> 5)] as number) | (1 << (column & 31));
        for (let word = 0; word < words; word++)
          bits[i * words + word] = (bits[i * words + word] as number) | (bits[theirs * words + word] as number);
      }
      for (let word = 0; word < words; word++)
        counts[at] = (counts[at] as number) + ones(bits[i * words + word] as number);
    }
  }
  return counts;
}

/** How many bits are set. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((fours + (fours >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

function earliestDays(
  followers: Followers,
  order: readonly number[],
  day: (at: number) => Day | undefined,
): readonly (Day | undefined)[] {
  const days = new Array<Day | undefined>(followers.length).fill(undefined);
  for (const at of order) {
    let first = day(at);
    for (const follower of followers[at] ?? NOTHING) first = earlier(first, days[follower]);
    days[at] = first;
  }
  return days;
}

const earlier = (day: Day | undefined, other: Day | undefined): Day | undefined =>
  day === undefined || (other !== undefined && other < day) ? other : day;
