// Where the practice is, which day it is there, and its Book: what a command that reads anything is given.
import type { FullReader } from '../book/assemble.ts';
import type { Book } from '../book/book.ts';
import type { IsWanted } from '../book/read.ts';
import type { Depth, Identity, Options, Practice } from '../command.ts';
import { type Day, parseDay } from '../day.ts';
import { hasDaysAhead } from '../engine/ahead.ts';
import { diskFailure, refusal, UsageError } from '../outcome.ts';
import type { Texts } from '../problem/report.ts';
import type { Practice as PracticeRecord } from '../records/practice.ts';
import type { Rule } from '../rules/rule.ts';
import { parseDayWord } from '../typed/day-words.ts';
import { findPersonId, peopleNames } from '../typed/ids.ts';
import type { Files, FoundRepository, Today, World } from '../world.ts';
import { filesFrom } from './git-files.ts';
import { type Loaded, load, loadFullReader, loadWith, type Reading } from './load.ts';

/** The practice folder. Throws UsageError when there is none. */
export const rootOf = (world: World, options: Options): string =>
  findRoot(world, textOf(options.dir) ?? textOf(world.env.DELIVER_DIR));

/** Where a new practice is to be. Refused where one is already, there or above. */
export function newRootOf(world: World, options: Options, asked: string | undefined): string {
  const base = world.files.resolve(world.cwd, textOf(options.dir) ?? '.');
  const root = world.files.resolve(base, asked ?? '.');
  const above = world.files.findUp(root, MARK);
  if (above === undefined) return root;
  throw refusal(
    above === root
      ? `${root} is a practice already: it has a ${MARK}`
      : `${root} lies in a practice: ${above} has a ${MARK}`,
    above === root ? 'deliver status shows it' : 'name a folder outside of it: deliver init DIR',
  );
}

/** What a practice is opened for. */
export type Opening = {
  readonly world: World;
  readonly root: string;
  readonly options: Options;
  readonly depth: Exclude<Depth, 'nothing'>;
  readonly rules: readonly Rule[];
  /** The day it is in a zone, at the one moment of this run. */
  readonly today: Today;
  /** The full reader, where it is at hand. */
  readonly full: FullReader | undefined;
};

/** The practice as it is. The full reader is loaded for a file that needs it, or to say where a problem is. */
export async function openPractice(opening: Opening): Promise<Practice> {
  const { world, root, full } = opening;
  const loaded = await load(readingOf(opening, world.files, root));
  const isCalm = loaded.problems.length === 0 && !hasDaysAhead(loaded.book, dayIn(opening, loaded.book));
  return practiceOf({ ...opening, full: full ?? (isCalm ? undefined : await loadFullReader()) }, world.files, loaded);
}

/** At once, with the full reader; `client`: no other clients than those whose id begins like this. */
export function openNow(opening: Opening, client?: string): Practice {
  const isWanted = client === undefined ? undefined : (id: string) => id.startsWith(client);
  return openAt(opening, opening.world.files, isWanted);
}

function openAt(opening: Opening, files: Files, isWanted?: IsWanted): Practice {
  const { full, root } = opening;
  if (!full) throw new Error('this command does not say that it takes the full reader');
  return practiceOf(opening, files, loadWith(full, readingOf(opening, files, root, isWanted)), isWanted);
}

const readingOf = ({ depth, rules }: Opening, files: Files, root: string, isWanted?: IsWanted): Reading => ({
  files,
  root,
  scope: depth === 'core' ? 'core' : 'thorough',
  rules,
  isWanted,
});

function dayIn({ options, world, today }: Opening, { practice }: Book): Day {
  return todayOf(today(practice?.time_zone ?? 'UTC'), dayAsked(options, world));
}

const dayAsked = (options: Options, world: World): string | undefined =>
  textOf(options.today) ?? textOf(world.env.DELIVER_TODAY);

function practiceOf(opening: Opening, files: Files, loaded: Loaded, isWanted?: IsWanted): Practice {
  const { world, root, options, full } = opening;
  const { book } = loaded;
  const people = book.practice?.people ?? {};
  const asked = textOf(options.as) ?? textOf(world.env.DELIVER_AS);
  const as = asked === undefined ? undefined : personNamed(book, asked);
  const today = dayIn(opening, book);
  const textOfFile = (file: string): string | undefined => book.sources.get(file)?.text;
  const identity = (): Identity => {
    if (as !== undefined) return { person: as, by: 'asked' };
    const byMail = whoByMail(world, root, people);
    if (byMail !== undefined) return { person: byMail, by: 'mail' };
    if (book.practice?.me !== undefined) return { person: book.practice.me, by: 'me' };
    // One who cannot be read may be it as well.
    const only = onlyOf(peopleNames(book).known.map((it) => it.id));
    return only === undefined ? { person: undefined, by: 'nobody' } : { person: only, by: 'only' };
  };
  const who = () => identity().person;
  let git: FoundRepository | undefined;
  const repository = (): FoundRepository => {
    git ??= guarded(world.repository(root));
    return git;
  };
  return {
    root,
    book,
    today,
    isDayAsked: dayAsked(options, world) !== undefined,
    fileCount: loaded.fileCount,
    problems: loaded.problems,
    report: reportWith(full, textOfFile),
    textOf: textOfFile,
    fileNamed: (path) => fileNamed(world, root, path, book.sources),
    who,
    identity,
    journal: () => {
      const found = world.store.journal(root);
      if ('refused' in found) throw refusal(found.refused, found.fix);
      return found;
    },
    reopen: (texts, day) => {
      const asOf = day === undefined ? options : { ...options, today: day };
      return openAt({ ...opening, options: asOf }, overlaid(files, root, texts), isWanted);
    },
    git: repository,
    at: (stored, day) => {
      const found = repository();
      if ('reason' in found) throw new Error(found.reason);
      // People who are here now need not have been there then.
      const then = { ...world, env: { ...world.env, DELIVER_AS: undefined } };
      const asOf = { ...options, as: undefined, today: day ?? today };
      const past = { ...opening, world: then, options: asOf };
      return { ...openAt(past, filesFrom(found.repository, stored, files, root), isWanted), who, identity };
    },
  };
}

