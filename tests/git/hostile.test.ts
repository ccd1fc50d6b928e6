// A repository or a folder that means harm: nothing that it names is ever run, and no answer changes its form.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { withBlock } from '../../src/changes/git-hooks.ts';
import type { Day } from '../../src/day.ts';
import { openRepository } from '../../src/node/git-repository.ts';
import { placesOf } from '../../src/node/programs.ts';
import type { Repository } from '../../src/world.ts';
import type { Snapshot } from '../support/git.ts';
import { loadFolder } from '../support/story.ts';
import { git, makeRepository, newFolder, put, useScratch } from './repository.ts';

const scratch = useScratch();
const PROGRAM = join(import.meta.dirname, '../../bin/deliver.js');
const FILES = loadFolder('examples/northlight') as Snapshot;
const isWindows = process.platform === 'win32';
const REAL_GIT = execFileSync(isWindows ? 'where' : 'which', ['git'], { encoding: 'utf8' }).split(/\r?\n/)[0] ?? '';

const reach = (folder: string): Repository => {
  const found = openRepository(folder);
  if ('reason' in found) throw new Error(found.reason);
  return found.repository;
};

function program(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
  return folder;
}

function deliver(folder: string, words: readonly string[], path = process.env.PATH ?? '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, '--today', '2026-11-23', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: path, XDG_STATE_HOME: join(scratch.folder, 'state') },
  });
  return { exit: status, stdout, stderr };
}

/** Runs `work` with this PATH. */
function withPath<T>(path: string, work: () => T): T {
  const before = process.env.PATH;
  process.env.PATH = path;
  try {
    return work();
  } finally {
    process.env.PATH = before;
  }
}

describe.skipIf(isWindows)('a promised object that a program would have to fetch', () => {
  let clone = '';
  let trap = '';
  /** A git that knows nothing of GIT_NO_LAZY_FETCH. */
  let old = '';
  let missing = '';
  beforeAll(() => {
    const commits = ['one\n', 'two\n'].map((text) => ({ files: { 'deliver.yaml': 'format: 1\n', 'a.yaml': text } }));
    const top = makeRepository(scratch.folder, { commits, settings: { 'uploadpack.allowFilter': 'true' } });
    missing = git(top, 'rev-parse', 'HEAD~1:a.yaml').trim();
    clone = join(newFolder(scratch.folder), 'clone');
    git(scratch.folder, 'clone', '--quiet', '--filter=blob:none', `file://${top}`, clone);
    trap = join(newFolder(scratch.folder), 'ran');
    git(clone, 'config', 'remote.origin.url', `ext::touch ${trap}`);
    git(clone, 'config', 'protocol.ext.allow', 'always');
    old = program(
      newFolder(scratch.folder, 'bin-'),
      'git',
      `#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nexec '${REAL_GIT}' "$@"\n`,
    );
  });

  test('git itself would run it', () => {
    spawnSync(REAL_GIT, ['-c', 'protocol.allow=never', 'cat-file', '-p', missing], { cwd: clone });
    expect(existsSync(trap)).toBe(true);
    rmSync(trap);
  });

  test.each(['a git of today', 'an older git'])('we do not, with %s', (which) => {
    const path = which === 'an older git' ? `${old}:${process.env.PATH}` : (process.env.PATH ?? '');
    withPath(path, () => {
      const repository = reach(clone);
      const [file] = repository.filesOf(repository.commit('HEAD~1') ?? '').filter((each) => each.path === 'a.yaml');
      expect(file?.blob).toBe(missing);
      expect([repository.read([missing]).size, repository.sizes([missing]).size]).toEqual([0, 0]);
      repository.log(['a.yaml'], 'UTC');
      repository.staged();
    });
    deliver(clone, ['status', '--at', 'HEAD~1'], path);
    deliver(clone, ['diff', 'HEAD~1'], path);
    expect(existsSync(trap)).toBe(false);
  });
});

