// A change is read, decided and written in one turn. Where a run must stop to load a part of the program, it gives its turn up;
// what somebody else has written by its next one is what it then decides on.
import { expect, it } from 'vitest';
import { practiceFiles, TODAY } from '../../bench/practice.mjs';
import { loadTexts } from '../support/story.ts';
import { type MemoryWorld, memoryWorld, runDeliver } from '../support/world.ts';

/** Somebody else writes as soon as the first turn is over. */
function interrupted(
  memory: MemoryWorld,
  write: () => void,
): { readonly world: MemoryWorld; readonly turns: () => number } {
  let turns = 0;
  const { store } = memory.world;
  const exclusively: typeof store.exclusively = (root, work) => {
    turns += 1;
    try {
      return store.exclusively(root, work);
    } finally {
      if (turns === 1) write();
    }
  };
  return { world: { ...memory, world: { ...memory.world, store: { ...store, exclusively } } }, turns: () => turns };
}

const northlight = loadTexts('examples/northlight');

it.each([[[]], [['--no-cache']]])('sees what was written while it loaded the YAML library %j', async (more) => {
  const QUILL = '/practice/clients/quill.yaml';
  // Not plain, so that the library is needed.
  const text = (northlight['clients/quill.yaml'] as string).replace('name: Quill & Page', 'name: >-\n  Quill & Page');
  const done = text.replace('      # findings: half', '      findings: {done: 2026-11-20}\n      # findings: half');
  const memory = memoryWorld({ files: { ...northlight, 'clients/quill.yaml': text } });
  const { world, turns } = interrupted(memory, () => memory.contents.set(QUILL, done));
  const { exit, stderr } = await runDeliver(world, [...more, 'done', 'quill/findings']);
  expect(turns()).toBeGreaterThan(1);
  expect({ exit, stderr }).toMatchObject({ exit: 1, stderr: expect.stringContaining('20 Nov') });
  expect(memory.contents.get(QUILL)).toBe(done);
});

it('calls nobody for help while others wait for it', async () => {
  const files = Object.fromEntries(practiceFiles(300));
  const crew = { hands: 1, call: () => Promise.reject(new Error('called')) };
  const world = memoryWorld({ files, today: TODAY, crew });
  const { exit, stdout } = await runDeliver(world, [
    'new',
    'client',
    'zebra',
    '--name',
    'Zebra',
    '--segment',
    'A',
    '--since',
    '2026-11-02',
  ]);
  expect({ exit, stdout }).toMatchObject({ exit: 0, stdout: expect.stringContaining('zebra') });
});
