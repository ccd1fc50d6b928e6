// The real World: this machine's disk, terminal, clock and git. The only place that looks at any of them.
import { execFileSync } from 'node:child_process';
import type { Day } from '../day.ts';
import type { Stream, World } from '../world.ts';
import { realDesktop } from './desktop.ts';
import { realDrafts } from './drafts.ts';
import { realFiles } from './files.ts';
import { cacheMemory } from './memory.ts';
import { terminalPrompter } from './prompts.ts';
import { realStore } from './store.ts';

const streamOf = (stream: NodeJS.WriteStream): Stream => ({
  isTerminal: stream.isTTY === true,
  columns: stream.columns > 0 ? stream.columns : undefined,
  write: (text) => {
    stream.write(text);
  },
});

/** en-CA writes a date as year-month-day. */
function todayIn(zone: string): Day {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const found = Object.fromEntries(parts.formatToParts(new Date()).map((part) => [part.type, part.value]));
  return `${found.year}-${found.month}-${found.day}` as Day;
}

function gitSetting(folder: string, name: string): string | undefined {
  try {
    const value = execFileSync('git', ['config', '--get', name], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    });
    return value.trim() || undefined;
  } catch {
    return undefined;
  }
}

function startGit(folder: string): string | undefined {
  try {
    execFileSync('git', ['init', '--quiet'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
    return undefined;
  } catch (error) {
    const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: unknown };
    if (code === 'ENOENT') return 'git is not installed';
    return typeof stderr === 'string' && stderr.trim() !== '' ? (stderr.trim().split('\n')[0] ?? '') : 'it failed';
  }
}

/** `build` names the build of the program that is running. */
export const nodeWorld = (build: string): World => ({
  cwd: process.cwd(),
  env: process.env,
  files: realFiles,
  store: realStore(process.env),
  memory: cacheMemory(process.env, build),
  drafts: realDrafts,
  desktop: realDesktop,
  stdin: { isTerminal: process.stdin.isTTY === true },
  stdout: streamOf(process.stdout),
  stderr: streamOf(process.stderr),
  prompter: terminalPrompter,
  today: todayIn,
  gitEmail: (folder) => gitSetting(folder, 'user.email'),
  hints: () => ({
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    name: gitSetting(process.cwd(), 'user.name'),
    email: gitSetting(process.cwd(), 'user.email'),
  }),
  repository: () => ({ reason: 'this is no git repository' }),
  startGit,
});