describe('settings of a repository', () => {
  test('an encoding for the log leaves days, names and `status --at` as they are', () => {
    const commits = [{ files: FILES, author: { name: 'Zoë Grün', email: 'zoe@northlight.example' } }];
    const top = makeRepository(scratch.folder, { commits });
    const answers = () => {
      const repository = reach(top);
      return [
        repository.commitOn('2026-11-23' as Day, 'UTC'),
        repository.first('UTC'),
        repository.log(['deliver.yaml'], 'UTC'),
        deliver(top, ['status', '--at', '2026-11-10']),
      ];
    };
    const plain = answers();
    expect(plain[1]).toMatchObject({ author: { name: 'Zoë Grün' } });
    expect(plain[3]).toMatchObject({ stdout: expect.stringContaining('Tue 10 Nov 2026') });
    for (const encoding of ['UTF-16', 'EBCDIC-US', 'no-such-encoding']) {
      git(top, 'config', 'i18n.logOutputEncoding', encoding);
      git(top, 'config', 'i18n.commitEncoding', encoding);
      expect(answers()).toEqual(plain);
    }
  });

  test('a folder that looks like a bare repository has no say', () => {
    const top = newFolder(scratch.folder);
    git(top, 'init', '--quiet');
    const bare = join(top, 'attachments');
    git(top, 'init', '--quiet', '--bare', bare);
    git(bare, 'config', 'user.email', 'evil@example.com');
    git(bare, 'config', 'core.worktree', top);
    git(bare, 'config', 'core.bare', 'false');
    expect(openRepository(bare)).toEqual({ reason: 'this git repository has no working tree' });
    put(bare, FILES);
    expect(deliver(bare, ['doctor']).stdout).not.toContain('evil@example.com');
  });
});

describe('the program git', () => {
  test.skipIf(isWindows)('is the one on the PATH, never one in the practice or the working directory', () => {
    const trap = join(newFolder(scratch.folder), 'ran');
    const top = makeRepository(scratch.folder, { commits: [{ files: FILES }] });
    program(top, 'git', `#!/bin/sh\ntouch '${trap}'\n`);
    for (const path of [`:${process.env.PATH}`, `.:${process.env.PATH}`]) {
      expect(deliver(top, ['history', 'quill'], path)).toMatchObject({ exit: 0, stderr: '' });
    }
    expect(deliver(top, ['history', 'quill'], '.:').stderr).toBe('Without commits: git is not installed\n');
    expect(existsSync(trap)).toBe(false);
  });

  test('on Windows too, where the working directory would come first', () => {
    const env = { Path: 'C:\\Git\\cmd;;.;clients;"C:\\Program Files\\Git\\bin";\\tools' };
    expect(placesOf(env, 'git', 'win32')).toEqual([
      'C:\\Git\\cmd\\git.exe',
      'C:\\Git\\cmd\\git.com',
      'C:\\Git\\cmd\\git',
      'C:\\Program Files\\Git\\bin\\git.exe',
      'C:\\Program Files\\Git\\bin\\git.com',
      'C:\\Program Files\\Git\\bin\\git',
      '\\tools\\git.exe',
      '\\tools\\git.com',
      '\\tools\\git',
    ]);
    expect(placesOf({ PATH: ':/usr/bin:.:bin' }, 'git', 'linux')).toEqual(['/usr/bin/git']);
    expect(placesOf({}, 'git', 'linux')).toEqual([]);
  });
});

const LINE_BREAK = 'a\ntouch ../pwned #\n';
const CLOSING = 'b\n# <<< deliver git setup <<<\ntouch ../pwned\n#';

