// partners/<id>.yaml: who can take over a client.
import type * as z from 'zod';
import { contact } from './client.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { amount, day, entry, line, listOf, ref } from './values.ts';

const schema = entry({
  name: line,
  contact: contact.optional(),
  takes: entry({
    segments: listOf(ref).optional(),
    industries: listOf(line).optional(),
    offers: listOf(ref).optional(),
  }).optional(),
  capacity: entry({ per_quarter: amount.optional() }).optional(),
  agreed: day.optional(),
});

export type Partner = z.output<typeof schema>;

export const partnerType: RecordType<Partner> = {
  ...PLACES.PARTNER,
  schema,
  essential: ['name'],
  entries: [],
};
