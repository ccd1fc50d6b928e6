// What an interrupted process left in a practice: changes half done, and temporary files. The caller holds the lock.
import { type Dirent, lstatSync, readdirSync, unlinkSync } from 'node:fs';
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
  const folders = new Set([...ownFolders(root, DEPTH), ...more.filter((folder) => isOurs(root, folder))]);
  let count = 0;
  for (const folder of folders)
    for (const name of unlessRefused(() => readdirSync(folder)) ?? []) {
      const path = join(folder, name);
      const found = name.startsWith('.deliver-') ? unlessRefused(() => lstatSync(path)) : undefined;
      if (!found?.isFile() || !isLeftOver(name, found.mtimeMs)) continue;
      unlessRefused(() => unlinkSync(path));
      count += 1;
    }
  if (count === 0) return [];
  return [`removed ${count === 1 ? 'a temporary file' : `${count} temporary files`} of an interrupted run`];
}

/** Links, hidden folders and packages are not the practice's. */
function ownFolders(folder: string, depth: number): readonly string[] {
  if (depth === 0) return [folder];
  const inside = entriesOf(folder)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .flatMap((entry) => ownFolders(join(folder, entry.name), depth - 1));
  return [folder, ...inside];
}

const entriesOf = (folder: string): readonly Dirent[] =>
  unlessRefused(() => readdirSync(folder, { withFileTypes: true })) ?? [];
