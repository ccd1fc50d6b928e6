// What any Repository must answer, over commits in memory and over real git.
import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Day } from '../../src/day.ts';
import { openRepository } from '../../src/node/git-repository.ts';
import type { FoundRepository, Repository } from '../../src/world.ts';
import { type MemoryGit, memoryGit } from '../support/git.ts';
import { git, gitWith, makeRepository, newFolder, put, useScratch } from './repository.ts';

const scratch = useScratch();

const reach = (found: FoundRepository): Repository => {
  if ('reason' in found) throw new Error(found.reason);
  return found.repository;
};

const places: readonly (readonly [string, (git: MemoryGit) => Repository])[] = [
  ['memory', (made) => reach(memoryGit(made))],
  ['git', (made) => reach(openRepository(join(makeRepository(scratch.folder, made), made.prefix ?? '')))],
];

const day = (text: string): Day => text as Day;
const LONG = 'name: Acme Ltd\nsegment: A\nsince: 2024-03-01\nowner: sam\nchannel: email\n';

/** Three days of a small practice: the client is renamed on the second. */
const PRACTICE: MemoryGit = {
  commits: [
    { files: { 'deliver.yaml': 'format: 1\n', 'clients/acme.yaml': LONG }, subject: 'Begin' },
    {
      files: { 'deliver.yaml': 'format: 1\n', 'clients/acme-ltd.yaml': LONG, 'touches/acme-ltd.yaml': '- one\n' },
      subject: 'They are Acme Ltd now',
      author: { name: 'Kit Moreau', email: 'kit@northlight.example' },
    },
    {
      files: {
        'deliver.yaml': 'format: 1\n',
        'clients/acme-ltd.yaml': `${LONG}industry: retail\n`,
        'touches/acme-ltd.yaml': '- one\n',
      },
      when: '2026-11-05T00:30:00+01:00',
      subject: 'Industry',
    },
  ],
  names: { kit: 1 },
};

