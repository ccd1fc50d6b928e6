// The working-day calendar: which days are open, and how offsets count over closed ones. Knows no step and no client.
import { addDays, addMonths, type Day, daysBetween, maxDay, minDay, type Offset, weekdayOf } from '../day.ts';
import type { CalendarSettings } from '../records/practice.ts';

export type Sign = '+' | '-';
export type Span = { readonly from: Day; readonly to: Day };

export type Calendar = {
  readonly roll: CalendarSettings['roll'];
  isWorking(day: Day): boolean;
  /** Days of a hold: closed, and other offsets than `bd` grow by them. None in the practice's own calendar. */
  readonly held: readonly Span[];
};

const covers = (spans: readonly Span[], day: Day): boolean => spans.some((it) => it.from <= day && day <= it.to);

/** `open` beats `closed` beats the week. */
export function calendarOf(settings: CalendarSettings): Calendar {
  const known = new Map<Day, boolean>();
  const decide = (day: Day): boolean =>
    covers(settings.open, day) || (settings.week.includes(weekdayOf(day)) && !covers(settings.closed, day));
  const isWorking = (day: Day): boolean => {
    const answer = known.get(day) ?? decide(day);
    known.set(day, answer);
    return answer;
  };
  return { roll: settings.roll, isWorking, held: [] };
}

/** The same calendar with the days of these holds closed. */
export function withHolds(calendar: Calendar, held: readonly Span[]): Calendar {
  if (held.length === 0) return calendar;
  return { roll: calendar.roll, held, isWorking: (day) => calendar.isWorking(day) && !covers(held, day) };
}

/** A calendar closed for this long is taken to have no working day there; it keeps every search finite. */
const LONGEST_SEARCH = 1500;

/** `day` itself when it is working, else the nearest working day in that direction; `day` when there is none in four years. */
export function nearestWorking(calendar: Calendar, day: Day, direction: 1 | -1): Day {
  let candidate = day;
  for (let i = 0; i < LONGEST_SEARCH; i++) {
    if (calendar.isWorking(candidate)) return candidate;
    candidate = addDays(candidate, direction);
  }
  return day;
}

function addWorkingDays(calendar: Calendar, day: Day, n: number, direction: 1 | -1): Day {
  let current = day;
  for (let i = 0; i < n; i++) {
    const next = nearestWorking(calendar, addDays(current, direction), direction);
    if (next === current) break;
    current = next;
  }
  return current;
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
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (calendar.isWorking(day)) count += 1;
  return count;
}

/** The last working day from `from` to `to`; `to` when the whole span is closed. */
export function lastWorkingIn(calendar: Calendar, span: Span): Day {
  const day = nearestWorking(calendar, span.to, -1);
  return day >= span.from && calendar.isWorking(day) ? day : span.to;
}
