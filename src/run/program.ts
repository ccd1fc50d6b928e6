// The command line as commander sees it: a fresh program for each run, from the commands' own descriptions.
import { CommanderError, Option, Command as Program } from 'commander';
import type { Command, Options } from '../command.ts';
import { COMMANDS, GLOBALS, type Listed, TOPICS, type Topic } from '../commands/all.ts';
import { UsageError } from '../outcome.ts';
import { nearest } from '../problem/suggest.ts';
import { shellWord } from '../shell.ts';
import { formatTopic } from './topics.ts';

/** A command with what was typed for it. */
export type Run = {
  readonly kind: 'run';
  readonly command: Command;
  readonly arguments: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Options;
  /** What was asked for as it would be typed, without where, when and by whom. */
  readonly line: string;
};
/** `--help`, `help`, `--version`: the whole answer. */
export type Told = { readonly kind: 'told'; readonly text: string };

export type CommandLine = {
  /** Throws UsageError. */
  readonly parse: () => Promise<Run | Told>;
  /** The options of every command as far as they were understood: they count also where the rest is wrong. */
  readonly options: () => Options;
};

/** Does nothing: scripts may still have it from when there was a cache. */
const NO_CACHE = '--no-cache';

type Screen = { readonly columns: number; readonly version: string };

