// Maps in the order in which they are written: that of segments is their priority, of contacts who is written to first.
// JavaScript lists keys such as `1` before all others, wherever they stand. Knows no text and no record.

const LISTED_FIRST = /^(?:0|[1-9]\d*)$/;

/** `map`, whose keys are among `keys`, in the order of those. Costs nothing where JavaScript keeps it by itself. */
export function inOrder<T extends object>(map: T, keys: () => readonly string[]): T {
  for (const first in map) return LISTED_FIRST.test(first) ? listedAs(map, keys()) : map;
  return map;
}

/** Whoever asks for its keys, entries or values, or prints it, gets them as listed. */
function listedAs<T extends object>(map: T, keys: readonly string[]): T {
  const own = keys.filter((key) => Object.hasOwn(map, key));
  const isSame = Object.keys(map).every((key, i) => key === own[i]);
  return isSame ? map : new Proxy(map, { ownKeys: () => own });
}
