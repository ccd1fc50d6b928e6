// The real World: this machine's disk, terminal, clock and git. The only place that looks at any of them.
import { availableParallelism } from 'node:os';
import type { Here } from '../run/again.ts';
import type { World } from '../world.ts';
import { realDesktop } from './desktop.ts';
import { realDrafts } from './drafts.ts';
import { gitSetting, startGit } from './git.ts';
import { openRepository } from './git-repository.ts';
import { realGitSetup } from './git-setup.ts';
import { machineOf, upkeepOf } from './machine.ts';
import { terminalPrompter } from './prompts.ts';
import { realStore } from './store.ts';

/** More processors do not help: the first one and the disk have the rest to do. */
const MOST_AT_WORK = 4;

export const nodeWorld = (here: Here): World => ({
  ...here,
  store: realStore(process.env),
  crew: {
    get hands() {
      return Math.max(0, Math.min(MOST_AT_WORK, availableParallelism()) - 1);
    },
    call: async (argv, shares) => {
      const { callThread } = await import('./crew.ts');
      return shares.map((share) => callThread(argv, share));
    },
  },
  drafts: realDrafts,
  desktop: realDesktop,
  prompter: terminalPrompter,
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
