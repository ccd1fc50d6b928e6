// deliver.yaml: who we are, our people, our calendar.
import * as z from 'zod';
import { WEEKDAYS } from '../day.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { amount, dayRanges, entry, line, listOf, mailAddress, mapOf, prose, raiseFault, ref } from './values.ts';

const person = entry({
  name: line,
  email: mailAddress.optional(),
  role: line.optional(),
  hours_per_week: amount.optional(),
  away: dayRanges.optional(),
});

const accepts =
  (isKnown: (text: string) => boolean, says: (text: string) => string, help: string) =>
  (text: string, ctx: { readonly issues: unknown[] }): string =>
    isKnown(text) ? text : raiseFault(ctx, text, { code: 'shape/bad-value', args: { says: says(text), help } });

/** Names of zones do not go away, and asking for one takes 10 ms: the usual ones are known. */
const USUAL_ZONES: ReadonlySet<string> = new Set(
  (
    'UTC Africa/Cairo Africa/Johannesburg Africa/Lagos Africa/Nairobi America/Argentina/Buenos_Aires America/Bogota ' +
    'America/Chicago America/Denver America/Halifax America/Lima America/Los_Angeles America/Mexico_City ' +
    'America/New_York America/Phoenix America/Santiago America/Sao_Paulo America/Toronto America/Vancouver ' +
    'Asia/Bangkok Asia/Dhaka Asia/Dubai Asia/Hong_Kong Asia/Jakarta Asia/Jerusalem Asia/Karachi Asia/Kolkata ' +
    'Asia/Manila Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Tokyo Australia/Adelaide ' +
    'Australia/Brisbane Australia/Melbourne Australia/Perth Australia/Sydney Europe/Amsterdam Europe/Athens ' +
    'Europe/Belgrade Europe/Berlin Europe/Brussels Europe/Bucharest Europe/Budapest Europe/Copenhagen Europe/Dublin ' +
    'Europe/Helsinki Europe/Istanbul Europe/Lisbon Europe/London Europe/Luxembourg Europe/Madrid Europe/Oslo ' +
    'Europe/Paris Europe/Prague Europe/Riga Europe/Rome Europe/Sofia Europe/Stockholm Europe/Tallinn Europe/Vienna ' +
    'Europe/Vilnius Europe/Warsaw Europe/Zagreb Europe/Zurich Pacific/Auckland Pacific/Honolulu'
  ).split(' '),
);

const isZone = (zone: string): boolean => {
  if (USUAL_ZONES.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
};
const isLocale = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

const calendar = entry({
  week: listOf(z.enum(WEEKDAYS)).optional(),
  roll: z.enum(['next', 'previous', 'none']).optional(),
  closed: dayRanges.optional(),
  open: dayRanges.optional(),
}).transform((it, ctx) => {
  const week = it.week ?? WEEKDAYS.slice(0, 5);
  if (week.length === 0) {
    return raiseFault(ctx, it, {
      code: 'shape/bad-value',
      args: { says: 'a week without a working day: nothing could ever be due' },
    });
  }
  return { week, roll: it.roll ?? ('next' as const), closed: it.closed ?? [], open: it.open ?? [] };
});

const schema = entry({
  format: z.literal(1, { error: (issue) => (issue.input === undefined ? undefined : 'this program reads format 1') }),
  practice: line,
  people: mapOf(person),
  me: ref.optional(),
  time_zone: z
    .string()
    .transform(accepts(isZone, (zone) => `\`${zone}\` is no time zone`, 'write an IANA name: Europe/London')),
  locale: z
    .string()
    .transform(accepts(isLocale, (tag) => `\`${tag}\` is no locale`, 'write a language tag: en-GB'))
    .optional(),
  currency: z
    .string()
    .transform(
      accepts(
        (code) => /^[A-Z]{3}$/.test(code),
        (code) => `\`${code}\` is no currency`,
        'write three capitals: GBP',
      ),
    )
    .optional(),
  calendar: calendar.optional(),
  signature: prose.optional(),
});

export type Practice = z.output<typeof schema>;
export type CalendarSettings = NonNullable<Practice['calendar']>;

export const practiceType: RecordType<Practice> = {
  ...PLACES.PRACTICE,
  schema,
  essential: ['format'],
  standIns: { practice: '(no name)', people: {}, time_zone: 'UTC' },
  entries: [
    ['people', '*', 'away', '*'],
    ['people', '*'],
    ['calendar', 'closed', '*'],
    ['calendar', 'open', '*'],
    ['calendar', '*'],
  ],
};
