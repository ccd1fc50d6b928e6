// Days as other programs write them in a list. Takes only what cannot be read two ways, unless the person says how.
import { type Day, dayOf, daysInMonth, FIRST_YEAR, LAST_YEAR, MONTHS } from '../day.ts';

/** How 03/04/2026 is read: undefined where nobody said. */
export type DateOrder = 'dmy' | 'mdy' | undefined;

export type ListDay = { readonly day: Day } | { readonly fault: string };
/** With the year or without: `1985-12-10`, `12-10`. */
export type ListBirthday = { readonly birthday: string } | { readonly fault: string };

type Parts = { readonly year: number | undefined; readonly month: number; readonly date: number };

const MORE_MONTHS: Readonly<Record<string, number>> = {
  januar: 1,
  februar: 2,
  marz: 3,
  maerz: 3,
  mrz: 3,
  mai: 5,
  juni: 6,
  juli: 7,
  oktober: 10,
  okt: 10,
  dezember: 12,
  dez: 12,
};

function monthNamed(word: string): number | undefined {
  const name = word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f.]/g, '')
    .toLowerCase();
  const english = MONTHS.findIndex(
    (month) => month === name || (name.length >= 3 && name.length <= 4 && month.startsWith(name)),
  );
  return english >= 0 ? english + 1 : MORE_MONTHS[name];
}

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;
const DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th|\.)?[ -]+(\p{L}+\.?),?(?:[ -]+(\d{4}))?$/u;
const MONTH_FIRST = /^(\p{L}+\.?) +(\d{1,2})(?:st|nd|rd|th)?(?:,? +(\d{4}))?$/u;
const NUMBERS = /^(\d{1,2})([./-])(\d{1,2})(?:\2(\d{2,4})?)?$/;

/** Throws nothing: the fault is a reason to show beside the line. */
export function readListDay(text: string, order: DateOrder): ListDay {
  const parts = partsOf(text.trim(), order);
  if ('fault' in parts) return parts;
  if (parts.year === undefined) return { fault: `\`${text}\` has no year` };
  return isReal(parts)
    ? { day: dayOf(parts.year, parts.month, parts.date) }
    : { fault: `\`${text}\` is not a real date` };
}

export function readListBirthday(text: string, order: DateOrder): ListBirthday {
  const short = /^(\d{2})-(\d{2})$/.exec(text.trim());
  const parts = short
    ? { year: undefined, month: Number(short[1]), date: Number(short[2]) }
    : partsOf(text.trim(), order);
  if ('fault' in parts) return parts;
  const { year, month, date } = parts;
  if (!isReal(parts)) return { fault: `\`${text}\` is not a real date` };
  const whole = dayOf(year ?? LEAP_YEAR, month, date);
  return { birthday: year === undefined ? whole.slice(5) : whole };
}

const LEAP_YEAR = 2000;

function partsOf(text: string, order: DateOrder): Parts | { readonly fault: string } {
  const iso = ISO.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), date: Number(iso[3]) };
  const dayFirst = DAY_FIRST.exec(text);
  const monthFirst = MONTH_FIRST.exec(text);
  const named = dayFirst
    ? [dayFirst[3], dayFirst[2], dayFirst[1]]
    : monthFirst
      ? [monthFirst[3], monthFirst[1], monthFirst[2]]
      : [];
  const month = named[1] === undefined ? undefined : monthNamed(named[1]);
  if (month !== undefined)
    return { year: named[0] === undefined ? undefined : Number(named[0]), month, date: Number(named[2]) };
  const numbers = NUMBERS.exec(text);
  if (!numbers) return { fault: `\`${text}\` is not a valid date: write 2026-11-20 or 20 Nov 2026` };
  const [, first, , second, year] = numbers;
  if (year !== undefined && year.length !== 4) return { fault: `\`${text}\` has a year of ${year.length} digits` };
  if (order === undefined) return { fault: `\`${text}\` can be read two ways: use --dates dmy or --dates mdy` };
  const [day, other] = order === 'dmy' ? [first, second] : [second, first];
  return { year: year === undefined ? undefined : Number(year), month: Number(other), date: Number(day) };
}

function isReal({ year, month, date }: Parts): boolean {
  if (year !== undefined && (year < FIRST_YEAR || year > LAST_YEAR)) return false;
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year ?? LEAP_YEAR, month);
}
