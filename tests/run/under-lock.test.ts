// A change is read, decided and written in one turn: what somebody else has written by then is what it decides on.
import { expect, it } from 'vitest';
import { loadTexts } from '../support/story.ts';
import { type MemoryWorld, memoryWorld, runDeliver } from '../support/world.ts';

const QUILL = '/practice/clients/quill.yaml';
const northlight = loadTexts('examples/northlight');
const text = northlight['clients/quill.yaml'] as string;

/** Somebody else writes just before each turn begins; what is read is noted with whether it was in a turn. */
function contested(memory: MemoryWorld, write: () => void) {
  const reads: { readonly path: string; readonly inTurn: boolean }[] = [];
  let [turns, inTurn] = [0, false];
  const { store, files } = memory.world;
  const world: MemoryWorld = {
    ...memory,
    world: {
      ...memory.world,
      files: {
        ...files,
        read: (root, path, limit) => {
          reads.push({ path, inTurn });
          return files.read(root, path, limit);
        },
      },
      store: {
        ...store,
        exclusively: (root, work) => {
          turns += 1;
          write();
          inTurn = true;
          try {
            return store.exclusively(root, work);
          } finally {
            inTurn = false;
          }
        },
      },
    },
  };
  return { world, reads, turns: () => turns };
}

// The second one is not plain, so that it takes the YAML library.
it.each([
  ['plain', text],
  ['not plain', text.replace('name: Quill & Page', 'name: >-\n  Quill & Page')],
])('sees what was written while it waited for its turn, in a file that is %s', async (_, before) => {
  const done = before.replace('      # findings: half', '      findings: {done: 2026-11-20}\n      # findings: half');
  expect(done).not.toBe(before);
  const memory = memoryWorld({ files: { ...northlight, 'clients/quill.yaml': before } });
  const { world, reads, turns } = contested(memory, () => memory.contents.set(QUILL, done));
  const { exit, stderr } = await runDeliver(world, ['done', 'quill/findings']);
  expect({ exit, stderr }).toMatchObject({ exit: 1, stderr: expect.stringContaining('20 Nov') });
  expect(memory.contents.get(QUILL)).toBe(done);
  expect(turns()).toBe(1);
  expect(reads.length).toBeGreaterThan(5);
  expect(reads.filter((each) => !each.inTurn)).toEqual([]);
});

it('asks before its turn, and reads again in each', async () => {
  const memory = memoryWorld({ files: northlight, terminal: { columns: 80 }, answers: ['Not needed'] });
  const { world, reads, turns } = contested(memory, () => undefined);
  const { exit } = await runDeliver(world, ['skip', 'quill/findings']);
  expect({ exit, turns: turns() }).toEqual({ exit: 0, turns: 2 });
  expect(reads.filter(({ path }) => path === 'clients/quill.yaml').length).toBeGreaterThanOrEqual(2);
  expect(reads.filter((each) => !each.inTurn)).toEqual([]);
});
