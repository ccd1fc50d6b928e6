// `diff`: what changed between two versions of the practice, in its own words. Finds the two; the words are review/'s.
import { type Command, errorsOf, type Input, one, type Practice } from '../command.ts';
import { formatDay, formatFullDay, yearOf } from '../day.ts';
import { type Outcome, UsageError } from '../outcome.ts';
import { isRecordFile } from '../review/files.ts';
import { toMarkdown } from '../review/markdown.ts';
import { renderReview, whatChanged } from '../review/print.ts';
import { type Group, reviewOf, type Side } from '../review/review.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { count, wrap } from '../terminal/words.ts';
import { shortId } from '../typed/moment.ts';
import { type Asked, clientOnEither, commitNamed, readVersions } from '../typed/revision.ts';
import type { Commit, GitFile, Repository } from '../world.ts';

export const command: Command = {
  name: 'diff',
  arguments: [
    { name: '[rev]', what: 'a commit to compare with, or a day (its last), or two: A..B; HEAD when left out' },
    { name: '[client]', what: 'only this client, with the log' },
  ],
  options: [
    { flags: '--staged', what: 'what is staged, instead of the files as they are' },
    { flags: '--md', what: 'as Markdown, for a pull request' },
  ],
  about:
    'Says what changed in words: steps done and how late, promises moved, contacts logged; and what a change of an offer, ' +
    'of the service model or of the calendar does to running work today. A...B is what B did since it parted from A.',
  examples: [
    { line: 'deliver diff', what: 'the files as they are, against the last commit' },
    { line: 'deliver diff acme', what: 'one client' },
    { line: 'deliver diff HEAD~5 acme', what: 'since five commits ago' },
    { line: 'deliver diff fri', what: 'since the last commit of Friday' },
    { line: 'deliver diff --staged', what: 'what the next commit would record' },
    { line: 'deliver diff main...HEAD --md', what: 'for a pull request' },
  ],
  depth: () => 'core',
  takesFullReader: () => true,
  run,
};

function run(input: Input): Outcome {
  const { practice, options, view } = input;
  const found = practice.git();
  if ('reason' in found) throw new UsageError(`there is nothing to compare with: ${found.reason}`);
  const git = found.repository;
  const asked = readVersions(practice, git, {
    first: one(input, 'rev'),
    second: one(input, 'client'),
    compared: options.staged === true ? 'staged' : 'files',
  });
  const [from, to] = versionsOf(practice, git, asked.range, options.staged === true);
  const before = sideOf(from);
  const after = sideOf(to);
  const client = asked.client === undefined ? undefined : clientOnEither(asked.client, before.book, after.book);
  const all = reviewOf(before, after, practice.today);
  const groups =
    client === undefined ? all : all.filter((it) => it.of === 'client' && (it.id === client || it.was === client));
  const others = client === undefined ? otherFiles(input, git, from, to) : [];
  const isComplete =
    after.errors.length === 0 &&
    !groups.some((it) => it.entries.some((each) => UNREAD.has(each.kind))) &&
    !others.some((it) => it.how === 'unknown');
  const verdict = verdictOf(groups, others, from, to, practice);
  const beside = othersText(others);
  const more = all.length - groups.length;
  const block: Block =
    options.md === true
      ? toMarkdown(verdict, groups, beside).map((text) => line(text))
      : [
          ...wrap(verdict, view.columns, '  ').map((text) => line(span(text, 'bold'))),
          ...(groups.length === 0 ? [] : [line()]),
          ...renderReview(groups, view.columns),
          ...(beside.length === 0 ? [] : [line()]),
          ...beside.flatMap((text) => wrap(text, view.columns, '  ').map((each) => line(each))),
        ];
  return {
    kind: 'outcome',
    text: block,
    notes: notesOf({ from, to, after, groups, more, client }),
    data: {
      schema: 'deliver.diff/1',
      today: practice.today,
      complete: isComplete,
      client: client ?? null,
      from: from.data,
      to: to.data,
      changes: groups.flatMap(changesOf),
      other_files: others.map(({ path, how }) => ({ path, change: how })),
      problems: errorsOf(practice),
    },
    problems: [],
    exit: isComplete ? 0 : 1,
  };
}

