// Several real processes on one practice: they wait for each other, and none that dies leaves half a change or a lock.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { realStore } from '../../src/node/store.ts';
import { runs } from '../support/runs.ts';
import {
  buildWorker,
  journalOf,
  makePractice,
  makeScratch,
  nextTurn,
  type Practice,
  remove,
  startWorker,
} from './scratch.ts';
import { versionOf } from './versions.ts';

const scratch = makeScratch();
let worker = '';
beforeAll(async () => {
  worker = await buildWorker(scratch);
});
afterAll(() => remove(scratch));
afterEach(nextTurn);

const isWindows = process.platform === 'win32';

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid;

/** Where the lock is, found by holding it. */
function lockPath({ store, root, state, stateFiles }: Practice): string {
  const found = store.exclusively(root, () => stateFiles().find((file) => file.endsWith('lock')));
  return join(state, 'result' in found ? (found.result ?? '') : '');
}

const MINUTE = 60_000;
const owner = (more: object): string =>
  JSON.stringify({ pid: deadPid(), host: hostname(), since: Date.now(), token: 'x', ...more });

describe('many writers', () => {
  test('forty processes that each add a line, over a dead lock: every line is there', { timeout: 60_000 }, async () => {
    const practice = makePractice(scratch, { 'touches/acme.yaml': '' });
    writeFileSync(lockPath(practice), owner({}));
    const lines = Array.from({ length: 40 }, (_, i) => `- line ${i}`);
    const ended = await Promise.all(
      lines.map((line) => startWorker(worker, practice, ['append', 'touches/acme.yaml', line]).ended),
    );
    expect(ended.map(({ said }) => said.trim().split('\n').at(-1))).toEqual(lines.map(() => 'written'));
    expect(practice.text('touches/acme.yaml')?.trim().split('\n').sort()).toEqual(lines.toSorted());
    expect(practice.files()).toEqual(['touches/acme.yaml']);
    expect(journalOf(practice.store, practice.root)).toHaveLength(40);
    expect(practice.stateFiles().filter((file) => !file.endsWith('.json'))).toEqual([]);
  });
});

describe('a dead lock seen by many at once', () => {
  test.skipIf(isWindows)('is cleared by one of them, and never the next one’s lock in its place', async () => {
    const practice = makePractice(scratch, { count: '0' });
    const words = ['relay', lockPath(practice), owner({}), '100'];
    const ended = await Promise.all(Array.from({ length: 6 }, () => startWorker(worker, practice, words).ended));
    expect(ended.map(({ said }) => said)).toEqual(ended.map(() => 'started\ncounted\n'));
    expect(practice.text('count')).toBe('600');
  });
});

describe('killed at any moment', () => {
  const stateOf = (practice: Practice): number => {
    const version = Number(/\d+/.exec(practice.text('touches/acme.yaml') ?? '')?.[0]);
    expect(versionOf(version).map(([file]) => [file, practice.text(file)])).toEqual(versionOf(version));
    return version;
  };

  /** One process at a time goes from version to version, until it is killed; the next goes on from what is there. */
  async function killOften(
    practice: Practice,
    times: number,
  ): Promise<{ readonly torn: number; readonly swept: number }> {
    let [version, torn, swept] = [0, 0, 0];
    // Until one was hit in the middle of its work: on a busy machine most of the time goes by elsewhere.
    for (let i = 0; i < times || (torn + swept === 0 && i < 20 * times); i += 1) {
      const { child, said, ended } = startWorker(worker, practice, ['flip', String(version)]);
      await said('ready');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      child.kill('SIGKILL');
      expect((await ended).said).not.toContain('wrong');
      for (const [file] of versionOf(0)) {
        // Before anything is repaired: each file is one of the versions, whole.
        const text = practice.text(file);
        const found = Number(/\d+/.exec(text ?? '')?.[0] ?? -1);
        if (text !== undefined) expect([file, text]).toEqual([file, versionOf(found).find(([it]) => it === file)?.[1]]);
      }
      const start = Date.now();
      const done = practice.store.exclusively(practice.root, () => practice.store.recover(practice.root));
      // Far below the wait for a lock that is held.
      expect(Date.now() - start).toBeLessThan(10_000);
      const sentences = 'result' in done ? done.result : [done.refused];
      if (sentences.some((each) => /again as before/.test(each))) torn += 1;
      if (sentences.some((each) => /temporary/.test(each))) swept += 1;
      expect(practice.files().filter((file) => file.endsWith('.tmp'))).toEqual([]);
      expect(practice.stateFiles().filter((file) => file.includes('.writing'))).toEqual([]);
      version = stateOf(practice);
      await nextTurn();
    }
    return { torn, swept };
  }

  test.skipIf(isWindows)(
    'many times: all files are of one version afterwards, and nothing is left over',
    {
      timeout: 600_000,
    },
    async () => {
      const start = (): Practice =>
        makePractice(scratch, Object.fromEntries(versionOf(0).filter(([, text]) => text !== undefined)) as never);
      const counts = await Promise.all([start(), start()].map((practice) => killOften(practice, runs(30))));
      // Not a promise of the store, but of this test: it really hit processes in the middle of their work.
      expect(counts.reduce((sum, { torn, swept }) => sum + torn + swept, 0)).toBeGreaterThan(0);
    },
  );
});

