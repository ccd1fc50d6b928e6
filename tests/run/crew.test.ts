// A large practice that was never read is read by several processors: each answers for its share of the clients, and nobody
// can tell from what is said. The threads themselves are in tests/bin.test.ts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { practiceFiles, TODAY } from '../../bench/practice.mjs';
import { assist } from '../../src/main.ts';
import { isInShare, sharesFor } from '../../src/run/crew.ts';
import type { Share } from '../../src/world.ts';
import { memoryWorld, runDeliver, type WorldOptions } from '../support/world.ts';

const LARGE = Object.fromEntries(practiceFiles(300));
// One client is in doubt, and one log cannot be read.
const [first = '', second = ''] = Object.keys(LARGE).filter((name) => name.startsWith('clients/'));
const FILES = {
  ...LARGE,
  [first]: `${LARGE[first]}nonsense: 1\n`,
  [second.replace('clients/', 'touches/')]: '- {date: 2026-13-01',
};

/** Each of the others works on a world of its own, as another thread would. */
function crewOf(hands: number, calls: Share[], isFailing = false): Pick<WorldOptions, 'crew'> {
  return {
    crew: {
      hands,
      call: async (argv, shares) => {
        calls.push(...shares);
        return shares.map(async (share) =>
          isFailing ? [] : assist(argv, memoryWorld({ files: FILES, today: TODAY }).world, share),
        );
      },
    },
  };
}

describe('a practice shared among processors', () => {
  it.each([['status'], ['status --json'], ['validate']])('is answered for as by one: %s', async (line) => {
    const words = line.split(' ');
    const alone = await runDeliver({ files: FILES, today: TODAY }, words);
    const calls: Share[] = [];
    expect(await runDeliver({ files: FILES, today: TODAY, ...crewOf(2, calls) }, words)).toEqual(alone);
    expect(calls).toEqual(sharesFor(2).slice(1));
  });

  it('is answered for alone when nobody comes', async () => {
    const calls: Share[] = [];
    const world = memoryWorld({ files: FILES, today: TODAY, ...crewOf(1, calls, true) });
    expect(await runDeliver(world, ['status'])).toEqual(await runDeliver({ files: FILES, today: TODAY }, ['status']));
    expect(calls.length).toBe(1);
  });

  it('is shared no more when what was found is remembered', async () => {
    const calls: Share[] = [];
    const world = memoryWorld({ files: FILES, today: TODAY, ...crewOf(1, calls) });
    const text = await runDeliver(world, ['status']);
    expect(calls.length).toBe(1);
    await runDeliver(world, ['status', '--json']);
    expect(await runDeliver(world, ['status'])).toEqual(text);
    expect(calls.length).toBe(1);
  });

  it('falls to each of them without a gap', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 8 }), (id, hands) => {
        expect(sharesFor(hands).filter((share) => isInShare(id, share)).length).toBe(1);
      }),
    );
  });
});
