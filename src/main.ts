// argv and a World in, an exit code out: parse, read, run the command, print what it decided. The only catch of all.

import type { Command, Depth, Input, Practice } from './command.ts';
import { COMMANDS } from './commands/all.ts';
import { newRootOf, openPractice, rootOf } from './open.ts';
import { type Ask, type Changes, type Outcome, refusal, UsageError } from './outcome.ts';
import { commandIn, commandLine, findListed, parseArguments, type Run, unknownCommand } from './program.ts';
import type { Rule } from './rules/rule.ts';
import { type Block, line, paint, safeJson, span } from './terminal/ink.ts';
import type { ReadResult, Stream, World } from './world.ts';

const EXIT_BUG = 3;
const EXIT_INTERRUPTED = 130;

/** Runs one command line. Never throws; every failure is a line on stderr and an exit code. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  try {
    return await run(argv, world);
  } catch (error) {
    if (error instanceof UsageError) {
      print({ world, argv }, world.stderr, wordsOf(error));
      if (error.exit === 1 && argv.includes('--json')) {
        const data = { schema: 'deliver.refusal/1', refused: error.message, hint: error.hint ?? null };
        world.stdout.write(`${safeJson(data)}\n`);
      }
      return error.exit;
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const isDebug = argv.includes('--debug');
    const detail = isDebug
      ? (stack ?? '').split('\n').map((each) => line(each))
      : [line('  run it again with --debug for the details')];
    print({ world, argv }, world.stderr, [
      line(span('deliver:', 'red'), ` this should not have happened: ${message}`),
      ...detail,
    ]);
    return EXIT_BUG;
  }
}

const wordsOf = ({ message, hint }: UsageError): Block => [
  line(span('deliver:', 'red'), ` ${message}`),
  ...(hint === undefined ? [] : [line('  ', hint)]),
];

async function run(argv: readonly string[], world: World): Promise<number> {
  const name = commandIn(argv);
  const isHelp = name === 'help' || name === undefined;
  const listed = isHelp ? undefined : findListed(name);
  if (!isHelp && !listed) throw unknownCommand(name);
  const words = name === 'help' ? helpWords(argv) : argv;
  const topic = isHelp ? findListed(words[0] ?? '') : listed;
  const command = topic && (await loadCommand(topic.name));
  const parsed = parseArguments(words, command, world.stdout.columns ?? 80);
  if (parsed.kind === 'help') {
    world.stdout.write(parsed.text);
    return 0;
  }
  if (!command) throw new UsageError('no command', 'deliver --help lists the commands');
  const depth = command.depth(parsed.options);
  const rules = await rulesFor(depth);
  const root = rootFor(world, command, depth, parsed);
  const open = (): Practice => {
    if (root === undefined) throw new Error(`${command.name} says it reads nothing`);
    // Whose name is set for another practice is nobody in a new one.
    const here = command.founds ? { ...world, env: { ...world.env, DELIVER_AS: undefined } } : world;
    return openPractice(here, root, parsed.options, depth, rules);
  };
  // Only a command that changes something loads the YAML editor.
  const editor = command.changes ? await import('./change.ts') : undefined;
  return answer({ argv, world, command, editor, root, open, parsed });
}

function rootFor(world: World, command: Command, depth: Depth, { arguments: words, options }: Run): string | undefined {
  if (command.founds) return newRootOf(world, options, typeof words.dir === 'string' ? words.dir : undefined);
  return depth === 'nothing' ? undefined : rootOf(world, options);
}

/** One command line, understood. */
type Session = {
  readonly argv: readonly string[];
  readonly world: World;
  readonly command: Command;
  readonly editor: typeof import('./change.ts') | undefined;
  readonly root: string | undefined;
  /** Reads the practice as it is now. */
  readonly open: () => Practice;
  readonly parsed: Run;
};

function inputOf({ world, parsed, open, root }: Session): Input {
  let practice: Practice | undefined;
  return {
    arguments: parsed.arguments,
    options: parsed.options,
    view: { columns: world.stdout.isTerminal ? (world.stdout.columns ?? 80) : undefined },
    commands: COMMANDS.map((each) => each.name),
    get practice(): Practice {
      practice ??= open();
      return practice;
    },
    outside: {
      readNamed: (path, limit) => readNamed(world, path, limit),
      isAbove: (name) => world.files.findUp(root ?? world.cwd, name) !== undefined,
      hints: () => world.hints(),
    },
  };
}