/** Changes that cannot be said, for a side cannot be read. */
const UNREAD: ReadonlySet<string> = new Set(['broken', 'mended']);

/** As every `--json` has one. */
const commitData = ({ id, when, day, author, subject }: Commit) => ({ id, when, day, author: author.name, subject });
type CommitData = ReturnType<typeof commitData>;

/** One version of the practice, opened, and how it is called. */
type Version = {
  readonly practice: Practice;
  /** Undefined for the files as they are. */
  readonly files: readonly GitFile[] | undefined;
  readonly called: string;
  readonly data: { readonly name: 'commit' | 'files' | 'staged'; readonly commit: CommitData | null };
};

function versionsOf(
  practice: Practice,
  git: Repository,
  range: Asked['range'],
  isStaged: boolean,
): readonly [Version, Version] {
  const from = commitVersion(practice, git, range?.from ?? commitNamed('HEAD', git));
  if (range?.to !== undefined) return [from, commitVersion(practice, git, range.to)];
  if (!isStaged) return [from, { practice, files: undefined, called: 'now', data: { name: 'files', commit: null } }];
  const files = git.staged();
  return [
    from,
    { practice: practice.at(files, practice.today), files, called: 'staged', data: { name: 'staged', commit: null } },
  ];
}

function commitVersion(practice: Practice, git: Repository, id: string): Version {
  const files = git.filesOf(id);
  const about = git.about(id, practice.book.practice?.time_zone ?? 'UTC');
  const day =
    about === undefined
      ? ''
      : ` of ${yearOf(about.day) === yearOf(practice.today) ? formatDay(about.day) : formatFullDay(about.day)}`;
  return {
    practice: practice.at(files, practice.today),
    files,
    called: `${shortId({ id })}${day}`,
    data: { name: 'commit', commit: about ? commitData(about) : null },
  };
}

const sideOf = ({ practice }: Version): Side => ({ book: practice.book, errors: errorsOf(practice) });

function verdictOf(
  groups: readonly Group[],
  others: readonly Other[],
  from: Version,
  to: Version,
  { today }: Practice,
): string {
  const between =
    to.files === undefined || to.called === 'staged' ? `since ${from.called}` : `from ${from.called} to ${to.called}`;
  const staged = to.called === 'staged' ? ', as staged' : '';
  const what =
    groups.length > 0 ? `Changed: ${whatChanged(groups)}` : others.length > 0 ? 'No changes of records' : 'No changes';
  const hasEffects = groups.some((it) => it.entries.some((each) => each.effect !== undefined));
  return `${what} ${between}${staged}${hasEffects ? `; effects as of ${formatDay(today)}` : ''}`;
}

/** `unknown`: this clone does not have what was in it. */
type Other = { readonly path: string; readonly how: 'added' | 'changed' | 'deleted' | 'unknown' };

/** What git keeps beside the records. Of files that git does not know yet nothing is said. */
function otherFiles(input: Input, git: Repository, from: Version, to: Version): readonly Other[] {
  const old = (from.files ?? []).filter(({ path }) => !isRecordFile(path));
  if (to.files === undefined) return otherNow(input, git, old);
  const now = to.files.filter(({ path }) => !isRecordFile(path));
  const [was, is] = [new Map(old.map((it) => [it.path, it.blob])), new Map(now.map((it) => [it.path, it.blob]))];
  return [...new Set([...was.keys(), ...is.keys()])].toSorted().flatMap((path): readonly Other[] => {
    if (was.get(path) === is.get(path)) return [];
    return [{ path, how: !was.has(path) ? 'added' : !is.has(path) ? 'deleted' : 'changed' }];
  });
}

/** Larger ones are not compared byte by byte. */
const LIMIT = 1_000_000;

