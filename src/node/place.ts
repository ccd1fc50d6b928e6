// Where this program keeps what belongs to a practice but not in it: locks and the journal, in the user's state folder.
import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';
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

/** The practice's own folder there; `root` is its true path. It need not exist yet. */
export const practiceState = (env: Env, root: string): string => join(stateFolder(env), keyOf(root));

/** Makes the folder, for this user only. Throws what the disk says. */
export function makePrivate(folder: string): void {
  makeFolder(folder, 0o700);
}

const sharedFolder = (env: Env): string => {
  const user = process.getuid?.() ?? unlessRefused(() => userInfo().username) ?? 'user';
  const shared = env.TMPDIR !== undefined && isAbsolute(env.TMPDIR) ? env.TMPDIR : tmpdir();
  return join(shared, `deliver-${user}`);
};

/** Where that second place is, whether or not it is there. */
export const temporaryFolder = (env: Env, root: string): string => join(sharedFolder(env), keyOf(root));

/** A second place for the lock; undefined when somebody else has put something there. */
export function temporaryState(env: Env, root: string): string | undefined {
  const own = sharedFolder(env);
  return unlessRefused(() => {
    makePrivate(own);
    const found = lstatSync(own);
    const isOwn = found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
    // On a shared folder a name can be taken by anyone: only one that nobody else can write is used.
    if (!isOwn || (process.platform !== 'win32' && (found.mode & 0o022) !== 0)) return undefined;
    const folder = join(own, keyOf(root));
    makePrivate(folder);
    return folder;
  });
}
