// Where this program keeps what belongs to a practice but not in it: locks and the journal, in the user's state folder.
import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';
import { shellWord } from '../shell.ts';
import type { Refusal } from '../world.ts';
import { makeFolder, unlessRefused } from './disk.ts';

export type Env = Readonly<Record<string, string | undefined>>;

function stateFolder(env: Env): string {
  const set = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_STATE_HOME;
  // The XDG specification: a relative path is to be ignored.
  if (set !== undefined && isAbsolute(set)) return join(set, 'deliver');
  const home = env.HOME !== undefined && isAbsolute(env.HOME) ? env.HOME : homedir();
  return process.platform === 'win32' ? join(home, 'AppData/Local/deliver') : join(home, '.local/state/deliver');
}

const keyOf = (root: string): string => createHash('sha256').update(root).digest('hex').slice(0, 16);

/** A folder for what belongs to one practice. It need not exist yet. */
export type Place = {
  readonly folder: string;
  /** It, and those around and in it that are this program's too: nobody else may have put anything there. */
  readonly ours: readonly string[];
  /** The variable that puts it elsewhere. */
  readonly variable: string;
};

/** `root` is the true path of the practice. */
export function statePlace(env: Env, root: string): Place {
  const state = stateFolder(env);
  const folder = join(state, keyOf(root));
  const variable = process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_STATE_HOME';
  return { folder, ours: [state, folder, join(folder, 'journal')], variable };
}

/** A second place for the lock alone. */
export function temporaryPlace(env: Env, root: string): Place {
  const user = process.getuid?.() ?? unlessRefused(() => userInfo().username) ?? 'user';
  const shared = env.TMPDIR !== undefined && isAbsolute(env.TMPDIR) ? env.TMPDIR : tmpdir();
  const own = join(shared, `deliver-${user}`);
  const folder = join(own, keyOf(root));
  return { folder, ours: [own, folder], variable: 'TMPDIR' };
}

/** Makes the folder, for this user only. Throws what the disk says. */
export function makePrivate(folder: string): void {
  makeFolder(folder, 0o700);
}

/** What to do when it cannot be written. */
export const fixFor = ({ variable }: Place): string => `set ${variable} to a folder that you can write`;

/** Why what lies in a place may be somebody else's doing; undefined when it is ours alone, or not there yet. */
export function distrustOf({ ours, variable }: Place): Refusal | undefined {
  const elsewhere = `set ${variable} to a folder of your own`;
  for (const folder of ours) {
    const found = unlessRefused(() => lstatSync(folder));
    if (found === undefined) continue;
    const refuse = (why: string, fix: string): Refusal => ({
      cause: 'unsafe',
      refused: `${why}, and deliver keeps its lock and undo there`,
      fix,
    });
    if (found.isSymbolicLink()) return refuse(`${folder} is a link`, `put a folder in its place, or ${elsewhere}`);
    if (!found.isDirectory()) return refuse(`${folder} is not a folder`, `move it away, or ${elsewhere}`);
    if (process.getuid === undefined) continue;
    if (found.uid !== process.getuid()) return refuse(`${folder} belongs to another user`, elsewhere);
    if ((found.mode & 0o022) !== 0)
      return refuse(`other users can write to ${folder}`, `chmod go-w ${shellWord(folder)}`);
  }
  return undefined;
}
