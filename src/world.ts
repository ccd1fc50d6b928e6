// The ports: everything a run may ask of the outside, as types only. node/ implements them; tests use an in-memory World.
import type { Day } from './day.ts';
import type { FoundRepository, GitSetup, Tried } from './repository.ts';

export type {
  Commit,
  FileDelta,
  FoundRepository,
  GitFile,
  GitSetup,
  Hook,
  LoggedCommit,
  Repository,
  Tried,
} from './repository.ts';

/**
 * One entry of a folder. A link is judged by what it leads to; one that leads out of the practice is `outside`. Bytes of a
 * name that are no UTF-8 stand in it as `\xe9`: nothing can be read by such a name, so it is `misnamed`.
 */
export type Entry = { readonly name: string; readonly kind: 'file' | 'directory' | 'outside' | 'misnamed' | 'other' };

/** Why a file's bytes could not be had. */
export type ReadFault = 'missing' | 'directory' | 'outside' | 'forbidden' | 'too-large' | 'other';

/** `detail`: the size in bytes of a file that is too large; else the system's own word. */
export type ReadResult = { readonly bytes: Uint8Array } | { readonly fault: ReadFault; readonly detail?: string };

/** Why a folder's entries could not be had; `file`: it is a file. */
export type ListFault = 'missing' | 'file' | 'outside' | 'forbidden' | 'other';

export type ListResult =
  | { readonly entries: readonly Entry[] }
  | { readonly fault: ListFault; readonly detail?: string };

export type Files = {
  /** The nearest folder at or above `from` that holds `name`; an absolute path. */
  findUp(from: string, name: string): string | undefined;
  /** `path` joined to `base` unless absolute. */
  resolve(base: string, path: string): string;
  exists(path: string): boolean;
  /** Entries of `folder` (relative to `root`, '' for itself), sorted by name; never from outside `root`. */
  list(root: string, folder: string): ListResult;
  /** The bytes of `path` (relative to `root`), at most `limit` of them, and never from outside `root`. */
  read(root: string, path: string, limit: number): ReadResult;
};

export type Stream = {
  readonly isTerminal: boolean;
  /** Columns of the terminal; undefined when unknown. */
  readonly columns: number | undefined;
  /** `lost`: what is said where the text cannot be written, such as that a change has been made all the same. */
  write(text: string, lost?: string): void;
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
  | WriteFailure;

/** The disk refused; what had been written was restored. */
export type WriteFailure = {
  readonly kind: 'failed';
  readonly file: string;
  readonly reason: string;
  /** Files that could not be restored, so they are changed; `isNoted`: the next change restores them. */
  readonly left?: { readonly files: readonly string[]; readonly isNoted: boolean };
};

/** Why no practice can be changed just now: another is at it, journal and lock are not safe, or the disk refuses. */
export type Refusal = {
  readonly cause: 'busy' | 'unsafe' | 'disk';
  readonly refused: string;
  /** What to do about it. */
  readonly fix: string;
};

/** Changes the practice folder. Nothing else does. */
export type Store = {
  /** Runs `work` while no other process changes `root` with this program; waits its turn, and gives up with the reason. */
  exclusively<T>(root: string, work: () => T): { readonly result: T } | Refusal;
  /** Journal first, then files created, replaced, removed, in this order, each atomically. Only inside `exclusively`. */
  write(root: string, what: string, changes: readonly FileChange[]): WriteResult;
  /** The last changes, the newest first. */
  journal(root: string): readonly JournalEntry[] | Refusal;
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

/** A text that goes along with a letter. */
export type Attachment = { readonly name: string; readonly text: string };

export type Mailbox = { readonly name: string; readonly address: string };

/** A letter that can become a draft. Text and addresses are those a person sees; nothing is encoded yet. */
export type Mail = {
  /** Undefined when the practice has no address for who writes. */
  readonly from: Mailbox | undefined;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  /** The day it is of. */
  readonly day: Day;
};

/** Drafts of mails, as files that mail programs open. None is ever sent from here. */
export type Drafts = {
  /** RFC 5322, the same bytes for the same mail. */
  compose(mail: Mail): Promise<Uint8Array>;
  /** Whether a file of this name could be written; makes the folder it would stand in. */
  tryFolder(path: string): Tried;
  /** Writes a file that the person named, from the working directory; `new` leaves one that is there alone. */
  write(path: string, bytes: Uint8Array, how: 'new' | 'replace'): Tried | { readonly kind: 'exists' };
  /** Puts it where only this person can read it, and where the system clears up; its path. */
  keep(name: string, bytes: Uint8Array): { readonly path: string } | Extract<Tried, { readonly kind: 'failed' }>;
};

export type Desktop = {
  /** Opens a link or a file with the program that is there for it. */
  open(target: string): Promise<Tried>;
  /** To the clipboard. */
  copy(text: string): Promise<Tried>;
};

/** What is installed here, for people who ask why something does not work. */
export type Machine = {
  /** Of this program. */
  readonly version: string;
  readonly node: string;
  /** Undefined when git is not installed. */
  readonly git: string | undefined;
  /** IANA name of its time zone. */
  readonly zone: string;
  /** The programs that would open a draft and take the clipboard; undefined when there is none. */
  readonly opener: string | undefined;
  readonly clipboard: string | undefined;
};

/** Where changes of a practice are kept safe, and what an earlier run has left there. */
export type Upkeep = {
  /** The folder of the journal and the lock; it need not be there yet. */
  readonly folder: string;
  /** Why it, or the practice, cannot be written. */
  readonly refused: Pick<Refusal, 'refused' | 'fix'> | undefined;
  readonly practiceRefused: string | undefined;
  /** A folder in which an earlier version of this program kept copies of what it had read. */
  readonly oldCache: string | undefined;
  /** Who is changing the practice just now, as a sentence. */
  readonly busy: string | undefined;
  /** Command lines of changes that were interrupted; the next change finishes or takes them back. */
  readonly interrupted: readonly string[];
};

/** The civil date of one moment, in the zone of this IANA name. */
export type Today = (zone: string) => Day;

export type World = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Files;
  readonly store: Store;
  readonly drafts: Drafts;
  readonly desktop: Desktop;
  readonly stdin: { readonly isTerminal: boolean };
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly prompter: Prompter;
  /** The one look at the clock: what day this moment is in a zone. */
  now(): Today;
  /** Of this program. */
  readonly version: string;
  /** git's `user.email` as configured for the folder; undefined without git. */
  gitEmail(folder: string): string | undefined;
  hints(): Hints;
  machine(): Machine;
  /** Looks and changes nothing. */
  upkeep(root: string): Upkeep;
  /** The repository that a practice folder lies in. Runs git: only for those who ask. */
  repository(root: string): FoundRepository;
  readonly gitSetup: GitSetup;
  /** `git init` in a folder that is there; undefined when done, else why not. */
  startGit(folder: string): string | undefined;
};
