// Errors that only one of two practices has: what a change broke, and what it mended. Where they stand does not count.
import type { Reported } from '../problem/report.ts';
import { type Said, say } from './change.ts';
import type { Side } from './sides.ts';

export type Errors = { readonly come: readonly Reported[]; readonly gone: readonly Reported[] };

export function changedErrors(before: Side, after: Side): Errors {
  const name = (it: Reported): string => `${it.code} ${it.file} ${it.message}`;
  const [old, now] = [new Set(before.errors.map(name)), new Set(after.errors.map(name))];
  return {
    come: after.errors.filter((it) => !old.has(name(it))),
    gone: before.errors.filter((it) => !now.has(name(it))),
  };
}

export const filesOf = ({ come, gone }: Errors): readonly string[] => [
  ...new Set([...come, ...gone].map((it) => it.file)),
];

const NOTHING = { path: [], from: null, to: null };

/** Of one file; more are counted, for they come from one slip. */
const MOST = 3;

/** Whether a file has so many new errors that the entries which have them say nothing of use. */
export const isDamaged = ({ come }: Errors, files: ReadonlySet<string>): boolean =>
  come.filter((it) => files.has(it.file)).length > MOST;

/** What is said of the errors in these files. */
export function errorsIn({ come, gone }: Errors, files: ReadonlySet<string>): readonly (Said & { file: string })[] {
  const [here, mended] = [come, gone].map((of) => of.filter((it) => files.has(it.file)));
  return [
    ...together(here ?? [], 'error', {
      each: (it) => `error in ${placed(it)}`,
      all: (many, first) => `${many} errors, the first in ${placed(first)}: deliver validate`,
    }),
    ...together(mended ?? [], 'error-gone', {
      each: (it) => `an error is gone: ${it.message}`,
      all: (many, first) => `${many} errors are gone, the first: ${first.message}`,
    }),
  ];
}

type Wording = {
  readonly each: (it: Reported) => string;
  readonly all: (many: number, first: Reported) => string;
};

function together(
  errors: readonly Reported[],
  kind: string,
  { each, all }: Wording,
): readonly (Said & { file: string })[] {
  const [first] = errors;
  if (first && errors.length > MOST) return [{ ...say(kind, NOTHING, all(errors.length, first)), file: first.file }];
  return errors.map((it) => ({ ...say(kind, NOTHING, each(it)), file: it.file }));
}

const placed = (it: Reported): string => `${it.file}:${it.line}:${it.column}: ${it.message}`;

/** The first error of a file with its place; the file alone when it has none. */
export function firstErrorIn(errors: readonly Reported[], file: string): string {
  const first = errors.find((it) => it.file === file);
  return first ? placed(first) : file;
}
