// The Repository port over the git program: names, days, files and blobs. Never writes.
import type { Day } from '../day.ts';
import type { Commit, FoundRepository, GitFile, LoggedCommit, Repository } from '../world.ts';
import { gitSetting, gitText, NO_WORKING_TREE, runGit } from './git.ts';
import { COMMIT_FORMAT, commitIn, daysOf, historyOf } from './git-log.ts';
import { hookOf } from './git-setup.ts';

/** The repository that `root` lies in. */
export function openRepository(root: string): FoundRepository {
  const answer = runGit(root, ['rev-parse', '--is-inside-work-tree', '--show-prefix']);
  if (!('bytes' in answer)) return { reason: answer.reason };
  const said = answer.bytes.toString('utf8');
  if (!said.startsWith('true\n')) return { reason: NO_WORKING_TREE };
  return { repository: repositoryAt(root, said.slice('true\n'.length, -1)) };
}

function repositoryAt(root: string, prefix: string): Repository {
  const commit = (name: string): string | undefined => {
    if (name.includes('\0')) return undefined;
    const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    return gitText(root, words)?.trim() || undefined;
  };

  const about = (id: string, zone: string): Commit | undefined => {
    if (!isId(id)) return undefined;
    const said = gitText(root, ['log', '-z', '-1', '--no-walk', `--format=${COMMIT_FORMAT}`, '--encoding=UTF-8', id]);
    return said === undefined ? undefined : commitIn(said.split('\0'), 0, daysOf(zone));
  };

  /** Ids and seconds of HEAD and its first parents, newest first. */
  const line = (): readonly (readonly [id: string, seconds: number])[] =>
    (gitText(root, ['log', '--first-parent', '--format=%H %ct', 'HEAD', '--']) ?? '')
      .split('\n')
      .filter((each) => each !== '')
      .map((each) => [each.split(' ')[0] ?? '', Number(each.split(' ')[1])]);

  return {
    prefix,
    commit,
    about,
    commitOn: (day: Day, zone) => {
      const dayIn = daysOf(zone);
      return line().find(([, seconds]) => dayIn(seconds) <= day)?.[0];
    },
    first: (zone) => {
      const [id] = line().at(-1) ?? [];
      return id === undefined ? undefined : about(id, zone);
    },
    mergeBase: (a, b) => (isId(a) && isId(b) ? gitText(root, ['merge-base', a, b])?.trim() || undefined : undefined),
    isShallow: () => gitText(root, ['rev-parse', '--is-shallow-repository'])?.trim() === 'true',
    filesOf: (id) => (isId(id) ? filesOf(root, `${id}:${prefix.replace(/\/$/, '')}`) : []),
    staged: () => stagedIn(root),
    sizes: (blobs) => sizesOf(root, blobs),
    read: (blobs) => bytesOf(root, blobs),
    log: (paths, zone): readonly LoggedCommit[] => historyOf(root, prefix, paths, zone),
    setting: (name) => gitSetting(root, name),
    hook: (name) => hookOf(root, name),
  };
}

const isId = (text: string): boolean => /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text);

/** Ordinary files; the others are links (120000) and submodules (160000). */
const isFile = (mode: string): boolean => mode.startsWith('100');

const byPath = (a: GitFile, b: GitFile): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** `100644 blob <id>\t<path>` */
function filesOf(root: string, tree: string): readonly GitFile[] {
  return (gitText(root, ['ls-tree', '-r', '-z', '--full-tree', tree]) ?? '')
    .split('\0')
    .flatMap((each) => {
      const [, mode = '', blob = '', path = ''] = /^(\d+) blob ([0-9a-f]+)\t([\s\S]+)$/.exec(each) ?? [];
      return isFile(mode) ? [{ path, blob }] : [];
    })
    .sort(byPath);
}

/** `100644 <id> <stage>\t<path>`: stage 0, or for a conflict 1 the common text, 2 HEAD's, 3 the other's. */
function stagedIn(root: string): readonly GitFile[] {
  const files = new Map<string, GitFile>();
  for (const each of (gitText(root, ['ls-files', '--stage', '-z']) ?? '').split('\0')) {
    const [, mode = '', blob = '', stage = '', path = ''] = /^(\d+) ([0-9a-f]+) (\d)\t([\s\S]+)$/.exec(each) ?? [];
    if (!isFile(mode)) continue;
    if (stage === '0') files.set(path, { path, blob });
    else if (stage === '2' || !files.has(path)) files.set(path, { path, blob, unmerged: true });
  }
  return [...files.values()].sort(byPath);
}

/** One line each: `<id> blob <size>`, or `<id> missing`. */
function sizesOf(root: string, blobs: readonly string[]): ReadonlyMap<string, number> {
  const said = gitText(root, ['cat-file', '--batch-check', '--buffer'], inputOf(blobs)) ?? '';
  return new Map(
    said.split('\n').flatMap((each): readonly (readonly [string, number])[] => {
      const [, id = '', size = ''] = /^([0-9a-f]+) blob (\d+)$/.exec(each) ?? [];
      return id === '' ? [] : [[id, Number(size)]];
    }),
  );
}

const NEWLINE = 0x0a;

/** The same line before the bytes of each, and a line end after them. */
function bytesOf(root: string, blobs: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const answer = runGit(root, ['cat-file', '--batch', '--buffer'], inputOf(blobs));
  if (!('bytes' in answer)) return found;
  const { bytes } = answer;
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, at);
    const [, id = '', kind, size = ''] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(bytes.toString('latin1', at, end)) ?? [];
    at = end + 1;
    if (id === '') continue;
    const after = at + Number(size);
    if (kind === 'blob') found.set(id, bytes.subarray(at, after));
    at = after + 1;
  }
  return found;
}

const inputOf = (blobs: readonly string[]): string =>
  [...new Set(blobs)]
    .filter(isId)
    .map((each) => `${each}\n`)
    .join('');
