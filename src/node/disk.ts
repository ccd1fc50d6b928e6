// Small dealings with a disk that can refuse: its reasons in words, patience on Windows, syncing. Knows no practice.
import {
  closeSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';

export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | undefined)?.code ?? '';

/** A refusal of the system, not a fault of ours. */
export const isRefusal = (error: unknown): boolean => /^E[A-Z0-9]+$/.test(codeOf(error));

export const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
};

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EROFS: 'the disk is read-only',
  EIO: 'the disk has a fault',
  EFBIG: 'the disk takes no file of this size',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  EBUSY: 'another program is using it',
  ETXTBSY: 'another program is using it',
  EISDIR: 'there is a folder of this name',
  ENOTDIR: 'a file is in the way of a folder',
  EEXIST: 'a file is in the way of a folder',
  ELOOP: 'its links form a loop',
  ENOENT: 'its folder no longer exists',
};

/** Nothing that the person named is wrong: the disk, or this machine, has come to its limits. */
const OF_THE_DISK: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EFBIG', 'EMFILE', 'ENFILE']);
export const isDiskFault = (error: unknown): boolean => OF_THE_DISK.has(codeOf(error));

/** Why the disk refused, in words; `place` is what could not be written. */
export function reasonOf(error: unknown, place: string): string {
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return `no permission to write ${place}`;
  return REASONS[code] ?? `the disk refused (${code})`;
}

const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';

/** The answer, or undefined where there is nothing; other refusals are thrown. */
export function unlessMissing<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Makes a folder and those above it that are missing. Throws what the disk says, where Node's own way goes on for ever: in
 * /proc, for one, making a folder answers that no such folder.
 */
export function makeFolder(path: string, mode = 0o777): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw Object.assign(new Error(`${path} is not a folder`), { code: 'ENOTDIR' });
  if (dirname(path) !== path) makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** The answer, or undefined when the disk refuses for whatever reason. */
export function unlessRefused<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Stands still, in milliseconds; nothing else of this program runs meanwhile. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const PATIENCE = 2000;

/** On Windows a virus scanner or an indexer may have the file open for a moment: tries again for up to two seconds. */
export function patiently<T>(attempt: () => T): T {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const isPassing = process.platform === 'win32' && ['EPERM', 'EBUSY', 'EACCES'].includes(codeOf(error));
      if (!isPassing || Date.now() > end) throw error;
      pause(20);
    }
  }
}

/** A disk that is nearly full takes a part: then the rest says why. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** Some file systems cannot sync, which is no failure. */
const CANNOT_SYNC: ReadonlySet<string> = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

export function syncFile(file: number): void {
  try {
    fsyncSync(file);
  } catch (error) {
    if (!CANNOT_SYNC.has(codeOf(error))) throw error;
  }
}

/** Makes the names in a folder durable. Windows has no such thing. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    syncFile(file);
  } finally {
    closeSync(file);
  }
}

/** The bytes at `path` are exactly these; undefined stands for no file. */
export function isExactly(path: string, bytes: Uint8Array | undefined): boolean {
  const file = unlessMissing(() => openSync(path, 'r'));
  if (file === undefined || bytes === undefined) {
    if (file !== undefined) closeSync(file);
    // A link that leads nowhere opens as nothing, and is something all the same.
    return bytes === undefined && file === undefined && unlessMissing(() => lstatSync(path)) === undefined;
  }
  try {
    return fstatSync(file).size === bytes.length && readFileSync(file).equals(bytes);
  } finally {
    closeSync(file);
  }
}

/** The one true path of a folder, of which the last parts need not exist yet. */
export function truePath(path: string): string {
  const whole = resolve(path);
  const found = unlessMissing(() => realpathSync.native(whole));
  if (found !== undefined) return found;
  return dirname(whole) === whole ? whole : join(truePath(dirname(whole)), basename(whole));
}
