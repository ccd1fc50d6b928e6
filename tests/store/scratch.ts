// Temporary folders, child processes and small disks for the tests of the real store. Owns no expectations.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { realStore } from '../../src/node/store.ts';
import type { FileChange, JournalEntry, Store, WriteResult } from '../../src/world.ts';

/** A practice on the real disk, with a state folder of its own. */
export type Practice = {
  readonly root: string;
  readonly state: string;
  readonly env: Readonly<Record<string, string>>;
  readonly store: Store;
  readonly put: (file: string, text: string) => void;
  /** Undefined where there is no file. */
  readonly text: (file: string) => string | undefined;
  /** Every file below, sorted, left-over temporary ones too. */
  readonly files: () => readonly string[];
  /** Every file of the state folder. */
  readonly stateFiles: () => readonly string[];
};

export const makeScratch = (): string => mkdtempSync(join(tmpdir(), 'deliver-store-'));

export function makePractice(scratch: string, files: Readonly<Record<string, string>> = {}): Practice {
  const folder = mkdtempSync(join(scratch, 'practice-'));
  return practiceAt(join(folder, 'acme & sons'), join(folder, 'state'), files);
}

export function practiceAt(root: string, state: string, files: Readonly<Record<string, string>> = {}): Practice {
  mkdirSync(root, { recursive: true });
  const env = { XDG_STATE_HOME: state, TMPDIR: dirname(root), DELIVER_LOCK_WAIT: '20000' };
  const put = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const [file, text] of Object.entries(files)) put(file, text);
  const text = (file: string): string | undefined => {
    try {
      return readFileSync(join(root, file), 'utf8');
    } catch {
      return undefined;
    }
  };
  return {
    root,
    state,
    env,
    store: realStore(env),
    put,
    text,
    files: () => below(root),
    stateFiles: () => below(state),
  };
}

function below(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  } catch {
    return [];
  }
}

/** A practice of two files, and the changes that tests make to it. */
export const ACME = 'name: Acme\n';
export const FILES = { 'clients/acme.yaml': ACME, 'touches/acme.yaml': '- one\n' };

export const replace = (file: string, before: string, after: string): FileChange => ({ file, before, after });
export const create = (file: string, after: string): FileChange => ({ file, before: undefined, after });
export const removal = (file: string, before: string): FileChange => ({ file, before, after: undefined });

/** The entries of the journal. Throws where they cannot be trusted. */
export function journalOf(store: Store, root: string): readonly JournalEntry[] {
  const found = store.journal(root);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

/** One change under the lock. */
export function write({ store, root }: Practice, ...changes: readonly FileChange[]): WriteResult {
  const done = store.exclusively(root, () => store.write(root, 'deliver done acme/report', changes));
  if ('refused' in done) throw new Error(done.refused);
  return done.result;
}

export const contentsOf = (practice: Practice): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(practice.files().map((file) => [file, practice.text(file)]));

/** The worker as one file of JavaScript, readable for every user. */
export async function buildWorker(scratch: string): Promise<string> {
  const outfile = join(scratch, 'worker.mjs');
  const entryPoints = [fileURLToPath(new URL('./worker.ts', import.meta.url))];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20' });
  chmodSync(scratch, 0o755);
  chmodSync(outfile, 0o644);
  return outfile;
}

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly said: string };

export type Worker = {
  readonly child: ChildProcess;
  /** When it said this word, or ended. */
  readonly said: (word: string) => Promise<void>;
  readonly ended: Promise<Ended>;
};

/** `user` runs it as that user, which only root can do; `bytes`: no file may grow beyond so many. */
export function startWorker(
  worker: string,
  practice: Practice,
  words: readonly string[],
  {
    env,
    user,
    bytes,
  }: {
    readonly env?: Readonly<Record<string, string>>;
    readonly user?: number | undefined;
    readonly bytes?: number;
  } = {},
): Worker {
  const program = [process.execPath, worker, words[0] as string, practice.root, ...words.slice(1)];
  const limited = bytes === undefined ? program : [...limitTo(bytes), ...program];
  const child = spawn(limited[0] as string, limited.slice(1), {
    env: { PATH: process.env.PATH, HOME: practice.state, ...practice.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    tell();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, said: text });
      tell();
    });
  });
  const said = (word: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (text.includes(word) || child.exitCode !== null || child.signalCode !== null) resolve();
      };
      listeners.add(look);
      look();
    });
  return { child, said, ended };
}

/** What runs a program so that no file grows beyond so many bytes, whoever runs it: a shell counts in blocks of 512. */
const limitTo = (bytes: number): readonly string[] =>
  bytes % 512 === 0
    ? ['sh', '-c', `ulimit -f ${bytes / 512} && exec "$@"`, 'sh']
    : ['prlimit', `--fsize=${bytes}`, '--'];

/** A disk of its own at `folder`; what unmounts it, or undefined where this user cannot mount. */
export function mountDisk(folder: string, size: string): (() => void) | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    asRoot('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder);
    return () => asRoot('umount', folder);
  } catch {
    return undefined;
  }
}

export const remountReadOnly = (folder: string): void => asRoot('mount', '-o', 'remount,ro', folder);

function asRoot(command: string, ...words: readonly string[]): void {
  execFileSync(command, words, { stdio: 'ignore' });
}

export const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** A store listens for signals for two more turns of the event loop; tests that follow each other at once would add up. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
