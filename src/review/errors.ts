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

/** What is said of the errors in these files. */
export const errorsIn = ({ come, gone }: Errors, files: ReadonlySet<string>): readonly (Said & { file: string })[] => [
  ...come
    .filter((it) => files.has(it.file))
    .map((it) => ({ ...say('error', NOTHING, `error in ${placed(it)}`), file: it.file })),
  ...gone
    .filter((it) => files.has(it.file))
    .map((it) => ({ ...say('error-gone', NOTHING, `an error is gone: ${it.message}`), file: it.file })),
];

const placed = (it: Reported): string => `${it.file}:${it.line}:${it.column}: ${it.message}`;

/** The first error of a file with its place; the file alone when it has none. */
export function firstErrorIn(errors: readonly Reported[], file: string): string {
  const first = errors.find((it) => it.file === file);
  return first ? placed(first) : file;
}
