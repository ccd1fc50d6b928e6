// Where in the practice a file to be changed really is, and why it may not be one of ours to change. Changes nothing.
import { accessSync, constants, lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { isInside, reasonOf, unlessMissing } from './disk.ts';

export type Target = {
  /** Absolute, with every link followed. */
  readonly path: string;
  /** Folders that have to be made for it, the outermost first. */
  readonly missing: readonly string[];
  /** The practice calls a link by this name, and `path` is where it leads. */
  readonly isLink: boolean;
  /** The file there is now. */
  readonly old: Stats | undefined;
};

export type Refused = { readonly reason: string };

const OUTSIDE: Refused = { reason: 'it points outside the practice' };

/** `root` is a true path; `file` is relative to it. Throws what the disk says. */
export function findTarget(root: string, file: string): Target | Refused {
  const wanted = resolve(root, file);
  if (isAbsolute(file) || !isInside(root, wanted) || wanted === root) return OUTSIDE;
  const { folder, missing } = nearestFolder(dirname(wanted));
  // A practice that is only being made has no folder of its own yet.
  if (!isInside(root, folder) && !missing.includes(root)) return OUTSIDE;
  if (!statSync(folder).isDirectory()) return { reason: 'a file is in the way of a folder' };
  const path = join(missing.at(-1) ?? folder, basename(wanted));
  const found = unlessMissing(() => lstatSync(path));
  if (found?.isSymbolicLink()) return followLink(root, path);
  if (found === undefined) return { path, missing, isLink: false, old: undefined };
  return refusalOf(found) ?? { path, missing, isLink: false, old: found };
}

/** The true path of the nearest folder that exists, and those below it that do not. */
function nearestFolder(wanted: string): { readonly folder: string; readonly missing: readonly string[] } {
  const folder = unlessMissing(() => realpathSync.native(wanted));
  if (folder !== undefined) return { folder, missing: [] };
  const above = nearestFolder(dirname(wanted));
  const missing = join(above.missing.at(-1) ?? above.folder, basename(wanted));
  return { folder: above.folder, missing: [...above.missing, missing] };
}

function followLink(root: string, link: string): Target | Refused {
  const path = unlessMissing(() => realpathSync.native(link));
  if (path === undefined) return { reason: 'it is a broken link' };
  if (!isInside(root, path)) return OUTSIDE;
  const old = lstatSync(path);
  return refusalOf(old) ?? { path, missing: [], isLink: true, old };
}

function refusalOf(old: Stats): Refused | undefined {
  if (old.isDirectory()) return { reason: 'there is a folder of this name' };
  return old.isFile() ? undefined : { reason: 'it is not a regular file' };
}

/** Whether a file may be replaced: renaming over it would not ask. Undefined when it may. */
export function refusalToWrite(path: string, file: string): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return reasonOf(error, file);
  }
}
