// "Did you mean": the candidate nearest to a word. Knows words only.

const MOST = 3;

/**
 * The candidate that `word` is most likely a slip of: the same but for case and `-`/`_`/space, else within about a third
 * of its length in single edits (swapped neighbours are one), else the only one that begins with it. Ties: the first.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = normal(word);
  if (wanted === '') return undefined;
  let best: string | undefined;
  let least = MOST + 1;
  let begins: string | undefined;
  let beginners = 0;
  for (const candidate of candidates) {
    const other = normal(candidate);
    if (other === wanted) return candidate;
    if (wanted.length > 1 && other.startsWith(wanted) && candidate !== begins) {
      begins = candidate;
      beginners++;
    }
    const limit = Math.min(least - 1, limitFor(wanted, other));
    if (limit < 1) continue;
    const distance = editDistance(wanted, other, limit);
    if (distance > limit) continue;
    best = candidate;
    least = distance;
  }
  return best ?? (beginners === 1 ? begins : undefined);
}

/** `nearest` among the candidates that are meant; all of them when `isMeant` is left out. */
export type Suggest = (
  word: string,
  candidates: Iterable<string>,
  isMeant?: (candidate: string) => boolean,
) => string | undefined;

/** Far more than a practice asks for; a file of nothing but slips would have each of its names held against each other. */
const PATIENCE = 200_000;

/** For all the slips of one reading: looks at so many candidates in all, and from then on has no suggestion. */
export function suggestions(patience = PATIENCE): Suggest {
  let left = patience;
  return (word, candidates, isMeant = () => true) => {
    const found = left > 0 ? nearest(word, lookAt(candidates, isMeant)) : undefined;
    return left > 0 ? found : undefined;
  };
  function* lookAt(candidates: Iterable<string>, isMeant: (candidate: string) => boolean): Generator<string> {
    for (const candidate of candidates) {
      if (--left <= 0) return;
      if (isMeant(candidate)) yield candidate;
    }
  }
}

const normal = (word: string): string => word.trim().toLowerCase().replace(/[_\s]/g, '-');

/** A word of which nothing would be left is no slip: one letter never, two letters one edit. */
const limitFor = (a: string, b: string): number =>
  Math.min(MOST, Math.max(1, Math.floor(Math.max(a.length, b.length) / 3)), Math.min(a.length, b.length) - 1);

/** Optimal string alignment distance; any number above `limit` when it is more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let lowest = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + cost,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (before[j - 2] as number) + 1);
      current[j] = value;
      if (value < lowest) lowest = value;
    }
    if (lowest > limit) return limit + 1;
    [before, previous] = [previous, current];
  }
  return previous[b.length] as number;
}

/** `, did you mean \`acme\`?`, to end a sentence with; nothing when no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? '' : `, did you mean \`${meant}\`?`;
}
