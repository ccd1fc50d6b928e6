// What an interrupted process left in a practice: changes half done, and temporary files. The caller holds the lock.
import { lstatSync, readdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileChange } from '../world.ts';
import { removeFolders, type Step, takeBack } from './atomic.ts';
import { isExactly, isInside, truePath, unlessRefused } from './disk.ts';
import { abandon, type Begun, begun, complete } from './journal.ts';
import { isGone, isLeftOver, isThisProcess } from './owner.ts';
import { findTarget } from './target.ts';

/** `root` is a true path. One sentence for each thing that was done or found. */
export function recoverAll(state: string, root: string): readonly string[] {
  // This process does nothing else while it recovers, so what it began itself is over too.
  const interrupted = begun(state).filter(({ owner }) => isThisProcess(owner) || isGone(owner));
  const said = interrupted.flatMap((each) => recoverOne(state, root, each));
  const folders = interrupted.flatMap(({ entry }) => entry.changes.map(({ file }) => dirname(join(root, file))));
  return [...said, ...sweep(root, folders)];
}

type Standing = { readonly step: Step; readonly is: 'before' | 'after' | 'other' };

function recoverOne(state: string, root: string, { entry, folders }: Begun): readonly string[] {
  const standings = entry.changes.map((change) => standingOf(root, change));
  const filesThat = (is: Standing['is']): readonly Step[] =>
    standings.filter((each) => each.is === is).map((each) => each.step);
  const [changed, others] = [filesThat('after'), filesThat('other')];
  const command = `\`${entry.what}\` was interrupted`;
  if (changed.length === standings.length) {
    complete(state, entry.id);
    return [`${command} at its very end: all of its changes are there`];
  }
  if (others.length > 0) {
    if (changed.length > 0) complete(state, entry.id);
    else abandon(state, entry.id);
    return [
      `${command}, and ${namesOf(others)} ${others.length === 1 ? 'was' : 'were'} changed since: nothing was taken back` +
        `${changed.length === 0 ? '' : `, ${namesOf(changed)} ${changed.length === 1 ? 'keeps its' : 'keep their'} change`}`,
    ];
  }
  const left = takeBack(changed);
  if (left.length > 0) return [`${command}, and the disk does not let ${left.join(', ')} be taken back yet`];
  removeFolders(folders.map((folder) => join(root, folder)).filter((folder) => isOurs(root, folder)));
  abandon(state, entry.id);
  if (changed.length === 0) return [];
  return [`${command}: ${namesOf(changed)} ${changed.length === 1 ? 'is' : 'are'} again as before it`];
}

function standingOf(root: string, { file, before, after }: FileChange): Standing {
  const [old, young] = [toBytes(before), toBytes(after)];
  const target = unlessRefused(() => findTarget(root, file));
  const path = target && 'path' in target ? target.path : join(root, file);
  const current = target && 'path' in target ? target.old : undefined;
  const step: Step = { file, path, missing: [], old: current, before: old, after: young };
  const is = (bytes: Uint8Array | undefined): boolean => unlessRefused(() => isExactly(path, bytes)) ?? false;
  if (target === undefined || 'reason' in target) return { step, is: 'other' };
  return { step, is: is(young) ? 'after' : is(old) ? 'before' : 'other' };
}

export const toBytes = (text: string | undefined): Uint8Array | undefined =>
  text === undefined ? undefined : Buffer.from(text);

const namesOf = (steps: readonly Step[]): string => steps.map((step) => step.file).join(', ');

const isOurs = (root: string, folder: string): boolean => folder !== root && isInside(root, truePath(folder));

/** A practice is two folders deep; it shares the rest of the tree with whatever the person keeps there. */
const DEPTH = 2;

/** Removes the temporary files of processes that have gone. */
function sweep(root: string, more: readonly string[]): readonly string[] {
  const inside = sweepBelow(root, DEPTH);
  const others = [...new Set(more)].filter((folder) => !inside.folders.has(folder) && isOurs(root, folder));
  const count = others.reduce((sum, folder) => sum + sweepBelow(folder, 0).count, inside.count);
  if (count === 0) return [];
  return [`removed ${count === 1 ? 'a temporary file' : `${count} temporary files`} of an interrupted run`];
}

type Swept = { readonly count: number; readonly folders: ReadonlySet<string> };

/**
 * The folder and those in it, so deep, each asked for its names once: there may be thousands. Links, hidden folders and
 * packages are not the practice's, and none of its folders has an ending.
 */
function sweepBelow(folder: string, depth: number): Swept {
  const names = unlessRefused(() => readdirSync(folder)) ?? [];
  const here = names.filter((name) => name.startsWith('.deliver-') && removed(folder, name)).length;
  const below = depth === 0 ? [] : names.filter((name) => mayBeFolder(name) && isFolder(join(folder, name)));
  const swept = below.map((name) => sweepBelow(join(folder, name), depth - 1));
  return {
    count: swept.reduce((sum, each) => sum + each.count, here),
    folders: new Set([folder, ...swept.flatMap((each) => [...each.folders])]),
  };
}

const mayBeFolder = (name: string): boolean => !name.includes('.') && name !== 'node_modules';

const isFolder = (path: string): boolean => unlessRefused(() => lstatSync(path))?.isDirectory() === true;

/** Whether it was one of ours to remove. */
function removed(folder: string, name: string): boolean {
  const path = join(folder, name);
  const found = unlessRefused(() => lstatSync(path));
  if (!found?.isFile() || !isLeftOver(name, found.mtimeMs)) return false;
  unlessRefused(() => unlinkSync(path));
  return true;
}
