// What the real store does about changes and temporary files that an interrupted process left behind.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  ACME,
  buildWorker,
  contentsOf,
  create,
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
afterAll(() => {
  remove(scratch);
});
afterEach(nextTurn);

const isWindows = process.platform === 'win32';
describe('interrupted changes', () => {
  const CHANGES = [
    create('offers/past/audit@1.yaml', 'title: Audit\n'),
    replace('clients/acme.yaml', ACME, 'name: Acme Ltd\n'),
    removal('touches/acme.yaml', '- one\n'),
  ];
  const deadPid = spawnSync(process.execPath, ['--version']).pid;

  /** As a process leaves it that was killed after the first `count` files. */
  function interruptedAfter(count: number): Practice {
    const practice = makePractice(scratch, FILES);
    expect(write(practice, ...CHANGES).kind).toBe('written');
    const [file = ''] = practice.stateFiles();
    const entry = JSON.parse(readFileSync(join(practice.state, file), 'utf8'));
    const dead = { ...entry, owner: { pid: deadPid, host: hostname(), since: Date.now() } };
    remove(join(practice.state, file));
    writeFileSync(join(practice.state, file.replace('.json', '.writing.json')), JSON.stringify(dead));
    for (const { file: each, before } of CHANGES.slice(count))
      if (before === undefined) remove(join(practice.root, each));
      else practice.put(each, before);
    return practice;
  }
  const recover = ({ store, root }: Practice): readonly string[] => store.recover(root);
  const begun = ({ stateFiles }: Practice): readonly string[] =>
    stateFiles().filter((file) => file.includes('.writing'));

  test('before the first file: nothing happened, and nothing is said', () => {
    const practice = interruptedAfter(0);
    expect(journalOf(practice.store, practice.root)).toEqual([]);
    expect(recover(practice)).toEqual([]);
    expect(contentsOf(practice)).toEqual(FILES);
    expect(readdirSync(practice.root)).toEqual(['clients', 'touches']);
    expect(practice.stateFiles()).toEqual([]);
  });

  test.each([
    [1, 'offers/past/audit@1.yaml is'],
    [2, 'offers/past/audit@1.yaml, clients/acme.yaml are'],
  ])('after file %i: taken back, with the folders that were made', (count, names) => {
    const practice = interruptedAfter(count);
    expect(recover(practice)).toEqual([`\`deliver done acme/report\` was interrupted: ${names} again as before it`]);
    expect(contentsOf(practice)).toEqual(FILES);
    expect(readdirSync(practice.root)).toEqual(['clients', 'touches']);
    expect(practice.stateFiles()).toEqual([]);
    expect(recover(practice)).toEqual([]);
  });

  test('after the last file: the change stands, and can be undone', () => {
    const practice = interruptedAfter(3);
    const said = '`deliver done acme/report` was interrupted at its very end: all of its changes are there';
    expect(recover(practice)).toEqual([said]);
    expect(practice.files()).toEqual(['clients/acme.yaml', 'offers/past/audit@1.yaml']);
    expect(journalOf(practice.store, practice.root).map(({ changes }) => changes)).toEqual([CHANGES]);
    expect([begun(practice), recover(practice)]).toEqual([[], []]);
  });

  test('a file that somebody changed since: nothing is touched, and it is said once', () => {
    const practice = interruptedAfter(2);
    practice.put('clients/acme.yaml', 'name: Mine now\n');
    expect(recover(practice)).toEqual([
      '`deliver done acme/report` was interrupted, and clients/acme.yaml was changed since: nothing was taken back, offers/past/audit@1.yaml keeps its change',
    ]);
    expect(practice.files()).toEqual(['clients/acme.yaml', 'offers/past/audit@1.yaml', 'touches/acme.yaml']);
    expect(practice.text('clients/acme.yaml')).toBe('name: Mine now\n');
    expect(journalOf(practice.store, practice.root)).toHaveLength(1);
    expect([begun(practice), recover(practice)]).toEqual([[], []]);
  });

  test('what a living process is doing is left alone', () => {
    const practice = interruptedAfter(1);
    const [file = ''] = begun(practice);
    const entry = JSON.parse(readFileSync(join(practice.state, file), 'utf8'));
    const owner = { pid: process.ppid, host: hostname(), since: Date.now() };
    writeFileSync(join(practice.state, file), JSON.stringify({ ...entry, owner }));
    expect(recover(practice)).toEqual([]);
    expect(practice.files()).toContain('offers/past/audit@1.yaml');
    expect(begun(practice)).toEqual([file]);
  });

  test('entries that cannot be read are passed over, in the journal and in recovery', () => {
    const practice = makePractice(scratch, FILES);
    write(practice, replace('clients/acme.yaml', ACME, 'x\n'));
    write(practice, replace('clients/acme.yaml', 'x\n', 'y\n'));
    const [first = '', second = ''] = practice.stateFiles().map((file) => join(practice.state, file));
    writeFileSync(second, readFileSync(second, 'utf8').slice(0, 50));
    writeFileSync(first.replace('.json', '.writing.json'), '');
    writeFileSync(first.replace(/[^/]*$/, 'notes.txt'), 'not ours\n');
    expect(journalOf(practice.store, practice.root).map(({ changes }) => changes[0]?.after)).toEqual(['x\n']);
    expect([recover(practice), begun(practice)]).toEqual([[], []]);
    expect(write(practice, replace('clients/acme.yaml', 'y\n', 'z\n')).kind).toBe('written');
    expect(journalOf(practice.store, practice.root).map(({ changes }) => changes[0]?.after)).toEqual(['z\n', 'x\n']);
  });
});

