// What a command answers: text, data, problems, changes, exit code. Commands decide; main performs.
import type { Practice } from './practice.ts';
import type { Problem } from './problem/problem.ts';
import type { Edit } from './source/edit/splice.ts';
import type { Block } from './terminal/ink.ts';
import type { Choice, Mail } from './world.ts';

export type Answer = {
  /** For stdout. */
  readonly text: Block;
  /** The same character for character, where the output is no terminal: a letter that is piped on must not change. */
  readonly plain?: string;
  /** The same for `--json`; `schema` first. */
  readonly data: { readonly schema: string; readonly [key: string]: unknown };
  /** What is done outside of the practice before this is said. */
  readonly effects?: readonly Effect[];
};

/** Where new keys of the map at a path belong; undefined: at its end. */
export type OrderOf = (path: readonly (string | number)[]) => readonly string[] | undefined;

/** One file's change, as what is meant rather than as text. */
export type FileEdit =
  | { readonly kind: 'edit'; readonly file: string; readonly edits: readonly Edit[]; readonly orderOf?: OrderOf }
  | { readonly kind: 'create'; readonly file: string; readonly text: string }
  /** Lines that a plain text file should have: those it lacks are put at its end. */
  | { readonly kind: 'lines'; readonly file: string; readonly lines: readonly string[] }
  | { readonly kind: 'remove'; readonly file: string }
  /** As it was before; `expected` is what must stand there now. */
  | {
      readonly kind: 'restore';
      readonly file: string;
      readonly expected: string | undefined;
      readonly text: string | undefined;
    };

/** What is said once a change was made; it may have found more to say, and that something beside it could not be done. */
export type Report = Answer & { readonly notes?: Block; readonly exit?: 0 | 1 };

/** What a changing command wants done, and what it says once that is so. */
export type Changes = {
  readonly files: readonly FileEdit[];
  /** The folder becomes a git repository afterwards. */
  readonly startsGit?: true;
  /** Entries of the journal that this takes back. */
  readonly takesBack?: readonly string[];
  /** `after` is the practice as it will be; `at` is `file:line` of a path in it. */
  readonly report: (after: Practice, at: (file: string, path: readonly (string | number)[]) => string) => Report;
};

/** What is done outside of the practice, in this order, once the command has decided. */
export type Effect =
  /** `keep`: one that is there is left alone, and said. */
  | { readonly kind: 'draft'; readonly mail: Mail; readonly path: string; readonly how: 'new' | 'replace' | 'keep' }
  /** A link, opened in the program for it. */
  | { readonly kind: 'open'; readonly target: string }
  /** A text that is no mail, under the same rules. */
  | { readonly kind: 'file'; readonly text: string; readonly path: string; readonly how: 'new' | 'replace' | 'keep' }
  /** A draft of this name in the temporary folder, opened in the mail program. */
  | { readonly kind: 'open-draft'; readonly mail: Mail; readonly name: string }
  | { readonly kind: 'copy'; readonly text: string }
  /** A setting of the repository alone. */
  | { readonly kind: 'git-setting'; readonly root: string; readonly name: string; readonly value: string }
  /** `before` is its text as it was found; undefined when there was none. */
  | {
      readonly kind: 'git-hook';
      readonly path: string;
      readonly before: string | undefined;
      readonly text: string;
    };

export type Outcome = Answer & {
  readonly kind: 'outcome';
  /** Why it is refused, for stderr, `-q` or not; the answer's text is then empty. */
  readonly refusal?: Block;
  /** What is said beside the answer, for stderr; `-q` drops it. */
  readonly notes?: Block;
  readonly problems: readonly Problem[];
  readonly exit: 0 | 1 | 4;
  /** The answer is then what `report` says. */
  readonly changes?: Changes;
};

/** A missing argument: main asks for it on a terminal and runs the command again, or refuses with the choices. */
export type Ask = {
  readonly kind: 'ask';
  /** The argument or option the answer becomes, by its name in the command's list. */
  readonly argument: string;
  readonly question: string;
  readonly choices: readonly Choice[];
  /** Said before the question, for stderr: what it is about. */
  readonly preview?: Block;
  /** What is said where nobody can be asked, instead of the choices. */
  readonly unasked?: string;
  /** An answer that is refused is asked for again, with the reason. */
  readonly again?: true;
  /** Taken where nobody can be asked; without it a missing answer is a wrong command line. */
  readonly otherwise?: string;
};

/**
 * The command line is wrong (exit 2), the data forbid what it asks for (exit 1), or the disk does (exit 3). The only error
 * our own code throws.
 */
export class UsageError extends Error {
  readonly hint: string | undefined;
  readonly exit: 1 | 2 | 3;
  constructor(message: string, hint?: string, exit: 1 | 2 | 3 = 2) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
    this.exit = exit;
  }
}

/** The data forbid it: exit 1. */
export const refusal = (message: string, hint?: string): UsageError => new UsageError(message, hint, 1);

/** The disk has failed: exit 3. */
export const diskFailure = (message: string, hint?: string): UsageError => new UsageError(message, hint, 3);

/** The outcome of a command that changes files; its words come from `report`. */
export const changing = (files: readonly FileEdit[], report: Changes['report'], notes: Block = []): Outcome => ({
  kind: 'outcome',
  text: [],
  data: { schema: 'deliver.change/1' },
  notes,
  problems: [],
  exit: 0,
  changes: { files, report },
});
