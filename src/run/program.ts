// The command line as commander sees it: a fresh program for each run, from the commands' own descriptions.
import { CommanderError, Command as Program } from 'commander';
import type { Command, Options } from '../command.ts';
import { COMMANDS, GLOBALS, type Listed, TOPICS, type Topic } from '../commands/all.ts';
import { UsageError } from '../outcome.ts';
import { nearest } from '../problem/suggest.ts';
import { shellWord } from '../shell.ts';

const WIDEST_NAME = Math.max(...TOPICS.map((each) => each.name.length));

export type Run = {
  readonly kind: 'run';
  readonly arguments: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Options;
};
export type Parsed = { readonly kind: 'help'; readonly text: string } | Run;

const WITH_VALUE = new Set(['-C', '--dir', '--today', '--as']);

/** The command's name, wherever the global options stand; undefined when there is none. */
export function commandIn(argv: readonly string[]): string | undefined {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '--') return argv[i + 1];
    if (WITH_VALUE.has(word)) i += 1;
    else if (!word.startsWith('-')) return word;
  }
  return undefined;
}

/** What was asked for as it would be typed, without where, when and by whom. */
export const commandLine = (argv: readonly string[]): string => {
  const words = argv.filter((word, i) => !WITH_VALUE.has(word) && !WITH_VALUE.has(argv[i - 1] ?? ''));
  return ['deliver', ...words.map(shellWord)].join(' ');
};

const aliasesOf = (each: Listed | Topic): readonly string[] => ('aliases' in each ? (each.aliases ?? []) : []);

/** `help` may also be asked for a topic. */
export function unknownCommand(name: string, noun: 'command' | 'topic' = 'command'): UsageError {
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

/** The words and options of argv for `command`, or the help that was asked for. Throws UsageError. */
export function parseArguments(argv: readonly string[], command: Command | undefined, columns: number): Parsed {
  let said = '';
  const topics = TOPICS.map((each) => `  ${each.name.padEnd(WIDEST_NAME)}  ${each.summary}`).join('\n');
  const program = new Program('deliver');
  program
    .exitOverride()
    .configureHelp({ helpWidth: columns })
    .configureOutput({
      writeOut: (text) => (said += text),
      writeErr: (text) => (said += text),
      outputError: () => undefined,
    })
    .showSuggestionAfterError(false)
    .description('Client delivery on track, from a git-friendly folder of YAML.')
    .helpOption('-h, --help', 'this help')
    .helpCommand('help [topic]', 'help for a command or a topic')
    .addHelpText(
      'after',
      `\nTopics:\n${topics}\n\nExamples:\n  deliver status                 the morning report\n  deliver help validate          how a command is used`,
    );
  for (const [flags, what] of GLOBALS) program.option(flags, what);
  let values: Readonly<Record<string, string | readonly string[] | undefined>> = {};
  // Who asks for help may see all of them.
  const isSurelyOne = command !== undefined && !argv.some((word) => /^(-\w*h|--help$|help$)/.test(word));
  for (const listed of isSurelyOne ? COMMANDS.filter((each) => each.name === command.name) : COMMANDS) {
    const sub = program.command(listed.name).description(listed.summary);
    for (const alias of listed.aliases ?? []) sub.alias(alias);
    if (command?.name === listed.name) describe(sub, listed, command);
    else for (const word of listed.usage.split(' ')) if (word !== '') sub.argument(word);
    sub.action(() => {
      values = named(command, sub.args);
    });
  }
  const chosen = command && program.commands.find((each) => each.name() === command.name);
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || error.code === 'commander.help') return { kind: 'help', text: said };
    throw usageError(error, chosen ?? program);
  }
  return { kind: 'run', arguments: values, options: (chosen ?? program).optsWithGlobals() as Options };
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
function named(command: Command | undefined, words: readonly string[]) {
  const values: Record<string, string | readonly string[] | undefined> = {};
  command?.arguments.forEach((argument, i) => {
    values[nameOf(argument.name)] = argument.name.includes('...') ? words.slice(i) : words[i];
  });
  return values;
}

function usageError(error: CommanderError, program: Program): UsageError {
  const message = error.message.replace(/^error: /, '');
  const flag = error.code === 'commander.unknownOption' ? /'(-[^']*)'/.exec(message)?.[1] : undefined;
  const known = [program, program.parent].flatMap((each) => each?.options.flatMap((it) => [it.long, it.short]) ?? []);
  const meant =
    flag === undefined
      ? undefined
      : nearest(
          flag.replace(/=.*$/, ''),
          known.filter((it) => it !== undefined),
        );
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
