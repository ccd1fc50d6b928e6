// Runs git: which settings and variables it gets, and why it could not answer, in words. Knows no practice and no commits.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { shellWord } from '../shell.ts';
import { truePath } from './disk.ts';
import { findProgram } from './programs.ts';

/** More than any practice; git's answer is held in memory. */
const MOST_BYTES = 2 ** 30;

/** For every question: a folder that only looks like the inside of a repository has no say in what git does. */
const ALWAYS: readonly string[] = ['safe.bareRepository=explicit'];

/**
 * Nothing that a repository's own settings name may run, nothing may be fetched, and no setting of the person changes the
 * form of an answer.
 */
const SETTINGS: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'i18n.logOutputEncoding=UTF-8',
  'core.quotePath=false',
  'protocol.allow=never',
  'log.showSignature=false',
  'log.showRoot=true',
  'log.follow=false',
  'diff.renames=true',
  'diff.renameLimit=2000',
  'diff.relative=false',
];

/** A question about what the person has set gets none of ours. */
const isAboutSettings = (words: readonly string[]): boolean => words[0] === 'config' || words.includes('--git-path');

const lineOf = (words: readonly string[]): readonly string[] => [
  '--no-pager',
  '--literal-pathspecs',
  ...[...ALWAYS, ...(isAboutSettings(words) ? [] : SETTINGS)].flatMap((setting) => ['-c', setting]),
  ...words,
];

/** A hook is told where its repository is; the repository meant here is the one that the folder lies in. */
const OF_A_HOOK = ['GIT_DIR', 'GIT_PREFIX', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY', 'GIT_NAMESPACE'];

/** Variables that would change an answer or run something. */
const UNWANTED = [
  'GIT_EXTERNAL_DIFF',
  'GIT_DIFF_OPTS',
  'GIT_TRACE',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
];

function environment(): NodeJS.ProcessEnv {
  const dropped = new Set(process.env.GIT_WORK_TREE === undefined ? [...OF_A_HOOK, ...UNWANTED] : UNWANTED);
  const kept = Object.entries(process.env).filter(([name]) => !dropped.has(name));
  return {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    // An older git knows nothing of the line above, and a setting of the repository would beat `protocol.allow`.
    GIT_ALLOW_PROTOCOL: '',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

export type GitAnswer =
  | { readonly bytes: Buffer }
  /** `reason` is a sentence without a full stop; `code` git's exit code, where it got so far. */
  | { readonly reason: string; readonly code: number | undefined };

export function runGit(folder: string, words: readonly string[], input = ''): GitAnswer {
  // Takes Node 3 ms to load, and most runs ask git nothing.
  const { execFileSync } = process.getBuiltinModule('node:child_process');
  const git = findProgram(process.env, 'git');
  if (git === undefined) return { reason: 'git is not installed', code: undefined };
  try {
    const bytes = execFileSync(git, lineOf(words), {
      cwd: folder,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: environment(),
      maxBuffer: MOST_BYTES,
      windowsHide: true,
    });
    return { bytes };
  } catch (error) {
    const { status } = error as { readonly status?: unknown };
    return { reason: reasonOf(error, folder), code: typeof status === 'number' ? status : undefined };
  }
}

/** The answer as text; undefined when git says no. */
export function gitText(folder: string, words: readonly string[], input?: string): string | undefined {
  const answer = runGit(folder, words, input);
  return 'bytes' in answer ? answer.bytes.toString('utf8') : undefined;
}

/** The same where git must know: throws with its reason, for a repository that lacks an object has no answer. */
export const gitAnswer = (folder: string, words: readonly string[], input?: string): Buffer =>
  bytesIn(runGit(folder, words, input));

export function bytesIn(answer: GitAnswer): Buffer {
  if ('bytes' in answer) return answer.bytes;
  throw new Error(answer.reason);
}

/** A clone that leaves out contents, which are never fetched here. */
export const isPartial = (folder: string): boolean =>
  gitText(folder, ['config', '--get-regexp', '^remote\\..*\\.promisor$']) !== undefined;

function reasonOf(error: unknown, folder: string): string {
  const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: unknown };
  if (code === 'EACCES') return 'git cannot be run: no permission';
  if (code === 'ENOBUFS') return 'git has more to say than fits in memory';
  return inWords(Buffer.isBuffer(stderr) ? stderr.toString('utf8') : '', folder);
}

/** What git says of itself, in the words of somebody who has to do something about it. */
function inWords(said: string, folder: string): string {
  if (/dubious ownership in repository|unsafe repository/.test(said)) {
    const way = `git config --global --add safe.directory ${shellWord(topOf(truePath(folder)))}`;
    return `git refuses this folder, because another user owns it; if you trust them: ${way}`;
  }
  if (/not a git repository/i.test(said)) return 'not a git repository';
  if (/must be run in a work tree|cannot use bare repository/i.test(said)) return NO_WORKING_TREE;
  const first = said.split('\n').find((line) => line.trim() !== '');
  return first === undefined
    ? 'git failed without a message'
    : `git says: ${first.replace(/^(fatal|error): /, '').replace(/\.$/, '')}`;
}

/** The top of the repository, which git itself names only with its unprintable characters replaced. */
const topOf = (folder: string): string =>
  existsSync(join(folder, '.git')) || dirname(folder) === folder ? folder : topOf(dirname(folder));

export const NO_WORKING_TREE = 'this git repository has no working tree';

/** A setting as git sees it in a folder, which need not lie in a repository. */
export const gitSetting = (folder: string, name: string): string | undefined =>
  gitText(folder, ['config', '-z', '--get', name])?.replace(/\0$/, '') || undefined;

/** `git init` in a folder that is there; undefined when done, else why not. */
export function startGit(folder: string): string | undefined {
  const answer = runGit(folder, ['init', '--quiet']);
  return 'bytes' in answer ? undefined : answer.reason;
}
