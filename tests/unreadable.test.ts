// Folders of the real disk that cannot be read, by a person who is not root: root may read everything.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

const PROJECT = join(import.meta.dirname, '..');
const NOBODY = 65534;

let scratch = '';
let root = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'deliver-unreadable-'));
  chmodSync(scratch, 0o755);
  // A copy, for the project may lie where only its owner may look.
  for (const part of ['bin', 'dist', 'templates', 'package.json'])
    cpSync(join(PROJECT, part), join(scratch, 'program', part), { recursive: true });
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

beforeEach(() => {
  root = mkdtempSync(join(scratch, 'practice-'));
  chmodSync(root, 0o755);
  cpSync(join(PROJECT, 'examples/northlight'), root, { recursive: true });
});

function deliver(...argv: readonly string[]) {
  const isRoot = process.getuid?.() === 0;
  const program = join(scratch, 'program/bin/deliver.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--today', '2026-11-23', ...argv], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: scratch },
    encoding: 'utf8',
    input: '',
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  return { exit: status, stdout, stderr };
}

const CASES: readonly (readonly [string, (folder: string) => void, string])[] = [
  ['chmod 000', (folder) => chmodSync(folder, 0o000), 'no permission to read this folder'],
  [
    'a file',
    (folder) => {
      renameSync(folder, `${folder}-old`);
      writeFileSync(folder, '');
    },
    'this is a file where a folder belongs',
  ],
  [
    'a link to nowhere',
    (folder) => {
      rmSync(folder, { recursive: true });
      symlinkSync(join(scratch, 'gone'), folder);
    },
    'this folder cannot be read (the link leads nowhere)',
  ],
  [
    'a link out of the practice',
    (folder) => {
      rmSync(folder, { recursive: true });
      mkdirSync(join(scratch, 'elsewhere'), { recursive: true });
      symlinkSync(join(scratch, 'elsewhere'), folder);
    },
    'this link leads out of the practice folder',
  ],
];

const places = CASES.flatMap(([name, damage, says]) =>
  ['clients', 'touches'].map((folder) => ({ name, folder, damage, says })),
);

test.skipIf(process.platform === 'win32').each(places)('$name for $folder/ is an error of the report', (each) => {
  const { folder, damage, says } = each;
  damage(join(root, folder));
  const run = deliver('status');
  expect(run.stderr).toBe('');
  expect(run.stdout).toContain(`! ${folder}:1:1  ${says}; `);
  expect(run.stdout).not.toContain('No clients yet');
  expect(run.exit).toBe(1);
  if (folder === 'touches') expect(run.stdout).not.toContain('/touch/');
});

test.skipIf(process.platform === 'win32')('one file without permission is named, and the others are read', () => {
  chmodSync(join(root, 'clients/lark.yaml'), 0o000);
  const run = deliver('status');
  expect(run.stdout).toContain(
    '! clients/lark.yaml:1:1  no permission to read this file; lark is NOT in the lists below',
  );
  expect(run.stdout).toContain('Tern Outdoor');
  expect(run.exit).toBe(1);
});

test.skipIf(process.platform === 'win32')(
  'a practice that may be entered and not listed is read as far as it goes',
  () => {
    chmodSync(root, 0o711);
    expect(deliver('status').exit).toBe(0);
  },
);
