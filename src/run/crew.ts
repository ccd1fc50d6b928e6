// One practice read by several processors. Each finds what there is to find in its share of the clients, and hands it over as
// the texts it would be remembered by: whoever asks for it then finds it remembered, and nothing else changes.
import type { Crew, Memo, Memory, Share } from '../world.ts';
import { load, type Means, type Parts, withAll } from './means.ts';

/** Bytes of files, and names of clients, below which it takes longer to call for help than to do without. */
export const LEAST_TO_SHARE = 1_500_000;
export const MANY_CLIENTS = 250;

/** Whose a client is, by its id: so all agree on it. */
export function isInShare(id: string, { from, to }: Share): boolean {
  let sum = 0;
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) % 65_521;
  return sum % 100 >= from && sum % 100 < to;
}

/** Ours first. All alike: they begin a little later, and we read all files. */
export function sharesFor(hands: number): readonly Share[] {
  const ends = Array.from({ length: hands + 1 }, (_, i) => Math.round((100 * (i + 1)) / (hands + 1)));
  return ends.map((to, i) => ({ from: ends[i - 1] ?? 0, to }));
}

/** What `open` would have remembered of this share. */
export async function findShare(
  open: (share: Share, means: Means) => void,
  means: Means,
  share: Share,
): Promise<readonly Memo[]> {
  const { memory } = means;
  if (!memory) return [];
  let entries = (): readonly Memo[] => [];
  const listening: Memory = {
    ...memory,
    keep: (_root, keys, toText) => {
      entries = () =>
        keys.flatMap((key): readonly Memo[] => {
          const text = toText(key);
          return text === undefined ? [] : [[key, text]];
        });
    },
  };
  await withAll(
    () => open(share, { ...means, memory: listening, hands: 0 }),
    async (name) => {
      Object.assign(means.parts, await load(name));
    },
  );
  return entries();
}

/** All shares: one of them is ours, found by `own`. A share that comes to nothing is worked out by whoever asks. */
export async function shareOut(
  crew: Crew,
  argv: readonly string[],
  own: (share: Share) => Promise<readonly Memo[]>,
): Promise<Parts['shares']> {
  const [share = { from: 0, to: 100 }, ...others] = sharesFor(crew.hands);
  const theirs = await crew.call(argv, others);
  const ours = await own({ ...share, isOurs: true });
  const all = await Promise.all(theirs);
  return new Map([...ours, ...all.flat()]);
}

/** The memory, as if these texts had been in it. */
export const withShares = (memory: Memory, shares: Parts['shares']): Memory => ({
  ...memory,
  has: (root, key) => shares.has(key) || memory.has(root, key),
  find: (root, key) => shares.get(key) ?? memory.find(root, key),
  keep: (root, keys, toText) => memory.keep(root, keys, (key) => toText(key) ?? shares.get(key)),
});
