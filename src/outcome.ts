// What a command answers: text, data, problems, exit code. Commands decide; main performs.
import type { Problem } from './problem/problem.ts';
import type { Block } from './terminal/ink.ts';
import type { Choice } from './world.ts';

export type Outcome = {
  readonly kind: 'outcome';
  /** The answer, for stdout. */
  readonly text: Block;
  /** The same answer for `--json`; `schema` first. */
  readonly data: { readonly schema: string; readonly [key: string]: unknown };
  /** What is said beside the answer, for stderr; `-q` drops it. */
  readonly notes?: Block;
  readonly problems: readonly Problem[];
  readonly exit: 0 | 1 | 4;
};

/** A missing argument: main asks for it on a terminal and runs the command again, or refuses with the choices. */
export type Ask = {
  readonly kind: 'ask';
  /** The argument the answer becomes, by its name in the command's list. */
  readonly argument: string;
  readonly question: string;
  readonly choices: readonly Choice[];
};

/** The command line is wrong (exit 2). The only error our own code throws. */
export class UsageError extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}