describe('temporary files', () => {
  const NAME = /^\.deliver-(\d+)-([0-9a-f]{4})[0-9a-f]{12}\.tmp$/;

  test('of processes that have gone are swept, in the folders of the practice only', async () => {
    const practice = makePractice(scratch, FILES);
    const { root, put, store, files } = practice;
    // What a temporary file of this host is called, from a process that was killed with one.
    const name = await killedTemporary(practice);
    const [, pid = '', host = ''] = NAME.exec(name) ?? [];
    const called = (aPid: string | number, aHost: string): string => `.deliver-${aPid}-${aHost}0123456789ab.tmp`;
    const kept = [
      `clients/${called(process.ppid, host)}`,
      `clients/${called(pid, 'ffff')}`,
      `clients/.deliver-${pid}.tmp`,
      `clients/deliver-${pid}-${host}0123456789ab.tmp`,
      `.git/objects/${called(pid, host)}`,
      `node_modules/pkg/${called(pid, host)}`,
    ];
    const swept = [
      called(pid, host),
      `clients/${called(pid, host)}`,
      `offers/past/${called(pid, host)}`,
      `clients/${called(1, 'eeee')}`,
    ];
    for (const file of [...kept, ...swept]) put(file, 'half a text');
    const longAgo = Date.now() / 1000 - 11 * 60;
    utimesSync(join(root, `clients/${called(1, 'eeee')}`), longAgo, longAgo);
    mkdirSync(join(root, 'touches', called(pid, host).replace('0123', '4567')));
    if (!isWindows) symlinkSync(join(root, '.git'), join(root, 'linked'));
    expect(store.recover(root)).toEqual(['removed 5 temporary files of an interrupted run']);
    const left = files().filter((file) => file !== 'linked' && !(file in FILES));
    expect(left).toEqual(kept.toSorted());
    expect(store.recover(root)).toEqual([]);
  });

  async function killedTemporary(practice: Practice): Promise<string> {
    for (;;) {
      const other = makePractice(scratch);
      const { child, said, ended } = startWorker(worker, other, ['flip', '0']);
      await said('ready');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      child.kill('SIGKILL');
      await ended;
      const found = other.files().find((file) => file.endsWith('.tmp'));
      if (found === undefined) continue;
      const name = found.replace(/^.*\//, '');
      practice.put(`touches/${name}`, 'half a text');
      return name;
    }
  }
});
