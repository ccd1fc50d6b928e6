// A process that changes a practice, for tests that run many of it or kill it. Says on stdout how far it is.
import { readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { realStore } from '../../src/node/store.ts';
import { versionOf } from './versions.ts';

const [word = '', root = '', ...rest] = process.argv.slice(2);
const store = realStore(process.env);
const say = (text: string): void => {
  writeSync(1, `${text}\n`);
};
const read = (file: string): string | undefined => {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
};
const stand = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

const WORK: Readonly<Record<string, () => void>> = {
  /** Adds a line to a file: what it reads under the lock is what it replaces. */
  append: () => {
    const [file = '', line = ''] = rest;
    const done = store.exclusively(root, () => {
      const before = read(file);
      return store.write(root, `append ${line}`, [{ file, before, after: `${before ?? ''}${line}\n` }]);
    });
    say('refused' in done ? done.refused : done.result.kind);
  },

  /** Goes from version to version of several files until it is killed. */
  flip: () => {
    say('ready');
    for (let version = Number(rest[0]); ; version += 1) {
      const done = store.exclusively(root, () => {
        const changes = versionOf(version + 1).map(([file, after]) => ({ file, before: read(file), after }));
        return store.write(root, `flip ${version + 1}`, changes);
      });
      if ('refused' in done || done.result.kind !== 'written') say(`wrong: ${JSON.stringify(done)}`);
    }
  },

  /** Holds the lock for a while, then makes a change. */
  hold: () => {
    const done = store.exclusively(root, () => {
      say('held');
      stand(Number(rest[0]));
      return store.write(root, 'hold', [{ file: 'held.yaml', before: undefined, after: 'held: true\n' }]);
    });
    say('refused' in done ? done.refused : `${done.result.kind} after the wait`);
  },

  /** Counts up under the lock, many times, and each time leaves the lock behind as a killed process would. */
  relay: () => {
    const [lock = '', dead = '', times = ''] = rest;
    for (let i = 0; i < Number(times); i += 1) {
      const done = store.exclusively(root, () => {
        const count = Number(read('count'));
        writeFileSync(join(root, 'count'), String(count + 1));
        const corpse = `${lock}.${process.pid}`;
        writeFileSync(corpse, JSON.stringify({ ...JSON.parse(dead), token: `${process.pid}-${i}` }));
        renameSync(corpse, lock);
      });
      if ('refused' in done) say(done.refused);
    }
    say('counted');
  },

  exit: () => {
    store.exclusively(root, () => process.exit(5));
  },

  write: () => {
    const done = store.exclusively(root, () => store.write(root, 'write', JSON.parse(rest[0] as string)));
    say(JSON.stringify('refused' in done ? done : done.result));
  },
};

// A listener of the program's own, as the real one has: it must not keep Ctrl-C from ending a wait.
process.on('SIGINT', () => process.exit(130));
say('started');
WORK[word]?.();
