// Hooks and settings of one repository: reads a hook as git would find it, and writes what a person asked for.
import { accessSync, chmodSync, constants, lstatSync, readFileSync, renameSync, unlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import type { GitSetup, Hook, Tried } from '../world.ts';
import { writeTemporary } from './atomic.ts';
import { isDiskFault, isRefusal, makeFolder, reasonOf, unlessRefused } from './disk.ts';
import { gitText, runGit } from './git.ts';

export function hookOf(root: string, name: string): Hook {
  const said = gitText(root, ['rev-parse', '--git-path', `hooks/${name}`])?.replace(/\n$/, '') ?? `.git/hooks/${name}`;
  const path = resolve(root, said);
  const none = { path, text: '', isExecutable: false };
  const found = unlessRefused(() => lstatSync(path));
  if (!found) return { ...none, kind: 'none' };
  if (found.isSymbolicLink()) return { ...none, kind: 'link' };
  const bytes = found.isFile() ? unlessRefused(() => readFileSync(path)) : undefined;
  if (bytes === undefined) return { ...none, kind: 'other' };
  const text = textIn(bytes);
  return text === undefined ? { ...none, kind: 'no-text' } : { path, kind: 'file', text, isExecutable: canRun(path) };
}

/** Undefined for what could not be written back as it was. */
function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
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
    const working = writeTemporary(path, Buffer.from(text), undefined, 0o755);
    try {
      chmodSync(working, 0o755);
      renameSync(working, path);
    } finally {
      unlessRefused(() => unlinkSync(working));
    }
    return { kind: 'done' };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { kind: 'failed', reason: reasonOf(error, path), ...(isDiskFault(error) ? { isDisk: true } : {}) };
  }
}

export const realGitSetup: GitSetup = { set, writeHook };