function otherNow({ practice, outside }: Input, git: Repository, old: readonly GitFile[]): readonly Other[] {
  const blobs = old.map((it) => it.blob);
  const sizes = git.sizes(blobs);
  const small = git.read(blobs.filter((blob) => (sizes.get(blob) ?? LIMIT + 1) <= LIMIT));
  return old.flatMap(({ path, blob }): readonly Other[] => {
    const now = outside.readNamed(`${practice.root}/${path}`, LIMIT);
    if ('fault' in now) {
      const isOther = now.fault === 'too-large' && now.detail !== String(sizes.get(blob));
      return now.fault === 'missing' ? [{ path, how: 'deleted' }] : isOther ? [{ path, how: 'changed' }] : [];
    }
    const was = small.get(blob);
    if (!was && !sizes.has(blob)) return [{ path, how: 'unknown' }];
    return was && sameBytes(was, now.bytes) ? [] : [{ path, how: 'changed' }];
  });
}

/** Line ends aside: git may turn them where it puts a file. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  const plain = (bytes: Uint8Array): Uint8Array => bytes.filter((byte, i) => !(byte === 13 && bytes[i + 1] === 10));
  const [x, y] = [plain(a), plain(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}

const MOST = 6;

const firstOf = (texts: readonly string[]): string =>
  `${texts.slice(0, MOST).join(', ')}${texts.length > MOST ? ` and ${texts.length - MOST} more` : ''}`;

function othersText(others: readonly Other[]): readonly string[] {
  if (others.length === 0) return [];
  const known = others.filter(({ how }) => how !== 'unknown').map(({ path, how }) => `${path} ${how}`);
  const unknown = others.filter(({ how }) => how === 'unknown').map(({ path }) => path);
  return [
    ...(known.length === 0 ? [] : [`Beside the records: ${firstOf(known)}`]),
    ...(unknown.length === 0 ? [] : [`Not compared, for git does not have their contents here: ${firstOf(unknown)}`]),
  ];
}

/** Then all that is here counts as added. */
const isElsewhere = ({ files }: Version): boolean =>
  files !== undefined && !files.some(({ path }) => path === 'deliver.yaml');

type Noted = {
  readonly from: Version;
  readonly to: Version;
  readonly after: Side;
  readonly groups: readonly Group[];
  /** Records that changed and are not shown. */
  readonly more: number;
  readonly client: string | undefined;
};

function notesOf({ from, to, after, groups, more, client }: Noted): Block {
  const unmerged = (to.files ?? []).filter((it) => it.unmerged === true).map((it) => it.path);
  const mended = new Set(
    groups.flatMap(({ entries }) => entries.filter((it) => it.kind === 'mended').map((it) => it.file)),
  ).size;
  return [
    ...[from, to]
      .filter(isElsewhere)
      .map(({ called }) =>
        line(`${called} has no deliver.yaml in this folder: the practice began later, or lay elsewhere`),
      ),
    ...(unmerged.length === 0 ? [] : [line(`not merged yet, and so as HEAD has them: ${unmerged.join(', ')}`)]),
    ...(client === undefined || more === 0 ? [] : [line(`${count(more, 'more record')} changed: deliver diff`)]),
    ...(mended === 0
      ? []
      : [line(`${count(mended, 'file')} of ${from.called} cannot be read: what changed there since is not said`)]),
    ...(after.errors.length === 0
      ? []
      : [line(`${count(after.errors.length, 'error')} in the data; effects leave out what has one: deliver validate`)]),
  ];
}

function changesOf(group: Group) {
  return group.entries.map((it) => ({
    record: group.of,
    id: group.id,
    was: group.was,
    client: group.of === 'client' ? group.id : null,
    client_name: group.of === 'client' ? group.title : null,
    kind: it.kind,
    ref: it.ref,
    file: it.file,
    path: it.path,
    from: it.from ?? null,
    to: it.to ?? null,
    text: it.text,
    effect: it.effect ?? null,
    lines: it.lines ?? null,
  }));
}