/** `load` gives a command by its name; it is asked for the one that was typed. */
export function commandLine(
  argv: readonly string[],
  load: (name: string) => Promise<Command>,
  { columns, version }: Screen,
): CommandLine {
  let told = '';
  let run: Run | undefined;
  const program = newProgram(columns, version, (text) => {
    told += text;
  });
  const loaded = new Map<Program, Command>();
  const describeOnce = async (sub: Program): Promise<void> => {
    const listed = COMMANDS.find((each) => each.name === sub.name());
    if (!listed) return;
    const command = await load(listed.name);
    loaded.set(sub, command);
    describe(sub, listed, command);
  };
  program.hook('preSubcommand', (_, sub) => describeOnce(sub));
  for (const { name, summary, aliases } of COMMANDS) {
    const sub = program.command(name).description(summary);
    for (const alias of aliases ?? []) sub.alias(alias);
    sub.action(() => {
      const command = loaded.get(sub);
      if (!command) throw new Error(`${name} was not loaded`);
      const options = sub.optsWithGlobals();
      run = { kind: 'run', command, arguments: named(command, sub.args), options, line: lineOf(argv) };
    });
  }
  program
    .command('help [topic]')
    .description('help for a command or a topic')
    .action(async (asked: string | undefined) => {
      const topic = TOPICS.find((each) => each.name === asked);
      const sub = program.commands.find((each) => each.name() === asked || each.aliases().includes(asked ?? ''));
      if (topic) told += formatTopic(topic, columns);
      else if (asked === undefined) program.outputHelp();
      else if (sub) {
        await describeOnce(sub);
        sub.outputHelp();
      } else throw unknownCommand(asked, 'topic');
    });
  program.on('command:*', ([name = '']: readonly string[]) => {
    throw unknownCommand(name);
  });
  const parse = async (): Promise<Run | Told> => {
    try {
      await program.parseAsync([...argv], { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0 && error.code !== 'commander.help')
        throw usageError(error, [...loaded.keys()][0] ?? program);
    }
    return run ?? { kind: 'told', text: told };
  };
  return { parse, options: () => program.opts() };
}

function newProgram(columns: number, version: string, tell: (text: string) => void): Program {
  const widest = Math.max(...TOPICS.map((each) => each.name.length));
  const topics = TOPICS.map((each) => `  ${each.name.padEnd(widest)}  ${each.summary}`).join('\n');
  const program = new Program('deliver');
  program
    .exitOverride()
    .configureHelp({ helpWidth: columns, subcommandTerm: termOf })
    .configureOutput({ writeOut: tell, writeErr: tell, outputError: () => undefined })
    .showSuggestionAfterError(false)
    .description('Client delivery on track, from a git-friendly folder of YAML.')
    .helpOption('-h, --help', 'this help')
    .helpCommand(false)
    .addHelpText(
      'after',
      `\nTopics:\n${topics}\n\nExamples:\n  deliver status                 the morning report\n  deliver help validate          how a command is used`,
    );
  for (const [flags, what] of GLOBALS) {
    if (flags === '--version') program.version(version, flags, what);
    else program.option(flags, what);
  }
  return program.addOption(new Option(NO_CACHE).hideHelp());
}

/** `validate|check [files...]`, in the list of commands. */
function termOf(sub: Program): string {
  const { usage = '[topic]', aliases = [] } = COMMANDS.find((each) => each.name === sub.name()) ?? {};
  return `${[sub.name(), ...aliases].join('|')} ${usage}`.trim();
}

/** For the journal. */
function lineOf(argv: readonly string[]): string {
  const own = /^(-C|--dir|--today|--as)(=|$)/;
  const words = argv.filter((word, i) => !own.test(word) && own.exec(argv[i - 1] ?? '')?.[2] !== '');
  return ['deliver', ...words.map(shellWord)].join(' ');
}

const aliasesOf = (each: Listed | Topic): readonly string[] => ('aliases' in each ? (each.aliases ?? []) : []);

/** `help` may also be asked for a topic. */
function unknownCommand(name: string, noun: 'command' | 'topic' = 'command'): UsageError {
  const meant = nearest(
    name,
    [...COMMANDS, ...(noun === 'topic' ? TOPICS : [])].flatMap((each) => [each.name, ...aliasesOf(each)]),
  );
  const ending = meant === undefined ? '' : `, did you mean \`${meant}\`?`;
  return new UsageError(
    `unknown ${noun} \`${name}\`${ending}`,
    `deliver --help lists the ${noun === 'topic' ? 'commands and topics' : 'commands'}`,
  );
}

/** `<ref>` is optional to commander: a missing one is asked for, or refused with the choices. */
function describe(sub: Program, listed: Listed, command: Command): void {
  sub.summary(listed.summary).description(`${listed.summary}\n\n${command.about}`);
  for (const argument of command.arguments) {
    const optional = argument.name.replace(/^<(.*)>$/, '[$1]');
    sub.argument(optional, argument.what);
  }
  sub.usage(`${listed.usage} [options]`.trim());
  for (const option of command.options) sub.option(option.flags, option.what);
  if (command.changes) {
    const isTaken = command.options.some((option) => option.flags.startsWith('-n,'));
    sub.option(isTaken ? '--dry-run' : '-n, --dry-run', 'show the change as a diff and write nothing');
  }
  const width = Math.max(...command.examples.map((each) => each.line.length));
  const examples = command.examples.map((each) => `  ${each.line.padEnd(width)}  ${each.what}`);
  sub.addHelpText('after', `\nExamples:\n${examples.join('\n')}\n\nOptions of every command: deliver --help`);
}

const nameOf = (argument: string): string => argument.replace(/[<>[\].]/g, '');

/** Words by the names of the command's arguments; one that takes many gets the rest. */
function named(command: Command, words: readonly string[]): Run['arguments'] {
  const values: Record<string, string | readonly string[] | undefined> = {};
  command.arguments.forEach((argument, i) => {
    values[nameOf(argument.name)] = argument.name.includes('...') ? words.slice(i) : words[i];
  });
  return values;
}

function usageError(error: CommanderError, program: Program): UsageError {
  const message = error.message.replace(/^error: /, '');
  const flag = error.code === 'commander.unknownOption' ? /'(-[^']*)'/.exec(message)?.[1] : undefined;
  const known = [program, program.parent].flatMap((each) => each?.options ?? []).filter((it) => !it.hidden);
  const names = known.flatMap(({ long, short }) => [long ?? [], short ?? []].flat());
  const meant = flag === undefined ? undefined : nearest(flag.replace(/=.*$/, ''), names);
  const help = program.parent ? `deliver ${program.name()} --help` : 'deliver --help';
  return new UsageError(
    flag === undefined
      ? plain(message)
      : `unknown option \`${flag}\`${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`,
    `${help} shows how it is used`,
  );
}

/** commander's words in our quotes. */
const plain = (message: string): string => message.replace(/'([^']*)'/g, '`$1`').replace(/\.$/, '');
