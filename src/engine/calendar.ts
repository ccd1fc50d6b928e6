// The working-day calendar: which days are open, and how offsets count over closed ones. Knows no step and no client.
import {
  addDays,
  addMonths,
  type Day,
  dayAt,
  daysBetween,
  FIRST_SERIAL,
  LAST_SERIAL,
  maxDay,
  minDay,
  type Offset,
  serialOf,
  weekdayAt,
} from '../day.ts';
import type { CalendarSettings } from '../records/practice.ts';

export type Sign = '+' | '-';
export type Span = { readonly from: Day; readonly to: Day };

export type Calendar = {
  readonly roll: CalendarSettings['roll'];
  isWorking(day: Day): boolean;
  /** The same for a day by its number (`serialOf`): searches count. */
  isWorkingAt(serial: number): boolean;
  /** Days of a hold: closed, and other offsets than `bd` grow by them. None in the practice's own calendar. */
  readonly held: readonly Span[];
};

type SerialSpan = { readonly from: number; readonly to: number };
const toSerials = (spans: readonly Span[]): readonly SerialSpan[] =>
  spans.map((it) => ({ from: serialOf(it.from), to: serialOf(it.to) }));
const covers = (spans: readonly SerialSpan[], serial: number): boolean =>
  spans.some((it) => it.from <= serial && serial <= it.to);

/** `open` beats `closed` beats the week. */
export function calendarOf(settings: CalendarSettings): Calendar {
  const [open, closed] = [toSerials(settings.open), toSerials(settings.closed)];
  /** 1 for a working day, 2 for another, 0 for one that nobody has asked for. */
  const known = new Uint8Array(LAST_SERIAL - FIRST_SERIAL + 1);
  const decide = (serial: number): boolean =>
    covers(open, serial) || (settings.week.includes(weekdayAt(serial)) && !covers(closed, serial));
  const isWorkingAt = (serial: number): boolean => {
    const answer = known[serial - FIRST_SERIAL];
    if (answer === 1 || answer === 2) return answer === 1;
    const isOpen = decide(serial);
    known[serial - FIRST_SERIAL] = isOpen ? 1 : 2;
    return isOpen;
  };
  return { roll: settings.roll, isWorking: (day) => isWorkingAt(serialOf(day)), isWorkingAt, held: [] };
}

/** The same calendar with the days of these holds closed. */
export function withHolds(calendar: Calendar, held: readonly Span[]): Calendar {
  if (held.length === 0) return calendar;
  const closed = toSerials(held);
  const isWorkingAt = (serial: number): boolean => calendar.isWorkingAt(serial) && !covers(closed, serial);
  return { roll: calendar.roll, held, isWorking: (day) => isWorkingAt(serialOf(day)), isWorkingAt };
}

/** A calendar closed for this long is taken to have no working day there; it keeps every search finite. */
const LONGEST_SEARCH = 1500;

/** `day` itself when it is working, else the nearest working day in that direction; `day` when there is none in four years. */
export function nearestWorking(calendar: Calendar, day: Day, direction: 1 | -1): Day {
  const serial = serialOf(day);
  const found = nearestAt(calendar, serial, direction);
  return found === serial ? day : dayAt(found);
}

/** The days that there are end somewhere; a search stays on the last one. */
const within = (serial: number): number => Math.min(LAST_SERIAL, Math.max(FIRST_SERIAL, serial));

function nearestAt(calendar: Calendar, serial: number, direction: 1 | -1): number {
  let candidate = serial;
  for (let i = 0; i < LONGEST_SEARCH; i++) {
    if (calendar.isWorkingAt(candidate)) return candidate;
    candidate = within(candidate + direction);
  }
  return serial;
}

function addWorkingDays(calendar: Calendar, day: Day, n: number, direction: 1 | -1): Day {
  let current = serialOf(day);
  for (let i = 0; i < n; i++) {
    const next = nearestAt(calendar, within(current + direction), direction);
    if (next === current) break;
    current = next;
  }
  return dayAt(current);
}

/** Days of holds from the day after `from` to `to`, or from `to` to the day before `from` when that is earlier. */
function heldBetween(held: readonly Span[], from: Day, to: Day): number {
  const [first, last] = to >= from ? [addDays(from, 1), to] : [to, addDays(from, -1)];
  const days = held.map((it) => daysBetween(maxDay(it.from, first), minDay(it.to, last)) + 1);
  return days.filter((n) => n > 0).reduce((sum, n) => sum + n, 0);
}

/** `day` moved on by `n` days that are not held. */
function growByHolds(calendar: Calendar, day: Day, result: Day, direction: 1 | -1): Day {
  let end = result;
  for (let grown = heldBetween(calendar.held, day, end); ; ) {
    const next = addDays(result, direction * grown);
    if (next === end) return end;
    end = next;
    grown = heldBetween(calendar.held, day, end);
  }
}

/** Calendar arithmetic without `roll`: for `grace` and `lead`, and to measure an interval. */
export function addUnrolled(calendar: Calendar, day: Day, sign: Sign, offset: Offset): Day {
  const direction = sign === '+' ? 1 : -1;
  if (offset.n === 0) return day;
  switch (offset.unit) {
    case 'bd':
      return addWorkingDays(calendar, day, offset.n, direction);
    case 'd':
      return growByHolds(calendar, day, addDays(day, direction * offset.n), direction);
    case 'w':
      return growByHolds(calendar, day, addDays(day, direction * offset.n * 7), direction);
    case 'm':
      return growByHolds(calendar, day, addMonths(day, direction * offset.n), direction);
    case 'y':
      return growByHolds(calendar, day, addMonths(day, direction * offset.n * 12), direction);
  }
}

/**
 * `day` plus or minus an offset. `bd` counts working days; a d/w/m/y result on a closed day moves by `roll`, where after
 * `-` next means previous, so that preparation never lands on or past its anchor. `+ 0` of any unit does not move.
 */
export function addOffset(calendar: Calendar, day: Day, sign: Sign, offset: Offset): Day {
  const result = addUnrolled(calendar, day, sign, offset);
  if (offset.n === 0 || offset.unit === 'bd' || calendar.roll === 'none') return result;
  return nearestWorking(calendar, result, calendar.roll === 'next' && sign === '+' ? 1 : -1);
}

/** Working days after `from` up to `to`; negative when `to` is earlier. */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number {
  if (to < from) return -workingDaysBetween(calendar, to, from);
  const [first, last] = [serialOf(from) + 1, serialOf(to)];
  let count = 0;
  for (let serial = first; serial <= last; serial++) if (calendar.isWorkingAt(serial)) count += 1;
  return count;
}

/** The last working day from `from` to `to`; `to` when the whole span is closed. */
export function lastWorkingIn(calendar: Calendar, span: Span): Day {
  const day = nearestWorking(calendar, span.to, -1);
  return day >= span.from && calendar.isWorking(day) ? day : span.to;
}
