// Whether an answer is complete: the errors in the files it rests on, what is said of them, and its exit code. Every command
// that answers a question asks here.
import type { IsUsed } from './book/behind.ts';
import type { Practice } from './command.ts';
import type { Reported } from './problem/report.ts';
import { severityOf } from './problem/words.ts';
import { type Block, line, span } from './terminal/ink.ts';
import { count } from './terminal/words.ts';

export type Completeness = {
  readonly complete: boolean;
  /** The errors, as every `--json` shows them. */
  readonly problems: readonly Reported[];
  readonly notes: Block;
  readonly exit: 0 | 1;
};

/** Of an answer that rests on these files; on all of them, when none are named. */
export function completenessOf(practice: Practice, isUsed: IsUsed = () => true): Completeness {
  const errors = practice.problems.filter((it) => severityOf(it.code) === 'error' && isUsed(it.place.file));
  if (errors.length === 0) return { complete: true, problems: [], notes: [], exit: 0 };
  const problems = practice.report(errors);
  return { complete: false, problems, notes: notesOf(problems), exit: 1 };
}

const MOST_NAMED = 3;

function notesOf(problems: readonly Reported[]): Block {
  const named = problems.slice(0, MOST_NAMED).map((it) => ` ${it.file}:${it.line}:${it.column} ${it.message}`);
  const more = problems.length - named.length;
  const ending = `${more > 0 ? `and ${count(more, 'more error')}; ` : ''}something may be missing: deliver validate`;
  const [only] = named;
  return only !== undefined && problems.length === 1
    ? [line(span('!', 'yellow'), `${only}; ${ending}`)]
    : [...named.map((text) => line(span('!', 'yellow'), text)), line(`  ${ending}`)];
}
