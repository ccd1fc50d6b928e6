// What an id may look like, of a record, an entry or a segment. Knows no schema.
import type { Fault } from './languages.ts';

const DEVICES = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;
const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const SEGMENT_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/** What is wrong with an id, or nothing. Segments may be upper case. */
export function idFault(id: string, form: 'id' | 'segment'): Fault | undefined {
  const ok = form === 'id' ? ID : SEGMENT_ID;
  if (ok.test(id) && !DEVICES.test(id)) return undefined;
  const kebab = id
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);
  const says = DEVICES.test(id) ? `\`${id}\` is a name Windows keeps for itself` : `\`${id}\` is not a valid id`;
  return {
    code: 'id/bad-name',
    args: { says, help: 'an id is small letters, digits and hyphens, and at most 64 of them' },
    ...(ID.test(kebab) && !DEVICES.test(kebab) ? { suggestion: kebab } : {}),
  };
}
