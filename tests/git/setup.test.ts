// `git setup` on real repositories: what it writes, what it keeps, and that the hooks and headers do their work.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadFolder } from '../support/story.ts';
import { git, newFolder, put, useScratch } from './repository.ts';

const scratch = useScratch();
const PROGRAM = join(import.meta.dirname, '../../bin/deliver.js');
const FILES = loadFolder('examples/northlight');

/** A `deliver` on the PATH, for the hooks to find. */
let path = '';
beforeAll(() => {
  const bin = newFolder(scratch.folder, 'bin-');
  writeFileSync(join(bin, 'deliver'), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
  chmodSync(join(bin, 'deliver'), 0o755);
  path = `${bin}:${process.env.PATH}`;
});

function run(
  folder: string,
  words: readonly string[],
  program = 'deliver',
  env: Readonly<Record<string, string>> = {},
) {
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: path, XDG_STATE_HOME: join(scratch.folder, 'state'), ...env },
  });
  return { exit: status, stdout, stderr };
}

/** The example in a repository, committed; `prefix` is where in it. */
function makePractice(prefix = ''): { readonly top: string; readonly root: string } {
  const top = newFolder(scratch.folder);
  const root = join(top, prefix);
  git(top, 'init', '--quiet', '--initial-branch=main');
  git(top, 'config', 'user.name', 'Sam Okafor');
  git(top, 'config', 'user.email', 'sam@northlight.example');
  mkdirSync(root, { recursive: true });
  put(root, FILES);
  put(top, { 'elsewhere.txt': 'x\n' });
  git(top, 'add', '-A');
  git(top, 'commit', '--quiet', '-m', 'Begin');
  return { top, root };
}

const text = (...parts: readonly string[]): string => readFileSync(join(...parts), 'utf8');

const breakClient = (root: string): void => {
  const file = join(root, 'clients/quill.yaml');
  writeFileSync(file, text(file).replace('name: ', 'nam: '));
};

