// The ports: everything a run may ask of the outside, as types only. node/ implements them; tests use an in-memory World.
import type { Day } from './day.ts';

/** One entry of a folder. A link is judged by what it leads to; one that leads out of the practice is `outside`. */
export type Entry = { readonly name: string; readonly kind: 'file' | 'directory' | 'outside' | 'other' };

/** Why a file's bytes could not be had. */
export type ReadFault = 'missing' | 'directory' | 'outside' | 'forbidden' | 'too-large' | 'other';

/** `detail`: the size in bytes of a file that is too large; else the system's own word. */
export type ReadResult = { readonly bytes: Uint8Array } | { readonly fault: ReadFault; readonly detail?: string };

export type Files = {
  /** The nearest folder at or above `from` that holds `name`; an absolute path. */
  findUp(from: string, name: string): string | undefined;
  /** `path` joined to `base` unless absolute. */
  resolve(base: string, path: string): string;
  exists(path: string): boolean;
  /** Entries of `folder` (relative to `root`, '' for itself), sorted by name; `undefined` when there is no such folder. */
  list(root: string, folder: string): readonly Entry[] | undefined;
  /** The bytes of `path` (relative to `root`), at most `limit` of them, and never from outside `root`. */
  read(root: string, path: string, limit: number): ReadResult;
};

export type Stream = {
  readonly isTerminal: boolean;
  /** Columns of the terminal; undefined when unknown. */
  readonly columns: number | undefined;
  write(text: string): void;
};

export type Choice = { readonly value: string; readonly label: string };

export type Prompter = {
  /** Undefined when the person interrupts. */
  choose(question: string, choices: readonly Choice[]): Promise<string | undefined>;
  ask(question: string): Promise<string | undefined>;
};

/** One file's change as whole texts, a byte order mark included; undefined where there is no file. */
export type FileChange = {
  /** Relative to the practice. */
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

export type JournalEntry = {
  readonly id: string;
  /** ISO date and time it was made. */
  readonly when: string;
  /** The command line as it was typed. */
  readonly what: string;
  readonly changes: readonly FileChange[];
};

export type WriteResult =
  | { readonly kind: 'written'; readonly warnings: readonly string[] }
  /** A file is not what `before` says: nothing was written. */
  | { readonly kind: 'stale'; readonly file: string }
  /** The disk refused; what had been written was taken back. */
  | { readonly kind: 'failed'; readonly file: string; readonly reason: string };

/** Changes the practice folder. Nothing else does. */
export type Store = {
  /** Runs `work` while no other process changes `root` with this program; waits its turn, and gives up with who is busy. */
  exclusively<T>(root: string, work: () => T): { readonly result: T } | { readonly busy: string };
  /** Journal first, then files created, replaced, removed, in this order, each atomically. Only inside `exclusively`. */
  write(root: string, what: string, changes: readonly FileChange[]): WriteResult;
  /** The last changes, the newest first. */
  journal(root: string): readonly JournalEntry[];
  /** Drops entries from the journal, once they have been taken back. */
  forget(root: string, ids: readonly string[]): void;
  /** Finishes or takes back changes that an interrupted process left half done, and sweeps its temporary files; says what it did. */
  recover(root: string): readonly string[];
};

/** What this machine knows of the person at it: first guesses for a new practice. */
export type Hints = {
  /** IANA name of its time zone. */
  readonly zone: string;
  /** As git knows them. */
  readonly name: string | undefined;
  readonly email: string | undefined;
};

export type World = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Files;
  readonly store: Store;
  readonly stdin: { readonly isTerminal: boolean };
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly prompter: Prompter;
  /** The civil date now, in the IANA zone; the one look at the clock. */
  today(zone: string): Day;
  /** git's `user.email` as configured for the folder; undefined without git. */
  gitEmail(folder: string): string | undefined;
  hints(): Hints;
  /** `git init` in a folder that is there; undefined when done, else why not. */
  startGit(folder: string): string | undefined;
};
