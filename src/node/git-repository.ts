// The Repository port over the git program: names, days, files and blobs. Never writes.
import type { Day } from '../day.ts';
import type { Commit, FoundRepository, GitFile, LoggedCommit, Repository } from '../world.ts';
import { bytesIn, gitAnswer, gitSetting, gitText, isPartial, NO_WORKING_TREE, runGit } from './git.ts';
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
    const words = ['rev-parse', '--verify', '--quiet', '--end-of-options'];
    const found = gitText(root, [...words, `${name}^{commit}`])?.trim() || undefined;
    if (found !== undefined || isId(name)) return found;
    // A name that stands for something which is not there is no unknown name.
    const id = gitText(root, [...words, name])?.trim();
    if (id && !hasObject(root, id)) throw new Error(`object ${id} is missing`);
    return undefined;
  };
  const isUnborn = (): boolean => commit('HEAD') === undefined;
  const isUnknown = (id: string): boolean => !hasObject(root, id);

  const about = (id: string, zone: string): Commit | undefined => {
    if (!isId(id)) return undefined;
    const words = ['log', '-z', '-1', '--no-walk', `--format=${COMMIT_FORMAT}`, '--encoding=UTF-8', id];
    const said = answerUnless(() => isUnknown(id), root, words);
    return said === undefined ? undefined : commitIn(said.split('\0'), 0, daysOf(zone));
  };

  /** Ids and seconds of HEAD and its first parents, newest first. */
  const line = (): readonly (readonly [id: string, seconds: number])[] =>
    (answerUnless(isUnborn, root, ['log', '--first-parent', '--format=%H %ct', 'HEAD', '--']) ?? '')
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
    mergeBase: (a, b) => (isId(a) && isId(b) ? mergeBaseOf(root, a, b) : undefined),
    isShallow: () => gitText(root, ['rev-parse', '--is-shallow-repository'])?.trim() === 'true',
    filesOf: (id) => (isId(id) ? filesOf(root, id, prefix) : []),
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

const hasObject = (root: string, id: string): boolean => 'bytes' in runGit(root, ['cat-file', '-e', id]);

/** Git's answer; undefined where it has none and that is no fault. Throws where it is one. */
function answerUnless(isExpected: () => boolean, root: string, words: readonly string[]): string | undefined {
  const answer = runGit(root, words);
  if ('bytes' in answer) return answer.bytes.toString('utf8');
  if (isExpected()) return undefined;
  throw new Error(answer.reason);
}

/** Exit code 1 without a word: they have none. */
function mergeBaseOf(root: string, a: string, b: string): string | undefined {
  const answer = runGit(root, ['merge-base', a, b]);
  if ('bytes' in answer) return answer.bytes.toString('utf8').trim() || undefined;
  if (answer.code === 1 || !hasObject(root, a) || !hasObject(root, b)) return undefined;
  throw new Error(answer.reason);
}

/** `100644 blob <id>\t<path>`, of what is below `prefix`. */
function filesOf(root: string, commit: string, prefix: string): readonly GitFile[] {
  const below = prefix === '' ? [] : [prefix];
  const words = ['ls-tree', '-r', '-z', '--full-tree', commit, ...below];
  return (answerUnless(() => !hasObject(root, commit), root, words) ?? '')
    .split('\0')
    .flatMap((each) => {
      const [, mode = '', blob = '', path = ''] = /^(\d+) blob ([0-9a-f]+)\t([\s\S]+)$/.exec(each) ?? [];
      return isFile(mode) && path.startsWith(prefix) ? [{ path: path.slice(prefix.length), blob }] : [];
    })
    .sort(byPath);
}

/** `100644 <id> <stage>\t<path>`: stage 0, or for a conflict 1 the common text, 2 HEAD's, 3 the other's. */
function stagedIn(root: string): readonly GitFile[] {
  const files = new Map<string, GitFile>();
  for (const each of gitAnswer(root, ['ls-files', '--stage', '-z']).toString('utf8').split('\0')) {
    const [, mode = '', blob = '', stage = '', path = ''] = /^(\d+) ([0-9a-f]+) (\d)\t([\s\S]+)$/.exec(each) ?? [];
    if (!isFile(mode)) continue;
    if (stage === '0') files.set(path, { path, blob });
    else if (stage === '2' || !files.has(path)) files.set(path, { path, blob, unmerged: true });
  }
  return [...files.values()].sort(byPath);
}

/** One line each: `<id> blob <size>`, or `<id> missing`. */
function sizesOf(root: string, blobs: readonly string[]): ReadonlyMap<string, number> {
  const check = ['cat-file', '--batch-check', '--buffer'];
  const answer = runGit(root, check, inputOf(blobs));
  // Asked for what a partial clone leaves out, git gives up; what is here it can list.
  const isListed = !('bytes' in answer) && isPartial(root);
  const said = isListed ? gitAnswer(root, [...check, '--batch-all-objects', '--unordered']) : bytesIn(answer);
  const wanted = new Set(blobs);
  return new Map(
    said
      .toString('utf8')
      .split('\n')
      .flatMap((each): readonly (readonly [string, number])[] => {
        const [, id = '', size = ''] = /^([0-9a-f]+) blob (\d+)$/.exec(each) ?? [];
        return wanted.has(id) ? [[id, Number(size)]] : [];
      }),
  );
}

const NEWLINE = 0x0a;

/** The same line before the bytes of each, and a line end after them. */
function bytesOf(root: string, blobs: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const ask = (ids: readonly string[]) => runGit(root, ['cat-file', '--batch', '--buffer'], inputOf(ids));
  const first = ask(blobs);
  const bytes = bytesIn(!('bytes' in first) && isPartial(root) ? ask([...sizesOf(root, blobs).keys()]) : first);
  const found = new Map<string, Uint8Array>();
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