describe('git setup', () => {
  test('sets up everything, and a second time finds it there', () => {
    const { root } = makePractice();
    const first = run(root, ['git', 'setup']);
    expect(first).toMatchObject({ exit: 0, stderr: '' });
    expect(first.stdout).toMatchInlineSnapshot(`
      ".gitattributes  set up         touch logs merge line by line, line ends stay the same: *.yaml diff=deliver
      .gitignore      there already  drafts of letters stay out of git
      hunk headers    set up         git diff names the client, engagement or step that a change is in
      pre-commit      set up         a commit of errors is refused; git commit --no-verify goes round it
      post-merge      set up         a merge that leaves errors says so
      Next: git add .gitattributes && git commit
      "
    `);
    expect(text(root, '.gitattributes')).toBe('touches/*.yaml merge=union\n*.yaml text eol=lf\n*.yaml diff=deliver\n');
    expect(statSync(join(root, '.git/hooks/pre-commit')).mode & 0o111).toBe(0o111);
    for (const hook of ['pre-commit', 'post-merge'])
      expect(run(root, ['-n', join(root, '.git/hooks', hook)], 'sh')).toEqual({ exit: 0, stdout: '', stderr: '' });
    const before = [text(root, '.git/config'), text(root, '.git/hooks/pre-commit'), text(root, '.gitattributes')];
    const again = run(root, ['git', 'setup']);
    expect(again.stdout).toMatchInlineSnapshot(`
      ".gitattributes  there already  touch logs merge line by line, line ends stay the same
      .gitignore      there already  drafts of letters stay out of git
      hunk headers    there already  git diff names the client, engagement or step that a change is in
      pre-commit      there already  a commit of errors is refused; git commit --no-verify goes round it
      post-merge      there already  a merge that leaves errors says so
      Next: deliver doctor
      "
    `);
    expect([text(root, '.git/config'), text(root, '.git/hooks/pre-commit'), text(root, '.gitattributes')]).toEqual(
      before,
    );
  });

  test('--dry-run shows it and does nothing', () => {
    const { root } = makePractice();
    const { exit, stdout } = run(root, ['git', 'setup', '--dry-run']);
    expect(exit).toBe(0);
    for (const said of [
      '+*.yaml diff=deliver',
      '# git config diff.deliver.xfuncname',
      '+deliver_check() {',
      'hooks/post-merge',
    ])
      expect(stdout).toContain(said);
    expect([
      text(root, '.gitattributes').includes('diff=deliver'),
      existsSync(join(root, '.git/hooks/pre-commit')),
    ]).toEqual([false, false]);
    expect(text(root, '.git/config')).not.toContain('deliver');
  });

  test('hooks of others stay: a script gets our lines below its first one, the rest is left alone', () => {
    const { root } = makePractice();
    const theirs = '#!/usr/bin/env bash\nset -eu\necho theirs\nexit 0\n';
    put(root, { '.git/hooks/pre-commit': theirs, '.git/hooks/post-merge': '#!/usr/bin/env python3\nprint("hi")\n' });
    chmodSync(join(root, '.git/hooks/pre-commit'), 0o755);
    const { stdout } = run(root, ['git', 'setup']);
    expect(stdout).toContain('post-merge is not a shell script; have it run: deliver validate');
    const hook = text(root, '.git/hooks/pre-commit');
    expect(hook.startsWith('#!/usr/bin/env bash\n# >>> deliver git setup')).toBe(true);
    expect(hook.endsWith('# <<< deliver git setup <<<\nset -eu\necho theirs\nexit 0\n')).toBe(true);
    expect(text(root, '.git/hooks/post-merge')).toBe('#!/usr/bin/env python3\nprint("hi")\n');
    run(root, ['git', 'setup']);
    expect(text(root, '.git/hooks/pre-commit')).toBe(hook);
  });

  test('a link, and a folder of hooks that others share, are left alone with what to do', () => {
    const { root } = makePractice();
    symlinkSync('../../elsewhere.txt', join(root, '.git/hooks/pre-commit'));
    expect(run(root, ['git', 'setup']).stdout).toMatch(
      /pre-commit +not done +left alone: .*pre-commit is a link; have it run: deliver validate/,
    );
    git(root, 'config', 'core.hooksPath', '.husky/_');
    const { stdout } = run(root, ['git', 'setup']);
    expect(stdout).toContain('hooks lie in .husky/_ (core.hooksPath), which others share');
    expect(text(root, 'elsewhere.txt')).toBe('x\n');
  });

  test('files that are not UTF-8 are left as they are: a list is an error with its line, a hook is left alone', () => {
    const { root } = makePractice();
    const list = Buffer.from('*.log\n# Entw\xfcrfe\n', 'latin1');
    writeFileSync(join(root, '.gitignore'), list);
    expect(run(root, ['git', 'setup'])).toEqual({
      exit: 1,
      stdout: '',
      stderr:
        'deliver: .gitignore:2: this is not UTF-8: byte 0xFC (`ü` in Windows-1252); nothing was changed\n  save the file as UTF-8\n',
    });
    expect(readFileSync(join(root, '.gitignore'))).toEqual(list);
    writeFileSync(join(root, '.gitignore'), 'drafts/\n');
    const hook = Buffer.from('#!/bin/sh\n# pr\xfcft\n', 'latin1');
    writeFileSync(join(root, '.git/hooks/pre-commit'), hook);
    expect(run(root, ['git', 'setup']).stdout).toMatch(
      /pre-commit +not done +left alone: .*pre-commit is not UTF-8; have it run/,
    );
    expect(readFileSync(join(root, '.git/hooks/pre-commit'))).toEqual(hook);
  });

  test('outside of git it says so', () => {
    const root = newFolder(scratch.folder);
    put(root, FILES);
    expect(run(root, ['git', 'setup'])).toMatchObject({
      exit: 1,
      stderr: `deliver: this is no git repository\n  git init ${root} makes it a repository\n`,
    });
    expect(run(root, ['git', 'status'])).toMatchObject({ exit: 2 });
  });
});

function setUpIn(prefix: string): { readonly top: string; readonly root: string } {
  const made = makePractice(prefix);
  expect(run(made.root, ['git', 'setup']).exit).toBe(0);
  git(made.top, 'add', '-A');
  expect(run(made.top, ['commit', '-qm', 'Set up'], 'git')).toMatchObject({ exit: 0, stderr: '' });
  return made;
}

describe.each([
  ['at the top', ''],
  ['in a subfolder', "our 'practice' [1]/"],
])('the hooks of a practice %s', (_name, prefix) => {
  const setUp = () => setUpIn(prefix);

  test('errors that are staged are refused, whatever the working tree says; errors that are not staged pass', () => {
    const { top, root } = setUp();
    breakClient(root);
    put(top, { 'elsewhere.txt': 'y\n' });
    git(top, 'add', 'elsewhere.txt');
    expect(run(top, ['commit', '-qm', 'Elsewhere'], 'git')).toMatchObject({ exit: 0, stderr: '' });
    git(root, 'add', 'clients/quill.yaml');
    const fixed = text(root, 'clients/quill.yaml').replace('nam: ', 'name: ');
    writeFileSync(join(root, 'clients/quill.yaml'), fixed);
    const refused = run(top, ['commit', '-qm', 'Broken'], 'git');
    expect(refused.exit).toBe(1);
    expect(refused.stderr).toContain('clients/quill.yaml:1:1: error: unknown key `nam`');
    expect(refused.stderr).toContain('git commit --no-verify commits all the same.');
    git(root, 'add', 'clients/quill.yaml');
    writeFileSync(join(root, 'clients/quill.yaml'), `${fixed}industry: books\n`);
    breakClient(root);
    expect(run(root, ['commit', '-aqm', 'All of it'], 'git').exit).toBe(1);
    expect(run(root, ['commit', '-aqm', 'All the same', '--no-verify'], 'git').exit).toBe(0);
  });
});

