// emails/<id>.md: an e-mail template. The front matter is described here; the body is text that letters/ reads.
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { entry, listOf, type Output, optional } from './shape.ts';
import { line, ref } from './values.ts';

const shape = entry({ subject: line, to: optional(ref), cc: optional(listOf(line)), touch: optional(ref) });

export type Email = Output<typeof shape>;

export const emailType: RecordType<Email> = {
  ...PLACES.EMAIL,
  shape,
  // Without who gets it and what is logged of it, a letter would go to somebody else and be logged as something else.
  essential: ['subject', 'to', 'cc', 'touch'],
  entries: [],
};
