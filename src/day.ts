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
  const digits = year >= 1000 ? year : String(year).padStart(4, '0');
  return `${digits}-${TWO_DIGITS[month]}-${TWO_DIGITS[date]}` as Day;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
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

/** The number that the two digits at `at` stand for. */
const twoDigits = (day: Day, at: number): number => day.charCodeAt(at) * 10 + day.charCodeAt(at + 1) - ZERO * 11;

export const yearOf = (day: Day): number => twoDigits(day, 0) * 100 + twoDigits(day, 2);
export const monthOf = (day: Day): number => twoDigits(day, 5);
export const dateOf = (day: Day): number => twoDigits(day, 8);

/** Days of a common year before each month. */
const BEFORE_MONTH: readonly number[] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Days before a year began, counted from 1 January of the year 1. */
function daysBeforeYear(year: number): number {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
}

/** Days of a year before its month; January is 1. */
const daysBeforeMonth = (year: number, month: number): number =>
  (BEFORE_MONTH[month - 1] as number) + (month > 2 && isLeapYear(year) ? 1 : 0);

const DAYS_BEFORE_1970 = daysBeforeYear(1970);
const DAYS_IN_YEAR = 365.2425;

/**
 * Days since 1 January 1970, by which days are counted: reports make millions of steps from day to day, and a Date for
 * each takes many times as long.
 */
export function serialOf(day: Day): number {
  const [year, month] = [yearOf(day), monthOf(day)];
  return daysBeforeYear(year) - DAYS_BEFORE_1970 + daysBeforeMonth(year, month) + dateOf(day) - 1;
}

/** The first or the last day there is for anything outside of them. */
export function dayAt(serial: number): Day {
  if (!(serial <= LAST_SERIAL)) return LAST_DAY;
  if (serial < FIRST_SERIAL) return FIRST_DAY;
  const count = Math.floor(serial) + DAYS_BEFORE_1970;
  // Years and months differ in length by so little that a guess by the average is never more than one off.
  let year = Math.floor(count / DAYS_IN_YEAR) + 1;
  if (count < daysBeforeYear(year)) year -= 1;
  else if (count >= daysBeforeYear(year + 1)) year += 1;
  const days = count - daysBeforeYear(year);
  let month = Math.floor(days / 32) + 1;
  if (month < 12 && days >= daysBeforeMonth(year, month + 1)) month += 1;
  return dayOf(year, month, days - daysBeforeMonth(year, month) + 1);
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
export const formatLongDay = (day: Day, locale: string): string =>
  inWords(day, locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** `Monday 23 November`; with its year where that is not the year of `today`. */
export const formatSpokenDay = (day: Day, locale: string, today: Day): string =>
  yearOf(day) === yearOf(today)
    ? inWords(day, locale, { weekday: 'long', day: 'numeric', month: 'long' })
    : formatLongDay(day, locale);

function inWords(day: Day, locale: string, options: Intl.DateTimeFormatOptions): string {
  const parts = new Intl.DateTimeFormat(locale, options).formatToParts(toDate(day));
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
