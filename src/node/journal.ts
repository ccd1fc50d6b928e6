// The journal on disk: one JSON file a change, under its working name until the change is complete. Changes no practice.
import { closeSync, openSync, readdirSync, readFileSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { FileChange, JournalEntry } from '../world.ts';
import { isRefusal, patiently, reasonOf, syncFile, syncFolder, unlessRefused, writeAll } from './disk.ts';
import { isGone, type Owner, parseOwner, randomName, thisOwner } from './owner.ts';
import { makePrivate } from './place.ts';

const KEPT = 100;

/** `00000042-1f3a5b7c9d0e.json`; with `.writing` before the end while the change is not complete. */
const NAME = /^(\d{8}-[0-9a-f]{12})(\.writing)?\.json$/;

/** A change that was begun, and may have been interrupted. */
export type Begun = {
  readonly entry: JournalEntry;
  readonly owner: Owner;
  /** Folders, relative to the practice, that the change was to make; the outermost first. */
  readonly folders: readonly string[];
};

type Listed = { readonly id: string; readonly name: string; readonly isBegun: boolean };

const folderIn = (state: string): string => join(state, 'journal');

/** The newest first. */
function listed(state: string): readonly Listed[] {
  const names = unlessRefused(() => readdirSync(folderIn(state))) ?? [];
  return names
    .flatMap((name) => {
      const [, id, begun] = NAME.exec(name) ?? [];
      return id === undefined ? [] : [{ id, name, isBegun: begun !== undefined }];
    })
    .sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** Writes the entry, durably, before anything is changed. */
export function begin(
  state: string,
  change: { readonly what: string; readonly changes: readonly FileChange[]; readonly folders: readonly string[] },
): { readonly id: string } | { readonly reason: string } {
  const folder = folderIn(state);
  let path: string | undefined;
  try {
    makePrivate(folder);
    const id = `${String(lastNumber(state) + 1).padStart(8, '0')}-${randomName()}`;
    path = join(folder, `${id}.writing.json`);
    const { what, changes, folders } = change;
    const text = JSON.stringify({ id, when: localTime(new Date()), what, changes, folders, owner: thisOwner() });
    writeDurably(path, text);
    syncFolder(folder);
    return { id };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const begun = path;
    if (begun !== undefined) unlessRefused(() => unlinkSync(begun));
    return { reason: reasonOf(error, folder) };
  }
}

const lastNumber = (state: string): number => Number(listed(state)[0]?.id.slice(0, 8) ?? 0);

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeAll(file, Buffer.from(text));
    syncFile(file);
  } finally {
    closeSync(file);
  }
}

/** The change is complete: the entry gets its lasting name, and the oldest ones go. */
export function complete(state: string, id: string): void {
  const folder = folderIn(state);
  unlessRefused(() => patiently(() => renameSync(join(folder, `${id}.writing.json`), join(folder, `${id}.json`))));
  const old = listed(state).filter((each) => !each.isBegun);
  for (const { name } of old.slice(KEPT)) unlessRefused(() => unlinkSync(join(folder, name)));
}

/** The change did not happen, or was taken back. */
export function abandon(state: string, id: string): void {
  unlessRefused(() => unlinkSync(join(folderIn(state), `${id}.writing.json`)));
}

/** Complete entries, the newest first; one that cannot be read is passed over. */
export function completed(state: string): readonly JournalEntry[] {
  return listed(state)
    .filter((each) => !each.isBegun)
    .slice(0, KEPT)
    .flatMap((each) => entryIn(each, read(state, each)) ?? []);
}

/** Changes that were begun and not completed, the newest first. One that cannot be read changed no file yet: it goes. */
export function begun(state: string): readonly Begun[] {
  return listed(state)
    .filter((each) => each.isBegun)
    .flatMap((each) => {
      const value = read(state, each);
      const [entry, owner] = [entryIn(each, value), parseOwner(value?.owner)];
      if (entry !== undefined && owner !== undefined) return [{ entry, owner, folders: texts(value?.folders) }];
      abandon(state, each.id);
      return [];
    });
}

/** Of these, those whose process has gone; nothing is cleared up. */
export const unfinished = (state: string): readonly Begun[] =>
  listed(state)
    .filter((each) => each.isBegun)
    .flatMap((each) => {
      const value = read(state, each);
      const [entry, owner] = [entryIn(each, value), parseOwner(value?.owner)];
      return entry && owner && isGone(owner) ? [{ entry, owner, folders: texts(value?.folders) }] : [];
    });

export function forget(state: string, ids: readonly string[]): void {
  for (const { id, name, isBegun } of listed(state))
    if (!isBegun && ids.includes(id)) unlessRefused(() => unlinkSync(join(folderIn(state), name)));
}

function read(state: string, { name }: Listed): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folderIn(state), name), 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function entryIn({ id }: Listed, value: Readonly<Record<string, unknown>> | undefined): JournalEntry | undefined {
  const { when, what, changes } = value ?? {};
  if (typeof when !== 'string' || typeof what !== 'string' || !Array.isArray(changes)) return undefined;
  return changes.every(isChange) ? { id, when, what, changes: changes.map(toChange) } : undefined;
}

const isChange = (value: unknown): value is FileChange => {
  if (typeof value !== 'object' || value === null) return false;
  const { file, before, after } = value as Record<string, unknown>;
  return typeof file === 'string' && [before, after].every((text) => text === undefined || typeof text === 'string');
};

/** JSON leaves undefined out. */
const toChange = ({ file, before, after }: FileChange): FileChange => ({ file, before, after });

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** As the clock on the wall, with its distance from UTC: `2026-11-23T10:02:05+01:00`. */
function localTime(time: Date): string {
  const day = [time.getFullYear(), twoDigits(time.getMonth() + 1), twoDigits(time.getDate())].join('-');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':');
  const east = -time.getTimezoneOffset();
  const distance = Math.abs(east);
  return `${day}T${clock}${east < 0 ? '-' : '+'}${twoDigits(Math.floor(distance / 60))}:${twoDigits(distance % 60)}`;
}
