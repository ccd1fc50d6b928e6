// Two people with one practice in git: both begin from the same commit, both change something, and it is brought
// together. Changes are made by the program itself where it can make them. Owns no expectations.
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/main.ts';
import { realFiles } from '../../src/node/files.ts';
import { openRepository } from '../../src/node/git-repository.ts';
import { realStore } from '../../src/node/store.ts';
import type { Reported } from '../../src/problem/report.ts';
import { memoryWorld } from '../support/world.ts';
import { git, gitWith, newFolder, put } from './repository.ts';

const TODAY = '2026-11-23';

const BASE = {
  '.gitattributes': 'touches/*.yaml merge=union\n*.yaml text eol=lf\n',
  'deliver.yaml': `format: 1
practice: Rivermint Advice
people:
  sam:
    name: Sam Okafor
    email: sam@rivermint.example
  kit:
    name: Kit Moreau
    email: kit@rivermint.example
me: sam
time_zone: Europe/London
calendar:
  closed:
    2026-12-25: Christmas Day
`,
  'service.yaml': `touches:
  review: {title: Quarterly review}
  check-in: {title: Check-in call}
segments:
  A:
    title: Prime
    cadence:
      review: {every: 3m}
      check-in: {every: 1m}
  B:
    title: Good
    cadence:
      check-in: {every: 3m}
  C:
    title: Kept
`,
  'offers/audit.yaml': `name: Marketing audit
target: 20bd
steps:
  welcome:
    title: Send the welcome email
    due: start + 1bd
  data-access:
    title: Give us access to analytics
    owner: client
    due: start + 5bd
  interviews:
    title: Talk to three customers
    due: start + 8bd
  report:
    title: Write the report
    due: start + 15bd
  workshop:
    title: Run the workshop
    due: start + 20bd
`,
  'offers/retainer.yaml': `name: Retainer
steps:
  kickoff:
    title: Kickoff call
    due: start + 2bd
`,
  'offers/discovery.yaml': 'name: Discovery\nsteps:\n  call:\n    title: Discovery call\n    due: start + 5bd\n',
  'clients/acme.yaml': `name: Acme Ltd
segment: A
segment_since: 2026-10-01
status: active
since: 2024-03-01
owner: sam
channel: email
contacts:
  ada:
    name: Ada Lovelace
    role: CEO
  bob:
    name: Bob Byrne
    role: Finance
promises:
  deck: {what: Send the deck, made: 2026-11-12, by: 2026-11-27}
engagements:
  audit-2026:
    offer: audit@1
    started: 2026-11-02
    promised: 2026-11-30
    steps:
      welcome: {done: 2026-11-03}
`,
  'clients/beta.yaml': 'name: Beta GmbH\nsegment: B\nsince: 2025-01-15\nowner: kit\n',
  'touches/acme.yaml': `- {date: 2026-10-12, kind: check-in, with: ada, by: sam, note: "Happy with the draft"}
- {date: 2026-10-20, kind: email, in: true, note: "Asked about pricing"}
- {date: 2026-11-02, kind: call, with: bob, by: kit, note: "Kickoff, three questions open"}
`,
};

export type Person = {
  readonly root: string;
  /** Runs the program; throws with what it says unless it exits 0. */
  readonly deliver: (...argv: readonly string[]) => Promise<void>;
  readonly text: (file: string) => string;
  readonly put: (file: string, text: string) => void;
  /** One place of a file, changed by hand. */
  readonly edit: (file: string, from: string, to: string) => void;
  readonly git: (...words: readonly string[]) => void;
  readonly commit: (subject: string, when?: string) => void;
};

const NAMES = { sam: 'Sam Okafor', kit: 'Kit Moreau' } as const;

export function personAt(root: string, who: keyof typeof NAMES, state: string): Person {
  const text = (file: string): string => readFileSync(join(root, file), 'utf8');
  const person = (when: string) => ({
    GIT_AUTHOR_NAME: NAMES[who],
    GIT_AUTHOR_EMAIL: `${who}@rivermint.example`,
    GIT_AUTHOR_DATE: when,
    GIT_COMMITTER_NAME: NAMES[who],
    GIT_COMMITTER_EMAIL: `${who}@rivermint.example`,
    GIT_COMMITTER_DATE: when,
  });
  const run = (words: readonly string[], when = '2026-11-23T12:00:00Z'): void => {
    gitWith(root, words, '', person(when));
  };
  return {
    root,
    text,
    deliver: async (...argv) => {
      const { exit, said } = await runOn(root, state, ['--as', who, ...argv]);
      if (exit !== 0) throw new Error(`deliver ${argv.join(' ')} exits ${exit}: ${said}`);
    },
    put: (file, content) => put(root, { [file]: content }),
    edit: (file, from, to) => {
      const [head, tail, ...more] = text(file).split(from);
      if (tail === undefined || more.length > 0) throw new Error(`${file} has not one ${from}`);
      put(root, { [file]: head + to + tail });
    },
    git: (...words) => run(words),
    commit: (subject, when) => {
      git(root, 'add', '-A');
      run(['commit', '--quiet', '--allow-empty', '-m', subject], when);
    },
  };
}

/** The program in this process, on the real folder. */
async function runOn(root: string, state: string, argv: readonly string[]) {
  const memory = memoryWorld({ cwd: root, today: TODAY });
  const exit = await main(argv, {
    ...memory.world,
    files: realFiles,
    store: realStore({ XDG_STATE_HOME: state, TMPDIR: state }),
    repository: openRepository,
  });
  const { stdout, stderr } = memory.takeOutput();
  return { exit, stdout, said: stdout + stderr };
}

/** A place with the base practice committed, to be copied for each pair of people. */
export function makeBase(within: string): string {
  const root = newFolder(within);
  git(root, 'init', '--quiet', '--initial-branch=main');
  put(root, BASE);
  personAt(root, 'sam', within).commit('Begin', '2026-11-20T09:00:00Z');
  return root;
}

export function copyOf(base: string, within: string): string {
  const root = newFolder(within);
  cpSync(base, root, { recursive: true });
  return root;
}

/** What `validate` says of the folder: `code file:line`, and the same without lines. */
export async function problemsIn(root: string, state: string): Promise<readonly string[]> {
  const { stdout } = await runOn(root, state, ['validate', '--json']);
  const { problems } = JSON.parse(stdout) as { readonly problems: readonly Reported[] };
  return problems.map((it) => `${it.code} ${it.file}:${it.line}`);
}

/** Every file of the practice with its text. */
export const textsIn = (root: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('/.git'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]),
  );
