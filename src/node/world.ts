// The real World: this machine's disk, terminal, clock and git. The only place that looks at any of them.
import process from 'node:process';
import type { World } from '../world.ts';
import { now } from './clock.ts';
import { realDesktop } from './desktop.ts';
import { realDrafts } from './drafts.ts';
import { realFiles } from './files.ts';
import { gitSetting, startGit } from './git.ts';
import { openRepository } from './git-repository.ts';
import { realGitSetup } from './git-setup.ts';
import { machineOf, upkeepOf, VERSION } from './machine.ts';
import { terminalPrompter } from './prompts.ts';
import { realStore } from './store.ts';

export const nodeWorld = (streams: Pick<World, 'stdin' | 'stdout' | 'stderr'>): World => ({
  ...streams,
  version: VERSION,
  cwd: process.cwd(),
  env: process.env,
  files: realFiles,
  store: realStore(process.env),
  drafts: realDrafts,
  desktop: realDesktop,
  prompter: terminalPrompter,
  now,
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
