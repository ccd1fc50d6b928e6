// Chance that can be had again: numbers out of a seed. Knows nothing of what they decide.

export type Random = {
  /** A whole number from 0 up to and without `below`. */
  readonly below: (below: number) => number;
  readonly chance: (of: number) => boolean;
  readonly one: <T>(of: readonly T[]) => T;
  /** `most` of them at most, in their order. */
  readonly some: <T>(of: readonly T[], most: number) => readonly T[];
};

/** mulberry32: 32 bits of state are plenty here, and every platform counts alike. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return {
    below,
    chance: (of) => next() < of,
    one: (of) => of[below(of.length)] as (typeof of)[number],
    some: (of, most) => {
      const wanted = Math.min(of.length, below(most + 1));
      const places = new Set<number>();
      while (places.size < wanted) places.add(below(of.length));
      return of.filter((_, at) => places.has(at));
    },
  };
}
