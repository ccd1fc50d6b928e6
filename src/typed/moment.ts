// A moment of the past as a person types it: a day, or a commit by any name git knows. Finds the commit; reads no file of it.
import type { Practice } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import { UsageError } from '../outcome.ts';
import type { Commit, Repository } from '../world.ts';
import { parseDayWord } from './day-words.ts';

export type Moment = {
  /** The day that was named, or on which the commit was made. */
  readonly day: Day;
  readonly commit: Commit;
  readonly named: 'day' | 'commit';
};

/** The practice's own zone says which day a commit is of. */
export const zoneOf = ({ book }: Practice): string => book.practice?.time_zone ?? 'UTC';

/**
 * A word that can be a day is one (`2026-11-20`, `yesterday`, `fri`, `-2w`); every other is a name for git. Throws
 * UsageError when there is no such day or commit, or nothing was committed by then.
 */
export function findMoment(practice: Practice, git: Repository, written: string): Moment {
  const word = parseDayWord(written, practice.today, 'past');
  if ('day' in word) return { day: word.day, commit: commitBy(practice, git, word.day), named: 'day' };
  const id = git.commit(written);
  const commit = id === undefined ? undefined : git.about(id, zoneOf(practice));
  if (commit) return { day: commit.day, commit, named: 'commit' };
  throw new UsageError(
    isWeekday(written) ? word.fault : `\`${written}\` is not a day or a commit`,
    'write a date (2026-11-20), yesterday, fri, -2w, or a name that git knows: HEAD~3, a branch, a tag',
  );
}

const isWeekday = (written: string): boolean => /^(mon|tue|wed|thu|fri|sat|sun)$/i.test(written.trim());

function commitBy(practice: Practice, git: Repository, day: Day): Commit {
  if (day > practice.today) throw new UsageError(`${formatFullDay(day)} is in the future`);
  const zone = zoneOf(practice);
  const id = git.commitOn(day, zone);
  const commit = id === undefined ? undefined : git.about(id, zone);
  if (commit) return commit;
  const first = git.first(zone);
  if (!first) throw new UsageError('nothing is committed here yet');
  const [what, hint] = git.isShallow()
    ? ['this clone goes back only to', 'git fetch --unshallow brings the rest']
    : ['the first commit is of', `name that day or a later one: ${first.day}`];
  throw new UsageError(`nothing was committed by ${formatFullDay(day)}: ${what} ${formatFullDay(first.day)}`, hint);
}

/** `1a2b3c4`: enough for a person, and for git. */
export const shortId = ({ id }: Pick<Commit, 'id'>): string => id.slice(0, 7);

/** The practice as it was at a moment, on `today`. Throws where the commit has no practice in this folder. */
export function practiceAt(practice: Practice, git: Repository, { commit }: Moment, today: Day): Practice {
  const files = git.filesOf(commit.id);
  if (files.some((file) => file.path === 'deliver.yaml')) return practice.at(files, today);
  throw new UsageError(
    `commit ${shortId(commit)} (${formatFullDay(commit.day)}) has no deliver.yaml in this folder`,
    'the practice began later, or lay elsewhere',
  );
}