/** From the root of the disk, so that the file may lie outside of the practice. */
function readNamed({ files, cwd }: World, path: string, limit: number): ReadResult {
  const absolute = files.resolve(cwd, path);
  const disk = files.resolve(absolute, '/');
  return files.read(disk, absolute.slice(disk.length), limit);
}

/** `help status` is `status --help`. */
function helpWords(argv: readonly string[]): readonly string[] {
  const rest = argv.filter((word) => word !== 'help');
  const topic = rest.find((word) => !word.startsWith('-'));
  if (topic === undefined) return ['--help'];
  if (!findListed(topic)) throw unknownCommand(topic);
  return [topic, '--help'];
}

async function loadCommand(name: string): Promise<Command> {
  const file: { readonly command: Command } = await import(`./commands/${name}.ts`);
  return file.command;
}

/** The thorough rules read templates, so only `validate` loads the template engine for them. */
async function rulesFor(depth: Depth): Promise<readonly Rule[]> {
  if (depth === 'nothing') return [];
  if (depth === 'core') return (await import('./rules/all.ts')).CORE_RULES;
  const { THOROUGH_RULES, STRICT_RULES } = await import('./rules/thorough.ts');
  return depth === 'strict' ? [...THOROUGH_RULES, ...STRICT_RULES] : THOROUGH_RULES;
}

/** Asks for what is missing, one question after the other, until the command has its answer. */
async function answer(session: Session): Promise<number> {
  return settle(session, attempt(session));
}

async function settle(session: Session, result: number | Ask | Outcome): Promise<number> {
  if (typeof result === 'number') return result;
  return result.kind === 'ask' ? answerWith(session, result) : performOutside(session, result);
}

async function answerWith(session: Session, asked: Ask): Promise<number> {
  const { parsed, command } = session;
  const value = await ask(session, asked);
  if (value === undefined) return EXIT_INTERRUPTED;
  const isArgument = command.arguments.some((each) => each.name.includes(asked.argument));
  const answered = isArgument
    ? { ...parsed, arguments: { ...parsed.arguments, [asked.argument]: value } }
    : { ...parsed, options: { ...parsed.options, [asked.argument]: value } };
  const next = { ...session, parsed: answered };
  const result = attemptAgain(next, asked, value);
  if (result === 'slip') return answerWith(session, asked);
  const isDeaf =
    typeof result === 'object' &&
    result.kind === 'ask' &&
    result.argument === asked.argument &&
    value === asked.otherwise;
  if (isDeaf) throw new Error(`${command.name} asks again for ${asked.argument}`);
  return settle(next, result);
}

/** With one more answer; a slip is one that is refused, was said so, and can be given anew. */
function attemptAgain(session: Session, { again, otherwise }: Ask, value: string): number | Ask | Outcome | 'slip' {
  try {
    return attempt(session);
  } catch (error) {
    const isSlip = error instanceof UsageError && error.exit === 2 && again === true && value !== otherwise;
    if (!isSlip) throw error;
    print(session, session.world.stderr, wordsOf(error));
    return 'slip';
  }
}

/** Runs the command once. What it changes is read, decided and written under one lock. */
function attempt(session: Session): number | Ask | Outcome {
  const { world, command, root, parsed } = session;
  if (!command.changes || root === undefined || parsed.options.dryRun === true) return decide(session);
  const turn = world.store.exclusively(root, () => {
    const recovered = world.store.recover(root);
    print(
      session,
      world.stderr,
      recovered.map((text) => line(text)),
    );
    return decide(session);
  });
  if ('busy' in turn) throw refusal(turn.busy, 'try again when it is done');
  return turn.result;
}

/** An outcome that asks for something outside of the practice is handed back: that takes time. */
function decide(session: Session): number | Ask | Outcome {
  const input = inputOf(session);
  const result = session.command.run(input);
  if (result.kind === 'ask' || result.effects) return result;
  return result.changes === undefined
    ? perform(session, result)
    : change(session, input.practice, result, result.changes);
}

