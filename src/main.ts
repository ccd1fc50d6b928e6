// argv and a World in, an exit code out: parse, find the practice, read, run the command, say what it decided. The only catch.
import type { Command, Depth, Missing } from './command.ts';
import { UsageError } from './outcome.ts';
import type { Rule } from './rules/rule.ts';
import { answer } from './run/answer.ts';
import { loadFullReader } from './run/load.ts';
import { newRootOf, type Opening, rootOf } from './run/open.ts';
import { commandLine, type Run, type Told } from './run/program.ts';
import { fail } from './run/session.ts';
import type { World } from './world.ts';

/** Runs one command line. Never throws; every failure is a line on stderr and an exit code. */
export async function main(argv: readonly string[], world: World, command = commandNamed): Promise<number> {
  const typed = commandLine(argv, command, { columns: world.stdout.columns ?? 80, version: world.version });
  try {
    return await run(await typed.parse(), world, command);
  } catch (error) {
    return fail({ world, options: typed.options() }, error);
  }
}

/** Parsed; from here on: find the practice, load what it takes to read it, answer. */
async function run(typed: Run | Told, world: World, commandBy: typeof commandNamed): Promise<number> {
  if (typed.kind === 'told') {
    world.stdout.write(typed.text);
    return 0;
  }
  const { command, options } = typed;
  const place = placeOf(world, typed);
  const opening = await openingOf(world, typed, place.root);
  const editor = command.changes ? await import('./run/change.ts') : undefined;
  const described = await Promise.all((command.describes?.(options) ?? []).map(commandBy));
  return answer({ world, options, run: typed, editor, opening, missing: place.missing, described });
}

async function commandNamed(name: string): Promise<Command> {
  const file: { readonly command: Command } = await import(`./commands/${name}.ts`);
  return file.command;
}

type Place = { readonly root: string | undefined; readonly missing: Missing | undefined };

/** Where the practice is. A command that runs anywhere is told why there is none; for any other it is an error. */
function placeOf(world: World, { command, arguments: words, options }: Run): Place {
  const found = (root: string | undefined): Place => ({ root, missing: undefined });
  if (command.founds) return found(newRootOf(world, options, typeof words.dir === 'string' ? words.dir : undefined));
  if (command.depth(options) === 'nothing') return found(undefined);
  try {
    return found(rootOf(world, options));
  } catch (error) {
    if (!command.anywhere || !(error instanceof UsageError)) throw error;
    const isAsked = [options.dir, world.env.DELIVER_DIR].some((it) => it !== undefined && it !== '');
    return { root: undefined, missing: { reason: error.message, hint: error.hint, isAsked } };
  }
}

/** What it takes to read the practice; a change may need every part of it, and loads nothing while it holds the lock. */
async function openingOf(
  world: World,
  { command, options }: Run,
  root: string | undefined,
): Promise<Opening | undefined> {
  const depth = command.depth(options);
  if (root === undefined || depth === 'nothing') return undefined;
  const rules = await rulesFor(depth);
  const full = command.changes || command.takesFullReader?.(options) ? await loadFullReader() : undefined;
  // Whose name is set for another practice is nobody in a new one.
  const here = command.founds ? { ...world, env: { ...world.env, DELIVER_AS: undefined } } : world;
  return { world: here, root, options, depth, rules, today: world.now(), full };
}

/** The thorough rules read templates, so only what checks everything loads the template engine for them. */
async function rulesFor(depth: Exclude<Depth, 'nothing'>): Promise<readonly Rule[]> {
  if (depth === 'core') return (await import('./rules/all.ts')).CORE_RULES;
  const { THOROUGH_RULES, STRICT_RULES } = await import('./rules/thorough.ts');
  return depth === 'strict' ? [...THOROUGH_RULES, ...STRICT_RULES] : THOROUGH_RULES;
}
