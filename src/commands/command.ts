// What a command is: its words for `--help`, what it needs read, and a function from arguments to an Outcome.
import type { Book } from '../book/book.ts';
import type { Day } from '../day.ts';
import type { Ask, Outcome } from '../outcome.ts';
import type { Problem } from '../problem/problem.ts';
import type { Reported } from '../problem/report.ts';

/** `<ref>` must be there, `[client]` may be, `[files...]` as many as there are. */
export type Argument = { readonly name: string; readonly what: string };
export type Option = { readonly flags: string; readonly what: string };
export type Example = { readonly line: string; readonly what: string };

/**
 * How much is read and checked before a command runs: nothing; the records and the rules every report needs; all that
 * `validate` knows; and what it adds with `--strict`.
 */
export type Depth = 'nothing' | 'core' | 'thorough' | 'strict';

export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** The screen the answer is for. */
export type View = {
  /** Columns to fit; undefined when the output is no terminal, so nothing is cut or capped. */
  readonly columns: number | undefined;
};

/** The practice as it was read, for commands that need it. */
export type Practice = {
  readonly book: Book;
  readonly today: Day;
  readonly fileCount: number;
  readonly problems: readonly Problem[];
  /** Problems with their places resolved to lines and columns, sorted. */
  readonly report: (problems: readonly Problem[]) => readonly Reported[];
  /** The text of a file as it was read. */
  readonly textOf: (file: string) => string | undefined;
  /** A path of the command line as the practice's files are named; undefined when it lies outside. */
  readonly fileNamed: (path: string) => string | undefined;
};

export type Input = {
  readonly arguments: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Options;
  readonly view: View;
  /** The names of all commands there are. */
  readonly commands: readonly string[];
  /** Throws for a command whose depth is `nothing`. */
  readonly practice: Practice;
};

export type Command = {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly options: readonly Option[];
  /** A paragraph or two under the usage line. */
  readonly about: string;
  readonly examples: readonly Example[];
  readonly depth: (options: Options) => Depth;
  readonly run: (input: Input) => Outcome | Ask;
};

/** The text of an argument that is there at most once. */
export function one(input: Input, name: string): string | undefined {
  const value = input.arguments[name];
  return typeof value === 'string' ? value : undefined;
}

/** The text of an option that takes a value. */
export function valueOf(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
