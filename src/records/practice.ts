// deliver.yaml: who we are, our people, our calendar.
import { WEEKDAYS } from '../day.ts';
import { PLACES } from './places.ts';
import type { RecordType } from './record-type.ts';
import { entry, listOf, loose, made, type Output, oneOf, optional } from './shape.ts';
import { amount, dayRanges, effort, line, mailAddress, mapOf, prose, ref, textThat } from './values.ts';

const person = entry({
  name: line,
  email: loose(mailAddress),
  role: loose(line),
  /** How letters end that this person signs. */
  signature: loose(prose),
  hours_per_week: loose(amount),
  reserved: loose(effort),
  away: optional(dayRanges),
});

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
    // Longer ones are allowed by the standard, and none is in use.
    return new Intl.Locale(tag).language.length <= 3;
  } catch {
    return false;
  }
};

const calendar = made(
  entry({
    week: optional(listOf(oneOf(WEEKDAYS))),
    roll: optional(oneOf(['next', 'previous', 'none'])),
    closed: optional(dayRanges),
    open: optional(dayRanges),
  }),
  ({ week, roll, closed, open }) => ({
    week: week ?? WEEKDAYS.slice(0, 5),
    roll: roll ?? ('next' as const),
    closed: closed ?? [],
    open: open ?? [],
  }),
  ({ week }) =>
    week?.length === 0
      ? { code: 'shape/bad-value', args: { says: 'a week without a working day: nothing could ever be due' } }
      : undefined,
);

const timeZone = textThat(isZone, (zone) => `\`${zone}\` is no time zone`, 'write an IANA name: Europe/London');
export const locale = textThat(isLocale, (tag) => `\`${tag}\` is not a valid language tag`, 'use a tag such as en-GB');
const currency = textThat(
  (code) => /^[A-Z]{3}$/.test(code),
  (code) => `\`${code}\` is no currency`,
  'write three capitals: GBP',
);

const shape = entry({
  format: oneOf([1], 'this program reads format 1'),
  practice: line,
  people: mapOf(person),
  me: optional(ref),
  time_zone: timeZone,
  locale: optional(locale),
  currency: optional(currency),
  calendar: optional(calendar),
  signature: optional(prose),
});

export type Practice = Output<typeof shape>;
export type CalendarSettings = NonNullable<Practice['calendar']>;

export const practiceType: RecordType<Practice> = {
  ...PLACES.PRACTICE,
  shape,
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
