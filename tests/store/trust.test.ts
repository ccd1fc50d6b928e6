// The folder of journal and lock is ours alone, or nothing is changed and the way out is said. And what a full disk leaves
// of a change is said as it is.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { upkeepOf } from '../../src/node/machine.ts';
import { loadTexts } from '../support/story.ts';
import {
  ACME,
  buildWorker,
  contentsOf,
  FILES,
  journalOf,
  makePractice,
  makeScratch,
  nextTurn,
  type Practice,
  removal,
  remove,
  replace,
  startWorker,
  write,
} from './scratch.ts';

const scratch = makeScratch();
let worker = '';
beforeAll(async () => {
  worker = await buildWorker(scratch);
});
afterAll(() => remove(scratch));
afterEach(nextTurn);

const isWindows = process.platform === 'win32';
const NOBODY = process.getuid?.() === 0 ? 65534 : undefined;

/** A practice that has been changed once, and its folders for it: of the program, of the practice, of the journal. */
function changed(): Practice & { readonly folders: readonly string[] } {
  const practice = makePractice(scratch, FILES);
  write(practice, replace('clients/acme.yaml', ACME, 'x\n'));
  const [own = ''] = readdirSync(join(practice.state, 'deliver'));
  const folder = join(practice.state, 'deliver', own);
  return { ...practice, folders: [dirname(folder), folder, join(folder, 'journal')] };
}

describe.skipIf(isWindows)('a folder of the state that others can write to', () => {
  describe.each([
    ['of the program', 0],
    ['of the practice', 1],
    ['of the journal', 2],
  ])('%s', (_what, at) => {
    test.each([0o777, 0o770, 0o702])('with permissions %o is refused, and the fix puts it right', (mode) => {
      const practice = changed();
      const { store, root, folders } = practice;
      const folder = folders[at] ?? '';
      chmodSync(folder, mode);
      const refused = {
        cause: 'unsafe',
        refused: `other users can write to ${folder}, and deliver keeps its lock and undo there`,
        fix: expect.stringMatching(/^chmod go-w /),
      };
      expect(store.exclusively(root, () => 'done')).toEqual(refused);
      expect(store.journal(root)).toEqual(refused);
      expect(store.recover(root)).toEqual([]);
      const { refused: said } = upkeepOf(practice.env, root);
      expect(said).toEqual(refused);
      execFileSync('sh', ['-c', said?.fix ?? 'false']);
      expect(store.exclusively(root, () => 'done')).toEqual({ result: 'done' });
      expect(journalOf(store, root)).toHaveLength(1);
    });

    test('that is a link is refused, and nothing is put where it leads', () => {
      const { store, root, folders } = changed();
      const folder = folders[at] ?? '';
      const theirs = join(scratch, `theirs-${at}`);
      renameSync(folder, theirs);
      symlinkSync(theirs, folder);
      const before = readdirSync(theirs, { recursive: true });
      const refused = { cause: 'unsafe', refused: expect.stringContaining(`${folder} is a link`) };
      expect(store.exclusively(root, () => 'done')).toMatchObject(refused);
      expect(store.journal(root)).toMatchObject(refused);
      expect(readdirSync(theirs, { recursive: true })).toEqual(before);
    });

    test.runIf(NOBODY !== undefined)('of another user is refused', () => {
      const { store, root, folders } = changed();
      chownSync(folders[at] ?? '', NOBODY ?? 0, NOBODY ?? 0);
      expect(store.exclusively(root, () => 'done')).toEqual({
        cause: 'unsafe',
        refused: `${folders[at]} belongs to another user, and deliver keeps its lock and undo there`,
        fix: 'set XDG_STATE_HOME to a folder of your own',
      });
    });
  });

  test('the same holds for the second place, where the first cannot be written', () => {
    const practice = makePractice(scratch, FILES);
    writeFileSync(practice.state, '');
    const { store, root, env } = practice;
    expect(store.exclusively(root, () => 'done')).toEqual({ result: 'done' });
    const second = join(env.TMPDIR ?? '', `deliver-${process.getuid?.()}`);
    chmodSync(second, 0o777);
    expect(store.exclusively(root, () => 'done')).toMatchObject({ cause: 'unsafe', fix: `chmod go-w ${second}` });
  });

  test('is said by the program in one line, with exit 1', () => {
    const practice = makePractice(scratch, loadTexts('examples/northlight'));
    const state = join(practice.state, 'deliver');
    mkdirSync(state, { recursive: true });
    chmodSync(state, 0o777);
    const program = join(import.meta.dirname, '../../bin/deliver.js');
    const deliver = (...words: readonly string[]) =>
      spawnSync(process.execPath, [program, '-C', practice.root, '--today', '2026-11-23', ...words], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, ...practice.env },
      });
    const said = `other users can write to ${state}, and deliver keeps its lock and undo there`;
    expect(deliver('done', 'quill/findings')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `deliver: ${said}\n  chmod go-w ${state}\n`,
    });
    expect(deliver('undo', '--dry-run')).toMatchObject({
      status: 1,
      stderr: `deliver: ${said}\n  chmod go-w ${state}\n`,
    });
    expect(deliver('doctor').stdout).toContain('other users can write to');
    expect(contentsOf(practice)).toEqual(loadTexts('examples/northlight'));
  });
});

