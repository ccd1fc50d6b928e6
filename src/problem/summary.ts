// The last line of a report: how many of what in how many files.
import type { Reported } from './report.ts';

export type Counts = {
  readonly errors: number;
  readonly warnings: number;
  /** Files looked at. */
  readonly files: number;
  /** Files that have a problem. */
  readonly faulty: number;
};

export function countsOf(reported: readonly Reported[], files: number): Counts {
  const errors = reported.filter((each) => each.severity === 'error').length;
  return { errors, warnings: reported.length - errors, files, faulty: new Set(reported.map((each) => each.file)).size };
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** `2 errors, 1 warning in 2 of 41 files`; `no problems in 41 files` */
export function summaryOf({ errors, warnings, files, faulty }: Counts): string {
  if (errors + warnings === 0) return `no problems in ${plural(files, 'file')}`;
  const counts = [errors > 0 && plural(errors, 'error'), warnings > 0 && plural(warnings, 'warning')].filter(Boolean);
  return `${counts.join(', ')} in ${faulty} of ${plural(Math.max(files, faulty), 'file')}`;
}
