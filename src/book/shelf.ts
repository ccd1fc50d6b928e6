// Records that are read when they are asked for. A large practice does not fit into memory as records, and most questions
// are about a few of them: as many as there is room for are kept, and of the others the one that was asked for last.

/** Bytes of files: as many as 2,000 clients have. Their records take some ten times as much. */
export const USUAL_ROOM = 16_000_000;

/** `read` for each id, once as long as there is room for it: for so many of the bytes (`sizeOf`) that it is read from. */
export function keeping<T>(read: (id: string) => T, sizeOf: (id: string) => number, room: number): (id: string) => T {
  let left = room;
  const kept = new Map<string, { readonly value: T }>();
  let last: { readonly id: string; readonly value: T } | undefined;
  return (id) => {
    if (last?.id === id) return last.value;
    const before = kept.get(id);
    if (before) return before.value;
    last = { id, value: read(id) };
    const size = sizeOf(id);
    if (size <= left) {
      left -= size;
      kept.set(id, last);
    }
    return last.value;
  };
}

/** A map with these keys, in their order; `get` knows all of them. */
export function shelfOf<T>(ids: readonly string[], get: (id: string) => T): ReadonlyMap<string, T> {
  const known = new Set(ids);
  function* entries(): MapIterator<[string, T]> {
    for (const id of known) yield [id, get(id)];
  }
  function* values(): MapIterator<T> {
    for (const id of known) yield get(id);
  }
  const shelf: ReadonlyMap<string, T> = {
    size: known.size,
    has: (id) => known.has(id),
    get: (id) => (known.has(id) ? get(id) : undefined),
    keys: () => known.keys(),
    values,
    entries,
    [Symbol.iterator]: entries,
    forEach: (visit) => {
      for (const [id, value] of entries()) visit(value, id, shelf);
    },
  };
  return shelf;
}
