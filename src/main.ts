// argv and a World in, an exit code out: parse, read, run the command, print what it decided. The only catch of all.

import { COMMANDS } from './commands/all.ts';
import type { Command, Depth, Input, Practice } from './commands/command.ts';
import { openPractice } from './open.ts';
import { type Ask, type Outcome, UsageError } from './outcome.ts';
import { commandIn, findListed, parseArguments, unknownCommand } from './program.ts';
import type { Rule } from './rules/rule.ts';
import { type Block, line, paint, safeJson, span } from './terminal/ink.ts';
import type { Stream, World } from './world.ts';

export const EXIT_USAGE = 2;
export const EXIT_BUG = 3;
export const EXIT_INTERRUPTED = 130;

/** Runs one command line. Never throws; every failure is a line on stderr and an exit code. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  try {
    return await run(argv, world);
  } catch (error) {
    if (error instanceof UsageError) {
      const hint = error.hint === undefined ? [] : [line('  ', error.hint)];
      print(world, world.stderr, argv, [line(span('deliver:', 'red'), ` ${error.message}`), ...hint]);
      return EXIT_USAGE;
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const isDebug = argv.includes('--debug');
    const detail = isDebug
      ? (stack ?? '').split('\n').map((each) => line(each))
      : [line('  run it again with --debug for the details')];
    print(world, world.stderr, argv, [
      line(span('deliver:', 'red'), ` this should not have happened: ${message}`),
      ...detail,
    ]);
    return EXIT_BUG;
  }
}

async function run(argv: readonly string[], world: World): Promise<number> {
  const name = commandIn(argv);
  const isHelp = name === 'help' || name === undefined;
  const listed = isHelp ? undefined : findListed(name);
  if (!isHelp && !listed) throw unknownCommand(name);
  const words = name === 'help' ? helpWords(argv) : argv;
  const topic = isHelp ? findListed(words[0] ?? '') : listed;
  const command = topic && (await loadCommand(topic.name));
  const parsed = parseArguments(
    words.length === 0 || name === undefined ? [...words, '--help'] : words,
    command,
    world.stdout.columns ?? 80,
  );
  if (parsed.kind === 'help') {
    world.stdout.write(parsed.text);
    return 0;
  }
  if (!command) throw new UsageError('no command', 'deliver --help lists the commands');
  const practice = await practiceFor(world, command.depth(parsed.options), parsed.options);
  const input: Input = {
    arguments: parsed.arguments,
    options: parsed.options,
    view: { columns: world.stdout.isTerminal ? (world.stdout.columns ?? 80) : undefined },
    commands: COMMANDS.map((each) => each.name),
    get practice(): Practice {
      if (!practice) throw new Error(`${command.name} says it reads nothing`);
      return practice;
    },
  };
  return answer(argv, world, command, input);
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

async function practiceFor(world: World, depth: Depth, options: Input['options']): Promise<Practice | undefined> {
  if (depth === 'nothing') return undefined;
  return openPractice(world, options, depth, await rulesFor(depth));
}

async function rulesFor(depth: Depth): Promise<readonly Rule[]> {
  const { CORE_RULES, THOROUGH_RULES, STRICT_RULES } = await import('./rules/all.ts');
  if (depth === 'core') return CORE_RULES;
  return depth === 'strict' ? [...THOROUGH_RULES, ...STRICT_RULES] : THOROUGH_RULES;
}

/** Asks for what is missing, one question after the other, until the command has its answer. */
async function answer(argv: readonly string[], world: World, command: Command, input: Input): Promise<number> {
  const result = command.run(input);
  if (result.kind === 'outcome') return perform(argv, world, input, result);
  const value = await ask(world, input, result);
  if (value === undefined) return EXIT_INTERRUPTED;
  const answered = { ...input.arguments, [result.argument]: value };
  // A spread would read `practice` of a command that has none.
  return answer(argv, world, command, Object.create(input, { arguments: { value: answered, enumerable: true } }));
}

const MANY = 12;

async function ask(world: World, input: Input, { argument, question, choices }: Ask): Promise<string | undefined> {
  const { options } = input;
  const canAsk = world.stdin.isTerminal && world.stderr.isTerminal && options.input !== false && options.json !== true;
  if (canAsk) return choices.length > 0 ? world.prompter.choose(question, choices) : world.prompter.ask(question);
  const named = choices.slice(0, MANY).map((each) => each.value);
  const more = choices.length > MANY ? `, and ${choices.length - MANY} more` : '';
  throw new UsageError(`${argument} is missing`, named.length === 0 ? question : `one of: ${named.join(', ')}${more}`);
}

function perform(argv: readonly string[], world: World, { options }: Input, outcome: Outcome): number {
  if (outcome.notes && options.quiet !== true) print(world, world.stderr, argv, outcome.notes);
  if (options.json === true) world.stdout.write(`${safeJson(outcome.data)}\n`);
  else print(world, world.stdout, argv, outcome.text);
  return outcome.exit;
}

function print(world: World, stream: Stream, argv: readonly string[], block: Block): void {
  if (block.length > 0) stream.write(paint(block, colourLevel(world, stream, argv)));
}

/** `--no-color`, `NO_COLOR` and `TERM=dumb` beat `FORCE_COLOR`; without any of them a terminal has colour. */
function colourLevel({ env }: World, stream: Stream, argv: readonly string[]): 0 | 1 {
  const isSet = (value: string | undefined) => value !== undefined && value !== '';
  if (argv.includes('--no-color') || isSet(env.NO_COLOR) || env.TERM === 'dumb') return 0;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR === '0' ? 0 : 1;
  return stream.isTerminal ? 1 : 0;
}
