// Days by number, against date-fns, which is right over every zone and century.
import { differenceInCalendarDays, addDays as fnsAddDays, format } from 'date-fns';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addDays,
  type Day,
  dateOf,
  dayAt,
  dayOf,
  daysBetween,
  daysInMonth,
  FIRST_SERIAL,
  LAST_SERIAL,
  monthOf,
  parseDay,
  serialOf,
  weekdayOf,
  yearOf,
} from '../src/day.ts';

const dateOfDay = (day: Day): Date => new Date(yearOf(day), monthOf(day) - 1, dateOf(day), 12);

it('numbers every day there is, one after the other', () => {
  let serial = FIRST_SERIAL;
  for (let year = 1900; year <= 2999; year++)
    for (let month = 1; month <= 12; month++)
      for (let date = 1; date <= daysInMonth(year, month); date++) {
        const day = dayOf(year, month, date);
        if (serialOf(day) !== serial || dayAt(serial) !== day)
          throw new Error(`${day} is ${serialOf(day)}, not ${serial}`);
        serial += 1;
      }
  expect(serial).toBe(LAST_SERIAL + 1);
});

it('reads a day where four, two and two digits are one that is real, and nothing else', () => {
  const digits = (length: number) =>
    fc.integer({ min: 0, max: 10 ** length - 1 }).map((n) => `${n}`.padStart(length, '0'));
  const near = fc
    .tuple(fc.integer({ min: 1899, max: 3000 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
    .map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join('-'));
  const loose = fc.tuple(digits(4), digits(2), digits(2)).map((parts) => parts.join('-'));
  const odd = fc.string({ unit: fc.constantFrom(...'0123456789-/:.٣ \n'), minLength: 8, maxLength: 12 });
  const spoilt = fc
    .tuple(near, fc.nat({ max: 10 }), fc.constantFrom('', ' ', '\n', 'x', '/', ':', '-', '٣'))
    .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(near, loose, odd, spoilt), (text) => {
      const [, year, month, date] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
      const isReal =
        year !== undefined &&
        month !== undefined &&
        date !== undefined &&
        year >= 1900 &&
        year <= 2999 &&
        month >= 1 &&
        month <= 12 &&
        date >= 1 &&
        date <= daysInMonth(year, month);
      expect(parseDay(text)).toBe(isReal ? text : undefined);
    }),
    { numRuns: 5000 },
  );
});

it('adds, measures and names days as date-fns does', () => {
  const serial = fc.integer({ min: FIRST_SERIAL + 800, max: LAST_SERIAL - 800 });
  fc.assert(
    fc.property(serial, fc.integer({ min: -800, max: 800 }), (from, n) => {
      const day = dayAt(from);
      const there = addDays(day, n);
      expect(there).toBe(format(fnsAddDays(dateOfDay(day), n), 'yyyy-MM-dd'));
      expect(daysBetween(day, there)).toBe(differenceInCalendarDays(dateOfDay(there), dateOfDay(day)));
      expect(weekdayOf(day)).toBe(format(dateOfDay(day), 'EEE').toLowerCase());
    }),
    { numRuns: 2000 },
  );
});

it('stays on the first and the last day there is', () => {
  expect([dayAt(FIRST_SERIAL - 1), dayAt(LAST_SERIAL + 1), dayAt(Number.NaN)]).toEqual([
    '1900-01-01',
    '2999-12-31',
    '2999-12-31',
  ]);
  expect([addDays('1900-01-02' as Day, -5), addDays('2999-12-30' as Day, 5)]).toEqual(['1900-01-01', '2999-12-31']);
});
