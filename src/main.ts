// argv and a World in, an exit code out: parse, read, run the command, print what it decided. The only catch of all.

import type { Command, Depth, Missing, Practice } from './command.ts';
import { findListed, TOPICS } from './commands/all.ts';
import { UsageError } from './outcome.ts';
import type { Rule } from './rules/rule.ts';
import { watch } from './run/again.ts';
import { answer, EXIT_BUG } from './run/answer.ts';
import { findShare, shareOut } from './run/crew.ts';
import { listedOnce } from './run/listed-once.ts';
import { load as loadPart, type Means, type Parts } from './run/means.ts';
import { type Asked, newRootOf, openPractice, rootOf } from './run/open.ts';
import { commandIn, parseArguments, type Run, unknownCommand } from './run/program.ts';
import { print, say, wordsOf } from './run/session.ts';
import { line, safeJson, span } from './terminal/ink.ts';
import type { Memo, Share, World } from './world.ts';

/** Runs one command line. Never throws; every failure is a line on stderr and an exit code. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  try {
    return await run(argv, world);
  } catch (error) {
    if (error instanceof UsageError) {
      say({ world, argv }, wordsOf(error));
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

async function run(argv: readonly string[], world: World): Promise<number> {
  const begun = await begin(argv, world);
  if ('said' in begun) {
    world.stdout.write(begun.said);
    return 0;
  }
  const { command, parsed, depth, root, missing, means, openWith } = begun;
  const load = async (name: keyof Parts): Promise<void> => {
    const shares = async () => ({
      shares: await shareOut(world.crew, argv, (share) => findShare(openWith, means, share)),
    });
    Object.assign(means.parts, name === 'shares' ? await shares() : await loadPart(name));
  };
  // What a change says is said once; what the thorough rules find hangs on more than the records.
  const watched = means.memory && !command.changes && depth === 'core' ? watch(argv, world) : undefined;
  let fingerprint: string | undefined;
  const open = (client?: string): Practice => {
    const practice = openWith(client, means);
    fingerprint = practice.fingerprint;
    return watched?.practice(practice) ?? practice;
  };
  // Only a command that changes something loads the YAML editor.
  const editor = command.changes ? await import('./run/change.ts') : undefined;
  const topics = command.describes?.(parsed.options) ?? [];
  const described = await Promise.all(topics.map((each) => loadCommand(each)));
  const isSparing = means.memory !== undefined;
  const seen = watched?.world ?? world;
  try {
    const session = { argv, world: seen, command, editor, root, missing, load, open, isSparing, parsed, described };
    const exit = await answer(session);
    if (root !== undefined) watched?.note(root, fingerprint, exit);
    return exit;
  } finally {
    means.memory?.settle();
  }
}

/** For another processor: what this command line would have remembered of a share of the clients. Throws what it meets. */
export async function assist(argv: readonly string[], world: World, share: Share): Promise<readonly Memo[]> {
  const begun = await begin(argv, world);
  return 'said' in begun ? [] : findShare(begun.openWith, begun.means, share);
}

type Begun = Place & {
  readonly command: Command;
  readonly parsed: Run;
  readonly depth: Depth;
  readonly means: Means;
  /** Reads the practice, or what is wanted of it: of clients whose id begins like this, or of a share of them. */
  readonly openWith: (wanted: string | Share | undefined, means: Means) => Practice;
};

/** As far as everything goes that reads a practice; or help, which needs none. */
async function begin(argv: readonly string[], world: World): Promise<Begun | { readonly said: string }> {
  const name = commandIn(argv);
  const isHelp = name === 'help' || name === undefined;
  const listed = isHelp ? undefined : findListed(name);
  if (!isHelp && !listed) throw unknownCommand(name);
  const asked = name === 'help' ? TOPICS.find((each) => each.name === helpTopic(argv)) : undefined;
  if (asked) {
    const { formatTopic } = await import('./run/topics.ts');
    return { said: formatTopic(asked, world.stdout.columns ?? 80) };
  }
  const words = name === 'help' ? helpWords(argv) : argv;
  const topic = isHelp ? findListed(words[0] ?? '') : listed;
  const command = topic && (await loadCommand(topic.name));
  const parsed = parseArguments(words, command, world.stdout.columns ?? 80);
  if (parsed.kind === 'help') return { said: parsed.text };
  if (!command) throw new UsageError('no command', 'deliver --help lists the commands');
  const depth = command.depth(parsed.options);
  const rules = await rulesFor(depth);
  const memory = memoryFor(world, parsed);
  const place = placeFor(world, command, depth, parsed);
  // A change reads files anew; a report may do without what makes records of them.
  const parts: Partial<Parts> = command.changes ? await loadPart('reader') : {};
  const ofEach: Asked['ofEach'] = (shared, today) => command.ofEach?.(parsed, shared, today);
  return {
    ...place,
    command,
    parsed,
    depth,
    // A change reads what is there when its turn has come, and lets nobody wait for it.
    means: command.changes
      ? { parts, memory, hands: 0, held: undefined }
      : { parts, memory, hands: world.crew.hands, held: {} },
    openWith: (wanted, means) => {
      if (place.root === undefined) throw new Error(`${command.name} says it reads nothing`);
      const [client, share] = typeof wanted === 'object' ? [undefined, wanted] : [wanted, undefined];
      // Whose name is set for another practice is nobody in a new one.
      const here = command.founds ? { ...world, env: { ...world.env, DELIVER_AS: undefined } } : world;
      const stood = { ...here, files: listedOnce(here.files) };
      return openPractice(stood, place.root, parsed.options, { depth, rules, client, share, ofEach }, means);
    },
  };
}

function memoryFor({ memory, env }: World, { options }: Run): World['memory'] | undefined {
  const isRefused = options.cache === false || (env.DELIVER_NO_CACHE ?? '') !== '';
  return isRefused ? undefined : memory;
}

type Place = { readonly root: string | undefined; readonly missing?: Missing };

/** Where the practice is. A command that runs anywhere is told why there is none; for any other it is an error. */
function placeFor(world: World, command: Command, depth: Depth, parsed: Run): Place {
  if (!command.anywhere) return { root: rootFor(world, command, depth, parsed) };
  try {
    return { root: rootOf(world, parsed.options) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const isAsked = [parsed.options.dir, world.env.DELIVER_DIR].some((it) => it !== undefined && it !== '');
    return { root: undefined, missing: { reason: error.message, hint: error.hint, isAsked } };
  }
}

function rootFor(world: World, command: Command, depth: Depth, { arguments: words, options }: Run): string | undefined {
  if (command.founds) return newRootOf(world, options, typeof words.dir === 'string' ? words.dir : undefined);
  return depth === 'nothing' ? undefined : rootOf(world, options);
}

/** `help status` is `status --help`. */
function helpWords(argv: readonly string[]): readonly string[] {
  const topic = helpTopic(argv);
  if (topic === undefined) return ['--help'];
  if (!findListed(topic)) throw unknownCommand(topic, 'topic');
  return [topic, '--help'];
}

const helpTopic = (argv: readonly string[]): string | undefined =>
  argv.filter((word) => word !== 'help').find((word) => !word.startsWith('-'));

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
