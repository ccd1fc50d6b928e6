// The built program on disks that take no more: nothing is half written, and what is said is what was done. A limit on the
// size of a file makes a disk full for one process, whoever runs it; ports in memory that fail do the rest.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { World } from '../src/world.ts';
import { loadFolder } from './support/story.ts';
import { memoryWorld, runDeliver } from './support/world.ts';

const PROGRAM = join(import.meta.dirname, '../bin/deliver.js');
const NORTHLIGHT = join(import.meta.dirname, '../examples/northlight');
const isWindows = process.platform === 'win32';

const scratch = mkdtempSync(join(tmpdir(), 'deliver-full-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const FULL = 'the disk takes no file of this size';

type Limit = { readonly blocks?: number; readonly stdout?: number; readonly script?: string };

/** Runs the program in a folder. `blocks`: no file may grow beyond so many blocks of 512 bytes. */
function deliver(folder: string, words: readonly string[], { blocks, stdout, script }: Limit = {}) {
  const program = [...(script === undefined ? [] : ['--require', script]), PROGRAM, '--today', '2026-11-23', ...words];
  const limited = ['-c', `ulimit -f ${blocks} && exec "$@"`, 'sh', process.execPath, ...program];
  const ended = spawnSync(blocks === undefined ? process.execPath : 'sh', blocks === undefined ? program : limited, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: scratch, TMPDIR: scratch, XDG_STATE_HOME: `${folder}-state` },
  });
  return { exit: ended.status, signal: ended.signal, stdout: ended.stdout, stderr: ended.stderr };
}

function practice(): string {
  const root = mkdtempSync(join(scratch, 'practice-'));
  cpSync(NORTHLIGHT, root, { recursive: true });
  return root;
}

const sizesIn = (folder: string): Readonly<Record<string, number>> =>
  existsSync(folder)
    ? Object.fromEntries(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size]))
    : {};

describe.skipIf(isWindows)('a letter that does not fit', () => {
  test('of the outbox is not there at all, and is written when there is room', () => {
    const root = practice();
    // They have not written since: the letter is due.
    rmSync(join(root, 'touches/tern.yaml'));
    const failed = deliver(root, ['outbox', 'tern', '--to', 'drafts'], { blocks: 1 });
    expect(failed).toMatchObject({
      exit: 3,
      stdout: '',
      stderr: `deliver: drafts/tern-chase-firm-dashboard-feeds.eml could not be written: ${FULL}\n`,
    });
    expect(sizesIn(join(root, 'drafts'))).toEqual({});
    expect(deliver(root, ['outbox', 'tern', '--to', 'drafts']).stderr).toContain('draft: drafts/tern-chase-firm');
    const { 'tern-chase-firm-dashboard-feeds.eml': size = 0 } = sizesIn(join(root, 'drafts'));
    expect(size).toBeGreaterThan(512);
    // What is there is as it was when it could not be replaced.
    expect(deliver(root, ['outbox', 'tern', '--to', 'drafts', '--force'], { blocks: 1 }).exit).toBe(3);
    expect(sizesIn(join(root, 'drafts'))).toEqual({ 'tern-chase-firm-dashboard-feeds.eml': size });
  });

  test('of one client is not there at all', () => {
    const root = practice();
    const failed = deliver(root, ['email', 'lark', 'survey', '--eml', 'survey.eml'], { blocks: 1 });
    expect(failed).toMatchObject({ exit: 3, stderr: `deliver: survey.eml could not be written: ${FULL}\n` });
    expect(readdirSync(root).filter((name) => /eml|tmp/.test(name))).toEqual([]);
  });

  test('of a transition pack is not kept by the next run as if it were whole', () => {
    const root = practice();
    expect(
      deliver(root, ['offboard', 'lark', '--reason', 'budget', '--last-day', '2026-12-24', '--partner', 'fernhill'])
        .exit,
    ).toBe(0);
    const failed = deliver(root, ['offboard', 'lark', '--to', 'drafts'], { blocks: 1 });
    expect(failed).toMatchObject({
      exit: 3,
      stderr: expect.stringContaining(`drafts/lark-1-script.md could not be written: ${FULL}\n`),
    });
    expect(Object.values(sizesIn(join(root, 'drafts')))).toEqual([]);
    const { stderr } = deliver(root, ['offboard', 'lark', '--to', 'drafts']);
    expect(stderr).not.toContain('kept as it is');
    const sizes = sizesIn(join(root, 'drafts'));
    expect([Object.keys(sizes).length, Math.min(...Object.values(sizes)) > 0]).toEqual([11, true]);
  });

  test('after a change that was made: that is said, with what was written before it', async () => {
    const on = memoryWorld({ files: loadFolder('examples/northlight') });
    const { drafts } = on.world;
    const world: World = {
      ...on.world,
      drafts: {
        ...drafts,
        write: (path, bytes, how) =>
          path.endsWith('introduction.eml')
            ? { kind: 'failed', reason: 'the disk is full', isDisk: true }
            : drafts.write(path, bytes, how),
      },
    };
    const words = ['offboard', 'lark', '--reason', 'budget', '--last-day', '2026-12-24', '--partner', 'fernhill'];
    const { exit, stdout, stderr } = await runDeliver({ ...on, world }, [...words, '--to', 'drafts']);
    expect(exit).toBe(3);
    expect(stdout).toContain('Lark & Vine leaves');
    expect(stderr.split('\n').slice(-6)).toEqual([
      'file: drafts/lark-1-script.md',
      'draft: drafts/lark-2-letter.eml',
      'file: drafts/lark-2-letter.txt',
      'deliver: drafts/lark-3-introduction.eml could not be written: the disk is full; the change itself has been made',
      '  fix that, and run the same command again',
      '',
    ]);
    const again = await runDeliver(on, [...words, '--to', 'drafts']);
    expect(again.stderr).toContain('draft: drafts/lark-3-introduction.eml');
  });
});

