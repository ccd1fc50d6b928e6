// Calendar arithmetic over random calendars: what must hold whatever the week and the holidays are.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, type Day, daysBetween, type Offset, type Unit, WEEKDAYS } from '../../src/day.ts';
import { addOffset, addUnrolled, calendarOf, withHolds, workingDaysBetween } from '../../src/engine/calendar.ts';

const START = '2026-01-01' as Day;
const day = fc.integer({ min: 0, max: 900 }).map((n) => addDays(START, n));
const range = fc
  .tuple(day, fc.integer({ min: 0, max: 12 }))
  .map(([from, n]) => ({ from, to: addDays(from, n), why: '' }));
const calendar = fc
  .record({
    week: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    roll: fc.constantFrom('next' as const, 'previous' as const, 'none' as const),
    closed: fc.array(range, { maxLength: 6 }),
    open: fc.array(range, { maxLength: 3 }),
  })
  .map(calendarOf);
const offset = (...units: readonly Unit[]) =>
  fc.record({ n: fc.integer({ min: 0, max: 60 }), unit: fc.constantFrom(...units) }) as fc.Arbitrary<Offset>;

it('goes n working days on and n back to where it began, from a working day', () => {
  fc.assert(
    fc.property(calendar, day, offset('bd'), (on, from, n) => {
      fc.pre(on.isWorking(from));
      const there = addOffset(on, from, '+', n);
      expect(addOffset(on, there, '-', n)).toBe(from);
      expect(workingDaysBetween(on, from, there)).toBe(n.n);
    }),
  );
});

it('counts the working days between two days as one who looks at each, whatever was counted before', () => {
  fc.assert(
    fc.property(calendar, fc.array(fc.tuple(day, day), { minLength: 1, maxLength: 8 }), range, (on, pairs, hold) => {
      const held = withHolds(on, [hold]);
      for (const [from, to] of pairs) {
        const length = Math.max(0, daysBetween(from, to));
        const days = Array.from({ length }, (_, i) => addDays(from, i + 1));
        const open = days.filter((each) => on.isWorking(each));
        if (from <= to) expect(workingDaysBetween(on, from, to)).toBe(open.length);
        else expect(workingDaysBetween(on, from, to)).toBe(0 - workingDaysBetween(on, to, from));
        const free = open.filter((each) => each < hold.from || each > hold.to);
        if (from <= to) expect(workingDaysBetween(held, from, to)).toBe(free.length);
      }
    }),
  );
});

it('lands on a working day when it rolls, and before its anchor when it counts back', () => {
  fc.assert(
    fc.property(calendar, day, offset('d', 'w', 'm', 'y', 'bd'), (on, from, by) => {
      fc.pre(by.n > 0);
      const [ahead, back] = [addOffset(on, from, '+', by), addOffset(on, from, '-', by)];
      expect(back < from).toBe(true);
      if (on.roll === 'none' && by.unit !== 'bd') return;
      for (const each of [ahead, back]) expect(on.isWorking(each), `${from} ${by.n}${by.unit} ${each}`).toBe(true);
    }),
  );
});

it('never goes the other way for a longer offset, and does not move for none', () => {
  fc.assert(
    fc.property(calendar, day, offset('d', 'w', 'm', 'y', 'bd'), (on, from, by) => {
      expect(addOffset(on, from, '+', { ...by, n: 0 })).toBe(from);
      expect(addUnrolled(on, from, '+', { ...by, n: by.n + 1 }) >= addUnrolled(on, from, '+', by)).toBe(true);
    }),
  );
});

it('counts no day on hold: the days between are those without it', () => {
  fc.assert(
    fc.property(calendar, day, range, offset('d', 'w'), (on, from, hold, by) => {
      const held = withHolds(on, [hold]);
      const there = addUnrolled(held, from, '+', by);
      const days = Array.from({ length: 600 }, (_, i) => addDays(from, i + 1)).filter((each) => each <= there);
      const free = days.filter((each) => each < hold.from || each > hold.to).length;
      expect(free).toBe(by.n * (by.unit === 'w' ? 7 : 1));
    }),
  );
});
