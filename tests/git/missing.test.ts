// A repository that lacks an object: what rests on it fails as git does, and never finds that nothing has changed.
import { spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git, makeRepository, useScratch } from './repository.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/deliver.js');
const scratch = useScratch();

const PRACTICE = 'format: 1\npractice: Fen & Field\npeople: {ines: {name: Ines}}\ntime_zone: UTC\n';
const CLIENT = 'name: Alder\nstatus: prospect\n';
const COMMITS = [
  { files: { 'deliver.yaml': PRACTICE, 'clients/alder.yaml': CLIENT }, when: '2026-11-02T09:00:00+00:00' },
  {
    files: { 'deliver.yaml': PRACTICE, 'clients/alder.yaml': `${CLIENT}industry: books\n`, 'notes.txt': 'Hello\n' },
    when: '2026-11-03T09:00:00+00:00',
  },
];

/** A practice with two commits and one change since, without the object of this name. */
function lacking(name: string): string {
  const top = makeRepository(scratch.folder, { commits: COMMITS });
  const id = git(top, 'rev-parse', name).trim();
  renameSync(join(top, '.git/objects', id.slice(0, 2), id.slice(2)), join(top, '.git/gone'));
  return top;
}

const deliver = (root: string, ...argv: readonly string[]) =>
  spawnSync(process.execPath, [PROGRAM, '-C', root, '--today', '2026-11-23', ...argv], { encoding: 'utf8', input: '' });

describe.each([
  [
    'the last commit',
    'HEAD',
    [['history', 'alder'], ['diff'], ['status', '--at', 'HEAD'], ['status', '--since', '2026-11-02']],
  ],
  [
    'the commit before',
    'HEAD~1',
    [
      ['history', 'alder'],
      ['diff', 'HEAD~1'],
      ['status', '--at', '2026-11-02'],
    ],
  ],
  ['the files of the last commit', 'HEAD^{tree}', [['history', 'alder'], ['diff'], ['status', '--at', 'HEAD']]],
  ['the clients of the last commit', 'HEAD:clients', [['history', 'alder'], ['diff'], ['status', '--at', 'HEAD']]],
  [
    'the clients of the commit before',
    'HEAD~1:clients',
    [
      ['history', 'alder'],
      ['diff', 'HEAD~1'],
      ['status', '--at', 'HEAD~1'],
    ],
  ],
] as const)('without %s', (_, name, commands) => {
  const top = lacking(name);
  test.each(commands.map((argv) => [argv.join(' '), argv] as const))('%s', (__, argv) => {
    const run = deliver(top, ...argv);
    expect(run.stderr).toMatch(/^deliver: this repository cannot be read: .+\n {2}git fsck names what is broken\n$/);
    expect(run.stdout).toBe('');
    expect(run.status).toBe(3);
  });
});

test('what does not rest on it is answered', () => {
  const top = lacking('HEAD~1:clients');
  expect(deliver(top, 'diff').stdout).toMatch(/^No changes since [0-9a-f]{7} of Tue 3 Nov\n$/);
  expect(deliver(top, 'status').status).toBe(0);
});

test.each([
  ['HEAD:clients/alder.yaml', /clients\/alder\.yaml/],
  ['HEAD:notes.txt', /^Not compared, for git does not have their contents here: notes\.txt$/m],
])('without %s it is said what is not compared', (name, says) => {
  const run = deliver(lacking(name), 'diff');
  expect(run.stdout + run.stderr).toMatch(says);
  expect(run.stdout).not.toMatch(/^No changes since/);
  expect(run.status).toBe(1);
});

test('a name that stands for nothing is still a wrong command line', () => {
  const top = lacking('HEAD~1:clients');
  expect(deliver(top, 'diff', 'HEAD~7').status).toBe(2);
  expect(deliver(top, 'diff', 'f'.repeat(40)).status).toBe(2);
});
