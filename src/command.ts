// What a command is: its words for `--help`, what it needs read, and a function from arguments to an Outcome.
import type { Ask, Outcome } from './outcome.ts';
import type { Practice } from './practice.ts';
import type { Reported } from './problem/report.ts';
import type { Hints, Machine, ReadResult, Upkeep } from './world.ts';

export type { Identity, Practice } from './practice.ts';

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
  /** Whether bars may be drawn with block characters. */
  readonly hasBlocks: boolean;
};

/** What a command may ask of the machine beside the practice; nothing here changes anything. */
export type Outside = {
  /** The bytes of a file that the person named, from the working directory; it may lie anywhere. */
  readonly readNamed: (path: string, limit: number) => ReadResult;
  /** Whether the practice folder, or one above it, holds this name. */
  readonly isAbove: (name: string) => boolean;
  readonly hints: () => Hints;
  /** Names of the files in a folder of the practice here; none where there is no practice. */
  readonly filesIn: (folder: string) => readonly string[];
  readonly machine: () => Machine;
  /** Of the practice folder. */
  readonly upkeep: (root: string) => Upkeep;
  readonly screen: () => Screen;
  /** For a command that runs anywhere: undefined when there is a practice. */
  readonly missing: Missing | undefined;
};

/** Why there is no practice; `isAsked` when one was named, by `-C` or DELIVER_DIR. */
export type Missing = { readonly reason: string; readonly hint: string | undefined; readonly isAsked: boolean };

/** Where the answer goes. */
export type Screen = {
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  readonly hasColour: boolean;
};

export type Input = {
  readonly arguments: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Options;
  readonly view: View;
  /** The names of all commands there are. */
  readonly commands: readonly string[];
  /** Those that the command asked to know, in that order. */
  readonly described: readonly Command[];
  /** Throws for a command whose depth is `nothing`. */
  readonly practice: Practice;
  readonly outside: Outside;
};

export type Command = {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly options: readonly Option[];
  /** A paragraph or two under the usage line. */
  readonly about: string;
  readonly examples: readonly Example[];
  /** It changes the practice: it has `--dry-run`, and runs again under the lock before anything is written. */
  readonly changes?: true;
  /**
   * The argument that begins with the client it is all about: other clients and their logs are then not read, as long as
   * that leads to a change. A command that asks about several clients, or lists them, has none.
   */
  readonly ofClient?: string;
  /** It makes a new practice: `practice` is then an empty one, in the folder its argument `dir` names. */
  readonly founds?: true;
  /** Names of other commands whose descriptions it is given. */
  readonly describes?: (options: Options) => readonly string[];
  /** It runs without a practice too, and then must not ask for it. */
  readonly anywhere?: true;
  /**
   * It reads the practice again, as it was or would be (`practice.at`, `reopen`), or places problems that it finds itself: for
   * that the full reader must be at hand. A change always has it.
   */
  readonly takesFullReader?: (options: Options) => boolean;
  readonly depth: (options: Options) => Depth;
  readonly run: (input: Input) => Outcome | Ask;
};

/** The text of an argument that is there at most once. */
export function one(input: Input, name: string): string | undefined {
  const value = input.arguments[name];
  return typeof value === 'string' ? value : undefined;
}

/** The text of an option that takes a value. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The words of an argument that takes many. */
export function wordsOf(input: Input, name: string): readonly string[] {
  const value = input.arguments[name];
  return value === undefined
    ? []
    : typeof value === 'string'
      ? value.split(/\s+/).filter((word) => word !== '')
      : value;
}

/** The question for an option whose answer is free text. */
export const askFor = (argument: string, question: string): Ask => ({ kind: 'ask', argument, question, choices: [] });

/** The question for a client that was not named. */
export const askForClient = ({ book }: Practice, question: string): Ask => ({
  kind: 'ask',
  argument: 'client',
  question,
  choices: [...book.clients.values()].map((client) => ({ value: client.id, label: `${client.id}  ${client.name}` })),
});

/** The errors of the data, as every `--json` shows them. */
export const errorsOf = (practice: Practice): readonly Reported[] =>
  practice.report(practice.problems).filter((it) => it.severity === 'error');
