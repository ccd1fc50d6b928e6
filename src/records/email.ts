// emails/<id>.md: an e-mail template. The front matter is described here; the body is text that letters/ reads.
import type * as z from 'zod';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { entry, line, listOf, ref } from './values.ts';

const schema = entry({ subject: line, to: ref.optional(), cc: listOf(line).optional(), touch: ref.optional() });

export type Email = z.output<typeof schema>;

export const emailType: RecordType<Email> = {
  ...PLACES.EMAIL,
  schema,
  essential: ['subject'],
  entries: [],
};
