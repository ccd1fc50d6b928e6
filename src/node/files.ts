// The Files port on the real disk. Owns links, permissions and limits; nothing outside the practice is ever read.
import {
  accessSync,
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Entry, Files, ListFault, ListResult, ReadFault, ReadResult } from '../world.ts';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const FAULTS: Readonly<Record<string, ReadFault>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EISDIR: 'directory',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
};

const exists = (path: string): boolean => {
  try {
    accessSync(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
};

/** Something stands there, though what it leads to does not. */
const isLink = (path: string): boolean => {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
};

const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
};

function findUp(from: string, name: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (exists(join(folder, name))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** What a link leads to; one to a folder counts as `other`, for linked folders are not followed. */
function kindOfLink(root: string, path: string): Entry['kind'] {
  try {
    const target = realpathSync(path);
    if (!isInside(realpathSync(root), target)) return 'outside';
    return statSync(target).isFile() ? 'file' : 'other';
  } catch {
    return 'other';
  }
}

function list(root: string, folder: string): ListResult {
  const at = join(root, folder);
  try {
    if (folder !== '' && !isInside(realpathSync.native(root), realpathSync.native(at))) return { fault: 'outside' };
    const found = readdirSync(at, { withFileTypes: true });
    const entries = withoutMisnamed(at, found)
      .map((each): Entry => {
        if ('kind' in each) return each;
        if (each.isSymbolicLink()) return { name: each.name, kind: kindOfLink(root, join(at, each.name)) };
        return { name: each.name, kind: each.isDirectory() ? 'directory' : each.isFile() ? 'file' : 'other' };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return { entries };
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return { fault: exists(at) ? 'file' : 'missing' };
    const found = faultOf(error, at);
    return { ...found, fault: LIST_FAULTS[found.fault] ?? 'other' };
  }
}

/** What Node shows of bytes that are no UTF-8; a name may also have it of its own. */
const REPLACED = '\ufffd';

/** Names are read once more as bytes where one of them may be no text. */
function withoutMisnamed(folder: string, found: readonly Dirent[]): readonly (Dirent | Entry)[] {
  if (!found.some(({ name }) => name.includes(REPLACED))) return found;
  const misnamed = readdirSync(folder, { encoding: 'buffer' }).filter((name) => !name.equals(Buffer.from(`${name}`)));
  const lost = new Set(misnamed.map(String));
  return [
    ...found.filter(({ name }) => !lost.has(name)),
    ...misnamed.map((name): Entry => ({ name: shownBytes(name), kind: 'misnamed' })),
  ];
}

/** One character of UTF-8, byte by byte; what it does not match begins none. */
const CHARACTER =
  /[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|([\x80-\xff])/g;

const shownBytes = (name: Buffer): string =>
  Buffer.from(
    name
      .toString('latin1')
      .replace(CHARACTER, (all, wrong: string | undefined) =>
        wrong === undefined ? all : `\\x${wrong.charCodeAt(0).toString(16)}`,
      ),
    'latin1',
  ).toString('utf8');

const LIST_FAULTS: Readonly<Partial<Record<ReadFault, ListFault>>> = { missing: 'missing', forbidden: 'forbidden' };

function faultOf(error: unknown, path: string): { readonly fault: ReadFault; readonly detail?: string } {
  if (codeOf(error) === 'ENOENT' && isLink(path)) return { fault: 'other', detail: 'the link leads nowhere' };
  const fault = FAULTS[codeOf(error)] ?? 'other';
  return fault === 'other' ? { fault, detail: codeOf(error) } : { fault };
}

/** A file that is no link, in a folder whose true place is known: half the questions to the disk. */
const DIRECTLY =
  constants.O_NOFOLLOW === undefined ? undefined : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Looks where a folder really is once in a run. */
function reader(): Files['read'] {
  const known = new Map<string, boolean>();
  const room = roomInPieces();
  const isOwnFolder = (root: string, folder: string): boolean => {
    const key = `${root}\0${folder}`;
    const answer = known.get(key) ?? isInside(realpathSync.native(root), realpathSync.native(folder));
    known.set(key, answer);
    return answer;
  };
  return (root, path, limit) => {
    const at = join(root, path);
    try {
      if (DIRECTLY === undefined || !isOwnFolder(root, dirname(at))) return readCarefully(root, path, limit, room);
      const file = openSync(at, DIRECTLY);
      try {
        return readOpen(file, limit, room) ?? readCarefully(root, path, limit, room);
      } finally {
        closeSync(file);
      }
    } catch {
      return readCarefully(root, path, limit, room);
    }
  };
}

/** Where to put so many bytes. */
type Room = (size: number) => Buffer;
const PIECE = 1 << 20;

/** Small files side by side in large pieces: thousands of pieces of memory of their own are slow to get and to clear up. */
function roomInPieces(): Room {
  let piece = Buffer.alloc(0);
  return (size) => {
    if (size > PIECE / 4) return Buffer.allocUnsafeSlow(size);
    if (size > piece.length) piece = Buffer.allocUnsafeSlow(PIECE);
    const room = piece.subarray(0, size);
    piece = piece.subarray(size);
    return room;
  };
}

/** Follows links, and says why a file cannot be read. */
function readCarefully(root: string, path: string, limit: number, room: Room): ReadResult {
  let file: number | undefined;
  try {
    const target = realpathSync(join(root, path));
    if (!isInside(realpathSync(root), target)) return { fault: 'outside' };
    // A pipe or a device would block or never end: only what is an ordinary file is opened.
    const before = statSync(target);
    if (before.isDirectory()) return { fault: 'directory' };
    if (!before.isFile()) return { fault: 'other' };
    file = openSync(target, 'r');
    return readOpen(file, limit, room) ?? { fault: 'other' };
  } catch (error) {
    return faultOf(error, join(root, path));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Undefined for anything but an ordinary file. */
function readOpen(file: number, limit: number, roomFor: Room): ReadResult | undefined {
  const found = fstatSync(file);
  if (!found.isFile()) return undefined;
  const { size } = found;
  if (size > limit) return { fault: 'too-large', detail: String(size) };
  const bytes = roomFor(size);
  let filled = 0;
  while (filled < size) {
    const got = readSync(file, bytes, filled, size - filled, filled);
    if (got === 0) break;
    filled += got;
  }
  return { bytes: bytes.subarray(0, filled) };
}

export const realFiles: Files = { findUp, resolve: (base, path) => resolve(base, path), exists, list, read: reader() };
