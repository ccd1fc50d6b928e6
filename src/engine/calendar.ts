// The working-day calendar: which days are open, and how offsets count over closed ones. Knows no step and no client.
import { addMonths, type Day, dayAt, FIRST_SERIAL, LAST_SERIAL, type Offset, serialOf, weekdayAt } from '../day.ts';
import type { CalendarSettings } from '../records/practice.ts';

export type Sign = '+' | '-';
export type Span = { readonly from: Day; readonly to: Day };

export type Calendar = {
  readonly roll: CalendarSettings['roll'];
  isWorking(day: Day): boolean;
  /** The same for a day by its number (`serialOf`): searches count. */
  isWorkingAt(serial: number): boolean;
  /** Working days up to a day, from wherever the count began. Undefined with holds: those days are looked at one by one. */
  readonly countAt: ((serial: number) => number) | undefined;
  /** Days of a hold: closed, and other offsets than `bd` grow by them. None in the practice's own calendar. */
  readonly held: readonly Span[];
};

type SerialSpan = { readonly from: number; readonly to: number };
const toSerials = (spans: readonly Span[]): readonly SerialSpan[] =>
  spans.map((it) => ({ from: serialOf(it.from), to: serialOf(it.to) }));
function covers(spans: readonly SerialSpan[], serial: number): boolean {
  for (const it of spans) if (it.from <= serial && serial <= it.to) return true;
  return false;
}

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
  const countAt = counter(isWorkingAt);
  return { roll: settings.roll, isWorking: (day) => isWorkingAt(serialOf(day)), isWorkingAt, countAt, held: [] };
}

/** Counts each day once: a report asks for the working days between today and thousands of others. */
function counter(isWorkingAt: (serial: number) => boolean): (serial: number) => number {
  let counts: Int32Array | undefined;
  /** The counted stretch of days; it begins with the first that is asked for and grows both ways. */
  let [first, last] = [0, 0];
  return (serial) => {
    if (counts === undefined) {
      counts = new Int32Array(LAST_SERIAL - FIRST_SERIAL + 1);
      first = last = serial;
    }
    for (; last < serial; last++)
      counts[last + 1 - FIRST_SERIAL] = (counts[last - FIRST_SERIAL] as number) + (isWorkingAt(last + 1) ? 1 : 0);
    for (; first > serial; first--)
      counts[first - 1 - FIRST_SERIAL] = (counts[first - FIRST_SERIAL] as number) - (isWorkingAt(first) ? 1 : 0);
    return counts[serial - FIRST_SERIAL] as number;
  };
}

/** Spans without overlaps, in order, so that a day that several of them cover counts once. */
function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = result.at(-1);
    if (last === undefined || span.from > last.to) result.push(span);
    else if (span.to > last.to) result[result.length - 1] = { from: last.from, to: span.to };
  }
  return result;
}

/** The same calendar with the days of these holds closed. */
export function withHolds(calendar: Calendar, holds: readonly Span[]): Calendar {
  if (holds.length === 0) return calendar;
  const held = merged(holds);
  const closed = toSerials(held);
  const isWorkingAt = (serial: number): boolean => calendar.isWorkingAt(serial) && !covers(closed, serial);
  const isWorking = (day: Day) => isWorkingAt(serialOf(day));
  return { roll: calendar.roll, isWorking, isWorkingAt, countAt: undefined, held };
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

function addWorkingDays(calendar: Calendar, serial: number, n: number, direction: 1 | -1): number {
  let current = serial;
  for (let i = 0; i < n; i++) {
    const next = nearestAt(calendar, within(current + direction), direction);
    if (next === current) break;
    current = next;
  }
  return current;
}

/** Days of holds from the day after `from` to `to`, or from `to` to the day before `from` when that is earlier. */
function heldBetween(held: readonly SerialSpan[], from: number, to: number): number {
  const [first, last] = to >= from ? [from + 1, to] : [to, from - 1];
  return held.reduce((sum, it) => sum + Math.max(0, Math.min(it.to, last) - Math.max(it.from, first) + 1), 0);
}

/** `serial` moved on to `result` and as many days further as were held. */
function growByHolds(calendar: Calendar, serial: number, result: number, direction: 1 | -1): number {
  if (calendar.held.length === 0) return result;
  const held = toSerials(calendar.held);
  for (let end = result; ; ) {
    const next = within(result + direction * heldBetween(held, serial, end));
    if (next === end) return end;
    end = next;
  }
}

/** Calendar arithmetic without `roll`, by the numbers of days. */
function move(calendar: Calendar, day: Day, direction: 1 | -1, offset: Offset): number {
  const serial = serialOf(day);
  switch (offset.unit) {
    case 'bd':
      return addWorkingDays(calendar, serial, offset.n, direction);
    case 'd':
      return growByHolds(calendar, serial, within(serial + direction * offset.n), direction);
    case 'w':
      return growByHolds(calendar, serial, within(serial + direction * offset.n * 7), direction);
    case 'm':
      return growByHolds(calendar, serial, serialOf(addMonths(day, direction * offset.n)), direction);
    case 'y':
      return growByHolds(calendar, serial, serialOf(addMonths(day, direction * offset.n * 12)), direction);
  }
}

/** Calendar arithmetic without `roll`: for `grace` and `lead`, and to measure an interval. */
export function addUnrolled(calendar: Calendar, day: Day, sign: Sign, offset: Offset): Day {
  return offset.n === 0 ? day : dayAt(move(calendar, day, sign === '+' ? 1 : -1, offset));
}

/**
 * `day` plus or minus an offset. `bd` counts working days; a d/w/m/y result on a closed day moves by `roll`, where after
 * `-` next means previous, so that preparation never lands on or past its anchor. `+ 0` of any unit does not move.
 */
export const addOffset = (calendar: Calendar, day: Day, sign: Sign, offset: Offset): Day =>
  roll(calendar, addUnrolled(calendar, day, sign, offset), sign, offset);

/** What `addOffset` makes of what `addUnrolled` has found. */
export function roll(calendar: Calendar, moved: Day, sign: Sign, offset: Offset): Day {
  if (offset.n === 0 || offset.unit === 'bd' || calendar.roll === 'none') return moved;
  return nearestWorking(calendar, moved, calendar.roll === 'next' && sign === '+' ? 1 : -1);
}

/** Working days after `from` up to `to`; negative when `to` is earlier. */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number {
  const { countAt } = calendar;
  if (countAt) return countAt(serialOf(to)) - countAt(serialOf(from));
  if (to < from) return -workingDaysBetween(calendar, to, from);
  const last = serialOf(to);
  let count = 0;
  for (let serial = serialOf(from) + 1; serial <= last; serial++) if (calendar.isWorkingAt(serial)) count += 1;
  return count;
}

/** The last working day from `from` to `to`; `to` when the whole span is closed. */
export function lastWorkingIn(calendar: Calendar, span: Span): Day {
  const day = nearestWorking(calendar, span.to, -1);
  return day >= span.from ? day : span.to;
}