function change(session: Session, practice: Practice, outcome: Outcome, changes: Changes): number {
  const { world, argv, parsed, editor } = session;
  if (!editor) throw new Error(`${session.command.name} does not say that it changes anything`);
  const prepared = editor.prepare(world, practice, changes);
  if ('refused' in prepared) {
    const [first = [], ...rest] = prepared.refused;
    print(session, world.stderr, [[span('deliver:', 'red'), ' refused: ', ...first], ...rest]);
    return 1;
  }
  const { files, answer: made } = prepared;
  if (parsed.options.dryRun === true) {
    const diff = editor.diffOf(files);
    const data = { schema: 'deliver.change/1', command: session.command.name, dry_run: true, diff };
    world.stdout.write(parsed.options.json === true ? `${safeJson(data)}\n` : diff);
    return 0;
  }
  const written = world.store.write(practice.root, commandLine(argv), files);
  if (written.kind === 'stale')
    throw refusal(`${written.file} was changed meanwhile, so nothing was written`, 'run it again');
  if (written.kind === 'failed') {
    print(session, world.stderr, [
      line(span('deliver:', 'red'), ` ${written.file} could not be written: ${written.reason}; nothing was changed`),
    ]);
    return EXIT_BUG;
  }
  if (changes.takesBack) {
    const own = world.store.journal(practice.root)[0]?.id;
    world.store.forget(practice.root, own === undefined ? changes.takesBack : [...changes.takesBack, own]);
  }
  print(
    session,
    world.stderr,
    written.warnings.map((text) => line(text)),
  );
  const why = changes.startsGit ? world.startGit(practice.root) : undefined;
  if (why !== undefined) print(session, world.stderr, [line(`git init did not work: ${why}`)]);
  return perform(session, { ...outcome, ...made });
}

const MANY = 20;

/** `--why`, or `client`: as it is written on the command line. */
function missingName({ options }: Command, argument: string): string {
  const flag = argument.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return options.some((option) => option.flags.includes(`--${flag}`)) ? `--${flag}` : argument.replace(/-and-.*$/, '');
}

async function ask(session: Session, asked: Ask): Promise<string | undefined> {
  const { argument, question, choices, otherwise } = asked;
  const { world, parsed } = session;
  const { options } = parsed;
  const canAsk = world.stdin.isTerminal && world.stderr.isTerminal && options.input !== false && options.json !== true;
  if (asked.preview) print(session, world.stderr, asked.preview);
  if (canAsk) return choices.length > 0 ? world.prompter.choose(question, choices) : world.prompter.ask(question);
  if (otherwise !== undefined) return otherwise;
  if (asked.unasked !== undefined) throw new UsageError(asked.unasked);
  const named = choices.slice(0, MANY).map((each) => each.value);
  const more = choices.length > MANY ? `, and ${choices.length - MANY} more` : '';
  throw new UsageError(
    `${missingName(session.command, argument)} is missing`,
    named.length === 0 ? question : `one of: ${named.join(', ')}${more}`,
  );
}

/** First what is outside, so that nothing is said to be done that is not. */
async function performOutside(session: Session, outcome: Outcome): Promise<number> {
  const { performEffects } = await import('./effects.ts');
  const said = await performEffects(session.world, outcome.effects ?? []);
  return perform(session, { ...outcome, notes: [...(outcome.notes ?? []), ...said.map((text) => line(text))] });
}

function perform(session: Session, outcome: Outcome): number {
  const { world, parsed } = session;
  if (outcome.refusal) print(session, world.stderr, outcome.refusal);
  if (outcome.notes && parsed.options.quiet !== true) print(session, world.stderr, outcome.notes);
  if (parsed.options.json === true) world.stdout.write(`${safeJson(outcome.data)}\n`);
  else if (outcome.plain !== undefined && !world.stdout.isTerminal) world.stdout.write(outcome.plain);
  else print(session, world.stdout, outcome.text);
  return outcome.exit;
}

function print({ world, argv }: Pick<Session, 'world' | 'argv'>, stream: Stream, block: Block): void {
  if (block.length > 0) stream.write(paint(block, colourLevel(world, stream, argv)));
}

/** `--no-color`, `NO_COLOR` and `TERM=dumb` beat `FORCE_COLOR`; without any of them a terminal has colour. */
function colourLevel({ env }: World, stream: Stream, argv: readonly string[]): 0 | 1 {
  const isSet = (value: string | undefined) => value !== undefined && value !== '';
  if (argv.includes('--no-color') || isSet(env.NO_COLOR) || env.TERM === 'dumb') return 0;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR === '0' ? 0 : 1;
  return stream.isTerminal ? 1 : 0;
}
