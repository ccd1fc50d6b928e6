// The threads that read a large practice, in the built program: that they are called where there is a second processor and
// something to do for it, and that what they find is what one alone would.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceFiles, TODAY } from '../../bench/practice.mjs';

const PROGRAM = join(import.meta.dirname, '../../bin/deliver.js');
/** Says on standard error that a thread was begun. */
const WITNESS = `
  const threads = require('node:worker_threads');
  threads.Worker = class extends threads.Worker {
    constructor(...args) { super(...args); process.stderr.write('begun\\n'); }
  };
`;

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'deliver-threads-'));
  writeFileSync(join(scratch, 'witness.cjs'), WITNESS);
  for (const clients of [10, 400])
    for (const [path, text] of practiceFiles(clients)) {
      const file = join(scratch, String(clients), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function status(clients: number, ...more: readonly string[]) {
  const argv = ['--require', join(scratch, 'witness.cjs'), PROGRAM, '-C', join(scratch, String(clients))];
  const {
    status: exit,
    stdout,
    stderr,
  } = spawnSync(process.execPath, [...argv, '--today', TODAY, 'status', ...more], {
    env: { PATH: process.env.PATH, HOME: scratch, XDG_CACHE_HOME: join(scratch, 'cache') },
    encoding: 'utf8',
  });
  return { exit, stdout, begun: stderr.split('\n').filter((line) => line === 'begun').length };
}

describe('threads', () => {
  it.skipIf(availableParallelism() < 2)(
    'read a large practice the first time, and say nothing else than one would',
    () => {
      const alone = status(400, '--no-cache');
      expect(alone).toMatchObject({ exit: 0, begun: 0 });
      expect(status(400)).toEqual({ ...alone, begun: Math.min(4, availableParallelism()) - 1 });
      const asData = status(400, '--json');
      expect(asData).toEqual({ ...status(400, '--json', '--no-cache'), begun: 0 });
    },
  );

  it('are not begun for a small one', () => {
    expect(status(10)).toMatchObject({ exit: 0, begun: 0 });
  });
});
