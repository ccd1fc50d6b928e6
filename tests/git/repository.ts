// Real git repositories in temporary folders, apart from this machine's settings. Owns no expectations.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { MemoryGit, Snapshot } from '../support/git.ts';

const QUIET = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const SAM = { name: 'Sam Okafor', email: 'sam@northlight.example' };

/** A temporary folder for the tests of a file; while they run, git sees no setting of this machine or its user. */
export function useScratch(): { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'deliver-git-'));
  const kept = new Map(Object.keys(QUIET).map((name) => [name, process.env[name]]));
  beforeAll(() => {
    Object.assign(process.env, QUIET);
  });
  afterAll(() => {
    for (const [name, value] of kept) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder };
}

export const newFolder = (within: string, name = 'repo-'): string => mkdtempSync(join(within, name));

/** Runs git in a folder; its answer as text. */
export function git(folder: string, ...words: readonly string[]): string {
  return gitWith(folder, words, '');
}

export function gitWith(
  folder: string,
  words: readonly string[],
  input: string | Uint8Array,
  env: Readonly<Record<string, string>> = {},
): string {
  return execFileSync('git', words, {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...QUIET, ...env },
  });
}

/** Files written into a folder. */
export function put(folder: string, files: Snapshot): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A repository with these commits, checked out; its top folder. */
export function makeRepository(within: string, { commits, staged, names = {}, settings = {} }: MemoryGit): string {
  const top = newFolder(within);
  git(top, 'init', '--quiet', '--initial-branch=main');
  git(top, 'config', 'user.name', SAM.name);
  git(top, 'config', 'user.email', SAM.email);
  for (const [name, value] of Object.entries(settings)) git(top, 'config', name, value);
  if (commits.length > 0) {
    const parts = commits.flatMap((commit, i) => [
      ...commitHead(i, commit.when ?? `2026-11-${String(2 + i).padStart(2, '0')}T09:00:00+00:00`, commit),
      'deleteall\n',
      ...Object.entries(commit.files).flatMap(([path, content]) => [
        'M 100644 inline ',
        quoted(path),
        '\n',
        ...data(content),
      ]),
    ]);
    const marks = Object.entries(names).flatMap(([name, i]) => [
      'reset refs/heads/',
      name,
      '\nfrom :',
      String(i + 1),
      '\n\n',
    ]);
    gitWith(top, ['fast-import', '--quiet'], bytesOf([...parts, ...marks]));
    git(top, 'reset', '--quiet', '--hard', 'main');
  }
  if (staged) {
    if (commits.length > 0) git(top, 'rm', '-rq', '--cached', '--', '.');
    git(top, 'clean', '-fdq');
    put(top, staged);
    git(top, 'add', '-A', '--', '.');
  }
  return top;
}

type Head = { readonly subject?: string; readonly author?: { readonly name: string; readonly email: string } };

/** The lines of a fast-import stream that begin the commit with mark `i + 1`. */
export function commitHead(i: number, when: string, { subject, author = SAM }: Head): readonly string[] {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(when) ?? ['', '+', '00', '00'];
  const who = `${author.name} <${author.email}> ${Math.floor(Date.parse(when) / 1000)} ${sign}${hours}${minutes}`;
  const begun = i === 0 ? 'reset refs/heads/main\n' : '';
  return [
    `${begun}commit refs/heads/main\nmark :${i + 1}\nauthor ${who}\ncommitter ${who}\n`,
    ...(data(subject ?? `commit ${i}`) as string[]),
  ];
}

export const data = (content: string | Uint8Array): readonly (string | Uint8Array)[] => [
  `data ${Buffer.byteLength(content)}\n`,
  content,
  '\n',
];

/** A path as the stream wants it. */
const quoted = (path: string): string => `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;

const bytesOf = (parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));
