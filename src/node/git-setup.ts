// Hooks and settings of one repository: reads a hook as git would find it, and writes what a person asked for.
import { accessSync, chmodSync, constants, lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import type { GitSetup, Hook, Tried } from '../world.ts';
import { isRefusal, makeFolder, reasonOf, unlessRefused } from './disk.ts';
import { gitText, runGit } from './git.ts';

export function hookOf(root: string, name: string): Hook {
  const said = gitText(root, ['rev-parse', '--git-path', `hooks/${name}`])?.replace(/\n$/, '') ?? `.git/hooks/${name}`;
  const path = resolve(root, said);
  const none = { path, text: '', isExecutable: false };
  const found = unlessRefused(() => lstatSync(path));
  if (!found) return { ...none, kind: 'none' };
  if (found.isSymbolicLink()) return { ...none, kind: 'link' };
  const text = found.isFile() ? unlessRefused(() => readFileSync(path, 'utf8')) : undefined;
  return text === undefined ? { ...none, kind: 'other' } : { path, kind: 'file', text, isExecutable: canRun(path) };
}

const canRun = (path: string): boolean =>
  process.platform === 'win32' || unlessRefused(() => accessSync(path, constants.X_OK) ?? true) === true;

function set(root: string, name: string, value: string): Tried {
  const answer = runGit(root, ['config', '--local', name, value]);
  return 'bytes' in answer ? { kind: 'done' } : { kind: 'failed', reason: answer.reason };
}

/** Under another name first: git may be about to run it. */
function writeHook(path: string, text: string): Tried {
  try {
    makeFolder(dirname(path));
    const working = `${path}.deliver-${process.pid}`;
    writeFileSync(working, text, { mode: 0o755 });
    chmodSync(working, 0o755);
    renameSync(working, path);
    return { kind: 'done' };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { kind: 'failed', reason: reasonOf(error, path) };
  }
}

export const realGitSetup: GitSetup = { set, writeHook };
