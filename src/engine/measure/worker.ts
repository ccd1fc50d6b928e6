// When one of our people works and for how long: their week, less what is reserved and the days they are away. Minutes.
import type { Book } from '../../book/book.ts';
import { addDays, type Day, dayAt, FIRST_SERIAL, LAST_SERIAL, serialOf } from '../../day.ts';
import type { Calendar } from '../calendar.ts';
import type { Setting } from '../setting.ts';

export type Worker = {
  readonly id: string;
  readonly hoursPerWeek: number | undefined;
  /** Of each working day; undefined where nobody wrote the hours of a week. */
  readonly minutesPerDay: number | undefined;
  readonly works: (serial: number) => boolean;
};

export function workersOf({ book, calendar }: Setting): ReadonlyMap<string, Worker> {
  const days = new Set(book.practice?.calendar?.week).size || WEEK_DAYS;
  return new Map(
    Object.entries(book.practice?.people ?? {}).map(([id, person]) => [id, toWorker(id, person, days, calendar)]),
  );
}

const WEEK_DAYS = 5;

type Person = NonNullable<Book['practice']>['people'][string];

function toWorker(
  id: string,
  { hours_per_week: hours, reserved, away }: Person,
  days: number,
  calendar: Calendar,
): Worker {
  const spans = (away ?? []).map(({ from, to }) => [serialOf(from), serialOf(to)] as const);
  return {
    id,
    hoursPerWeek: hours,
    minutesPerDay: hours === undefined ? undefined : Math.max(0, hours * 60 - (reserved ?? 0)) / days,
    works: (serial) => calendar.isWorkingAt(serial) && !spans.some(([from, to]) => from <= serial && serial <= to),
  };
}

/** Minutes of the days from `from` to `to` on which they work. */
export function availableIn({ works, minutesPerDay }: Worker, from: Day, to: Day): number | undefined {
  if (minutesPerDay === undefined) return undefined;
  let days = 0;
  for (let serial = serialOf(from); serial <= serialOf(to); serial++) if (works(serial)) days += 1;
  return days * minutesPerDay;
}

export type Portion = { readonly day: Day; readonly minutes: number };

/**
 * The minutes of one piece of work on the last days that they work up to `day`, as many on each as the day has, none before
 * `earliest`; what remains lies on the last of these days. Without hours of a week all lies on that day.
 */
export function spread(worker: Worker, minutes: number, day: Day, earliest: Day): readonly Portion[] {
  const first = serialOf(earliest);
  const last = lastDay(worker, serialOf(day), first);
  const { minutesPerDay, works } = worker;
  if (minutesPerDay === undefined || minutesPerDay === 0) return [{ day: dayAt(last), minutes }];
  const portions: { day: Day; minutes: number }[] = [];
  let left = minutes;
  for (let serial = last; serial >= first && left > 0; serial--) {
    if (!works(serial)) continue;
    const here = Math.min(minutesPerDay, left);
    portions.push({ day: dayAt(serial), minutes: here });
    left -= here;
  }
  const [latest] = portions;
  if (left > 0) {
    if (latest) latest.minutes += left;
    else portions.push({ day: dayAt(last), minutes: left });
  }
  return portions.toReversed();
}

/** A search for a day that somebody works ends after this many. */
const LONGEST_SEARCH = 1500;

/** The day itself, else the last one before it from `first` on, else the first after it, that they work. */
function lastDay({ works }: Worker, day: number, first: number): number {
  for (let serial = day; serial >= first && serial > day - LONGEST_SEARCH; serial--) if (works(serial)) return serial;
  const start = Math.max(day, first);
  const end = Math.min(LAST_SERIAL, start + LONGEST_SEARCH);
  for (let serial = Math.max(FIRST_SERIAL, start); serial <= end; serial++) if (works(serial)) return serial;
  return start;
}

/** Monday of the week of a day. */
export const mondayOf = (day: Day): Day => addDays(day, -((((serialOf(day) + 3) % 7) + 7) % 7));