describe.skipIf(isWindows)('a change that does not fit', () => {
  test('is not made, and that is said', () => {
    const root = practice();
    const before = readFileSync(join(root, 'clients/quill.yaml'), 'utf8');
    expect(deliver(root, ['done', 'quill/findings'], { blocks: 1 })).toMatchObject({
      exit: 3,
      stdout: '',
      stderr: `deliver: clients/quill.yaml could not be written: ${FULL}; nothing was changed\n`,
    });
    expect(readFileSync(join(root, 'clients/quill.yaml'), 'utf8')).toBe(before);
  });

  test('a lock that does not fit is a matter of the disk, not of another deliver', () => {
    const root = practice();
    const { exit, stderr } = deliver(root, ['done', 'quill/findings'], { blocks: 0 });
    expect({ exit, stderr }).toEqual({
      exit: 3,
      stderr: `deliver: no lock can be made for this folder: ${FULL}\n  set XDG_STATE_HOME to a folder that you can write\n`,
    });
    expect(deliver(root, ['done', 'quill/findings'])).toMatchObject({ exit: 0 });
  });

  test.each([
    [
      { files: ['clients/quill.yaml'], isNoted: true },
      'clients/quill.yaml was already changed, and could not be changed back',
      'once that is fixed, the next change puts it back first',
    ],
    [
      { files: ['clients/quill.yaml', 'touches/quill.yaml'], isNoted: false },
      'clients/quill.yaml, touches/quill.yaml were already changed, and could not be changed back',
      'put them back by hand: the old text could not be saved for undo',
    ],
  ])('what could neither be changed nor changed back is named: %j', async (left, said, hint) => {
    const on = memoryWorld({ files: loadFolder('examples/northlight') });
    for (const step of ['findings', 'second-look']) await runDeliver(on, ['done', `quill/${step}`, '--anyway']);
    const { store } = on.world;
    const write: typeof store.write = () => ({
      kind: 'failed',
      file: 'touches/lark.yaml',
      reason: 'the disk is full',
      left,
    });
    const undone = await runDeliver({ ...on, world: { ...on.world, store: { ...store, write } } }, ['undo', '-n', '2']);
    expect(undone).toEqual({
      exit: 3,
      stdout: '',
      stderr: `deliver: touches/lark.yaml could not be written: the disk is full; ${said}\n  ${hint}\n`,
    });
    // Both can still be undone.
    expect(await runDeliver(on, ['undo', '-n', '2'])).toMatchObject({ exit: 0 });
  });
});

