// What can be wrong with a text before anyone asks what it means. Knows offsets, not files, lines or severities.
import type { DataPath, Span } from './path.ts';

export type FaultCode =
  | 'yaml/syntax'
  | 'yaml/merge-conflict'
  | 'yaml/encoding'
  | 'yaml/duplicate-key'
  | 'yaml/comment-swallowed'
  | 'yaml/split-by-comma'
  | 'yaml/alias'
  | 'yaml/too-deep'
  | 'yaml/several-documents';

export type SourceFault = {
  readonly code: FaultCode;
  /** Offsets [from, to) in the text, UTF-16 units, a byte order mark not counted. */
  readonly span: Span;
  /** One sentence without a full stop, where the code has no fixed wording. */
  readonly says?: string;
  readonly help?: string;
  readonly args?: Readonly<Record<string, string | number>>;
  /** The text that belongs in the place of `span`. */
  readonly suggestion?: string;
  /** The data that cannot be trusted because of it; none: all of the text. */
  readonly path?: DataPath;
  readonly related?: readonly { readonly span: Span; readonly says: string }[];
};
