// What can be wrong, as values. Owns the shape of a problem; the words are in words.ts, line and column in print.ts.
import type { DataPath } from '../source/path.ts';
import type { Code } from './words.ts';

export type { DataPath } from '../source/path.ts';

/**
 * Where a problem is: a data path in a file (resolved to offsets only when printed), or a span of the text where the
 * text itself is at fault. Neither: the whole file (line 1, column 1).
 */
export type Place = {
  readonly file: string;
  readonly path?: DataPath;
  /** Which side of the `key: value` pair at `path`; default `value`. */
  readonly on?: 'key' | 'value';
  /** Characters [from, to) inside the scalar's value, for the little languages. */
  readonly within?: readonly [number, number];
  /** Offsets [from, to) in the decoded text (UTF-16 units, after the BOM). */
  readonly span?: readonly [number, number];
};

export type Related = { readonly place: Place; readonly message: string };

export type Problem = {
  readonly code: Code;
  /** What the words are filled with; user data goes in raw, the printer escapes. */
  readonly args: Readonly<Record<string, string | number | undefined>>;
  readonly place: Place;
  /** The text that belongs in its place: "did you mean". */
  readonly suggestion?: string;
  readonly related?: readonly Related[];
};
