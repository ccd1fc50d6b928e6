// The real World: this machine's disk, terminal, clock and git. The only place that looks at any of them.
import { type Day, dayOf } from '../day.ts';
import type { Stream, World } from '../world.ts';
import { realDesktop } from './desktop.ts';
import { realDrafts } from './drafts.ts';
import { realFiles } from './files.ts';
import { gitSetting, startGit } from './git.ts';
import { openRepository } from './git-repository.ts';
import { realGitSetup } from './git-setup.ts';
import { machineOf, upkeepOf } from './machine.ts';
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
  machine: () => machineOf(process.env),
  upkeep: (root) => upkeepOf(process.env, root),
  repository: openRepository,
  gitSetup: realGitSetup,
  startGit,
});