describe.each(places)('a repository in %s', (_name, open) => {
  const read = (repository: Repository, commit: string): Readonly<Record<string, string>> => {
    const files = repository.filesOf(commit);
    const bytes = repository.read(files.map((file) => file.blob));
    return Object.fromEntries(files.map(({ path, blob }) => [path, new TextDecoder().decode(bytes.get(blob))]));
  };

  test('names stand for commits, and unknown ones for none', () => {
    const repository = open(PRACTICE);
    const head = repository.commit('HEAD') ?? '';
    expect(head).toMatch(/^[0-9a-f]{40}$/);
    expect(repository.commit('HEAD~1')).toBe(repository.commit('kit'));
    expect(repository.commit(head.slice(0, 10))).toBe(head);
    for (const name of ['HEAD~3', 'nobody', '', '--all', '-1', 'a b', '\0'])
      expect([name, repository.commit(name)]).toEqual([name, undefined]);
  });

  test('a commit has an author, a time as written, its day in the zone asked for, and the first line of its message', () => {
    const repository = open(PRACTICE);
    const [head, kit] = [repository.commit('HEAD') ?? '', repository.commit('kit') ?? ''];
    expect(repository.about(head, 'Europe/London')).toEqual({
      id: head,
      author: { name: 'Sam Okafor', email: 'sam@northlight.example' },
      when: '2026-11-05T00:30:00+01:00',
      day: '2026-11-04',
      subject: 'Industry',
    });
    expect(repository.about(head, 'Europe/Berlin')?.day).toBe('2026-11-05');
    expect(repository.about(kit, 'UTC')).toMatchObject({ author: { name: 'Kit Moreau' }, day: '2026-11-03' });
    expect(repository.about('0'.repeat(40), 'UTC')).toBeUndefined();
    expect(repository.about('HEAD', 'UTC')).toBeUndefined();
  });

  test('the last commit of a day, in the zone asked for', () => {
    const repository = open(PRACTICE);
    const on = (text: string, zone = 'UTC') => repository.commitOn(day(text), zone);
    expect(on('2026-11-01')).toBeUndefined();
    expect(on('2026-11-02')).toBe(repository.commit('HEAD~2'));
    expect(on('2026-11-03')).toBe(repository.commit('HEAD~1'));
    expect(on('2026-11-04', 'Europe/Berlin')).toBe(repository.commit('HEAD~1'));
    expect(on('2026-11-04', 'Europe/London')).toBe(repository.commit('HEAD'));
    expect(on('2999-12-31')).toBe(repository.commit('HEAD'));
    expect(repository.first('UTC')).toMatchObject({ day: '2026-11-02', subject: 'Begin' });
  });

  test('files of a commit are sorted, and equal content has one id', () => {
    const repository = open(PRACTICE);
    const head = repository.commit('HEAD') ?? '';
    expect(read(repository, head)).toEqual(PRACTICE.commits[2]?.files);
    expect(repository.filesOf(head).map((file) => file.path)).toEqual([
      'clients/acme-ltd.yaml',
      'deliver.yaml',
      'touches/acme-ltd.yaml',
    ]);
    const before = repository.filesOf(repository.commit('HEAD~1') ?? '');
    expect(repository.filesOf(head)[2]).toEqual(before[2]);
    expect(repository.filesOf(head)[0]?.blob).not.toBe(before[0]?.blob);
    expect(repository.filesOf('0'.repeat(40))).toEqual([]);
  });

  test('bytes come back as they are, in any number, and unknown ones are missing', () => {
    const odd = { a: '', b: '\n', c: new Uint8Array([0, 255, 10, 0, 13, 10]), d: 'no end', e: 'ä€\u{1f600}\n' };
    const repository = open({ commits: [{ files: odd }] });
    const files = repository.filesOf(repository.commit('HEAD') ?? '');
    const wanted = files.map((file) => file.blob);
    const bytes = repository.read([...wanted, 'f'.repeat(40), ...wanted]);
    expect([...bytes.keys()].sort()).toEqual([...wanted].sort());
    for (const { path, blob } of files)
      expect(Buffer.from(bytes.get(blob) ?? [1])).toEqual(Buffer.from(odd[path as keyof typeof odd]));
    expect([...repository.sizes([...wanted, 'f'.repeat(40)]).values()]).toEqual([0, 1, 6, 6, 10]);
    expect([repository.read([]).size, repository.sizes([]).size]).toEqual([0, 0]);
  });

  test('the history of a file, newest first, through a rename', () => {
    const repository = open(PRACTICE);
    const log = repository.log(['clients/acme-ltd.yaml', 'touches/acme-ltd.yaml'], 'UTC');
    expect(log.map(({ subject, files }) => ({ subject, files }))).toEqual([
      { subject: 'Industry', files: [{ path: 'clients/acme-ltd.yaml', kind: 'changed' }] },
      {
        subject: 'They are Acme Ltd now',
        files: [
          { path: 'clients/acme-ltd.yaml', from: 'clients/acme.yaml', kind: 'renamed' },
          { path: 'touches/acme-ltd.yaml', kind: 'added' },
        ],
      },
      { subject: 'Begin', files: [{ path: 'clients/acme.yaml', kind: 'added' }] },
    ]);
    expect(log[1]?.author.name).toBe('Kit Moreau');
    expect(repository.log(['touches/acme-ltd.yaml'], 'UTC').map((each) => each.subject)).toEqual([
      'They are Acme Ltd now',
    ]);
    expect(repository.log(['clients/nobody.yaml'], 'UTC')).toEqual([]);
    expect(repository.log(['deliver.yaml'], 'UTC').map((each) => each.subject)).toEqual(['Begin']);
  });

  test('a file that was removed ends its history', () => {
    const repository = open({
      commits: [{ files: { 'a.yaml': 'a\n', b: 'b' } }, { files: { b: 'b' }, subject: 'Gone' }],
    });
    expect(repository.log(['a.yaml'], 'UTC').map(({ files }) => files)).toEqual([
      [{ path: 'a.yaml', kind: 'removed' }],
      [{ path: 'a.yaml', kind: 'added' }],
    ]);
  });

  test('a practice in a subfolder sees its own files only, by their paths in it', () => {
    const inside = { 'work/deliver/deliver.yaml': 'format: 1\n', 'work/deliver/clients/acme.yaml': LONG };
    const repository = open({
      prefix: 'work/deliver/',
      commits: [{ files: { 'README.md': 'x', ...inside } }, { files: { 'README.md': 'y', ...inside } }],
    });
    expect(repository.prefix).toBe('work/deliver/');
    const paths = ['clients/acme.yaml', 'deliver.yaml'];
    expect(repository.filesOf(repository.commit('HEAD') ?? '').map((file) => file.path)).toEqual(paths);
    expect(repository.staged().map((file) => file.path)).toEqual(paths);
    expect(repository.log(['clients/acme.yaml'], 'UTC').map((each) => each.files)).toEqual([
      [{ path: 'clients/acme.yaml', kind: 'added' }],
    ]);
  });

  test('a file that came from another folder keeps its history', () => {
    const repository = open({
      prefix: 'practice/',
      commits: [
        { files: { 'clients/acme.yaml': LONG }, subject: 'Begin' },
        { files: { 'practice/clients/acme.yaml': LONG }, subject: 'Into a folder' },
        { files: { 'practice/clients/acme.yaml': `${LONG}industry: retail\n` }, subject: 'Industry' },
      ],
    });
    expect(repository.log(['clients/acme.yaml'], 'UTC').map(({ subject, files }) => [subject, files])).toEqual([
      ['Industry', [{ path: 'clients/acme.yaml', kind: 'changed' }]],
      ['Into a folder', [{ path: 'clients/acme.yaml', from: '../clients/acme.yaml', kind: 'renamed' }]],
      ['Begin', [{ path: '../clients/acme.yaml', kind: 'added' }]],
    ]);
  });

  test('what is staged is not what HEAD has', () => {
    const repository = open({
      ...PRACTICE,
      staged: { 'deliver.yaml': 'format: 1\n', 'clients/beta.yaml': 'name: Beta\n' },
    });
    const files = repository.staged();
    expect(files.map((file) => file.path)).toEqual(['clients/beta.yaml', 'deliver.yaml']);
    expect(files[1]).toEqual(repository.filesOf(repository.commit('HEAD') ?? '')[1]);
    expect(new TextDecoder().decode(repository.read([files[0]?.blob ?? '']).get(files[0]?.blob ?? ''))).toBe(
      'name: Beta\n',
    );
  });

  test('before the first commit there is nothing but what is staged', () => {
    const repository = open({ commits: [], staged: { 'deliver.yaml': 'format: 1\n' } });
    expect(repository.commit('HEAD')).toBeUndefined();
    expect(repository.commitOn(day('2026-11-23'), 'UTC')).toBeUndefined();
    expect(repository.first('UTC')).toBeUndefined();
    expect(repository.log(['deliver.yaml'], 'UTC')).toEqual([]);
    expect(repository.staged().map((file) => file.path)).toEqual(['deliver.yaml']);
  });

  test('what two commits have in common, a setting, and a whole clone', () => {
    const repository = open({ ...PRACTICE, settings: { 'diff.deliver.xfuncname': '^(  )?[a-z]' } });
    const [head, kit] = [repository.commit('HEAD') ?? '', repository.commit('kit') ?? ''];
    expect(repository.mergeBase(head, kit)).toBe(kit);
    expect(repository.mergeBase(head, 'HEAD')).toBeUndefined();
    expect(repository.setting('diff.deliver.xfuncname')).toBe('^(  )?[a-z]');
    expect(repository.setting('diff.deliver.no')).toBeUndefined();
    expect(repository.isShallow()).toBe(false);
  });

  test('hostile names and messages are only text', () => {
    const subject = '\u001b[31mred\u001b[0m \u202eevil $(touch /tmp/x) --exec';
    const files = { '-rf': 'a', 'a\tb.yaml': 'tab', ':(top)x': 'magic', '*.yaml': 'star', '"q".yaml': 'quote' };
    const repository = open({ commits: [{ files, subject, author: { name: 'A "B" C', email: 'a b' } }] });
    const head = repository.commit('HEAD') ?? '';
    expect(read(repository, head)).toEqual(files);
    expect(repository.about(head, 'UTC')).toMatchObject({ subject, author: { name: 'A "B" C', email: 'a b' } });
    for (const path of Object.keys(files)) expect([path, repository.log([path], 'UTC').length]).toEqual([path, 1]);
  });
});

