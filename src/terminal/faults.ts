// The errors above the morning, each with what is missing because of it. Knows the words of neither: problem/ has those of
// the error, consequence.ts those of what it hides.
import type { Book, Removal } from '../book/book.ts';
import type { Problem } from '../problem/problem.ts';
import type { Reported } from '../problem/report.ts';
import { consequenceOf } from './consequence.ts';
import { type Block, line, span } from './ink.ts';
import { wrap } from './words.ts';

type Reading = {
  readonly book: Book;
  readonly report: (problems: readonly Problem[]) => readonly Reported[];
};

const MOST_PROBLEMS = 5;

/** Each error with what is missing because of it; what is no error but not read either says so itself. */
export function faultLines(
  { book, report }: Reading,
  errors: readonly Problem[],
  columns: number | undefined,
  shown: 'normal' | 'all',
): Block {
  const removed = removalsByCause(book.removals);
  const reported = errors
    .map((problem) => {
      const [at] = report([problem]);
      const missing = (removed.get(nameOf(problem)) ?? []).map((it) => consequenceOf(book, it));
      const what = problem.code === 'date/in-future' ? ['it does not count yet'] : missing;
      return { at, text: [at?.message, ...new Set(what)].filter((it) => it !== undefined).join('; ') };
    })
    .toSorted((a, b) => order(a.at, b.at));
  const most = columns === undefined || shown === 'all' ? reported.length : MOST_PROBLEMS;
  const more = reported.length - most;
  const isForValidate = errors.some((problem) => problem.code !== 'date/in-future');
  const pointer = isForValidate ? 'deliver validate' : more > 0 ? 'deliver status --all' : undefined;
  return [
    ...reported
      .slice(0, most)
      .flatMap(({ at, text }) =>
        wrap(`! ${at?.file}:${at?.line}:${at?.column}  ${text}`, columns, '    ').map((each) =>
          line(span(each, 'yellow')),
        ),
      ),
    ...(pointer === undefined ? [] : [line(`  ${more > 0 ? `and ${more} more: ` : ''}${pointer}`)]),
  ];
}

/** A file that is read again has the same problems again: they are told by what they say, not by which object they are. */
const nameOf = ({ code, args, place }: Problem): string => JSON.stringify([code, args, place]);

function removalsByCause(removals: readonly Removal[]): ReadonlyMap<string, readonly Removal[]> {
  const found = new Map<string, Removal[]>();
  for (const removal of removals) {
    if (!removal.problem) continue;
    const name = nameOf(removal.problem);
    const known = found.get(name);
    if (known) known.push(removal);
    else found.set(name, [removal]);
  }
  return found;
}

type At = Pick<Reported, 'severity' | 'file' | 'line' | 'column'> | undefined;

/** The practice's own files first: what is wrong there touches everything. */
const rank = (file: string): string => (file.includes('/') ? `2${file}` : `1${file}`);
const order = (a: At, b: At): number => {
  if (a === undefined || b === undefined) return 0;
  if (a.severity !== b.severity) return a.severity === 'error' ? -1 : 1;
  if (a.file !== b.file) return rank(a.file) < rank(b.file) ? -1 : 1;
  return a.line - b.line || a.column - b.column;
};
