// Days and offsets as values. Owns all date arithmetic that needs no calendar; the only user of date-fns.
// Knows nothing of working days (engine/calendar), of the clock, or of time zones.
import { addMonths as fnsAddMonths } from 'date-fns';

declare const dayBrand: unique symbol;

/** A civil date as ISO text, `YYYY-MM-DD`: compares, sorts and serialises as it is. */
export type Day = string & { readonly [dayBrand]: true };

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const MONTHS: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

export type Unit = 'd' | 'bd' | 'w' | 'm' | 'y';
export type Offset = { readonly n: number; readonly unit: Unit };

/** The first and last year a date may have; anything else is a slip of the keyboard. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2999;
const LAST_DAY = `${LAST_YEAR}-12-31` as Day;
const FIRST_DAY = `${FIRST_YEAR}-01-01` as Day;

const TWO_DIGITS: readonly string[] = Array.from({ length: 32 }, (_, n) => String(n).padStart(2, '0'));

/** The day of these parts; the caller knows they are a real date. Month is 1 to 12. */
export function dayOf(year: number, month: number, date: number): Day {
  return `${String(year).padStart(4, '0')}-${TWO_DIGITS[month]}-${TWO_DIGITS[date]}` as Day;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const [ZERO, HYPHEN] = [48, 45];
/** Less than any number of a day can make good. */
const NO_DIGIT = -10_000;

/** The value of the digit at `at`. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : NO_DIGIT;
}

/** `undefined` for anything but a real `YYYY-MM-DD` between FIRST_YEAR and LAST_YEAR. */
export function parseDay(text: string): Day | undefined {
  if (text.length !== 10 || text.charCodeAt(4) !== HYPHEN || text.charCodeAt(7) !== HYPHEN) return undefined;
  const year = digitAt(text, 0) * 1000 + digitAt(text, 1) * 100 + digitAt(text, 2) * 10 + digitAt(text, 3);
  const month = digitAt(text, 5) * 10 + digitAt(text, 6);
  const date = digitAt(text, 8) * 10 + digitAt(text, 9);
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined;
  return date >= 1 && (date <= 28 || date <= daysInMonth(year, month)) ? (text as Day) : undefined;
}

/** The number that `length` digits from `at` on stand for. */
function digits(day: Day, at: number, length: number): number {
  let number = 0;
  for (let i = at; i < at + length; i++) number = number * 10 + day.charCodeAt(i) - 48;
  return number;
}

export const yearOf = (day: Day): number => digits(day, 0, 4);
export const monthOf = (day: Day): number => digits(day, 5, 2);
export const dateOf = (day: Day): number => digits(day, 8, 2);

const MILLISECONDS = 86_400_000;

/**
 * Days since 1 January 1970, by which days are counted: reports make millions of steps from day to day, and a local Date
 * for each takes many times as long. UTC has neither zones nor changes of the clocks.
 */
export const serialOf = (day: Day): number => Date.UTC(yearOf(day), monthOf(day) - 1, dateOf(day)) / MILLISECONDS;

/** The first or the last day there is for anything outside of them. */
export function dayAt(serial: number): Day {
  if (!(serial <= LAST_SERIAL)) return LAST_DAY;
  if (serial < FIRST_SERIAL) return FIRST_DAY;
  const date = new Date(serial * MILLISECONDS);
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

export const FIRST_SERIAL = serialOf(FIRST_DAY);
export const LAST_SERIAL = serialOf(LAST_DAY);

/** Local noon: far from every change of the clocks, so the date's fields are the day's in any zone. */
const toDate = (day: Day): Date => new Date(yearOf(day), monthOf(day) - 1, dateOf(day), 12);

function fromDate(date: Date): Day {
  const year = date.getFullYear();
  if (!(year <= LAST_YEAR)) return LAST_DAY;
  if (year < FIRST_YEAR) return FIRST_DAY;
  return dayOf(year, date.getMonth() + 1, date.getDate());
}

export const addDays = (day: Day, n: number): Day => dayAt(serialOf(day) + n);

/** Clamps to the month's end: 31 January + 1 month is 28 or 29 February. Count from the origin to avoid drift. */
export const addMonths = (day: Day, n: number): Day => fromDate(fnsAddMonths(toDate(day), n));

/** Calendar days from `from` to `to`; negative when `to` is before. */
export const daysBetween = (from: Day, to: Day): number => serialOf(to) - serialOf(from);

/** 1 January 1970 was a Thursday; the years before it count down from there. */
export const weekdayAt = (serial: number): Weekday => WEEKDAYS[(((serial + 3) % 7) + 7) % 7] as Weekday;
export const weekdayOf = (day: Day): Weekday => weekdayAt(serialOf(day));

export const maxDay = (a: Day, ...rest: readonly Day[]): Day => rest.reduce((x, y) => (y > x ? y : x), a);
export const minDay = (a: Day, ...rest: readonly Day[]): Day => rest.reduce((x, y) => (y < x ? y : x), a);

export const endOfMonth = (day: Day): Day => dayOf(yearOf(day), monthOf(day), daysInMonth(yearOf(day), monthOf(day)));

const SHORT_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SHORT_WEEKDAYS: Readonly<Record<Weekday, string>> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

/** `Mon` */
export const formatWeekday = (day: Day): string => SHORT_WEEKDAYS[weekdayOf(day)];
/** `23 Nov` */
export const formatDate = (day: Day): string => `${dateOf(day)} ${SHORT_MONTHS[monthOf(day) - 1]}`;
/** `Mon 23 Nov` */
export const formatDay = (day: Day): string => `${formatWeekday(day)} ${formatDate(day)}`;
/** `Monday 23 November 2026`, in the words of a locale; for letters. */
export function formatLongDay(day: Day, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const parts = format.formatToParts(toDate(day));
  // Whether English has a comma there depends on the age of the machine's language data; it has none here.
  const isDayFirst = parts[0]?.type === 'weekday' && parts[2]?.type === 'day' && /^en\b/.test(locale);
  return parts.map(({ value }, i) => (isDayFirst && i === 1 ? ' ' : value)).join('');
}

/** `Mon 23 Nov 2026` */
export const formatFullDay = (day: Day): string => `${formatDay(day)} ${yearOf(day)}`;

/** Largest count of each unit that an offset may have: a hundred years or so. */
const OFFSET_LIMITS: Readonly<Record<Unit, number>> = { d: 36500, bd: 26000, w: 5200, m: 1200, y: 100 };

/** `14d`, `2bd`, `6w`, `3m`, `1y`; `undefined` for anything else, or a count past OFFSET_LIMITS. */
export function parseOffset(text: string): Offset | undefined {
  const match = /^(\d{1,5})(bd|d|w|m|y)$/.exec(text);
  if (!match) return undefined;
  const [n, unit] = [Number(match[1]), match[2] as Unit];
  return n <= OFFSET_LIMITS[unit] ? { n, unit } : undefined;
}

export const formatOffset = (offset: Offset): string => `${offset.n}${offset.unit}`;
