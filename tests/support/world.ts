// A World in memory, and a run of the whole program on it. Owns no expectations.
import { posix } from 'node:path';
import type { Day } from '../../src/day.ts';
import { main } from '../../src/main.ts';
import type {
  Choice,
  Entry,
  Files,
  Hints,
  ListResult,
  Machine,
  Prompter,
  ReadFault,
  ReadResult,
  Stream,
  Upkeep,
  World,
} from '../../src/world.ts';
import { type Desk, memoryDesk } from './desktop.ts';
import {
  type MemoryCommit,
  type MemoryGit,
  memoryGit,
  type Snapshot,
  withCommit,
  withHook,
  withSetting,
} from './git.ts';
import { memoryStore } from './store.ts';

/** Text, bytes, or why neither can be had (`{ fault: 'outside' }` is a link that leads out of the practice). */
export type Content = string | Uint8Array | { readonly fault: ReadFault; readonly detail?: string };

export type WorldOptions = {
  /** By path, relative to `cwd` or absolute. A path that ends in `/` is an empty folder. */
  readonly files?: Readonly<Record<string, Content>>;
  /** Default `/practice`. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default Mon 23 Nov 2026. */
  readonly today?: string | ((zone: string) => string);
  /** Standard input, output and error are a terminal of this width; without it they are pipes. */
  readonly terminal?: { readonly columns: number; readonly color?: boolean };
  /** What the person answers, in order; a question after the last one is an interruption. */
  readonly answers?: readonly string[];
  readonly gitEmail?: string;
  /** What the machine knows of the person; default a machine in UTC without git. */
  readonly hints?: Partial<Hints>;
  /** The repository that the practice lies in; default none. */
  readonly git?: MemoryGit;
  readonly machine?: Partial<Machine>;
  readonly upkeep?: Partial<Upkeep>;
};

export type MemoryWorld = {
  readonly world: World;
  /** Contents by absolute path, as they are now. */
  readonly contents: Map<string, Content>;
  /** The questions asked so far. */
  readonly asked: readonly string[];
  /** What was opened and copied. */
  readonly desk: Desk;
  /** All files of the practice as they are become a commit, or are staged. A repository begins with the first of them. */
  readonly commit: (about?: Omit<MemoryCommit, 'files'>) => void;
  readonly stage: () => void;
  /** What was written since the last call. */
  readonly takeOutput: () => { readonly stdout: string; readonly stderr: string };
};

export type Run = { readonly exit: number; readonly stdout: string; readonly stderr: string };

const MACHINE: Machine = {
  version: '0.1.0',
  node: '20.19.0',
  git: '2.39.5',
  zone: 'Europe/London',
  opener: 'xdg-open',
  clipboard: 'wl-copy',
};

const UPKEEP: Upkeep = {
  folder: '/home/sam/.local/state/deliver/practice',
  refused: undefined,
  practiceRefused: undefined,
  oldCache: undefined,
  busy: undefined,
  interrupted: [],
};

const DEFAULT_TODAY = '2026-11-23';

