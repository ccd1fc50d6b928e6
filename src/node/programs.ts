// Where the programs of this machine are: on the PATH and nowhere else, so never in the folder that is being worked on.
import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import process from 'node:process';
import { unlessRefused } from './disk.ts';
import type { Env } from './place.ts';

/** What Windows can start without a shell; a name may have its ending already. */
const ENDINGS = ['.exe', '.com', ''];

/**
 * Every place where a program of this name could be, in the order of the PATH. An entry that is not absolute would mean
 * the working directory, and is passed over.
 */
export function placesOf(env: Env, name: string, platform: NodeJS.Platform = process.platform): readonly string[] {
  const isWindows = platform === 'win32';
  const { delimiter, isAbsolute, join } = isWindows ? win32 : posix;
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).map((each) => each.replace(/^"(.*)"$/, '$1'));
  return folders
    .filter((folder) => isAbsolute(folder))
    .flatMap((folder) => (isWindows ? ENDINGS : ['']).map((ending) => join(folder, name + ending)));
}

/** Undefined when it is not installed. */
export const findProgram = (env: Env, name: string): string | undefined => placesOf(env, name).find(canRun);

const canRun = (path: string): boolean =>
  unlessRefused(() => {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  }) === true;
