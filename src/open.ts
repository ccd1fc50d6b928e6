// Where the practice is, which day it is there, and its Book: what a command that reads anything is given.
import type { Depth, Options, Practice } from './commands/command.ts';
import type { Day } from './day.ts';
import { parseDayWord } from './day-words.ts';
import { loadBook } from './load.ts';
import { UsageError } from './outcome.ts';
import { toReport } from './problem/report.ts';
import { nearest } from './problem/suggest.ts';
import type { Rule } from './rules/rule.ts';
import type { World } from './world.ts';

/** Throws UsageError when there is no practice, or the day or person asked for does not exist. */
export function openPractice(world: World, options: Options, depth: Depth, rules: readonly Rule[]): Practice {
  const root = findRoot(world, textOf(options.dir) ?? world.env.DELIVER_DIR);
  const loaded = loadBook(world.files, root, depth === 'core' ? 'core' : 'thorough', rules);
  const { book } = loaded;
  checkPerson(textOf(options.as) ?? world.env.DELIVER_AS, Object.keys(book.practice?.people ?? {}));
  const today = todayOf(world, textOf(options.today) ?? world.env.DELIVER_TODAY, book.practice?.time_zone ?? 'UTC');
  const textOfFile = (file: string): string | undefined => book.sources.get(file)?.text;
  return {
    book,
    today,
    fileCount: loaded.fileCount,
    problems: loaded.problems,
    report: (problems) => toReport(problems, textOfFile),
    textOf: textOfFile,
    fileNamed: (path) => fileNamed(world, root, path, book.sources),
  };
}

const textOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const MARK = 'deliver.yaml';

function findRoot(world: World, asked: string | undefined): string {
  if (asked !== undefined) {
    const folder = world.files.resolve(world.cwd, asked);
    if (world.files.exists(world.files.resolve(folder, MARK))) return folder;
    const what = world.files.exists(folder)
      ? `\`${asked}\` is no practice folder: it has no ${MARK}`
      : `there is no folder \`${asked}\``;
    throw new UsageError(what);
  }
  const root = world.files.findUp(world.cwd, MARK);
  if (root !== undefined) return root;
  throw new UsageError(
    `no practice here: no ${MARK} in this folder or any above it`,
    'go to a practice folder, or name one: deliver -C DIR status',
  );
}

function todayOf(world: World, asked: string | undefined, zone: string): Day {
  if (asked === undefined) return world.today(zone);
  const word = parseDayWord(asked, world.today(zone), 'future');
  if ('day' in word) return word.day;
  throw new UsageError(word.fault);
}

function checkPerson(asked: string | undefined, people: readonly string[]): void {
  if (asked === undefined || asked === '' || people.length === 0 || people.includes(asked)) return;
  const meant = nearest(asked, people);
  throw new UsageError(
    `there is no person \`${asked}\`${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`,
    `the people are ${people.join(', ')}`,
  );
}

/** Relative to the working directory, or as the practice's own reports name it. */
function fileNamed(
  world: World,
  root: string,
  path: string,
  sources: ReadonlyMap<string, unknown>,
): string | undefined {
  const absolute = world.files.resolve(world.cwd, path);
  const inside = absolute.startsWith(`${root}/`) ? absolute.slice(root.length + 1) : undefined;
  return [inside, path.replace(/^\.\//, '')].find(
    (it) => it !== undefined && (sources.has(it) || world.files.exists(`${root}/${it}`)),
  );
}
