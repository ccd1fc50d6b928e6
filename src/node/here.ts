// The part of the World that it takes to give an answer again: files, memory, clock, streams. Loads as little as can be.
import { fstatSync, writeSync } from 'node:fs';
import process from 'node:process';
import { type Day, dayOf } from '../day.ts';
import type { Here } from '../run/again.ts';
import type { Stream } from '../world.ts';
import { reasonOf } from './disk.ts';
import { realFiles } from './files.ts';
import { cacheMemory } from './memory.ts';

export type RealHere = Here & {
  /** Whether all that was written is with the system, so that the process may end. */
  readonly isSaid: () => boolean;
};

/** `build` names the build of the program that is running. */
export function hereIn(build: string): RealHere {
  const [stdout, stderr] = [streamOf(1, () => process.stdout), streamOf(2, () => process.stderr)];
  return {
    cwd: process.cwd(),
    env: process.env,
    files: realFiles,
    memory: cacheMemory(process.env, `${build}-${process.version}`),
    stdin: {
      get isTerminal() {
        return mayBeTerminal(0) && process.stdin.isTTY === true;
      },
    },
    stdout,
    stderr,
    today: todayIn,
    isSaid: () => stdout.isSaid() && stderr.isSaid(),
  };
}

/** Node's own streams take 5 ms to be made, and only a terminal needs one. */
function mayBeTerminal(file: number): boolean {
  try {
    return fstatSync(file).isCharacterDevice();
  } catch {
    return false;
  }
}

function streamOf(file: number, stream: () => NodeJS.WriteStream): Stream & { readonly isSaid: () => boolean } {
  // On Windows a pipe is written to later, and only Node's stream waits for that.
  let isDirect = process.platform !== 'win32' && !mayBeTerminal(file);
  let isHeard = false;
  let ifLost: string | undefined;
  const heard = (): NodeJS.WriteStream => {
    if (!isHeard) stream().on('error', (error) => endOn(error, ifLost));
    isHeard = true;
    return stream();
  };
  return {
    get isTerminal() {
      return mayBeTerminal(file) && stream().isTTY === true;
    },
    get columns() {
      return mayBeTerminal(file) && stream().columns > 0 ? stream().columns : undefined;
    },
    write: (text, lost) => {
      ifLost = lost;
      const left = isDirect ? writeDirectly(file, text, lost) : text;
      if (left === '') return;
      // The reader is slower than we are: from here on Node's stream waits for it.
      isDirect = false;
      heard().write(left);
    },
    // On Windows Node's stream does not tell what is still on its way.
    isSaid: () => !isHeard || (process.platform !== 'win32' && stream().writableLength === 0),
  };
}

/** What could not be written at once. */
function writeDirectly(file: number, text: string, lost: string | undefined): string | Uint8Array {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(file, bytes, written);
    return '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') endOn(error as NodeJS.ErrnoException, lost);
    return bytes.subarray(written);
  }
}

/** A reader that has seen enough (`| head`) is no failure. */
function endOn(error: NodeJS.ErrnoException, lost: string | undefined): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  const why = `cannot write the answer: ${reasonOf(error, 'there')}${lost === undefined ? '' : `; ${lost}`}`;
  process.stderr.write(`deliver: ${why}\n`);
  process.exit(3);
}

/** The day of the clock in a zone, in the way that needs nothing but the zone's name. */
export const todayByFormat = (zone: string): Day => formattedIn(zone, new Date());

function todayIn(zone: string): Day {
  const now = new Date();
  const local = zone === 'UTC' ? undefined : inZone(zone, now);
  return local ?? formattedIn(zone, now);
}

/**
 * As this process would see it there: the formatter below takes 15 ms to be made. Undefined for what may be no name of a
 * zone to it, for then it is at zero all the year like UTC.
 */
function inZone(zone: string, now: Date): Day | undefined {
  const before = process.env.TZ;
  try {
    process.env.TZ = zone;
    const isZone = [0, 6].some((month) => new Date(now.getFullYear(), month, 1).getTimezoneOffset() !== 0);
    return isZone ? dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate()) : undefined;
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

function formattedIn(zone: string, now: Date): Day {
  if (zone === 'UTC') return dayOf(now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate());
  // en-CA writes a date as year-month-day.
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const found = Object.fromEntries(parts.formatToParts(now).map((part) => [part.type, part.value]));
  return `${found.year}-${found.month}-${found.day}` as Day;
}
