// One trial: a damaged practice, a few commands on it, and what was wrong with what they did. A trial follows from its number
// alone. Knows the oracles; no clock but the one that tells a slow command.
import type { Day } from '../../src/day.ts';
import { CORE_RULES } from '../../src/rules/all.ts';
import { loadBook } from '../support/load.ts';
import { memoryFiles, memoryWorld, runDeliver } from '../support/world.ts';
import { damage } from './damage.ts';
import { commandLine } from './lines.ts';
import { type Folder, inventFolder } from './practice.ts';
import { type Random, randomFrom } from './random.ts';
import { vanishedFrom } from './vanished.ts';

/** What went wrong: `what` is the same for the same kind of thing. */
export type Finding = { readonly what: string; readonly detail: string };

export type Trial = {
  readonly folder: Folder;
  readonly done: readonly string[];
  readonly lines: readonly (readonly string[])[];
};

const ROOT = '/practice';
const TODAY = '2026-11-23' as Day;
/** Larger practices are no quicker to find mistakes in. */
const MOST_BYTES = 300_000;

/** `folders`: practices that are right. */
export function trialOf(number: number, folders: readonly Folder[]): Trial {
  const random = randomFrom(number);
  const base = random.chance(0.5) ? random.one(folders) : inventFolder(random);
  const { folder, done } = random.chance(0.05) ? { folder: base, done: [] } : damage(base, random);
  return { folder: sizeOf(folder) > MOST_BYTES ? base : folder, done, lines: linesFor(random) };
}

const sizeOf = (folder: Folder): number => Object.values(folder).reduce((sum, each) => sum + each.length, 0);

const linesFor = (random: Random): readonly (readonly string[])[] => [
  random.one([['status'], ['status', '--json'], ['status', '--all'], ['status', 'acme']]),
  random.one([['validate'], ['validate', '--strict'], ['validate', '--json'], ['validate', '--format', 'unix']]),
  commandLine(random),
  commandLine(random),
];

/** Runs it to the first thing that is wrong. */
export async function attempt(trial: Trial, announce: (line: readonly string[]) => void): Promise<Finding | undefined> {
  announce(['(reading)']);
  const vanished = findVanished(trial.folder);
  if (vanished) return vanished;
  for (const line of trial.lines) {
    announce(line);
    const finding = await runLine(trial.folder, line);
    if (finding) return finding;
  }
  return undefined;
}

const worldFiles = (folder: Folder): Record<string, string | Uint8Array> => ({ ...folder });

function read(folder: Folder) {
  const files = new Map(Object.entries(folder).map(([path, content]) => [`${ROOT}/${path}`, content]));
  return loadBook(memoryFiles(files), ROOT, CORE_RULES);
}

function findVanished(folder: Folder): Finding | undefined {
  try {
    const [first] = vanishedFrom(folder, read(folder));
    return first === undefined ? undefined : { what: `vanished: ${first.replace(/^[^:]*: /, '')}`, detail: first };
  } catch (error) {
    return crashed(error);
  }
}

const crashed = (error: unknown): Finding => {
  const { message = String(error), stack = '' } = error as Partial<Error>;
  const where = /\n\s+at (?:async )?(\S+)/.exec(stack)?.[1] ?? '';
  return { what: `crash: ${message.split('\n', 1)[0]} at ${where}`, detail: stack };
};

async function runLine(folder: Folder, line: readonly string[]): Promise<Finding | undefined> {
  const world = memoryWorld({ files: worldFiles(folder), cwd: ROOT, today: TODAY, answers: ['1', 'acme', 'y'] });
  try {
    const { exit, stdout, stderr } = await runDeliver(world, ['--debug', ...line]);
    if (exit === 3 || exit > 130 || /at .*\.(?:ts|mjs|js):\d+/.test(stderr)) {
      const said = stderr.split('\n').find((each) => each.trim() !== '') ?? 'nothing was said';
      return { what: `exit ${exit}: ${said} (${line[0]})`, detail: stderr };
    }
    return line[0] === 'status' && line.length <= 2 && exit < 2 ? unnamed(folder, line, stdout, stderr) : undefined;
  } catch (error) {
    return crashed(error);
  }
}

/** The report names every error of the files, and is not called complete when something was taken out. */
function unnamed(folder: Folder, line: readonly string[], stdout: string, stderr: string): Finding | undefined {
  // A refused name is the whole answer: there is no report that could name the rest.
  if (stdout === '' && stderr !== '') return undefined;
  const { book } = read(folder);
  const only = line[1]?.startsWith('-') ? undefined : line[1];
  const lost = book.removals.filter((each) => only === undefined || each.id === only || each.kind === 'practice');
  if (line.includes('--json')) {
    const report = JSON.parse(stdout) as {
      readonly complete?: boolean;
      readonly problems: { readonly file: string }[];
    };
    if (lost.length > 0 && report.complete !== false)
      return { what: `called complete without ${lost[0]?.kind}`, detail: JSON.stringify(lost[0]) };
    const missing = lost.find(
      (each) => !report.problems.some(({ file }) => file === (each.problem?.place.file ?? each.file)),
    );
    return (
      missing && { what: `no problem of the report names a lost ${missing.kind}`, detail: JSON.stringify(missing) }
    );
  }
  const said = `${stdout}\n${stderr}`;
  const missing = lost.find((each) => !said.includes(shown(each.problem?.place.file ?? each.file)));
  return missing && { what: `the report names no lost ${missing.kind}`, detail: JSON.stringify(missing) };
}

/** Up to the first character that is shown as another. */
const shown = (file: string): string => /^[\x20-\x7e]*/.exec(file)?.[0] ?? '';
