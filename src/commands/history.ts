// `history`: one timeline of a client, out of the records and the commits of their files.
import { filesBehind } from '../book/behind.ts';
import type { ClientRecord } from '../book/book.ts';
import { askForClient, type Command, type Input, one, type Practice, textOption } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import { type Day, formatDay, formatFullDay } from '../day.ts';
import { eventsOf, type HistoryEvent } from '../engine/history.ts';
import { settingOf } from '../engine/setting.ts';
import { type Ask, type Outcome, UsageError } from '../outcome.ts';
import { changedFiles, isRecordFile } from '../review/files.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { type Moment, renderTimeline } from '../terminal/timeline.ts';
import { count, present, shortDate, unbroken, wrap } from '../terminal/words.ts';
import { parseDayWord } from '../typed/day-words.ts';
import { shortId, zoneOf } from '../typed/moment.ts';
import { findClient } from '../typed/reference.ts';
import type { LoggedCommit, Repository } from '../world.ts';

export const command: Command = {
  name: 'history',
  arguments: [{ name: '<client>', what: 'whose history' }],
  options: [{ flags: '--since <day>', what: 'only what happened on that day or later' }],
  about:
    'Contacts, steps, promises, issues, holds and moves as the records have them, and the commits that changed the files of ' +
    'the client, the newest last. Renamed files are followed. Without git there are only the records.',
  examples: [
    { line: 'deliver history acme', what: 'everything' },
    { line: 'deliver history acme --since -3m', what: 'the last three months' },
    { line: 'deliver history acme --json', what: 'for a script' },
  ],
  depth: () => 'core',
  run,
};

type Entry = { readonly day: Day; readonly event: HistoryEvent } | { readonly day: Day; readonly commit: LoggedCommit };

function run(input: Input): Outcome | Ask {
  const { practice, view, options } = input;
  const { book, today } = practice;
  const written = one(input, 'client');
  if (written === undefined) return askForClient(practice, 'Whose history?');
  const client = findClient(book, today, written);
  const since = sinceOf(textOption(options, 'since'), today);
  const past = commitsOf(practice, client);
  const { complete, problems, notes, exit } = completenessOf(practice, filesBehind(book, client));
  const all: readonly Entry[] = [
    ...eventsOf(settingOf(book, today), client).map((event) => ({ day: event.day, event })),
    ...past.commits.toReversed().map((commit) => ({ day: commit.day, commit })),
  ];
  // Sorting is stable: within a day the records come first, then the commits in their order.
  const entries = all
    .filter(({ day }) => since === undefined || day >= since)
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return {
    kind: 'outcome',
    text: render(client, entries, since, practice, view.columns),
    notes: [...past.notes, ...notes],
    data: {
      schema: 'deliver.history/1',
      today,
      client: client.id,
      client_name: client.name,
      since: since ?? null,
      no_git: past.reason ?? null,
      complete,
      is_shallow: past.isShallow,
      entries: entries.map(entryData),
      problems,
    },
    problems: [],
    exit,
  };
}

const logOf = (client: ClientRecord): string => `touches/${client.id}.yaml`;

function sinceOf(written: string | undefined, today: Day): Day | undefined {
  if (written === undefined) return undefined;
  const word = parseDayWord(written, today, 'past');
  if ('fault' in word) throw new UsageError(word.fault);
  if (word.day > today) throw new UsageError(`${formatFullDay(word.day)} is in the future`);
  return word.day;
}

type Past = {
  readonly commits: readonly LoggedCommit[];
  readonly notes: Block;
  /** Why there are no commits. */
  readonly reason?: string;
  readonly isShallow: boolean;
};

function commitsOf(practice: Practice, client: ClientRecord): Past {
  const found = practice.git();
  if ('reason' in found) {
    return { commits: [], notes: [line(`Without commits: ${found.reason}`)], reason: found.reason, isShallow: false };
  }
  const { repository } = found;
  const now = [client.file, logOf(client)];
  const renamed = renamedSince(practice, repository, now);
  const commits = repository.log([...now, ...renamed.map(({ from }) => from)], zoneOf(practice));
  const isShallow = repository.isShallow();
  const short = 'This clone has only the latest commits: git fetch --unshallow brings the rest';
  const none = `No commit has changed ${client.file} or ${logOf(client)} yet`;
  return {
    commits,
    notes: [
      ...renamed.map(({ from, to }) => line(`${from} is called ${to} now, which is not committed yet`)),
      ...(isShallow ? [line(short)] : []),
      ...(commits.length === 0 ? [line(none)] : []),
    ],
    isShallow,
  };
}

