// One command line while it is answered: what the command is given, and how its words reach the streams.
import type { Command, Input, Missing, Options, Practice } from '../command.ts';
import { COMMANDS } from '../commands/all.ts';
import { type Outcome, UsageError } from '../outcome.ts';
import { type Block, escapeText, line, paint, safeJson, span } from '../terminal/ink.ts';
import { reflow } from '../terminal/reflow.ts';
import type { ReadResult, Stream, World } from '../world.ts';
import type { Opening } from './open.ts';
import type { Run } from './program.ts';

/** One command line, understood. */
export type Session = Speaker & {
  readonly run: Run;
  /** Splices and proves edits; only a command that changes something has it. */
  readonly editor: typeof import('./change.ts') | undefined;
  /** Undefined for a command that reads nothing, or found nothing to read. */
  readonly opening: Opening | undefined;
  readonly missing: Missing | undefined;
  /** Other commands, as this one asked to know them. */
  readonly described: readonly Command[];
};

/** Who says something, and how: the World and the options of every command. */
export type Speaker = { readonly world: World; readonly options: Options };

export function inputOf(session: Session, practice: Practice | undefined): Input {
  const { world, run, opening, missing, described } = session;
  return {
    arguments: run.arguments,
    options: run.options,
    view: {
      columns: world.stdout.isTerminal ? (world.stdout.columns ?? 80) : undefined,
      hasBlocks: hasBlocks(world.env),
    },
    commands: COMMANDS.map((each) => each.name),
    described,
    get practice(): Practice {
      if (!practice) throw new Error(`${run.command.name} says it reads nothing`);
      return practice;
    },
    outside: {
      missing,
      readNamed: (path, limit) => readNamed(world, path, limit),
      isAbove: (name) => world.files.findUp(opening?.root ?? world.cwd, name) !== undefined,
      hints: () => world.hints(),
      filesIn: (folder) => filesIn(world, folder),
      machine: () => world.machine(),
      upkeep: (folder) => world.upkeep(folder),
      screen: () => ({
        isTerminal: world.stdout.isTerminal,
        columns: world.stdout.columns,
        hasColour: colourLevel(session, world.stdout) > 0,
      }),
    },
  };
}

/** Whether bars can be drawn: not in a locale without Unicode, nor on a terminal that can do nothing. */
function hasBlocks({ TERM, LC_ALL, LC_CTYPE, LANG }: World['env']): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((each) => each !== undefined && each !== '');
  return TERM !== 'dumb' && (locale === undefined || /utf-?8/i.test(locale));
}

/** From the root of the disk, so that the file may lie outside of the practice. */
function readNamed({ files, cwd }: World, path: string, limit: number): ReadResult {
  const absolute = files.resolve(cwd, path);
  const disk = files.resolve(absolute, '/');
  return files.read(disk, absolute.slice(disk.length), limit);
}

/** Names only: nothing is read. */
function filesIn({ files, cwd, env }: World, folder: string): readonly string[] {
  const start = env.DELIVER_DIR === undefined ? cwd : files.resolve(cwd, env.DELIVER_DIR);
  const root = files.findUp(start, 'deliver.yaml');
  const listed = root === undefined ? undefined : files.list(root, folder);
  const entries = listed && 'entries' in listed ? listed.entries : [];
  return entries.filter((entry) => entry.kind === 'file').map((entry) => entry.name);
}

/** Says what was decided, and done by now; the exit code. */
export function perform(speaker: Speaker, outcome: Outcome): number {
  const { world, options } = speaker;
  const { stdout } = world;
  const lost = outcome.changes ? 'the change itself has been made' : undefined;
  if (outcome.refusal) print(speaker, world.stderr, outcome.refusal);
  if (outcome.notes && options.quiet !== true) say(speaker, outcome.notes);
  if (options.json === true) stdout.write(`${safeJson(outcome.data)}\n`, lost);
  else if (outcome.plain !== undefined && !stdout.isTerminal) stdout.write(escapeText(outcome.plain), lost);
  else print(speaker, stdout, outcome.text, lost);
  return outcome.exit;
}

/** A failure as it is told, and its exit code: a refused command line, or a fault of the program. */
export function fail(speaker: Speaker, error: unknown): number {
  const { world, options } = speaker;
  if (error instanceof UsageError) {
    say(speaker, wordsOf(error));
    if (error.exit === 1 && options.json === true) {
      const data = { schema: 'deliver.refusal/1', refused: error.message, hint: error.hint ?? null };
      world.stdout.write(`${safeJson(data)}\n`);
    }
    return error.exit;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const detail =
    options.debug === true
      ? (stack ?? '').split('\n').map((each) => line(each))
      : [line('  run it again with --debug for the details')];
  print(speaker, world.stderr, [
    line(span('deliver:', 'red'), ` this should not have happened: ${message}`),
    ...detail,
  ]);
  return EXIT_BUG;
}

const EXIT_BUG = 3;

export function print(speaker: Speaker, stream: Stream, block: Block, lost?: string): void {
  if (block.length > 0) stream.write(paint(block, colourLevel(speaker, stream)), lost);
}

/** Notes and refused command lines, to stderr: whole words on a screen, whole lines in a pipe. Not for problems, whose heads are one line. */
export function say(speaker: Speaker, block: Block): void {
  const { stderr } = speaker.world;
  print(speaker, stderr, stderr.isTerminal ? reflow(block, stderr.columns ?? 80) : block);
}

/** `--no-color`, `NO_COLOR` and `TERM=dumb` beat `FORCE_COLOR`; without any of them a terminal has colour. */
function colourLevel({ world: { env }, options }: Speaker, stream: Stream): 0 | 1 {
  const isSet = (value: string | undefined) => value !== undefined && value !== '';
  if (options.color === false || isSet(env.NO_COLOR) || env.TERM === 'dumb') return 0;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR === '0' ? 0 : 1;
  return stream.isTerminal ? 1 : 0;
}

/** A refused command line, for stderr. */
export const wordsOf = ({ message, hint }: UsageError): Block => [
  line(span('deliver:', 'red'), ` ${message}`),
  ...(hint === undefined ? [] : [line('  ', hint)]),
];
