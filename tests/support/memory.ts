// The Memory port in a map, and means to read a practice with everything loaded and nothing remembered.
import { createHash } from 'node:crypto';
import * as reader from '../../src/book/assemble.ts';
import { FULL_READER } from '../../src/book/full-reader.ts';
import * as places from '../../src/problem/report.ts';
import type { Means } from '../../src/run/means.ts';
import type { Memory } from '../../src/world.ts';

export const ALL_PARTS: Means = { parts: { reader, full: FULL_READER, places }, memory: undefined, hands: 0, held: {} };

export function mapMemory(): Memory {
  const kept = new Map<string, ReadonlyMap<string, string>>();
  const notes = new Map<string, string>();
  const wishes = new Map<string, readonly [keys: readonly string[], toText: (key: string) => string | undefined]>();
  return {
    fingerprint: (bytes) => createHash('sha256').update(bytes).digest('base64'),
    has: (root, key) => kept.get(root)?.has(key) ?? false,
    find: (root, key) => kept.get(root)?.get(key),
    noted: (root, name) => notes.get(`${root} ${name}`),
    note: (root, name, text) => notes.set(`${root} ${name}`, text),
    keep: (root, keys, toText) => wishes.set(root, [keys, toText]),
    settle: () => {
      for (const [root, [keys, toText]] of wishes) {
        const before = kept.get(root);
        const texts = keys.map((key) => [key, before?.get(key) ?? toText(key)] as const);
        const fresh = texts.filter((each): each is readonly [string, string] => each[1] !== undefined);
        // Nothing is ever forgotten: whatever could be stale is there.
        kept.set(root, new Map([...(before ?? []), ...fresh]));
      }
      wishes.clear();
    },
  };
}
