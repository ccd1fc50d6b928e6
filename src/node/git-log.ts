// Commits as git logs them: their days, and the history of a few files, followed through renames. Never writes.
import { posix } from 'node:path';
import type { Day } from '../day.ts';
import type { Commit, FileDelta, LoggedCommit } from '../world.ts';
import { gitText, isPartial, runGit } from './git.ts';

/** Fields between NULs, which none of them can hold. */
export const COMMIT_FORMAT = '%H%x00%an%x00%ae%x00%cI%x00%ct%x00%s';
const FIELDS = 6;

/** Git's own order of files, whatever `diff.orderFile` says. */
const ORDER = '-O/dev/null';

const { dirname, relative } = posix;

/** The commit whose fields begin at `at`; undefined where there are none. */
export function commitIn(fields: readonly string[], at: number, dayIn: DayIn): Commit | undefined {
  const [id = '', name = '', email = '', when = '', seconds = '', subject] = fields.slice(at, at + FIELDS);
  if (subject === undefined) return undefined;
  return { id, author: { name, email }, when, day: dayIn(Number(seconds)), subject: subject.replace(/\n$/, '') };
}

/** Commits may claim any second; no calendar knows them all. */
const LAST_SECOND = 250_000_000_000;

/** The civil date of a second since 1970. */
export type DayIn = (seconds: number) => Day;

/** In an IANA zone; in UTC where the machine does not know it. */
export function daysOf(zone: string): DayIn {
  const format = formatOf(zone) ?? formatOf('UTC');
  return (seconds) => {
    const second = Math.min(Math.max(Number.isFinite(seconds) ? seconds : 0, 0), LAST_SECOND);
    const parts = Object.fromEntries(
      (format?.formatToParts(second * 1000) ?? []).map(({ type, value }) => [type, value]),
    );
    return `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}` as Day;
  };
}

/** en-CA writes a date as year-month-day. */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  } catch {
    return undefined;
  }
}

/**
 * Commits of HEAD that changed one of the paths, which are relative to `prefix`; newest first. One log of their folders is
 * read, with the names the files had; where a file seems to begin, the whole commit is asked whether it came from elsewhere.
 */
export function historyOf(
  root: string,
  prefix: string,
  paths: readonly string[],
  zone: string,
): readonly LoggedCommit[] {
  const inside = (path: string): string => relative(`/${prefix}`, `/${path}`);
  const names = paths.map((path) => prefix + path);
  return follow(root, prefix, ['HEAD'], names, zone, MOST_MOVES).map((each) => ({
    ...each,
    files: each.files.map(({ path, from, kind }) => ({
      path: inside(path),
      ...(from === undefined ? {} : { from: inside(from) }),
      kind,
    })),
  }));
}

/** How often a file is followed from one folder to another. */
const MOST_MOVES = 20;

/** Paths are from the top of the repository. */
function follow(
  root: string,
  prefix: string,
  from: readonly string[],
  paths: readonly string[],
  zone: string,
  moves: number,
): readonly LoggedCommit[] {
  const names = new Set(paths);
  const folders = new Set(paths.map((path) => relative(`/${prefix}`, `/${dirname(path)}`) || '.'));
  const found: LoggedCommit[] = [];
  for (const each of logOf(root, [...from, '--', ...folders], zone)) {
    const files = each.files.filter((file) => names.has(file.path));
    for (const file of files) if (file.from !== undefined) names.add(file.from);
    if (files.length > 0) found.push({ ...each, files });
  }
  if (moves === 0) return found;
  const origins = originsOf(root, found);
  if (origins.length === 0) return found;
  const older = origins.flatMap(({ commit, from: path }) =>
    follow(root, prefix, [`${commit}^@`], [path], zone, moves - 1),
  );
  return joined([...found.map((each) => withOrigins(each, origins)), ...older]);
}

type Origin = { readonly commit: string; readonly path: string; readonly from: string };

