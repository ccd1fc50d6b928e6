// One program at a time changes a practice: an exclusive file that names its owner, and a quick end for dead ones.
// Knows nothing of what is done under the lock.
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Refusal } from '../world.ts';
import { codeOf, isRefusal, pause, reasonOf, unlessRefused, writeAll } from './disk.ts';
import { isGone, isLongAgo, type Owner, parseOwner, randomName, thisOwner } from './owner.ts';
import { distrustOf, fixFor, makePrivate, type Place } from './place.ts';

export type Lock = {
  /** False when somebody took it for dead, which no living process should see. */
  readonly isHeld: () => boolean;
  readonly release: () => void;
};

/** An owner writes its name right after it made the file: one without a name for so long will never have one. */
const UNSIGNED = 2000;
const LONGEST_PAUSE = 60;

/** Takes the lock in the first of `places` that can be written, and in none after one that is not safe; waits up to `patience` milliseconds. */
export function takeLock(places: readonly Place[], patience: number): { readonly lock: Lock } | Refusal {
  const end = Date.now() + patience;
  let why = 'there is not a folder for it';
  for (const place of places) {
    const distrust = distrustOf(place);
    if (distrust !== undefined) return distrust;
    try {
      makePrivate(place.folder);
      return distrustOf(place) ?? waitFor(join(place.folder, 'lock'), end);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      why = reasonOf(error, 'the folder for it');
    }
  }
  const [first] = places;
  const fix = first === undefined ? '' : fixFor(first);
  return { cause: 'disk', refused: `cannot lock this folder: ${why}`, fix };
}

/** Who has the lock at this path, as a sentence; undefined when nobody living has. */
export function lockHolder(path: string): string | undefined {
  const seen = read(path);
  return seen === undefined || isDead(path, seen) ? undefined : describe(seen);
}

/** Throws when the lock cannot be made here, as when the folder is read-only. */
function waitFor(path: string, end: number): { readonly lock: Lock } | Refusal {
  const first = tryToTake(path);
  if (first !== undefined) return { lock: first };
  return interruptibly(() => {
    for (let longest = 4; ; longest = Math.min(longest * 1.5, LONGEST_PAUSE)) {
      const seen = read(path);
      if (seen !== undefined && isDead(path, seen)) clear(path, seen);
      const lock = tryToTake(path);
      if (lock !== undefined) return { lock };
      if (Date.now() >= end) return { cause: 'busy', refused: describe(seen), fix: 'try again when it is done' };
      pause(1 + Math.random() * longest);
    }
  });
}

/** Undefined when another has it. */
function tryToTake(path: string): Lock | undefined {
  const mine = JSON.stringify({ ...thisOwner(), token: randomName() });
  if (!create(path, mine)) return undefined;
  const isHeld = (): boolean => read(path) === mine;
  const release = (): void => {
    if (isHeld()) unlessRefused(() => unlinkSync(path));
  };
  return { isHeld, release };
}

/** Makes the file with this text, unless there is one. */
function create(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // Windows says this of a file that is just being removed.
    if (process.platform === 'win32' && ['EPERM', 'EBUSY'].includes(codeOf(error))) return false;
    throw error;
  }
  try {
    writeAll(file, Buffer.from(text));
  } catch (error) {
    unlessRefused(() => unlinkSync(path));
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

const read = (path: string): string | undefined => unlessRefused(() => readFileSync(path, 'utf8'));

function ownerIn(text: string): Owner | undefined {
  try {
    return parseOwner(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function isDead(path: string, text: string): boolean {
  const owner = ownerIn(text);
  if (owner !== undefined) return isGone(owner);
  const made = unlessRefused(() => statSync(path).mtimeMs);
  return made !== undefined && (Date.now() - made > UNSIGNED || isLongAgo(made));
}

/**
 * Removes a dead lock. Many may wait, see it dead at once, and one of them may have the lock before another removes
 * it: so only the holder of a second file removes, after another look.
 */
function clear(path: string, dead: string): void {
  const turn = `${path}.clearing`;
  if (!create(turn, JSON.stringify(thisOwner()))) {
    const seen = read(turn);
    if (seen !== undefined && isDead(turn, seen)) setAside(turn, seen);
    return;
  }
  try {
    if (read(path) === dead) unlessRefused(() => unlinkSync(path));
  } finally {
    unlessRefused(() => unlinkSync(turn));
  }
}

/** A program that was killed in the moment of clearing: its file is renamed away, and put back if it is a newer one. */
function setAside(path: string, dead: string): void {
  const aside = `${path}.${randomName()}`;
  unlessRefused(() => renameSync(path, aside));
  const moved = read(aside);
  if (moved !== undefined && moved !== dead) unlessRefused(() => linkSync(aside, path));
  rmSync(aside, { force: true });
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

function describe(text: string | undefined): string {
  const owner = text === undefined ? undefined : ownerIn(text);
  if (owner === undefined) return 'deliver has been changing this folder in another window';
  const since = new Date(owner.since);
  const time = `${twoDigits(since.getHours())}:${twoDigits(since.getMinutes())}`;
  return `deliver (process ${owner.pid} on host ${owner.host}) has been changing this folder since ${time}`;
}

/**
 * Waits so that Ctrl-C ends the program at once: a signal with a listener would only be heard after the wait, and
 * nothing is held yet that would have to be released.
 */
function interruptibly<T>(wait: () => T): T {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const listeners = signals.map((signal) => [signal, process.rawListeners(signal)] as const);
  for (const signal of signals) process.removeAllListeners(signal);
  try {
    return wait();
  } finally {
    for (const [signal, each] of listeners)
      for (const listener of each) process.on(signal, listener as NodeJS.SignalsListener);
  }
}