describe('real git', () => {
  const at = (folder: string): Repository => reach(openRepository(folder));

  test('no repository, one without a working tree, and the inside of .git', () => {
    const bare = newFolder(scratch.folder);
    git(bare, 'init', '--quiet', '--bare');
    const top = makeRepository(scratch.folder, PRACTICE);
    expect(openRepository(newFolder(scratch.folder))).toEqual({ reason: 'this is no git repository' });
    expect(openRepository(bare)).toEqual({ reason: 'this git repository has no working tree' });
    expect(openRepository(join(top, '.git'))).toEqual({ reason: 'this git repository has no working tree' });
  });

  test('without git, and with a git that fails', () => {
    const folder = newFolder(scratch.folder);
    const path = process.env.PATH;
    try {
      process.env.PATH = folder;
      expect(openRepository(folder)).toEqual({ reason: 'git is not installed' });
      writeFileSync(join(folder, 'git'), '#!/bin/sh\necho "fatal: the moon is full." >&2\nexit 128\n');
      chmodSync(join(folder, 'git'), 0o755);
      expect(openRepository(folder)).toEqual({ reason: 'git says: the moon is full' });
      writeFileSync(join(folder, 'git'), '#!/bin/sh\nexit 1\n');
      expect(openRepository(folder)).toEqual({ reason: 'git failed without a word' });
    } finally {
      process.env.PATH = path;
    }
  });

  test('a folder of another user is refused with the way out', () => {
    const top = makeRepository(scratch.folder, PRACTICE);
    process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1';
    try {
      expect(openRepository(top)).toEqual({
        reason: `git refuses this folder, for another user owns it; if you trust them: git config --global --add safe.directory ${top}`,
      });
    } finally {
      delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER;
    }
  });

  test('a linked worktree has its own HEAD and index', () => {
    const top = makeRepository(scratch.folder, PRACTICE);
    const linked = join(newFolder(scratch.folder), 'kit');
    git(top, 'worktree', 'add', '--quiet', linked, 'kit');
    const repository = at(linked);
    expect(repository.commit('HEAD')).toBe(at(top).commit('HEAD~1'));
    expect(repository.staged()).toEqual(at(top).filesOf(at(top).commit('HEAD~1') ?? ''));
  });

  test('a shallow clone says so, and has no more than it has', () => {
    const top = makeRepository(scratch.folder, PRACTICE);
    const clone = join(newFolder(scratch.folder), 'clone');
    git(scratch.folder, 'clone', '--quiet', '--depth=1', `file://${top}`, clone);
    const repository = at(clone);
    expect(repository.isShallow()).toBe(true);
    expect(repository.first('UTC')?.subject).toBe('Industry');
    expect(repository.commitOn(day('2026-11-03'), 'UTC')).toBeUndefined();
    expect(repository.log(['clients/acme-ltd.yaml'], 'UTC')).toHaveLength(1);
  });

  test('a clone without old contents asks no network for them', () => {
    const top = makeRepository(scratch.folder, { ...PRACTICE, settings: { 'uploadpack.allowFilter': 'true' } });
    const clone = join(newFolder(scratch.folder), 'clone');
    git(scratch.folder, 'clone', '--quiet', '--filter=blob:none', `file://${top}`, clone);
    const repository = at(clone);
    const old = repository
      .filesOf(repository.commit('HEAD~1') ?? '')
      .filter((file) => file.path === 'clients/acme-ltd.yaml');
    expect(old).toHaveLength(1);
    expect(repository.read(old.map((file) => file.blob)).size).toBe(0);
    expect(repository.sizes(old.map((file) => file.blob)).size).toBe(0);
    // What is here is read, though it is asked for together with what is not.
    const all = [...old, ...repository.staged()].map((file) => file.blob);
    expect(repository.read(all).size).toBe(repository.staged().length);
    expect(repository.sizes(all).size).toBe(repository.staged().length);
    expect(repository.log(['clients/acme-ltd.yaml'], 'UTC')[0]?.subject).toBe('Industry');
  });

  test('links and submodules are no files of the practice', () => {
    const top = makeRepository(scratch.folder, PRACTICE);
    symlinkSync('/etc/passwd', join(top, 'clients/evil.yaml'));
    git(top, 'add', 'clients/evil.yaml');
    git(top, 'update-index', '--add', '--cacheinfo', `160000,${git(top, 'rev-parse', 'HEAD').trim()},partners`);
    git(top, 'commit', '--quiet', '-m', 'Evil');
    const repository = at(top);
    const paths = ['clients/acme-ltd.yaml', 'deliver.yaml', 'touches/acme-ltd.yaml'];
    expect(repository.filesOf(repository.commit('HEAD') ?? '').map((file) => file.path)).toEqual(paths);
    expect(repository.staged().map((file) => file.path)).toEqual(paths);
  });

  test('a merge that is not settled shows the text of HEAD, marked', () => {
    const top = makeRepository(scratch.folder, { commits: [{ files: { 'a.yaml': 'one\n' } }] });
    git(top, 'checkout', '--quiet', '-b', 'kit');
    put(top, { 'a.yaml': 'kit\n' });
    git(top, 'commit', '--quiet', '-am', 'kit');
    git(top, 'checkout', '--quiet', 'main');
    put(top, { 'a.yaml': 'sam\n' });
    git(top, 'commit', '--quiet', '-am', 'sam');
    expect(() => git(top, 'merge', '--quiet', 'kit')).toThrow();
    const repository = at(top);
    const [file] = repository.staged();
    expect(file).toMatchObject({ path: 'a.yaml', unmerged: true });
    expect(new TextDecoder().decode(repository.read([file?.blob ?? '']).get(file?.blob ?? ''))).toBe('sam\n');
  });

  test('the day follows first parents: what a merge brought later was not here', () => {
    const top = makeRepository(scratch.folder, { commits: [{ files: { 'a.yaml': 'a\n' }, subject: 'Begin' }] });
    const commit = (date: string, ...words: readonly string[]): void => {
      gitWith(top, words, '', { GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date });
    };
    git(top, 'checkout', '--quiet', '-b', 'kit');
    put(top, { 'b.yaml': 'b\n' });
    git(top, 'add', '.');
    commit('2026-11-04T09:00:00Z', 'commit', '--quiet', '-m', 'On a branch');
    git(top, 'checkout', '--quiet', 'main');
    commit('2026-11-06T09:00:00Z', 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'kit');
    const repository = at(top);
    expect(repository.about(repository.commitOn(day('2026-11-05'), 'UTC') ?? '', 'UTC')?.subject).toBe('Begin');
    expect(repository.about(repository.commitOn(day('2026-11-06'), 'UTC') ?? '', 'UTC')?.subject).toBe('Merge');
    expect(repository.log(['b.yaml'], 'UTC').map((each) => each.subject)).toEqual(['On a branch']);
  });

  test('settings of the person change no answer and run nothing', () => {
    const top = makeRepository(scratch.folder, PRACTICE);
    const plain = at(top);
    const answers = (repository: Repository) => [
      repository.log(['clients/acme-ltd.yaml'], 'UTC'),
      repository.filesOf(repository.commit('HEAD') ?? ''),
      repository.staged(),
      repository.first('UTC'),
    ];
    const expected = answers(plain);
    const trap = join(newFolder(scratch.folder), 'ran');
    const script = join(newFolder(scratch.folder), 'trap.sh');
    writeFileSync(script, `#!/bin/sh\ntouch '${trap}'\ncat "$@" 2>/dev/null\n`);
    chmodSync(script, 0o755);
    const hostile = {
      'core.fsmonitor': script,
      'core.pager': script,
      'diff.external': script,
      'diff.x.textconv': script,
      'gpg.program': script,
      'log.showSignature': 'true',
      'log.showRoot': 'false',
      'log.follow': 'true',
      'diff.renames': 'copies',
      'diff.noprefix': 'true',
      'diff.relative': 'true',
      'diff.orderFile': '/no/such/file',
      'format.pretty': 'fuller',
      'i18n.logOutputEncoding': 'UTF-16',
      'i18n.commitEncoding': 'UTF-16',
      'log.diffMerges': 'separate',
      'log.decorate': 'full',
      'diff.colorMoved': 'zebra',
      'diff.algorithm': 'patience',
      'diff.x.command': script,
      'filter.x.clean': script,
      'filter.x.smudge': script,
      'filter.x.process': script,
      'core.sshCommand': script,
      'core.askPass': script,
      'core.editor': script,
      'core.gitProxy': script,
      'core.alternateRefsCommand': script,
      'credential.helper': `!${script}`,
      'uploadpack.packObjectsHook': script,
      'trace2.normalTarget': trap,
      'color.ui': 'always',
      'core.quotePath': 'true',
      'status.relativePaths': 'false',
      'log.date': 'relative',
      'core.hooksPath': newFolder(scratch.folder),
    };
    for (const [name, value] of Object.entries(hostile)) git(top, 'config', name, value);
    writeFileSync(join(top, '.git/info/attributes'), '*.yaml diff=x filter=x\n');
    expect(answers(at(top))).toEqual(expected);
    expect(() => renameSync(trap, `${trap}2`)).toThrow('ENOENT');
    expect(at(top).setting('log.date')).toBe('relative');
    expect(at(top).setting('core.hooksPath')).toBe(hostile['core.hooksPath']);
  });

  test('what a hook is told of another repository leads nobody astray', () => {
    const top = makeRepository(scratch.folder, PRACTICE);
    mkdirSync(join(top, 'sub'));
    process.env.GIT_DIR = join(makeRepository(scratch.folder, { commits: [] }), '.git');
    try {
      expect(at(join(top, 'sub')).prefix).toBe('sub/');
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  test('reading leaves no trace: no lock, no refreshed index', () => {
    const top = makeRepository(scratch.folder, PRACTICE);
    const listing = () => git(top, 'ls-files', '--debug');
    const before = listing();
    put(top, { 'deliver.yaml': 'format: 1\n' });
    const repository = at(top);
    repository.staged();
    repository.log(['deliver.yaml'], 'UTC');
    expect(listing()).toBe(before);
  });
});
