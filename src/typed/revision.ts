// The two versions and the client that words of the command line name: a commit, two, a client, or a commit and a client.

import type { Book } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { UsageError } from '../outcome.ts';
import { didYouMean } from '../problem/suggest.ts';
import type { Repository } from '../world.ts';
import { parseDayWord } from './day-words.ts';
import { findMoment } from './moment.ts';
import { listed } from './reference.ts';

/** Full ids. `to` undefined: the files as they are, or as staged. */
type Range = { readonly from: string; readonly to: string | undefined };
export type Asked = { readonly range: Range | undefined; readonly client: string | undefined };

/** What was typed: the arguments, and which files are compared. */
export type Written = {
  readonly first: string | undefined;
  readonly second: string | undefined;
  readonly compared: 'files' | 'staged';
};

/** One word may be a commit or a client; what is exact beats a beginning. Throws UsageError. */
export function readVersions(practice: Practice, git: Repository, { first, second, compared }: Written): Asked {
  const isStaged = compared === 'staged';
  if (first === undefined) return { range: undefined, client: undefined };
  if (second !== undefined || first.includes('..')) {
    if (isStaged) throw staged();
    const isTurned = second !== undefined && git.commit(first) === undefined && git.commit(second) !== undefined;
    if (isTurned && clientIds(practice).some((id) => id.startsWith(first)))
      throw new UsageError('the commit comes first, then the client', `deliver diff ${second} ${first}`);
    return { range: rangeOf(first, git, practice), client: second };
  }
  const isCommit = git.commit(first) !== undefined;
  const ids = clientIds(practice);
  const isClient = ids.includes(first);
  if (isCommit && !isClient && isStaged) throw staged();
  if (isCommit && isClient && !isStaged) {
    throw new UsageError(
      `\`${first}\` could be the commit or the client`,
      `the client: deliver diff HEAD ${first}; the commit: deliver diff heads/${first}, or its id`,
    );
  }
  if (isCommit && !isClient) return { range: rangeOf(first, git, practice), client: undefined };
  if (isClient || ids.some((id) => id.startsWith(first)) || isStaged) return { range: undefined, client: first };
  const day = dayNamed(first, git, practice);
  if (day !== undefined) return { range: { from: day, to: undefined }, client: undefined };
  // A client who is gone may be named as well: what HEAD has says which.
  const head = git.commit('HEAD');
  const old = head === undefined ? [] : git.filesOf(head).flatMap(({ path }) => idIn(path) ?? []);
  if (old.some((id) => id.startsWith(first))) return { range: undefined, client: first };
  throw new UsageError(
    `there is no commit and no client \`${first}\`${didYouMean(first, ids)}`,
    'deliver diff COMMIT CLIENT, each may be left out',
  );
}

const staged = (): UsageError =>
  new UsageError('--staged compares with HEAD', 'name at most a client: deliver diff --staged acme');

function rangeOf(written: string, git: Repository, practice: Practice): Range {
  const [, a = '', dots = '', b = ''] = /^(.*?)(\.{2,3})(.*)$/.exec(written) ?? [];
  if (dots === '') return { from: commitNamed(written, git, practice), to: undefined };
  const [from, to] = [a, b].map((name) => commitNamed(name === '' ? 'HEAD' : name, git, practice)) as [string, string];
  if (dots === '..') return { from, to };
  const base = git.mergeBase(from, to);
  if (base !== undefined) return { from: base, to };
  throw new UsageError(`\`${a}\` and \`${b}\` have no commit in common`, 'compare them as they are, with two dots');
}

export function commitNamed(name: string, git: Repository, practice?: Practice): string {
  const commit = git.commit(name) ?? dayNamed(name, git, practice);
  if (commit !== undefined) return commit;
  const isEmpty = git.commit('HEAD') === undefined;
  if (isEmpty)
    throw new UsageError(
      'nothing is committed yet, so there is nothing to compare with',
      'git add -A, then git commit',
    );
  throw new UsageError(
    `there is no commit \`${name}\``,
    git.isShallow() ? 'this clone leaves out old commits: git fetch --unshallow' : 'git log --oneline lists them',
  );
}

/** The last commit of a day that is named in words; undefined for what is no day. */
const dayNamed = (name: string, git: Repository, practice: Practice | undefined): string | undefined =>
  practice === undefined || 'fault' in parseDayWord(name, practice.today, 'past')
    ? undefined
    : findMoment(practice, git, name).commit.id;

const idIn = (path: string): string | undefined => /^(?:clients|touches)\/([^/]+)\.yaml$/.exec(path)?.[1];

const clientIds = ({ book }: Practice): readonly string[] => [
  ...new Set([...book.sources.keys()].flatMap((file) => idIn(file) ?? [])),
];

/** By the id on either side, or a beginning of it. Throws UsageError. */
export function clientOnEither(written: string, before: Book, after: Book): string {
  const ids = [
    ...new Set([after, before].flatMap((book) => [...book.sources.keys()].flatMap((file) => idIn(file) ?? []))),
  ];
  if (ids.includes(written)) return written;
  const starting = ids.filter((id) => id.startsWith(written)).toSorted();
  const [only] = starting;
  if (only !== undefined && starting.length === 1) return only;
  if (starting.length > 1) throw new UsageError(`\`${written}\` could be ${listed(starting)}`, 'type more of it');
  throw new UsageError(`there is no client \`${written}\`${didYouMean(written, ids)}`);
}
