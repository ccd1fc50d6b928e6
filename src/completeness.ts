// Whether an answer is complete: the errors in the files it rests on, what is said of them, and its exit code. Every command
// that answers a question asks here.
import type { IsUsed } from './book/behind.ts';
import type { Practice } from './command.ts';
import type { Problem } from './problem/problem.ts';
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
  const says = ` ${count(errors.length, 'error')} in ${filesOf(errors)}, so something may be missing: deliver validate`;
  return { complete: false, problems: practice.report(errors), notes: [line(span('!', 'yellow'), says)], exit: 1 };
}

const MOST_NAMED = 3;

/** `clients/acme.yaml, touches/acme.yaml and 2 more files` */
function filesOf(errors: readonly Problem[]): string {
  const files = [...new Set(errors.map((it) => it.place.file))].sort();
  const named = files.length > MOST_NAMED ? files.slice(0, MOST_NAMED - 1) : files;
  const more = files.length - named.length;
  const parts = more > 0 ? [...named, `${more} more files`] : named;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
