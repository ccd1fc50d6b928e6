// The Memory port: one file a practice in the user's cache folder, readable by this user alone, for it is client data.
// Whatever goes wrong with it, the run goes on as if nothing were remembered.
import { hash } from 'node:crypto';
import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import process from 'node:process';
import type { Memory } from '../world.ts';
import { makeFolder } from './disk.ts';
import type { Env } from './place.ts';

type Kept = { readonly from: number; readonly to: number; readonly sum: string };
type Pack = { readonly bytes: Buffer; readonly kept: Map<string, Kept> };
type Wish = { readonly keys: readonly string[]; readonly toText: (key: string) => string | undefined };

const MAGIC = 'deliver remembers 2';
/** What was not written to for so long is swept away. */
const OLD = 60 * 86_400_000;

/** Of all practices together. */
const MOST_ANSWERS = 200;

const sumOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64url');

/** `build`: what one build of the program remembers means nothing to another. */
export function cacheMemory(env: Env, build: string): Memory {
  const packs = new Map<string, Pack>();
  const wishes = new Map<string, Wish>();
  const fileOf = (root: string): string =>
    join(cacheFolder(env), build, `${sumOf(Buffer.from(root)).slice(0, 22)}.records`);
  const noteOf = (root: string, name: string): string =>
    `${fileOf(root).replace(/records$/, '')}${sumOf(Buffer.from(name)).slice(0, 22)}.answer`;
  const packOf = (root: string): Pack => {
    const known = packs.get(root) ??
      quietly(() => readPack(fileOf(root))) ?? { bytes: Buffer.alloc(0), kept: new Map() };
    packs.set(root, known);
    return known;
  };
  return {
    fingerprint: sumOf,
    has: (root, key) => packOf(root).kept.has(key),
    find(root, key) {
      const { bytes, kept } = packOf(root);
      const at = kept.get(key);
      if (at === undefined) return undefined;
      const text = bytes.subarray(at.from, at.to);
      if (sumOf(text) === at.sum) return text.toString('latin1');
      // Spoiled on the disk: to be kept anew.
      kept.delete(key);
      return undefined;
    },
    noted: (root, name) => quietly(() => readNote(noteOf(root, name))),
    note: (root, name, text) => {
      quietly(() => {
        const bytes = Buffer.from(text);
        writeWhole(noteOf(root, name), [Buffer.from(`${sumOf(bytes)}\n`), bytes]);
      });
    },
    keep: (root, keys, toText) => wishes.set(root, { keys, toText }),
    settle() {
      for (const [root, wish] of wishes) {
        const pack = packOf(root);
        if (wish.keys.every((key) => pack.kept.has(key))) continue;
        quietly(() => writePack(fileOf(root), pack, wish));
      }
      wishes.clear();
    },
  };
}

function quietly<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}

/** Where this program keeps what can be lost, for this user. */
export function cacheFolder(env: Env): string {
  const set = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  // The XDG specification: a relative path is to be ignored.
  if (set !== undefined && isAbsolute(set))
    return join(set, 'deliver', ...(process.platform === 'win32' ? ['Cache'] : []));
  const home = env.HOME !== undefined && isAbsolute(env.HOME) ? env.HOME : homedir();
  if (process.platform === 'win32') return join(home, 'AppData/Local/deliver/Cache');
  return process.platform === 'darwin' ? join(home, 'Library/Caches/deliver') : join(home, '.cache/deliver');
}

/** All texts, the index of them, and a last line with the index's length and its sum. */
function readPack(file: string): Pack | undefined {
  if (!isOurs(dirname(file))) return undefined;
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf('\n');
  const [magic, length, sum] = bytes.toString('latin1', Math.max(0, end + 1)).split(' | ');
  const start = end - Number(length);
  if (magic !== MAGIC || !(start >= 0)) return undefined;
  const index = bytes.subarray(start, end);
  if (sumOf(index) !== sum) return undefined;
  const kept = new Map<string, Kept>();
  let from = 0;
  for (const [key, size, own] of JSON.parse(index.toString('latin1')) as [string, number, string][]) {
    kept.set(key, { from, to: from + size, sum: own });
    from += size;
  }
  return from === start ? { bytes, kept } : undefined;
}