describe.skipIf(!existsSync('/dev/full'))('an answer that cannot be written', () => {
  const full = (): Limit => ({ stdout: openSync('/dev/full', 'w') });
  const SAID = 'deliver: cannot write the answer: the disk is full';

  test('says no more of a report or a dry run', () => {
    const root = practice();
    expect(deliver(root, ['status'], full())).toMatchObject({ exit: 3, stderr: `${SAID}\n` });
    expect(deliver(root, ['done', 'quill/findings', '--dry-run'], full())).toMatchObject({
      exit: 3,
      stderr: `${SAID}\n`,
    });
    expect(readFileSync(join(root, 'clients/quill.yaml'), 'utf8')).not.toContain('findings: {done');
  });

  test('says of a change that it has been made', () => {
    const root = practice();
    const { exit, stderr } = deliver(root, ['done', 'quill/findings'], full());
    expect({ exit, stderr }).toEqual({ exit: 3, stderr: `${SAID}; the change itself has been made\n` });
    expect(readFileSync(join(root, 'clients/quill.yaml'), 'utf8')).toContain('findings: {done: 2026-11-23}');
  });
});

describe('init that is killed', () => {
  /** Ends the process at the given rename, as a power cut would. */
  const killer = (at: number): string => {
    const script = join(scratch, `kill-${at}.cjs`);
    writeFileSync(
      script,
      `const fs = require('node:fs');
      const { renameSync } = fs;
      let count = 0;
      fs.renameSync = (...words) => {
        if (++count === ${at}) process.kill(process.pid, 'SIGKILL');
        return renameSync(...words);
      };
      require('node:module').syncBuiltinESMExports();`,
    );
    return script;
  };
  const INIT = [
    'init',
    'rivermint',
    '--yes',
    '--name',
    'Sam Okafor',
    '--country',
    'none',
    '--client',
    'Acme Ltd',
    '--last-spoke',
    'never',
  ];
  const textsIn = (folder: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]),
    );

  test.skipIf(isWindows)(
    'leaves no half practice, and goes on when it is run again',
    () => {
      const whole = mkdtempSync(join(scratch, 'init-'));
      expect(deliver(whole, INIT)).toMatchObject({ exit: 0, stderr: '' });
      const expected = textsIn(join(whole, 'rivermint'));
      const files = Object.keys(expected).length;
      expect(files).toBeGreaterThan(8);
      for (const [at, left] of [
        [files, 'journal'],
        [files, 'nothing'],
      ] as const) {
        const folder = mkdtempSync(join(scratch, 'init-'));
        expect(deliver(folder, INIT, { script: killer(at) })).toMatchObject({ signal: 'SIGKILL' });
        expect(Object.keys(textsIn(join(folder, 'rivermint')))).not.toContain('/deliver.yaml');
        if (left === 'nothing') rmSync(`${folder}-state`, { recursive: true });
        expect(deliver(folder, INIT)).toMatchObject({ exit: 0 });
        expect(textsIn(join(folder, 'rivermint'))).toEqual(expected);
      }
      // The rename after the last file is the journal's: by then the practice is whole.
      const folder = mkdtempSync(join(scratch, 'init-'));
      expect(deliver(folder, INIT, { script: killer(files + 1) })).toMatchObject({ signal: 'SIGKILL' });
      expect(textsIn(join(folder, 'rivermint'))).toEqual(expected);
    },
    300_000,
  );

  test('a file that somebody else wrote is still not overwritten', async () => {
    const on = memoryWorld({ files: { 'service.yaml': 'mine\n', 'notes/': '' } });
    const { exit, stderr } = await runDeliver(on, ['init', '--yes', '--name', 'Sam', '--country', 'none']);
    expect({ exit, stderr }).toMatchObject({ exit: 1, stderr: expect.stringContaining('service.yaml already exists') });
    expect(on.contents.get('/practice/service.yaml')).toBe('mine\n');
  });
});