describe.skipIf(isWindows)('on a full disk', () => {
  const LONG = `name: Acme\n${'# a long story\n'.repeat(100)}`;

  /** As a user whom permissions bind: `touches/` cannot be changed. */
  async function writeLimited(
    practice: Practice,
    ...changes: Parameters<typeof write> extends [unknown, ...infer C] ? C : never
  ) {
    mkdirSync(practice.state, { recursive: true });
    chmodSync(join(practice.root, 'clients'), 0o777);
    for (const file of ['clients/acme.yaml', 'touches/acme.yaml']) chmodSync(join(practice.root, file), 0o666);
    chmodSync(join(practice.root, 'touches'), 0o555);
    if (NOBODY !== undefined)
      for (const path of [dirname(practice.root), practice.state]) chownSync(path, NOBODY, NOBODY);
    const { said } = await startWorker(worker, practice, ['write', JSON.stringify(changes)], {
      user: NOBODY,
      bytes: 512,
    }).ended;
    chmodSync(join(practice.root, 'touches'), 0o755);
    return JSON.parse(said.split('\n')[1] ?? '') as unknown;
  }

  test('a change that is half made and cannot be taken back is named, and so is that it was not noted', async () => {
    const practice = makePractice(scratch, { 'clients/acme.yaml': LONG, 'touches/acme.yaml': '- one\n' });
    const changes = [replace('clients/acme.yaml', LONG, ACME), removal('touches/acme.yaml', '- one\n')];
    expect(await writeLimited(practice, ...changes)).toEqual({
      kind: 'failed',
      file: 'touches/acme.yaml',
      reason: 'no permission to write touches/',
      left: { files: ['clients/acme.yaml'], isNoted: false },
    });
    expect(contentsOf(practice)).toEqual({ 'clients/acme.yaml': ACME, 'touches/acme.yaml': '- one\n' });
  });

  test('one that can be taken back is, and nothing is left to say', async () => {
    const practice = makePractice(scratch, FILES);
    const changes = [replace('clients/acme.yaml', ACME, 'name: A\n'), removal('touches/acme.yaml', '- one\n')];
    expect(await writeLimited(practice, ...changes)).toEqual({
      kind: 'failed',
      file: 'touches/acme.yaml',
      reason: 'no permission to write touches/',
    });
    expect(contentsOf(practice)).toEqual(FILES);
  });

  // Only Linux can count in bytes.
  test.each(process.platform === 'linux' ? [0, 50] : [0])(
    'a lock of which %d bytes fit is no lock, and nothing of it stays',
    async (bytes) => {
      const practice = makePractice(scratch, FILES);
      const { said } = await startWorker(worker, practice, ['write', '[]'], { bytes }).ended;
      expect(JSON.parse(said.split('\n')[1] ?? '')).toEqual({
        cause: 'disk',
        refused: 'no lock can be made for this folder: the disk takes no file of this size',
        fix: 'set XDG_STATE_HOME to a folder that you can write',
      });
      expect(practice.stateFiles()).toEqual([]);
    },
  );
});