/** Nobody else could have written there. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder);
  if (!found.isDirectory()) return false;
  if (process.getuid === undefined) return true;
  return found.uid === process.getuid() && (found.mode & 0o022) === 0;
}

function writePack(file: string, pack: Pack, wish: Wish): void {
  const wanted = new Set(wish.keys);
  const others = [...pack.kept.keys()].filter((key) => !wanted.has(key));
  // A branch that was left may be come back to; beyond that, what is not asked for goes.
  const keys = others.length <= wanted.size ? [...wanted, ...others] : [...wanted];
  writeWhole(file, packed(pack, keys, wish.toText));
}

/** The parts of a pack one after the other, so that it is never in memory as a whole. */
function* packed(pack: Pack, keys: readonly string[], toText: Wish['toText']): Generator<Uint8Array> {
  const index: [string, number, string][] = [];
  for (const key of keys) {
    const at = pack.kept.get(key);
    const fresh = at ? undefined : toText(key);
    const text = at
      ? pack.bytes.subarray(at.from, at.to)
      : fresh === undefined
        ? undefined
        : Buffer.from(fresh, 'latin1');
    if (!text) continue;
    index.push([key, text.length, at?.sum ?? sumOf(text)]);
    yield text;
  }
  const head = Buffer.from(JSON.stringify(index), 'latin1');
  yield head;
  yield Buffer.from(`\n${MAGIC} | ${head.length} | ${sumOf(head)}`, 'latin1');
}

/** A line with the sum of the rest. */
function readNote(file: string): string | undefined {
  if (!isOurs(dirname(file))) return undefined;
  const bytes = readFileSync(file);
  const end = bytes.indexOf('\n');
  const text = bytes.subarray(end + 1);
  return sumOf(text) === bytes.toString('latin1', 0, end) ? text.toString() : undefined;
}

/** Never half: another process sees the old file or the new one. */
function writeWhole(file: string, parts: Iterable<Uint8Array>): void {
  const folder = dirname(file);
  makeFolder(folder, 0o700);
  if (!isOurs(folder)) return;
  const own = `${file}.${process.pid}.${Date.now().toString(36)}`;
  try {
    writeParts(own, parts);
    renameSync(own, file);
  } catch (error) {
    quietly(() => unlinkSync(own));
    throw error;
  }
  quietly(() => sweep(dirname(folder)));
}

const MUCH = 1 << 20;

/** A new file, written a megabyte at a time. */
function writeParts(path: string, parts: Iterable<Uint8Array>): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    let waiting: Uint8Array[] = [];
    let size = 0;
    const flush = (): void => {
      // Appends: all of it or an error.
      writeFileSync(file, Buffer.concat(waiting));
      waiting = [];
      size = 0;
    };
    for (const part of parts) {
      waiting.push(part);
      size += part.length;
      if (size > MUCH) flush();
    }
    flush();
  } finally {
    closeSync(file);
  }
}

/** What other builds remember, and of practices that are gone; what an interrupted run left; all but the last answers. */
function sweep(folder: string): void {
  for (const build of readdirSync(folder)) {
    const inside = join(folder, build);
    const files = readdirSync(inside).map((name) => ({
      path: join(inside, name),
      age: Date.now() - statSync(join(inside, name)).mtimeMs,
    }));
    const answers = files.filter(({ path }) => path.endsWith('.answer')).sort((a, b) => a.age - b.age);
    const tooMany = new Set(answers.slice(MOST_ANSWERS));
    for (const each of files) if (each.age > OLD || tooMany.has(each)) unlinkSync(each.path);
    // Refused while something is left in it.
    quietly(() => rmdirSync(inside));
  }
}
