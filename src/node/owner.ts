// Which running program something on disk belongs to, and whether that program has gone. Knows no locks and no journal.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';
import { codeOf, unlessRefused } from './disk.ts';

export type Owner = {
  readonly pid: number;
  readonly host: string;
  /** When it made its mark, in milliseconds of the clock. */
  readonly since: number;
  /** Linux tells more: which boot, which space of process numbers, and when the process began (in ticks). */
  readonly boot?: string;
  readonly space?: string;
  readonly began?: string;
};

/** Nothing of ours takes this long: past it, an owner that cannot be asked has gone. */
const LONG_AGO = 10 * 60_000;

const textAt = (path: string): string | undefined => unlessRefused(() => readFileSync(path, 'utf8').trim());

/** Letter of the state, and start in ticks since boot, from after the command's name, which may hold anything. */
function vitals(pid: number | 'self'): { readonly state: string; readonly began: string } | undefined {
  const fields = textAt(`/proc/${pid}/stat`)
    ?.replace(/^.*\)\s/s, '')
    .split(' ');
  const [state, began] = [fields?.[0], fields?.[19]];
  return state === undefined || began === undefined ? undefined : { state, began };
}

export function thisOwner(): Owner {
  const boot = textAt('/proc/sys/kernel/random/boot_id');
  const space = unlessRefused(() => readlinkSync('/proc/self/ns/pid'));
  const began = vitals('self')?.began;
  return {
    pid: process.pid,
    host: hostname(),
    since: Date.now(),
    ...(boot === undefined ? {} : { boot }),
    ...(space === undefined ? {} : { space }),
    ...(began === undefined ? {} : { began }),
  };
}

/** Undefined when the text is no owner's. */
export function parseOwner(value: unknown): Owner | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, host, since } = value as Partial<Owner>;
  const isOwner = Number.isSafeInteger(pid) && typeof host === 'string' && typeof since === 'number';
  return isOwner ? (value as Owner) : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Anything but "no such process" is a process of somebody else.
    return codeOf(error) !== 'ESRCH';
  }
}

export const isLongAgo = (time: number): boolean => Math.abs(Date.now() - time) > LONG_AGO;

const differ = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b;

/** Whether the owner has certainly ended; one that cannot be asked has, ten minutes after its mark. */
export function isGone(owner: Owner): boolean {
  const here = thisOwner();
  if (owner.host !== here.host) return isLongAgo(owner.since);
  if (differ(owner.boot, here.boot)) return true;
  if (differ(owner.space, here.space)) return isLongAgo(owner.since);
  if (!isAlive(owner.pid)) return true;
  const now = vitals(owner.pid);
  if (now === undefined || owner.began === undefined) return isLongAgo(owner.since);
  return now.began !== owner.began || now.state === 'Z';
}

export const isThisProcess = (owner: Owner): boolean =>
  owner.pid === process.pid && owner.host === hostname() && owner.began === vitals('self')?.began;

/** Four letters for this host, so that a folder shared between machines tells whose a temporary file is. */
const hostMark = (): string => createHash('sha256').update(hostname()).digest('hex').slice(0, 4);

export const randomName = (): string => randomBytes(6).toString('hex');

export const temporaryName = (): string => `.deliver-${process.pid}-${hostMark()}${randomName()}.tmp`;

/** Whether a file of this name, last written at `written`, was left over by a process of ours that has gone. */
export function isLeftOver(name: string, written: number): boolean {
  const [, pid, host] = /^\.deliver-(\d{1,10})-([0-9a-f]{4})[0-9a-f]{12}\.tmp$/.exec(name) ?? [];
  if (pid === undefined || host === undefined) return false;
  // Our own process writes nothing while it asks: one with its number is of an earlier process with the same.
  if (Number(pid) === process.pid) return true;
  if (host !== hostMark()) return isLongAgo(written);
  return !isAlive(Number(pid)) || vitals(Number(pid))?.state === 'Z' || isLongAgo(written);
}