export function memoryWorld(options: WorldOptions = {}): MemoryWorld {
  const cwd = options.cwd ?? '/practice';
  const contents = new Map<string, Content>();
  for (const [path, content] of Object.entries(options.files ?? {}))
    contents.set(posix.resolve(cwd, path) + (path.endsWith('/') ? '/' : ''), content);
  const { terminal } = options;
  const stdout = captureStream(terminal?.columns);
  const stderr = captureStream(terminal?.columns);
  const asked: string[] = [];
  const desk = memoryDesk(contents, cwd);
  let git = options.git;
  const world: World = {
    cwd,
    env: { ...(terminal === undefined ? {} : colorEnv(terminal.color ?? false)), ...options.env },
    files: memoryFiles(contents),
    store: memoryStore(contents),
    drafts: desk.drafts,
    desktop: desk.desktop,
    stdin: { isTerminal: terminal !== undefined },
    stdout: stdout.stream,
    stderr: stderr.stream,
    prompter: scriptedPrompter(options.answers ?? [], asked),
    now: () => (zone) => todayIn(options.today ?? DEFAULT_TODAY, zone),
    version: MACHINE.version,
    gitEmail: () => options.gitEmail,
    hints: () => ({ zone: 'UTC', name: undefined, email: options.gitEmail, ...options.hints }),
    machine: () => ({ ...MACHINE, ...options.machine }),
    upkeep: () => ({ ...UPKEEP, ...options.upkeep }),
    repository: () => memoryGit(git),
    gitSetup: {
      set: (_root, name, value) => {
        git = withSetting(git ?? { commits: [] }, name, value);
        return { kind: 'done' };
      },
      writeHook: (path, text) => {
        git = withHook(git ?? { commits: [] }, path, text);
        return { kind: 'done' };
      },
    },
    startGit: (folder) => {
      contents.set(posix.join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
      return undefined;
    },
  };
  const snapshot = (): Snapshot => snapshotOf(contents, cwd, git?.prefix ?? '');
  return {
    world,
    contents,
    asked,
    desk,
    commit: (about = {}) => {
      git = withCommit(git, { ...about, files: snapshot() });
    },
    stage: () => {
      git = { ...(git ?? { commits: [] }), staged: snapshot() };
    },
    takeOutput: () => ({ stdout: stdout.take(), stderr: stderr.take() }),
  };
}

/** The files in a folder by their paths from the top of a repository, where the folder is `prefix`. */
const snapshotOf = (contents: ReadonlyMap<string, Content>, folder: string, prefix: string): Snapshot =>
  Object.fromEntries(
    [...contents].flatMap(([path, content]) => {
      const isFile = typeof content === 'string' || content instanceof Uint8Array;
      const inside = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
      return isFile && inside !== '' && !inside.endsWith('/') && !inside.startsWith('.git/')
        ? [[prefix + inside, content]]
        : [];
    }),
  );

/** Runs the program in process: `runDeliver({ files }, ['status'])`, or on a world that earlier runs have left behind. */
export async function runDeliver(on: WorldOptions | MemoryWorld, argv: readonly string[]): Promise<Run> {
  const memory = 'world' in on ? on : memoryWorld(on);
  const exit = await main(argv, memory.world);
  return { exit, ...memory.takeOutput() };
}

const todayIn = (today: string | ((zone: string) => string), zone: string): Day =>
  (typeof today === 'string' ? today : today(zone)) as Day;

const colorEnv = (color: boolean): Record<string, string> => (color ? { TERM: 'xterm-256color' } : { NO_COLOR: '1' });

function captureStream(columns: number | undefined): { readonly stream: Stream; readonly take: () => string } {
  let text = '';
  const stream: Stream = {
    isTerminal: columns !== undefined,
    columns,
    write: (part) => {
      text += part;
    },
  };
  const take = (): string => {
    const taken = text;
    text = '';
    return taken;
  };
  return { stream, take };
}

function scriptedPrompter(answers: readonly string[], asked: string[]): Prompter {
  const answer = (question: string, choices?: readonly Choice[]): string | undefined => {
    const given = answers[asked.length];
    asked.push(question);
    if (given !== undefined && choices !== undefined && !choices.some((choice) => choice.value === given))
      throw new Error(
        `"${question}" has no choice "${given}", only ${choices.map((choice) => choice.value).join(', ')}`,
      );
    return given;
  };
  return {
    choose: async (question, choices) => answer(question, choices),
    ask: async (question) => answer(question),
  };
}

/** The Files port over a map of absolute paths; folders are what the paths imply. */
export function memoryFiles(contents: ReadonlyMap<string, Content>): Files {
  const isFolder = (path: string): boolean => {
    const inside = path.endsWith('/') ? path : `${path}/`;
    return [...contents.keys()].some((key) => key.startsWith(inside));
  };
  const exists = (path: string): boolean => contents.has(posix.resolve(path)) || isFolder(posix.resolve(path));
  const isOutside = (root: string, path: string): boolean => posix.relative(root, path).split('/')[0] === '..';

  const findUp = (from: string, name: string): string | undefined => {
    const folder = posix.resolve(from);
    if (exists(posix.join(folder, name))) return folder;
    const parent = posix.dirname(folder);
    return parent === folder ? undefined : findUp(parent, name);
  };

  const list = (root: string, folder: string): ListResult => {
    const at = posix.resolve(root, folder);
    if (isOutside(root, at)) return { fault: 'outside' };
    const content = contents.get(at);
    if (content !== undefined) return listFaultOf(content);
    if (!isFolder(at)) return { fault: 'missing' };
    const inside = at === '/' ? at : `${at}/`;
    const entries = new Map<string, Entry['kind']>();
    for (const [path, content] of contents) {
      if (!path.startsWith(inside) || path === inside) continue;
      const [name = '', ...deeper] = path.slice(inside.length).split('/');
      entries.set(name, deeper.length > 0 ? 'directory' : kindOf(content));
    }
    const listed = [...entries].map(([name, kind]) => ({ name, kind }));
    return { entries: listed.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  };

  const read = (root: string, path: string, limit: number): ReadResult => {
    const at = posix.resolve(root, path);
    if (isOutside(root, at)) return { fault: 'outside' };
    const content = contents.get(at);
    if (content === undefined) return { fault: isFolder(at) ? 'directory' : 'missing' };
    if (typeof content === 'object' && 'fault' in content) return content;
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return bytes.length > limit ? { fault: 'too-large', detail: String(bytes.length) } : { bytes };
  };

  return { findUp, resolve: (base, path) => posix.resolve(base, path), exists, list, read };
}

function listFaultOf(content: Content): ListResult {
  if (typeof content === 'string' || content instanceof Uint8Array) return { fault: 'file' };
  const { fault } = content;
  return { ...content, fault: fault === 'directory' || fault === 'too-large' ? 'other' : fault };
}

function kindOf(content: Content): Entry['kind'] {
  if (typeof content === 'string' || content instanceof Uint8Array) return 'file';
  return content.fault === 'outside' || content.fault === 'directory' || content.fault === 'other'
    ? ({ outside: 'outside', directory: 'directory', other: 'other' } as const)[content.fault]
    : 'file';
}
