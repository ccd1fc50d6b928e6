// Files created, replaced and removed so that each is wholly the old or wholly the new one, and all of them or none.
// Knows no practice and no journal; the caller has found the places and holds the lock.
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  type Stats,
  unlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  isExactly,
  isRefusal,
  patiently,
  reasonOf,
  syncFile,
  syncFolder,
  unlessMissing,
  unlessRefused,
  writeAll,
} from './disk.ts';
import { temporaryName } from './owner.ts';

export type Step = {
  /** As the practice calls it. */
  readonly file: string;
  readonly path: string;
  /** Folders to be made for it, the outermost first. */
  readonly missing: readonly string[];
  readonly old: Stats | undefined;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
};

export type Applied =
  | { readonly kind: 'applied'; readonly warnings: readonly string[] }
  /** Not carried out. `left` names files that could not be taken back either. */
  | { readonly kind: 'stale'; readonly file: string; readonly left: readonly string[] }
  | { readonly kind: 'failed'; readonly file: string; readonly reason: string; readonly left: readonly string[] };

/** Carries out all steps in this order, or none. Every new text is on the disk before the first file changes. */
export function applyAll(steps: readonly Step[]): Applied {
  const temporary = new Map<Step, string>();
  const done: Step[] = [];
  const made: string[] = [];
  let current = steps[0];
  const undo = (): readonly string[] => {
    for (const path of temporary.values()) unlessRefused(() => unlinkSync(path));
    const left = takeBack(done);
    removeFolders(made);
    return left;
  };
  try {
    for (const step of steps) {
      current = step;
      made.push(...makeFolders(step.missing));
      if (step.after !== undefined) temporary.set(step, writeTemporary(step.path, step.after, step.old));
    }
    for (const step of steps) {
      current = step;
      if (!isExactly(step.path, step.before)) return { kind: 'stale', file: step.file, left: undo() };
      const from = temporary.get(step);
      patiently(() => (from === undefined ? unlinkSync(step.path) : renameSync(from, step.path)));
      temporary.delete(step);
      done.push(step);
    }
    return {
      kind: 'applied',
      warnings: syncFolders([...steps.map((step) => dirname(step.path)), ...made.map(dirname)]),
    };
  } catch (error) {
    const left = undo();
    if (!isRefusal(error) || current === undefined) throw error;
    return { kind: 'failed', file: current.file, reason: reasonOf(error, placeOf(current.file)), left };
  }
}

/** Back to `before`, the last first, where the file still is `after`. Returns the files that the disk did not take back. */
export function takeBack(steps: readonly Step[]): readonly string[] {
  const left: string[] = [];
  for (const { file, path, before, after, old } of steps.toReversed()) {
    try {
      if (!isExactly(path, after)) continue;
      if (before === undefined) patiently(() => unlinkSync(path));
      else {
        const from = writeTemporary(path, before, old);
        patiently(() => renameSync(from, path));
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
      left.push(file);
    }
  }
  syncFolders(steps.map((step) => dirname(step.path)));
  return left;
}

/** Removes these folders, the last first, unless something is in them. */
export function removeFolders(folders: readonly string[]): void {
  for (const folder of folders.toReversed()) unlessRefused(() => rmdirSync(folder));
}

function makeFolders(folders: readonly string[]): readonly string[] {
  const made: string[] = [];
  for (const folder of folders) {
    try {
      mkdirSync(folder);
      made.push(folder);
    } catch (error) {
      // An earlier file of the same change may have needed it too.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        removeFolders(made);
        throw error;
      }
    }
  }
  return made;
}

/** A synced file beside `path` with these bytes, and the mode and owner of `old`, or `mode`. Leaves nothing behind when it throws. */
export function writeTemporary(path: string, bytes: Uint8Array, old: Stats | undefined, mode = 0o666): string {
  const temporary = join(dirname(path), temporaryName());
  const file = openSync(temporary, 'wx', old === undefined ? mode : 0o600);
  try {
    writeAll(file, bytes);
    if (old !== undefined) keepAccess(file, old);
    syncFile(file);
  } catch (error) {
    closeSync(file);
    unlessRefused(() => unlinkSync(temporary));
    throw error;
  }
  closeSync(file);
  return temporary;
}

function keepAccess(file: number, old: Stats): void {
  const { uid, gid } = fstatSync(file);
  // Only root may give a file to somebody; for others it stays theirs, as with any editor.
  if (uid !== old.uid || gid !== old.gid) unlessRefused(() => fchownSync(file, old.uid, old.gid));
  // A file system without modes has nothing to keep.
  unlessRefused(() => fchmodSync(file, old.mode & 0o7777));
}

/** A folder that cannot be synced is no failure: the change is made, but a power cut could still lose it. */
function syncFolders(folders: readonly string[]): readonly string[] {
  const failed = [...new Set(folders)].filter((folder) => {
    try {
      unlessMissing(() => syncFolder(folder));
      return false;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return true;
    }
  });
  return failed.length === 0 ? [] : ['the disk did not confirm the change: a power cut could still lose it'];
}

/** What could not be written is mostly the folder: a temporary file goes beside the old one. */
const placeOf = (file: string): string => (file.includes('/') ? `${dirname(file)}/` : 'the practice folder');
