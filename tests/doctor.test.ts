// `doctor`: what is broken fails, what is only missing is advice; and what it looks at on a real machine.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { begin } from '../src/node/journal.ts';
import { lockHolder } from '../src/node/lock.ts';
import { machineOf, upkeepOf } from '../src/node/machine.ts';
import { realStore } from '../src/node/store.ts';
import { runDeliver, type WorldOptions } from './support/world.ts';

const FILES = {
  'deliver.yaml':
    'format: 1\npractice: Rivermint\npeople: {ines: {name: Ines}, leo: {name: Leo}}\ntime_zone: Europe/Madrid\n',
};

type Check = { readonly name: string; readonly state: string; readonly text: string; readonly fix: string | null };

async function checked(options: WorldOptions, ...argv: readonly string[]) {
  const { exit, stdout } = await runDeliver({ files: FILES, ...options }, [...argv, 'doctor', '--json']);
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly Check[] };
  return {
    exit,
    wrong: checks.filter((it) => it.state !== 'ok').map(({ name, state, text, fix }) => [name, state, text, fix]),
  };
}

const GIT = ['repository', 'advice', 'this is no git repository', 'git init /practice'];
const YOU = [
  'you',
  'advice',
  'nobody knows who runs it, so contacts are logged without a name',
  'write `me:` in deliver.yaml, or an `email:` for each person',
];

describe('doctor', () => {
  test('advice is no failure', async () => {
    expect(await checked({})).toEqual({ exit: 0, wrong: [YOU, GIT] });
    expect(
      await checked({ machine: { opener: undefined, clipboard: undefined, git: undefined } }, '--as', 'leo'),
    ).toEqual({
      exit: 0,
      wrong: [
        ['git', 'advice', 'not installed: no history, and no morning of another day', 'install git from git-scm.com'],
        GIT,
        ['--open', 'advice', 'no program opens drafts here', 'deliver email ... --eml FILE.eml'],
        ['--copy', 'advice', 'no program reaches the clipboard', 'install wl-clipboard, xclip or xsel'],
      ],
    });
  });

  test.each([
    [{ node: '20.18.1' }, ['Node.js', 'problem', '20.18.1 is too old: 20.19 or later', 'install it from nodejs.org']],
    [{ node: '18.20.0' }, ['Node.js', 'problem', '18.20.0 is too old: 20.19 or later', 'install it from nodejs.org']],
    [{ git: '2.9.5' }, ['git', 'problem', '2.9.5 is too old: 2.30 or later', 'install it from git-scm.com']],
  ])('too old: %j', async (machine, expected) => {
    expect(await checked({ machine }, '--as', 'leo')).toEqual({ exit: 1, wrong: [expected, GIT] });
  });

  test.each([{ node: '20.19.0' }, { node: '26.1.0' }, { git: '2.30' }, { git: '3.0.1' }])(
    'new enough: %j',
    async (machine) => {
      expect(await checked({ machine }, '--as', 'leo')).toEqual({ exit: 0, wrong: [GIT] });
    },
  );

  test('folders that cannot be written are problems; what waits is advice', async () => {
    const upkeep = {
      refused: { refused: 'the disk is read-only', fix: 'set XDG_STATE_HOME to a folder that you can write' },
      practiceRefused: 'no permission to write /practice',
      oldCache: '/cache',
      busy: 'another one',
      interrupted: ['deliver done acme/x'],
    };
    expect(await checked({ upkeep }, '--as', 'leo')).toEqual({
      exit: 1,
      wrong: [
        GIT,
        ['folder', 'problem', 'no permission to write /practice', null],
        [
          'undo',
          'problem',
          'not available: the disk is read-only',
          'set XDG_STATE_HOME to a folder that you can write',
        ],
        [
          'cache',
          'advice',
          'an earlier version kept copies of your files in /cache; nothing uses them now',
          'the folder may be deleted',
        ],
        ['at work', 'advice', 'another one', null],
        ['interrupted', 'advice', '`deliver done acme/x`', 'the next change finishes it or takes it back'],
      ],
    });
  });

  test('outside of a practice it has advice, and for one that was named a problem', async () => {
    const none = 'no practice here: no deliver.yaml in this folder or any above it';
    expect(await checked({ cwd: '/elsewhere', files: {} })).toEqual({
      exit: 0,
      wrong: [['practice', 'advice', none, 'deliver init']],
    });
    const { exit, wrong } = await checked({}, '-C', '/nowhere');
    expect([exit, wrong.map(([name, state]) => [name, state])]).toEqual([1, [['practice', 'problem']]]);
  });

  test('data that are broken are a problem, and everything else is still looked at', async () => {
    const files = { ...FILES, 'deliver.yaml': 'format: [\n' };
    const { exit, wrong } = await checked({ files });
    expect([exit, wrong.map(([name]) => name)]).toEqual([1, ['data', 'today', 'you', 'repository']]);
  });

  test('a wrong command line is one here too', async () => {
    for (const argv of [
      ['--today', 'nonsense'],
      ['--as', 'nobody'],
    ])
      expect((await runDeliver({ files: FILES }, [...argv, 'doctor'])).exit).toBe(2);
  });
});