describe.skipIf(isWindows)('the name of a folder', () => {
  test.each([
    ['spaces and a quote', "Sam's practice"],
    ['a line break', LINE_BREAK],
    ['what ends our lines', CLOSING],
    ['what begins them', 'c >>>\n# >>> deliver git setup: this folder >>>'],
    ['other shell words', '$(touch ../pwned) `touch ../pwned` %s \\n "; touch ../pwned; "'],
    ['a direction override', 'eno\u202eecitcarp'],
    ['a dash', '-rf'],
  ])('with %s is only a name in a hook, written once and again', (_what, name) => {
    const top = newFolder(scratch.folder);
    git(top, 'init', '--quiet', '--initial-branch=main');
    git(top, 'config', 'user.name', 'Sam Okafor');
    git(top, 'config', 'user.email', 'sam@northlight.example');
    put(join(top, name), { 'deliver.yaml': 'format: 1\n' });
    const hook = join(top, '.git/hooks/pre-commit');
    const once = withBlock('pre-commit', `${name}/`, '') ?? '';
    expect(once.split('\n').filter((line) => /pwned/.test(line) && !/^#|'/.test(line))).toEqual([]);
    expect(once).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f\u202e]/);
    // Lines of others around it stay; those of an older version of ours go, all of them.
    const older = once.replace('rm -rf "$deliver_copy"', 'rm -rf "$deliver_copy" # older');
    const both = `${once.replace('#!/bin/sh\n', '#!/bin/sh\necho before >&2\n')}echo after >&2\n`;
    expect(withBlock('pre-commit', `${name}/`, both.replace(once.slice(10), older.slice(10)))).toBe(both);
    writeFileSync(hook, both);
    chmodSync(hook, 0o755);
    git(top, 'add', '-A');
    const commit = (exit: number) => {
      const bin = program(newFolder(scratch.folder, 'bin-'), 'deliver', `#!/bin/sh\necho "checked $2"\nexit ${exit}\n`);
      const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
      return spawnSync('git', ['commit', '-qm', 'Begin'], { cwd: top, encoding: 'utf8', env });
    };
    const refused = commit(1);
    expect(refused.stderr).toMatch(/^before\nchecked \/tmp.*\nNothing was committed/s);
    expect(refused.status).toBe(1);
    expect(commit(0)).toMatchObject({ status: 0, stderr: 'before\nafter\n' });
    expect(existsSync(join(top, '../pwned')) || existsSync(join(top, 'pwned'))).toBe(false);
  });

  test('is written by `git setup` as nothing but a name', () => {
    const top = newFolder(scratch.folder);
    git(top, 'init', '--quiet');
    put(join(top, LINE_BREAK), FILES);
    expect(deliver(join(top, LINE_BREAK), ['git', 'setup'])).toMatchObject({ exit: 0, stderr: '' });
    for (const name of ['pre-commit', 'post-merge'] as const)
      expect(readFileSync(join(top, '.git/hooks', name), 'utf8')).toBe(withBlock(name, `${LINE_BREAK}/`, ''));
  });

  test.each(["a b's", 'plain', 'new\nline', '$HOME `x` "y"', 'eno\u202eecitcarp', 'tab\there'])(
    'that another user owns is quoted as a shell needs it: %j',
    (name) => {
      const top = join(newFolder(scratch.folder), name);
      mkdirSync(join(top, 'deep/er'), { recursive: true });
      git(top, 'init', '--quiet');
      process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
      try {
        const found = openRepository(join(top, 'deep/er'));
        const said = 'reason' in found ? found.reason : '';
        const command = said.replace(/^.*if you trust them: /s, '');
        expect(said).toMatch(/^git refuses this folder, because another user owns it; if you trust them: git config /);
        expect(command).not.toMatch(/[\x00-\x1f\u202e]/);
        const home = newFolder(scratch.folder, 'home-');
        const env = { PATH: process.env.PATH, HOME: home };
        execFileSync('bash', ['-c', command], { env });
        expect(execFileSync('git', ['config', '--global', '-z', 'safe.directory'], { env, encoding: 'utf8' })).toBe(
          `${top}\0`,
        );
      } finally {
        delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER;
      }
    },
  );
});