describe('hooks that cannot do their work, and merges', () => {
  const setUp = () => setUpIn('practice/');

  test('a deliver that is missing, broken or that writes another tune keeps nobody out', () => {
    const { top, root } = setUp();
    breakClient(root);
    const bin = newFolder(scratch.folder, 'bin-');
    const without = (process.env.PATH ?? '')
      .split(':')
      .filter((each) => !existsSync(join(each, 'deliver')))
      .join(':');
    const missing = run(top, ['commit', '-aqm', 'Without'], 'git', { PATH: without });
    expect(missing).toMatchObject({ exit: 0 });
    expect(missing.stderr).toContain('deliver is not on the PATH here, so the practice was not checked');
    writeFileSync(join(bin, 'deliver'), '#!/bin/sh\nexit 3\n');
    chmodSync(join(bin, 'deliver'), 0o755);
    put(root, { 'clients/quill.yaml': 'nam: x\n' });
    const broken = run(top, ['commit', '-aqm', 'Broken'], 'git', { PATH: `${bin}:${without}` });
    expect(broken).toMatchObject({ exit: 0 });
    expect(broken.stderr).toContain('deliver could not check the practice (exit 3); going on without');
  });

  test('a merge that is clean and wrong is told, and one that is right is not', () => {
    const { top, root } = setUp();
    const client = text(root, 'clients/quill.yaml');
    git(top, 'checkout', '-qb', 'kit');
    writeFileSync(join(root, 'clients/quill.yaml'), `industry: books\n${client.replace(/^industry:.*\n/m, '')}`);
    git(top, 'commit', '-qam', 'Kit', '--no-verify');
    git(top, 'checkout', '-q', 'main');
    writeFileSync(
      join(root, 'clients/quill.yaml'),
      `${client.replace(/^industry:.*\n/m, '').trimEnd()}\nindustry: books\n`,
    );
    git(top, 'commit', '-qam', 'Sam', '--no-verify');
    const merged = run(top, ['merge', '-q', '--no-edit', 'kit'], 'git');
    expect(merged.exit).toBe(0);
    expect(merged.stderr).toContain('yaml/duplicate-key');
    expect(merged.stderr).toContain('The merge is made, and it left errors in the practice. Mend them and commit.');
    git(top, 'checkout', '-q', 'kit', '--', '.');
    git(top, 'commit', '-qam', 'Mended');
    git(top, 'checkout', '-qb', 'more');
    writeFileSync(join(root, 'README.md'), 'x\n');
    git(top, 'commit', '-qam', 'Read me');
    git(top, 'checkout', '-q', 'main');
    expect(run(top, ['merge', '-q', 'more'], 'git')).toMatchObject({ exit: 0, stderr: '' });
  });
});

describe('hunk headers', () => {
  const headers = (root: string): readonly string[] =>
    execFileSync('git', ['diff', '-U0'], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .flatMap((line) => /^@@ .* @@ ?(.*)$/.exec(line)?.[1] ?? []);

  test('name the engagement of a client, the step of an offer, and the client', () => {
    const root = newFolder(scratch.folder);
    git(root, 'init', '--quiet', '--initial-branch=main');
    const client =
      'name: Acme Ltd\nsegment: A\nsince: 2024-03-01\ncontacts:\n  ada:\n    name: Ada\n    role: CEO\nengagements:\n  audit-2026:\n    offer: audit\n    started: 2026-10-05\n    steps:\n      welcome: {done: 2026-10-05}\n      report: {done: 2026-10-06}\n';
    const offer =
      'name: Marketing audit\nsteps:\n  welcome:\n    title: Send the welcome e-mail\n    due: start + 1bd\n    effort: 15min\n  report:\n    title: Write\n    due: welcome + 2bd\n';
    put(root, {
      'deliver.yaml': FILES['deliver.yaml'] ?? '',
      'service.yaml': FILES['service.yaml'] ?? '',
      'clients/acme.yaml': client,
      'offers/audit.yaml': offer,
    });
    expect(run(root, ['git', 'setup']).exit).toBe(0);
    git(root, 'add', '-A');
    git(root, '-c', 'user.name=S', '-c', 'user.email=s@s', 'commit', '-qm', 'Begin', '--no-verify');
    put(root, {
      'clients/acme.yaml': client
        .replace('segment: A', 'segment: B')
        .replace('role: CEO', 'role: COO')
        .replace('2026-10-06', '2026-10-07'),
      'offers/audit.yaml': offer.replace('15min', '20min').replace('+ 2bd', '+ 3bd'),
    });
    expect(headers(root)).toEqual(['name: Acme Ltd', 'ada', 'audit-2026', 'welcome', 'report']);
  });
});
