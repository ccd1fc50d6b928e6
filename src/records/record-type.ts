// What describes one type of record: where its files are, its shape, and what an error in it takes away.
import type { Shape } from './shape.ts';

export type RecordKind =
  | 'practice'
  | 'service'
  | 'offer'
  | 'past-offer'
  | 'client'
  | 'touches'
  | 'script'
  | 'email'
  | 'partner';

/** A path with `*` for any one step of it. */
export type PathPattern = readonly string[];

export type RecordPlace = {
  readonly kind: RecordKind;
  /** What a person calls one: "client", "touch log". */
  readonly noun: string;
  /** The single file, or the folder whose files are the records. */
  readonly file?: string;
  readonly folder?: string;
  readonly extension: '.yaml' | '.md';
};

export type RecordType<T> = RecordPlace & {
  readonly shape: Shape<T>;
  /** What a text in the form in which this program writes it comes to by way of the shape, sooner; undefined for any other. */
  readonly direct?: (text: string) => T | undefined;
  /** Keys that a record of this type must have, given its other keys; those of the shape need not be named. */
  readonly requires?: (raw: Readonly<Record<string, unknown>>) => readonly string[];
  /** Top-level keys without which the whole record cannot be trusted. */
  readonly essential: readonly string[];
  /** What is used for a required key that cannot be trusted, so that the rest of the record is still of use. */
  readonly standIns?: Readonly<Record<string, unknown>>;
  /** The entries that a bad value takes away with it, the longest match first to be taken. */
  readonly entries: readonly PathPattern[];
};