/** Line and column are looked up when a problem is there to be said. */
function reportWith(full: FullReader | undefined, texts: Texts): Practice['report'] {
  const reporter = full?.reporterOf(texts);
  return (problems) => {
    if (problems.length === 0) return [];
    if (!reporter) throw new Error('this command does not say that it takes the full reader');
    return reporter(problems);
  };
}

const textOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const onlyOf = (ids: readonly string[]): string | undefined => (ids.length === 1 ? ids[0] : undefined);

function whoByMail(world: World, root: string, people: PracticeRecord['people']): string | undefined {
  const withMail = Object.entries(people).filter(([, person]) => person.email !== undefined);
  if (withMail.length === 0) return undefined;
  const mail = world.gitEmail(root)?.toLowerCase();
  return mail === undefined ? undefined : withMail.find(([, person]) => person.email?.toLowerCase() === mail)?.[0];
}

/** The folder as it would be with these texts in it. */
function overlaid(files: Files, root: string, texts: ReadonlyMap<string, string | undefined>): Files {
  const parts = [...texts].map(([file, text]) => {
    const cut = file.lastIndexOf('/');
    return { file, text, folder: cut < 0 ? '' : file.slice(0, cut), name: file.slice(cut + 1) };
  });
  return {
    ...files,
    exists: (path) =>
      files.exists(path) || parts.some((each) => each.text !== undefined && path === `${root}/${each.file}`),
    list: (at, folder) => {
      const listed = files.list(at, folder);
      if ('fault' in listed && listed.fault !== 'missing') return listed;
      const here = parts.filter((each) => each.folder === folder);
      const kept = ('entries' in listed ? listed.entries : []).filter(
        (entry) => !here.some((each) => each.name === entry.name),
      );
      const added = here
        .filter((each) => each.text !== undefined)
        .map((each) => ({ name: each.name, kind: 'file' as const }));
      return { entries: [...kept, ...added].toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
    },
    read: (at, path, limit) => {
      if (!texts.has(path)) return files.read(at, path, limit);
      const text = texts.get(path);
      return text === undefined ? { fault: 'missing' } : { bytes: new TextEncoder().encode(text) };
    },
  };
}

/** What git cannot read is a fault of the disk, and said as one: an object is missing, or broken. */
function guarded(found: FoundRepository): FoundRepository {
  if ('reason' in found) return found;
  const git = found.repository;
  const guard =
    <Words extends readonly unknown[], Answer>(ask: (...words: Words) => Answer) =>
    (...words: Words): Answer => {
      try {
        return ask(...words);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw diskFailure(`this repository cannot be read: ${reason}`, 'git fsck names what is broken');
      }
    };
  return {
    repository: {
      ...git,
      commit: guard(git.commit),
      about: guard(git.about),
      commitOn: guard(git.commitOn),
      first: guard(git.first),
      mergeBase: guard(git.mergeBase),
      filesOf: guard(git.filesOf),
      staged: guard(git.staged),
      sizes: guard(git.sizes),
      read: guard(git.read),
      log: guard(git.log),
    },
  };
}

const MARK = 'deliver.yaml';

function findRoot(world: World, asked: string | undefined): string {
  if (asked !== undefined) {
    const folder = world.files.resolve(world.cwd, asked);
    if (world.files.exists(world.files.resolve(folder, MARK))) return folder;
    const isThere = world.files.exists(folder);
    throw new UsageError(
      isThere ? `\`${asked}\` is no practice folder: it has no ${MARK}` : `there is no folder \`${asked}\``,
    );
  }
  const root = world.files.findUp(world.cwd, MARK);
  if (root !== undefined) return root;
  throw new UsageError(
    `no practice here: no ${MARK} in this folder or any above it`,
    'go to a practice folder, or name one: deliver -C DIR status',
  );
}

/** The day that was asked for, counted from the real one; without a wish that. */
function todayOf(today: Day, asked: string | undefined): Day {
  if (asked === undefined) return today;
  const written = parseDay(asked.trim());
  if (written !== undefined) return written;
  const word = parseDayWord(asked, today, 'future');
  if ('day' in word) return word.day;
  throw new UsageError(word.fault);
}

/** The person's id; as it is written where no people are listed. */
const personNamed = (book: Book, asked: string): string =>
  peopleNames(book).known.length === 0 ? asked : findPersonId(book, asked);

/** Relative to the working directory, or as the practice's own reports name it. */
function fileNamed(
  world: World,
  root: string,
  path: string,
  sources: ReadonlyMap<string, unknown>,
): string | undefined {
  const absolute = world.files.resolve(world.cwd, path);
  if (absolute === root) return '';
  const inside = absolute.startsWith(`${root}/`) ? absolute.slice(root.length + 1) : undefined;
  const named = path.replace(/^\.\//, '').replace(/\/+$/, '');
  return [inside, named].find(
    (it) => it !== undefined && it !== '' && (sources.has(it) || world.files.exists(`${root}/${it}`)),
  );
}
