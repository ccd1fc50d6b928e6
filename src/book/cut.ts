// Data without the parts that cannot be trusted. Owns how such parts are found again by their paths; knows no record.
import { inOrder } from '../order.ts';
import type { DataPath } from '../problem/problem.ts';

/** Paths, each with what it was added for. However many there are, a look-up costs no more than the path is long. */
export type Marks<T> = {
  readonly below: Map<string, Marks<T>>;
  /** This path itself was added. */
  isMarked: boolean;
  /** What the first path that leads here or further was added for. */
  readonly first: T;
};

export function marksOf<T>(entries: readonly (readonly [DataPath, T])[]): Marks<T> | undefined {
  const [first] = entries;
  if (!first) return undefined;
  const root: Marks<T> = { below: new Map(), isMarked: false, first: first[1] };
  for (const [path, what] of entries) {
    let at = root;
    for (const key of path) {
      const next = at.below.get(String(key)) ?? { below: new Map(), isMarked: false, first: what };
      at.below.set(String(key), next);
      at = next;
    }
    at.isMarked = true;
  }
  return root;
}

/** The path or a beginning of it was added. */
export function isCovered<T>(marks: Marks<T> | undefined, path: DataPath): boolean {
  let at = marks;
  for (const key of path) {
    if (at === undefined || at.isMarked) break;
    at = at.below.get(String(key));
  }
  return at?.isMarked ?? false;
}

/** The path itself was added, whatever it lies in. */
export function isMarked<T>(marks: Marks<T> | undefined, path: DataPath): boolean {
  let at = marks;
  for (const key of path) at = at?.below.get(String(key));
  return at?.isMarked ?? false;
}

/** What the first path that begins with this one was added for. */
export function firstWithin<T>(marks: Marks<T> | undefined, path: DataPath): T | undefined {
  let at = marks;
  for (const key of path) at = at?.below.get(String(key));
  return at?.first;
}

/** A copy without what is marked. An entry of a list leaves a hole, so that the others keep their places. */
export function cut(raw: unknown, marks: Marks<unknown> | undefined): unknown {
  if (marks === undefined || raw === null || typeof raw !== 'object') return raw;
  if (marks.isMarked) return undefined;
  if (Array.isArray(raw)) return raw.map((each, i) => cut(each, marks.below.get(String(i))));
  const kept: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(raw)) {
    const own = marks.below.get(key);
    if (!own?.isMarked) kept[key] = cut(value, own);
  }
  return inOrder(kept, () => Object.keys(raw));
}
