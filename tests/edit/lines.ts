// Which lines differ between two texts, the plain way: the common ones at both ends, the rest by longest common run.

export type Difference = { readonly gone: readonly string[]; readonly come: readonly string[] };

export function compareLines(before: string, after: string): Difference {
  let [old, now] = [linesOf(before), linesOf(after)];
  while (old.length > 0 && now.length > 0 && old[0] === now[0]) {
    old = old.slice(1);
    now = now.slice(1);
  }
  while (old.length > 0 && now.length > 0 && old.at(-1) === now.at(-1)) {
    old = old.slice(0, -1);
    now = now.slice(0, -1);
  }
  const length = Array.from({ length: old.length + 1 }, () => new Int32Array(now.length + 1));
  for (let a = old.length - 1; a >= 0; a--) {
    for (let b = now.length - 1; b >= 0; b--) {
      const row = length[a] as Int32Array;
      const below = length[a + 1] as Int32Array;
      row[b] = old[a] === now[b] ? (below[b + 1] as number) + 1 : Math.max(below[b] as number, row[b + 1] as number);
    }
  }
  const [gone, come]: [string[], string[]] = [[], []];
  let [a, b] = [0, 0];
  while (a < old.length || b < now.length) {
    if (a < old.length && b < now.length && old[a] === now[b]) {
      a++;
      b++;
    } else if (b >= now.length || (a < old.length && at(length, a + 1, b) >= at(length, a, b + 1))) {
      gone.push(old[a++] as string);
    } else come.push(now[b++] as string);
  }
  return { gone, come };
}

const at = (table: readonly Int32Array[], a: number, b: number): number => table[a]?.[b] ?? 0;

const linesOf = (text: string): readonly string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);
