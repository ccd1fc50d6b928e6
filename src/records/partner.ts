// partners/<id>.yaml: who can take over a client.
import { contact } from './client.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { entry, listOf, loose, type Output, optional } from './shape.ts';
import { amount, day, line, ref } from './values.ts';

const shape = entry({
  name: line,
  contact: optional(contact),
  takes: optional(
    entry({
      segments: loose(listOf(ref)),
      industries: loose(listOf(line)),
      offers: loose(listOf(ref)),
    }),
  ),
  capacity: optional(entry({ per_quarter: loose(amount) })),
  agreed: optional(day),
});

export type Partner = Output<typeof shape>;

export const partnerType: RecordType<Partner> = {
  ...PLACES.PARTNER,
  shape,
  essential: ['name'],
  entries: [],
};