/** Which of these files have another name in HEAD: the rename is not committed, so no commit tells it. */
function renamedSince(
  { book }: Practice,
  git: Repository,
  files: readonly string[],
): readonly { readonly from: string; readonly to: string }[] {
  const head = git.commit('HEAD');
  const committed = head === undefined ? [] : git.filesOf(head);
  const known = new Set(committed.map(({ path }) => path));
  if (files.every((file) => known.has(file) || !book.sources.has(file))) return [];
  const gone = committed.filter(({ path }) => isRecordFile(path) && !book.sources.has(path));
  const bytes = git.read(gone.map(({ blob }) => blob));
  const before = gone.map(({ path, blob }) => ({ file: path, text: new TextDecoder().decode(bytes.get(blob)) }));
  const now = [...book.sources.values()].filter(({ file }) => !known.has(file));
  return changedFiles(before, now).flatMap((pair) =>
    pair.before && pair.after && files.includes(pair.after.file)
      ? [{ from: pair.before.file, to: pair.after.file }]
      : [],
  );
}

function render(
  client: ClientRecord,
  entries: readonly Entry[],
  since: Day | undefined,
  { book, today }: Practice,
  columns: number | undefined,
): Block {
  const commits = entries.filter((entry) => 'commit' in entry).length;
  const parts = present(
    client.name,
    `${count(entries.length - commits, 'entry', 'entries')}`,
    commits > 0 && count(commits, 'commit'),
    since !== undefined && `since ${formatFullDay(since)}`,
  );
  const name = (id: string): string => book.practice?.people[id]?.name ?? id;
  const moments = entries.map((entry) =>
    'event' in entry ? eventMoment(entry.event, today, name) : commitMoment(entry.commit),
  );
  return [
    ...wrap(parts.map(unbroken).join(' · '), columns, '  ').map((text) => line(span(text, 'bold'))),
    ...(entries.length === 0 ? [] : [line()]),
    ...renderTimeline(moments, today, columns),
  ];
}

const commitMoment = (commit: LoggedCommit): Moment => ({
  day: commit.day,
  kind: 'commit',
  text: `${shortId(commit)} ${commit.subject}${renamed(commit)}`,
  by: commit.author.name,
  isAside: true,
});

/** ` (from clients/acme.yaml)` */
const renamed = ({ files }: LoggedCommit): string => {
  const from = files.flatMap((file) => file.from ?? []);
  return from.length === 0 ? '' : ` · was ${from.join(', ')}`;
};

const KINDS: Readonly<Partial<Record<HistoryEvent['kind'], string>>> = { 'last-day': 'last day' };

function eventMoment(event: HistoryEvent, today: Day, name: (id: string) => string): Moment {
  return {
    day: event.day,
    kind: KINDS[event.kind] ?? event.kind,
    text: flat(eventText(event, today)),
    by: event.by === null ? undefined : name(event.by),
    isAside: false,
  };
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

function eventText({ kind, what, why, to, day, ...event }: HistoryEvent, today: Day): string {
  const because = why === null ? '' : `: ${why}`;
  switch (kind) {
    case 'client':
      return 'a client from this day';
    case 'added':
      return 'entered in this folder';
    case 'segment':
      return `${what} from this day`;
    case 'contact': {
      const who = event.with.length === 0 ? '' : ` with ${event.with.join(', ')}`;
      const score = event.score === null ? '' : `, score ${event.score}`;
      return `${event.in ? 'from them: ' : ''}${what}${who}${score}${because}`;
    }
    case 'promised':
      return `${what}${to === null ? '' : ` by ${to >= day && to.slice(0, 4) === day.slice(0, 4) ? formatDay(to) : formatFullDay(to)}`}`;
    case 'moved':
      return `${what} promised for ${to === null ? '?' : shortDate(to, today)}${because}`;
    case 'leaving':
      return `decided: ${what}`;
    case 'last-day':
      return 'their last day';
    default:
      return `${what}${because}`;
  }
}

function entryData(entry: Entry) {
  if ('event' in entry) return { ...entry.event, what: flat(entry.event.what), commit: null };
  const { id, when, day, author, subject, files } = entry.commit;
  return {
    day,
    kind: 'commit',
    what: subject,
    why: null,
    by: author.name,
    engagement: null,
    file: null,
    with: [],
    in: false,
    score: null,
    to: null,
    commit: { id, when, author, files: files.map((file) => ({ ...file, from: file.from ?? null })) },
  };
}
