// Where the practice is, which day it is there, and its Book: what a command that reads anything is given.
import type { Book } from '../book/book.ts';
import type { Depth, EachClient, Identity, Options, Practice } from '../command.ts';
import { type Day, parseDay } from '../day.ts';
import { diskFailure, refusal, UsageError } from '../outcome.ts';
import type { reporterOf, Texts } from '../problem/report.ts';
import type { Practice as PracticeRecord } from '../records/practice.ts';
import type { Rule } from '../rules/rule.ts';
import { parseDayWord } from '../typed/day-words.ts';
import { findPersonId, peopleNames } from '../typed/ids.ts';
import type { Files, FoundRepository, Share, World } from '../world.ts';
import { filesFrom } from './git-files.ts';
import { loadBook } from './load.ts';
import { type Means, part } from './means.ts';

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

/** What is read, and for which command. */
export type Asked = {
  /** As the command asks it. */
  readonly ofEach?: (shared: Book, today: Day) => EachClient | undefined;
  readonly depth: Depth;
  readonly rules: readonly Rule[];
  /** As in loadBook. */
  readonly client?: string | undefined;
  readonly share?: Share | undefined;
};

/** Throws UsageError when the day or person asked for does not exist. */
export const openPractice = (world: World, root: string, options: Options, asked: Asked, means: Means): Practice =>
  openAt(world, world.files, root, options, { ...asked, isPresent: true }, means);

type AskedAt = Asked & { readonly isPresent?: true };

function openAt(world: World, files: Files, root: string, options: Options, wanted: AskedAt, means: Means): Practice {
  const { isPresent, ...again } = wanted;
  const { depth, rules, client, share, ofEach } = again;
  const written = textOf(options.today) ?? textOf(world.env.DELIVER_TODAY);
  const todayIn = ({ practice }: Book): Day => todayOf(world, written, practice?.time_zone ?? 'UTC');
  const loaded = loadBook(files, root, depth === 'nothing' ? 'core' : depth, rules, means, {
    client,
    share,
    isPresent,
    ofEach: ofEach && ((shared) => (shared.practice ? ofEach(shared, todayIn(shared)) : undefined)),
  });
  const { book } = loaded;
  const people = book.practice?.people ?? {};
  const asked = textOf(options.as) ?? textOf(world.env.DELIVER_AS);
  const as = asked === undefined ? undefined : personNamed(book, asked);
  const today = todayIn(book);
  const textOfFile = (file: string): string | undefined => book.sources.get(file)?.text;
  const report = reportWith(means, textOfFile);
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
    isDayAsked: written !== undefined,
    fileCount: loaded.fileCount,
    fingerprint: loaded.fingerprint,
    problems: loaded.problems,
    remembered: loaded.remembered,
    report,
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
      return openAt(world, overlaid(files, root, texts), root, asOf, again, means);
    },
    git: repository,
    at: (stored, day) => {
      const found = repository();
      if ('reason' in found) throw new Error(found.reason);
      // People who are here now need not have been there then.
      const then = { ...world, env: { ...world.env, DELIVER_AS: undefined } };
      const asOf = { ...options, as: undefined, today: day ?? today };
      return {
        ...openAt(then, filesFrom(found.repository, stored, files, root), root, asOf, again, readOnly(means)),
        who,
        identity,
      };
    },
  };
}

/** What was is found again where it is remembered, and is not worth remembering. */
const readOnly = ({ parts, memory }: Means): Means => ({
  parts,
  held: {},
  hands: 0,
  memory: memory && { ...memory, keep: () => undefined },
});

/** Where a problem is, is looked up when there is one. */
function reportWith(means: Means, texts: Texts): Practice['report'] {
  let reporter: ReturnType<typeof reporterOf> | undefined;
  return (problems) => {
    if (problems.length === 0) return [];
    const places = part(means, 'places');
    reporter ??= places.reporterOf(texts);
    return places.sortReported(problems.map(reporter));
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

function todayOf(world: World, asked: string | undefined, zone: string): Day {
  if (asked === undefined) return world.today(zone);
  const written = parseDay(asked.trim());
  if (written !== undefined) return written;
  const word = parseDayWord(asked, world.today(zone), 'future');
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