describe('the lock', () => {
  test('who is busy is said by process, host and time, once waiting has taken too long', async () => {
    const practice = makePractice(scratch);
    const { child, said, ended } = startWorker(worker, practice, ['hold', '20000']);
    await said('held');
    const hasty = realStore({ ...practice.env, DELIVER_LOCK_WAIT: '50' });
    const done = hasty.exclusively(practice.root, () => 'mine');
    expect(done).toEqual({
      cause: 'busy',
      fix: 'try again when it is done',
      refused: expect.stringMatching(
        /^deliver \(process \d+ on host .+\) has been changing this folder since \d\d:\d\d$/,
      ),
    });
    expect('refused' in done && done.refused).toContain(`process ${child.pid} on host ${hostname()})`);
    // Two stores of one process exclude each other too, and reading needs no lock.
    expect(journalOf(practice.store, practice.root)).toEqual([]);
    expect(hasty.recover(practice.root)).toEqual([]);
    child.kill('SIGKILL');
    await ended;
    expect(practice.store.exclusively(practice.root, () => 'mine')).toEqual({ result: 'mine' });
  });

  test('is outside the practice, and gone afterwards', () => {
    const practice = makePractice(scratch);
    const path = lockPath(practice);
    expect(path.startsWith(practice.state)).toBe(true);
    expect(existsSync(path)).toBe(false);
    expect(practice.files()).toEqual([]);
  });

  test.each([
    ['of a process that has gone', () => owner({}), 'free'],
    [
      'of a process number that is another process now',
      () => owner({ pid: process.pid, began: '1', boot: 'x' }),
      'free',
    ],
    [
      'of another host, eleven minutes old',
      () => owner({ host: 'elsewhere', since: Date.now() - 11 * MINUTE }),
      'free',
    ],
    ['of another host, nine minutes old', () => owner({ host: 'elsewhere', since: Date.now() - 9 * MINUTE }), 'busy'],
    ['that says nothing yet', () => '', 'busy'],
  ])('a lock %s', (_what, text, expected) => {
    const practice = makePractice(scratch);
    writeFileSync(lockPath(practice), text());
    const hasty = realStore({ ...practice.env, DELIVER_LOCK_WAIT: '40' });
    const done = hasty.exclusively(practice.root, () => 'free');
    expect('result' in done ? done.result : 'busy').toBe(expected);
  });

  test('a process killed while it cleared a dead lock is cleared too', () => {
    const practice = makePractice(scratch);
    const path = lockPath(practice);
    writeFileSync(path, owner({}));
    writeFileSync(`${path}.clearing`, owner({}));
    expect(practice.store.exclusively(practice.root, () => 'free')).toEqual({ result: 'free' });
    expect(practice.stateFiles()).toEqual([]);
  });

  test.skipIf(isWindows)('SIGTERM while it is held: the change is finished, the lock released', async () => {
    const practice = makePractice(scratch);
    const path = lockPath(practice);
    const { child, said, ended } = startWorker(worker, practice, ['hold', '300']);
    await said('held');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 143, said: expect.stringContaining('written after the wait') });
    expect([existsSync(path), practice.text('held.yaml')]).toEqual([false, 'held: true\n']);
  });

  test.skipIf(isWindows)('Ctrl-C while waiting ends the program at once', async () => {
    const practice = makePractice(scratch);
    const path = lockPath(practice);
    writeFileSync(path, owner({ host: 'elsewhere' }));
    const { child, said, ended } = startWorker(worker, practice, ['hold', '0']);
    await said('started');
    await new Promise((resolve) => setTimeout(resolve, 150));
    const start = Date.now();
    child.kill('SIGINT');
    expect((await ended).signal).toBe('SIGINT');
    // Far below the wait for the lock.
    expect(Date.now() - start).toBeLessThan(10_000);
    expect(readFileSync(path, 'utf8')).toContain('elsewhere');
  });

  test('process.exit under the lock releases it', async () => {
    const practice = makePractice(scratch);
    const path = lockPath(practice);
    expect((await startWorker(worker, practice, ['exit']).ended).code).toBe(5);
    expect(existsSync(path)).toBe(false);
  });

  test.skipIf(isWindows)(
    'without a writable state folder it is in the temporary one, and undo is not available',
    () => {
      const practice = makePractice(scratch);
      mkdirSync(join(practice.state, '..'), { recursive: true });
      writeFileSync(practice.state, 'a file where the folder should be\n');
      const { store, root } = practice;
      const change = { file: 'clients/acme.yaml', before: undefined, after: 'name: Acme\n' };
      const done = store.exclusively(root, () => {
        const folder = readdirSync(practice.env.TMPDIR ?? '').filter((name) => name.startsWith('deliver-'));
        expect(folder.map((name) => statSync(join(practice.env.TMPDIR ?? '', name)).mode & 0o777)).toEqual([0o700]);
        expect(realStore({ ...practice.env, DELIVER_LOCK_WAIT: '0' }).exclusively(root, () => 1)).toHaveProperty(
          'refused',
        );
        return store.write(root, 'deliver new client acme', [change]);
      });
      const warnings = ['undo is not available: a file stands where a folder should be'];
      expect(done).toEqual({ result: { kind: 'written', warnings } });
      expect(practice.text('clients/acme.yaml')).toBe('name: Acme\n');
      expect([journalOf(store, root), store.recover(root)]).toEqual([[], []]);
    },
  );
});
