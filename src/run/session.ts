// One command line while it is answered: what the command is given, and how its words reach the streams.
import type { Command, Input, Missing, Practice } from '../command.ts';
import { COMMANDS } from '../commands/all.ts';
import type { Outcome, UsageError } from '../outcome.ts';
import { type Block, escapeText, line, paint, safeJson, span } from '../terminal/ink.ts';
import { reflow } from '../terminal/reflow.ts';
import type { ReadResult, Stream, World } from '../world.ts';
import type { Parts } from './means.ts';
import type { Run } from './program.ts';

/** One command line, understood. */
export type Session = {
  readonly argv: readonly string[];
  readonly world: World;
  readonly command: Command;
  readonly editor: typeof import('./change.ts') | undefined;
  readonly root: string | undefined;
  readonly missing?: Missing | undefined;
  /** Loads a part of the program that `open`, or what it opened, was lacking. */
  readonly load: (name: keyof Parts) => Promise<void>;
  /** May leave out of reading what the answer does not need; not with `--no-cache`. */
  readonly isSparing: boolean;
  /** Reads the practice as it is now; with `client`, no other clients than those whose id begins like this. */
  readonly open: (client?: string) => Practice;
  readonly parsed: Run;
  /** Other commands, as this one asked to know them. */
  readonly described: readonly Command[];
};

export function inputOf(session: Session, client?: string): Input {
  const { world, parsed, open, root, argv, missing, described } = session;
  let practice: Practice | undefined;
  return {
    arguments: parsed.arguments,
    options: parsed.options,
    view: {
      columns: world.stdout.isTerminal ? (world.stdout.columns ?? 80) : undefined,
      hasBlocks: hasBlocks(world.env),
    },
    commands: COMMANDS.map((each) => each.name),
    described,
    get practice(): Practice {
      practice ??= open(client);
      return practice;
    },
    outside: {
      missing,
      readNamed: (path, limit) => readNamed(world, path, limit),
      isAbove: (name) => world.files.findUp(root ?? world.cwd, name) !== undefined,
      hints: () => world.hints(),
      filesIn: (folder) => filesIn(world, folder),
      machine: () => world.machine(),
      upkeep: (folder) => world.upkeep(folder),
      screen: () => ({
        isTerminal: world.stdout.isTerminal,
        columns: world.stdout.columns,
        hasColour: colourLevel(world, world.stdout, argv) > 0,
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
export function perform(session: Session, outcome: Outcome): number {
  const { world, parsed } = session;
  const { stdout } = world;
  const lost = outcome.changes ? 'the change itself has been made' : undefined;
  if (outcome.refusal) print(session, world.stderr, outcome.refusal);
  if (outcome.notes && parsed.options.quiet !== true) say(session, outcome.notes);
  if (parsed.options.json === true) stdout.write(`${safeJson(outcome.data)}\n`, lost);
  else if (outcome.plain !== undefined && !stdout.isTerminal) stdout.write(escapeText(outcome.plain), lost);
  else print(session, stdout, outcome.text, lost);
  return outcome.exit;
}

export function print(
  { world, argv }: Pick<Session, 'world' | 'argv'>,
  stream: Stream,
  block: Block,
  lost?: string,
): void {
  if (block.length > 0) stream.write(paint(block, colourLevel(world, stream, argv)), lost);
}

/** Notes and refused command lines, to stderr: whole words on a screen, whole lines in a pipe. Not for problems, whose heads are one line. */
export function say(session: Pick<Session, 'world' | 'argv'>, block: Block): void {
  const { stderr } = session.world;
  print(session, stderr, stderr.isTerminal ? reflow(block, stderr.columns ?? 80) : block);
}

/** `--no-color`, `NO_COLOR` and `TERM=dumb` beat `FORCE_COLOR`; without any of them a terminal has colour. */
function colourLevel({ env }: World, stream: Stream, argv: readonly string[]): 0 | 1 {
  const isSet = (value: string | undefined) => value !== undefined && value !== '';
  if (argv.includes('--no-color') || isSet(env.NO_COLOR) || env.TERM === 'dumb') return 0;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR === '0' ? 0 : 1;
  return stream.isTerminal ? 1 : 0;
}

/** A refused command line, for stderr. */
export const wordsOf = ({ message, hint }: UsageError): Block => [
  line(span('deliver:', 'red'), ` ${message}`),
  ...(hint === undefined ? [] : [line('  ', hint)]),
];
