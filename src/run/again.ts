// An answer that was given before: the same words, of the same files, on the same day, to the same kind of screen. Whoever
// answers a command line says what of the World it looked at; if that was nothing else, what it said is remembered.
// Loads nothing that an answer takes to be made.
import { findFiles } from '../book/read.ts';
import { fingerprintOf } from '../book/recall.ts';
import type { Practice } from '../command.ts';
import type { Day } from '../day.ts';
import type { Stream, World } from '../world.ts';

/** As much of the World as it takes to say something again. */
export type Here = Pick<World, 'cwd' | 'env' | 'files' | 'memory' | 'stdin' | 'stdout' | 'stderr' | 'today'>;

type Said = readonly [stream: 'stdout' | 'stderr', text: string];
type Answer = {
  /** Of the files it is about. */
  readonly files: string;
  readonly zone: string;
  readonly today: Day;
  readonly exit: number;
  readonly said: readonly Said[];
};

const MARK = 'deliver.yaml';

/** The exit code, when the answer is remembered and has been said. */
export function again(argv: readonly string[], world: Here): number | undefined {
  if (argv.includes('--no-cache') || (world.env.DELIVER_NO_CACHE ?? '') !== '') return undefined;
  const root = rootIn(argv, world);
  const text = root === undefined ? undefined : world.memory.noted(root, questionOf(argv, world));
  if (root === undefined || text === undefined) return undefined;
  const answer = JSON.parse(text) as Answer;
  if (fingerprintOf(world.memory, findFiles(world.files, root, 'core')) !== answer.files) return undefined;
  if (world.today(answer.zone) !== answer.today) return undefined;
  for (const [stream, said] of answer.said) world[stream].write(said);
  return answer.exit;
}

/** Where a plain command line looks for its practice. Should it look elsewhere, nothing was ever noted of there. */
function rootIn(argv: readonly string[], { cwd, env, files }: Here): string | undefined {
  const at = argv.findLastIndex((word) => word === '-C' || word === '--dir');
  const asked = (at < 0 ? undefined : argv[at + 1]) ?? env.DELIVER_DIR;
  return asked === undefined || asked === '' ? files.findUp(cwd, MARK) : files.resolve(cwd, asked);
}

/** Variables that an answer may hang on. */
const isLookedAt = (name: string): boolean =>
  name.startsWith('DELIVER_') || ['NO_COLOR', 'FORCE_COLOR', 'TERM'].includes(name);

/** Everything that is known before the files are read. */
function questionOf(argv: readonly string[], { cwd, env, stdin, stdout, stderr }: Here): string {
  const variables = Object.keys(env)
    .filter(isLookedAt)
    .sort()
    .map((name) => [name, env[name]]);
  const screens = [stdout, stderr].map((stream) => [stream.isTerminal, stream.columns]);
  return JSON.stringify([argv, cwd, variables, stdin.isTerminal, screens]);
}

/** One run, watched. */
export type Watch = {
  /** To be given to who answers. */
  readonly world: World;
  readonly practice: (practice: Practice) => Practice;
  /** Notes what was said, if it follows from the files, the day and the words alone. */
  readonly note: (root: string, files: string | undefined, exit: number) => void;
};

const OF_WORLD: ReadonlySet<PropertyKey> = new Set(['cwd', 'stdin', 'today', 'memory']);
const OF_PRACTICE: ReadonlySet<PropertyKey> = new Set([
  'root',
  'book',
  'today',
  'fileCount',
  'problems',
  'remembered',
  'report',
  'textOf',
]);
const MOST = 2_000_000;

export function watch(argv: readonly string[], world: World): Watch {
  const said: Said[] = [];
  let isPure = true;
  let zone = 'UTC';
  let today: Day | undefined;
  const spoil = (): void => {
    isPure = false;
  };
  const recorded = (name: 'stdout' | 'stderr'): Stream => {
    const { isTerminal, columns, write } = world[name];
    return {
      isTerminal,
      columns,
      write: (text) => {
        said.push([name, text]);
        write(text);
      },
    };
  };
  const streams = { stdout: recorded('stdout'), stderr: recorded('stderr') };
  const env = new Proxy(world.env, {
    get: (target, name) => {
      if (typeof name === 'string' && !isLookedAt(name)) spoil();
      return Reflect.get(target, name);
    },
  });
  return {
    world: new Proxy(world, {
      get: (target, name) => {
        if (name === 'stdout' || name === 'stderr') return streams[name];
        if (name === 'env') return env;
        if (!OF_WORLD.has(name)) spoil();
        return Reflect.get(target, name);
      },
    }),
    practice: (practice) => {
      zone = practice.book.practice?.time_zone ?? 'UTC';
      today = world.today(zone);
      return new Proxy(practice, {
        get: (target, name) => {
          if (!OF_PRACTICE.has(name)) spoil();
          return Reflect.get(target, name);
        },
      });
    },
    note: (root, files, exit) => {
      const isLong = said.reduce((sum, [, text]) => sum + text.length, 0) > MOST;
      if (!isPure || isLong || files === undefined || today === undefined) return;
      const answer: Answer = { files, zone, today, exit, said };
      world.memory.note(root, questionOf(argv, world), JSON.stringify(answer));
    },
  };
}