/** Of the files whose oldest commit here adds them: those that it took from another folder. */
function originsOf(root: string, commits: readonly LoggedCommit[]): readonly Origin[] {
  const oldest = new Map<string, { readonly commit: string; readonly kind: FileDelta['kind'] }>();
  for (const { id, files } of commits) for (const { path, kind } of files) oldest.set(path, { commit: id, kind });
  return [...oldest].flatMap(([path, { commit, kind }]) => {
    const from = kind === 'added' ? deltasOf(root, commit).find((each) => each.path === path)?.from : undefined;
    return from === undefined ? [] : [{ commit, path, from }];
  });
}

function withOrigins(commit: LoggedCommit, origins: readonly Origin[]): LoggedCommit {
  const files = commit.files.map((file): FileDelta => {
    const origin = origins.find((each) => each.commit === commit.id && each.path === file.path);
    return origin ? { path: file.path, from: origin.from, kind: 'renamed' } : file;
  });
  return { ...commit, files };
}

/** A commit that was found twice, for two of the files, is one. */
function joined(commits: readonly LoggedCommit[]): readonly LoggedCommit[] {
  const byId = new Map<string, LoggedCommit>();
  for (const each of commits) {
    const known = byId.get(each.id);
    byId.set(each.id, known ? { ...known, files: [...known.files, ...each.files] } : each);
  }
  return [...byId.values()];
}

function logOf(root: string, words: readonly string[], zone: string): readonly LoggedCommit[] {
  const options = ['-z', '--name-status', ORDER, '--no-notes', '--encoding=UTF-8', `--format=${COMMIT_FORMAT}`];
  const fields = comparing(root, ['log', ...options], words);
  const commits: LoggedCommit[] = [];
  const dayIn = daysOf(zone);
  for (let at = 0; ; ) {
    const commit = commitIn(fields, at, dayIn);
    if (!commit) return commits;
    const { files, next } = deltasIn(fields, at + FIELDS);
    commits.push({ ...commit, files });
    at = next;
  }
}

/** What a commit changed in the whole repository. */
const deltasOf = (root: string, commit: string): readonly FileDelta[] =>
  deltasIn(comparing(root, ['diff-tree', '-r', '-z', ORDER, '--name-status', '--no-commit-id'], [commit]), 0).files;

/** Renamed files are found by what is in them; in a clone that leaves out contents by the same content alone. */
function comparing(root: string, options: readonly string[], words: readonly string[]): readonly string[] {
  const ask = (renames: string) => runGit(root, [...options, renames, ...words]);
  const first = ask('-M');
  const answer = !('bytes' in first) && isPartial(root) ? ask('-M100%') : first;
  if ('bytes' in answer) return answer.bytes.toString('utf8').split('\0');
  // Where nothing is committed there is nothing to tell.
  const isUnborn = gitText(root, ['rev-parse', '--verify', '--quiet', 'HEAD']) === undefined;
  if (isUnborn) return [];
  throw new Error(answer.reason);
}

const KINDS: Readonly<Record<string, FileDelta['kind']>> = { A: 'added', D: 'removed', R: 'renamed' };

/** Status and path, or status and two paths, from `at` on as long as there are any. */
function deltasIn(
  fields: readonly string[],
  at: number,
): { readonly files: readonly FileDelta[]; readonly next: number } {
  const files: FileDelta[] = [];
  let next = at;
  for (;;) {
    // The first one stands after the line end of the commit's message; an id is longer than any status.
    const status = /^\n?([A-Z])\d{0,3}$/.exec(fields[next] ?? '')?.[1];
    if (status === undefined) return { files, next };
    const kind = KINDS[status] ?? 'changed';
    const [path = '', to = ''] = fields.slice(next + 1, next + 3);
    if (kind === 'renamed') files.push({ path: to, from: path, kind });
    else files.push({ path, kind });
    next += kind === 'renamed' ? 3 : 2;
  }
}
