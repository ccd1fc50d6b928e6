// A copy of the example on the disk, and the built program as processes that change it. Owns no expectations.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse, relative } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { onTestFinished } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');
export const PROGRAM = join(PROJECT, 'bin/deliver.js');
export const isWindows = process.platform === 'win32';

// biome-ignore lint/suspicious/noExplicitAny: data of no known shape, read by another program
type Loose = any;

export type Run = {
  readonly exit: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type Practice = {
  readonly root: string;
  /** Where it keeps its lock and its journal. */
  readonly state: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly text: (file: string) => string;
  /** As js-yaml reads it. */
  readonly data: (file: string) => Loose;
  /** Every file by its path, hidden ones too. */
  readonly contents: () => Readonly<Record<string, string>>;
  readonly stateFiles: () => readonly string[];
  readonly start: (argv: readonly string[]) => { readonly child: ChildProcess; readonly ended: Promise<Run> };
  readonly deliver: (...argv: readonly string[]) => Promise<Run>;
};

/** With these clients, or all; gone when the test has ended. */
export function copyOfNorthlight(...clients: readonly string[]): Practice {
  const scratch = mkdtempSync(join(tmpdir(), 'deliver-changes-'));
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
  const [root, state] = [join(scratch, 'northlight'), join(scratch, 'state')];
  cpSync(join(PROJECT, 'examples/northlight'), root, { recursive: true });
  for (const file of filesIn(root))
    if (clients.length > 0 && /^(clients|touches)[\\/]/.test(file) && !clients.includes(parse(file).name))
      rmSync(join(root, file));
  const { PATH, SystemRoot } = process.env;
  const env = {
    ...{ PATH, SystemRoot, HOME: scratch, TMPDIR: scratch, XDG_STATE_HOME: state, LOCALAPPDATA: state },
    ...{
      NO_COLOR: '1',
      DELIVER_DIR: root,
      DELIVER_TODAY: '2026-11-23',
      DELIVER_AS: 'sam',
      DELIVER_LOCK_WAIT: '300000',
    },
  };
  const start: Practice['start'] = (argv) => {
    const child = spawn(process.execPath, [PROGRAM, ...argv], { env, cwd: scratch, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream]?.setEncoding('utf8').on('data', (part: string) => {
        said[stream] += part;
      });
    const ended = new Promise<Run>((resolve) => {
      child.on('close', (exit, signal) => resolve({ exit, signal, ...said }));
    });
    return { child, ended };
  };
  const text = (file: string): string => readFileSync(join(root, file), 'utf8');
  return {
    ...{ root, state, env, text, start },
    data: (file) => load(text(file), { schema: CORE_SCHEMA }),
    contents: () => Object.fromEntries(filesIn(root).map((file) => [file, text(file)])),
    stateFiles: () => filesIn(state),
    deliver: (...argv) => start(argv).ended,
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Runs all of it, so many at a time. */
export async function atOnce<T>(tasks: readonly (() => Promise<T>)[], most: number): Promise<readonly T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < tasks.length; at = next++) results[at] = await (tasks[at] as () => Promise<T>)();
  };
  await Promise.all(Array.from({ length: most }, work));
  return results;
}

/** Makes a folder one that cannot be written to, by whichever way this machine has; how to undo it, or undefined. */
export function makeReadOnly(folder: string): (() => void) | undefined {
  if (process.getuid?.() !== 0) {
    const all = ['', ...readdirSync(folder)].map((name) => join(folder, name));
    for (const path of all) chmodSync(path, 0o555);
    return () => all.forEach((path) => void chmodSync(path, 0o755));
  }
  const run = (command: string, ...words: readonly string[]): boolean => {
    try {
      execFileSync(command, words, { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  if (run('mount', '--bind', folder, folder)) {
    const undo = (): void => void run('umount', folder);
    if (run('mount', '-o', 'remount,ro,bind', folder)) return undo;
    undo();
  }
  return run('chattr', '+i', folder) ? () => void run('chattr', '-i', folder) : undefined;
}
