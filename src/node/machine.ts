// What is installed on this machine, and what earlier runs have left of a practice. Looks, and changes nothing.
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import process from 'node:process';
import type { Machine, Upkeep } from '../world.ts';
import { clipboardNames, openerName } from './desktop.ts';
import { reasonOf, truePath, unlessRefused } from './disk.ts';
import { gitText } from './git.ts';
import { unfinished } from './journal.ts';
import { lockHolder } from './lock.ts';
import { distrustOf, type Env, fixFor, statePlace, temporaryPlace } from './place.ts';
import { findProgram } from './programs.ts';

declare const __VERSION__: string;

export const VERSION = __VERSION__;

export function machineOf(env: Env): Machine {
  return {
    version: VERSION,
    node: process.versions.node,
    git: /(\d+\.\d+[.\d]*)/.exec(gitText(process.cwd(), ['version']) ?? '')?.[1],
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    opener: findProgram(env, openerName()) === undefined ? undefined : openerName(),
    clipboard: clipboardNames().find((name) => findProgram(env, name) !== undefined),
  };
}

export function upkeepOf(env: Env, root: string): Upkeep {
  const at = truePath(root);
  const state = statePlace(env, at);
  const { folder } = state;
  const places = [folder, temporaryPlace(env, at).folder];
  const distrust = distrustOf(state);
  const refused = refusalAt(nearest(folder));
  return {
    folder,
    refused: distrust ?? (refused === undefined ? undefined : { refused, fix: fixFor(state) }),
    practiceRefused: refusalAt(at),
    oldCache: oldCacheOf(env),
    busy: places.map((place) => lockHolder(join(place, 'lock'))).find((each) => each !== undefined),
    interrupted: unfinished(folder).map(({ entry }) => entry.what),
  };
}

/** Where earlier versions kept what they had read; undefined when nothing is there. */
function oldCacheOf(env: Env): string | undefined {
  const folder = cacheFolder(env);
  return unlessRefused(() => statSync(folder).isDirectory()) ? folder : undefined;
}

function cacheFolder(env: Env): string {
  const set = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  // The XDG specification: a relative path is to be ignored.
  if (set !== undefined && isAbsolute(set))
    return join(set, 'deliver', ...(process.platform === 'win32' ? ['Cache'] : []));
  const home = env.HOME !== undefined && isAbsolute(env.HOME) ? env.HOME : homedir();
  if (process.platform === 'win32') return join(home, 'AppData/Local/deliver/Cache');
  return process.platform === 'darwin' ? join(home, 'Library/Caches/deliver') : join(home, '.cache/deliver');
}

/** Itself, or the nearest folder above that is there. */
function nearest(folder: string): string {
  if (unlessRefused(() => statSync(folder)) !== undefined) return folder;
  return dirname(folder) === folder ? folder : nearest(dirname(folder));
}

function refusalAt(folder: string): string | undefined {
  try {
    if (!statSync(folder).isDirectory()) return `${folder} is not a folder`;
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return reasonOf(error, folder);
  }
}
