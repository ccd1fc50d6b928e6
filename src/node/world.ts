// The real World: this machine's disk, terminal, clock and git. The only place that looks at any of them.
import type { Day } from '../day.ts';
import type { Stream, World } from '../world.ts';
import { realDesktop } from './desktop.ts';
import { realDrafts } from './drafts.ts';
import { realFiles } from './files.ts';
import { gitSetting, startGit } from './git.ts';
import { openRepository } from './git-repository.ts';
import { realGitSetup } from './git-setup.ts';
import { machineOf, upkeepOf } from './machine.ts';
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

export const nodeWorld = (): World => ({
  cwd: process.cwd(),
  env: process.env,
  files: realFiles,
  store: realStore(process.env),
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