describe('a real machine', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'deliver-doctor-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test('programs count when they are on the PATH and can be run', () => {
    const bin = join(scratch, 'bin');
    mkdirSync(bin);
    for (const name of ['xdg-open', 'xsel', 'open', 'pbcopy']) writeFileSync(join(bin, name), '#!/bin/sh\n');
    expect(machineOf({ PATH: bin })).toMatchObject({
      opener: undefined,
      clipboard: undefined,
      node: process.versions.node,
    });
    for (const name of ['xdg-open', 'xsel', 'open', 'pbcopy']) chmodSync(join(bin, name), 0o755);
    const { opener, clipboard, git } = machineOf({ PATH: `/no/such:${bin}` });
    expect([opener, clipboard]).toEqual(process.platform === 'darwin' ? ['open', 'pbcopy'] : ['xdg-open', 'xsel']);
    expect(git).toMatch(/^\d+\.\d+/);
  });

  test('a lock that is held is told while it is held, and an interrupted change by its command line', () => {
    const root = join(scratch, 'practice');
    mkdirSync(root);
    const env = { XDG_STATE_HOME: join(scratch, 'state'), TMPDIR: scratch };
    const calm = { refused: undefined, practiceRefused: undefined, busy: undefined, interrupted: [] };
    expect(upkeepOf(env, root)).toMatchObject(calm);
    const held = realStore(env).exclusively(root, () => upkeepOf(env, root));
    expect(held).toMatchObject({ result: { busy: expect.stringContaining('has been changing this folder since') } });
    const { folder } = upkeepOf(env, root);
    expect(lockHolder(join(folder, 'lock'))).toBeUndefined();
    begin(folder, { what: 'deliver done acme/x', changes: [], folders: [] });
    expect(upkeepOf(env, root)).toMatchObject(calm);
    const [name = ''] = readdirSync(join(folder, 'journal'));
    const entry = JSON.parse(readFileSync(join(folder, 'journal', name), 'utf8')) as object;
    const gone = { ...entry, owner: { pid: 4_000_001, host: hostname(), since: 0 } };
    writeFileSync(join(folder, 'journal', name), JSON.stringify(gone));
    expect(upkeepOf(env, root)).toMatchObject({ ...calm, interrupted: ['deliver done acme/x'] });
    expect(readdirSync(join(folder, 'journal'))).toEqual([name]);
  });

  test('the cache of an earlier version, only where there is one', () => {
    const env = { XDG_STATE_HOME: join(scratch, 'state'), XDG_CACHE_HOME: join(scratch, 'cache') };
    expect(upkeepOf(env, scratch).oldCache).toBeUndefined();
    const folder = join(scratch, 'cache', ...(process.platform === 'win32' ? ['deliver', 'Cache'] : ['deliver']));
    mkdirSync(folder, { recursive: true });
    expect(upkeepOf(env, scratch).oldCache).toBe(folder);
  });

  test('a folder that cannot be made is told', () => {
    writeFileSync(join(scratch, 'file'), '');
    const { refused } = upkeepOf({ XDG_STATE_HOME: join(scratch, 'file/state') }, scratch);
    expect(refused).toEqual({
      refused: `${join(scratch, 'file')} is not a folder`,
      fix: 'set XDG_STATE_HOME to a folder that you can write',
    });
  });
});
