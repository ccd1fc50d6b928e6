// calendar/year-not-covered, for `validate`: years in which something is planned and for which no closed day is written, so
// that their working days are a guess.
import { DEFAULT_CALENDAR } from '../book/book.ts';
import { calendarOf } from '../engine/calendar.ts';
import { coveredYears, type UncoveredYear, uncoveredYears } from '../engine/covered-years.ts';
import { openPlannedDays } from '../engine/schedule.ts';
import type { Problem } from '../problem/problem.ts';
import type { Practice } from '../records/practice.ts';
import type { Rule } from './rule.ts';

export const calendarYears: Rule = (book) => {
  const { practice } = book;
  if (!practice) return [];
  const calendar = calendarOf(practice.calendar ?? DEFAULT_CALENDAR);
  const planned = book.engagements
    .filter((each) => each.isRunning)
    .flatMap(({ client, id }) =>
      openPlannedDays(book, calendar, client, id).map(({ step, day }) => [day, `${client.id}/${id}/${step}`] as const),
    );
  return uncoveredYears(coveredYears(practice), planned)
    .toSorted((a, b) => a.year - b.year)
    .map((each) => ({ problem: yearNotCovered(practice, each) }));
};

/** A report knows today and names the years itself: what is late slides into them. */
export const yearNotCovered = (practice: Practice | undefined, { year, what }: UncoveredYear): Problem => ({
  code: 'calendar/year-not-covered',
  args: { year, due: what },
  place: {
    file: 'deliver.yaml',
    path: placeOf(practice?.calendar !== undefined, practice?.calendar?.closed.length ?? 0),
    on: 'key',
  },
});

/** `calendar: closed:` where it is written, else the nearest thing there is. */
const placeOf = (hasCalendar: boolean, closedDays: number): readonly string[] => {
  if (!hasCalendar) return ['practice'];
  return closedDays > 0 ? ['calendar', 'closed'] : ['calendar'];
};
