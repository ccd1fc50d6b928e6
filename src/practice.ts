// The practice as a command is given it: the Book, the day, and what else of it can be asked for. Types only.
import type { Book } from './book/book.ts';
import type { Day } from './day.ts';
import type { Problem } from './problem/problem.ts';
import type { Reported } from './problem/report.ts';
import type { FoundRepository, GitFile, JournalEntry } from './world.ts';

export type Identity = {
  readonly person: string | undefined;
  readonly by: 'asked' | 'mail' | 'me' | 'only' | 'nobody';
};

/** The practice as it was read, for commands that need it. */
export type Practice = {
  /** The folder, absolute. */
  readonly root: string;
  readonly book: Book;
  readonly today: Day;
  /** The day was named, by --today or DELIVER_TODAY, and is not that of the clock. */
  readonly isDayAsked: boolean;
  readonly fileCount: number;
  readonly problems: readonly Problem[];
  /** Problems with their places resolved to lines and columns, sorted. */
  readonly report: (problems: readonly Problem[]) => readonly Reported[];
  /** The text of a file as it was read. */
  readonly textOf: (file: string) => string | undefined;
  /** A path of the command line as the practice's files are named; undefined when it lies outside. */
  readonly fileNamed: (path: string) => string | undefined;
  /** Who runs it: asked for, known to git by their e-mail, `me`, or the only person. */
  readonly who: () => string | undefined;
  /** The same with how that is known. */
  readonly identity: () => Identity;
  /** The last changes this program made here, the newest first. */
  readonly journal: () => readonly JournalEntry[];
  /** The same practice with these files as they would be, undefined for one that is gone; `today`: as of another day. */
  readonly reopen: (texts: ReadonlyMap<string, string | undefined>, today?: Day) => Practice;
  /** The repository it lies in, or why there is none. Git runs when this is first called: only for those who ask. */
  readonly git: () => FoundRepository;
  /**
   * The practice with exactly these files of git's, as of a commit or as staged, on `today` or the day that was asked for.
   * Links, and files that this clone does not have, count as unreadable or absent. `who`, `root` and the journal are those
   * of the present; `book.practice` is undefined where the files hold no deliver.yaml. Throws outside of git.
   */
  readonly at: (files: readonly GitFile[], today?: Day) => Practice;
};
