// calendar/year-not-covered, for `validate`: years in which something is planned and for which no closed day is written: their working days are a guess.
import { type Book, DEFAULT_CALENDAR } from '../book/book.ts';
import { calendarOf } from '../engine/calendar.ts';
import { coveredYears, type UncoveredYear, uncoveredYears } from '../engine/covered-years.ts';
import { openPlannedDays } from '../engine/schedule.ts';
import type { Problem } from '../problem/problem.ts';
import type { Practice } from '../records/practice.ts';
import type { ClientFiles, Rule } from './rule.ts';

export type DueYear = UncoveredYear;

/** In the running engagements of a client: each year that is not covered, with the first thing that is due in it. */
export function dueYearsIn({ practice }: Book): (files: ClientFiles) => readonly DueYear[] {
  if (!practice) return () => [];
  const calendar = calendarOf(practice.calendar ?? DEFAULT_CALENDAR);
  const covered = coveredYears(practice);
  return ({ book, client, engagements }) => {
    if (!client) return [];
    const running = engagements.filter((it) => it.isRunning);
    return uncoveredYears(
      covered,
      running.flatMap(({ id }) =>
        openPlannedDays(book, calendar, client, id).map(
          ({ step, day }) => [day, `${client.id}/${id}/${step}`] as const,
        ),
      ),
    );
  };
}

export const calendarYears: Rule = ({ book: { practice } }) => ({
  inPractice: ({ gists }) => {
    const missing = new Map<number, string>();
    for (const { client } of gists)
      for (const { year, what } of client?.dueYears ?? []) if (!missing.has(year)) missing.set(year, what);
    return [...missing]
      .toSorted(([a], [b]) => a - b)
      .map(([year, what]) => ({ problem: yearNotCovered(practice, { year, what }) }));
  },
});

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
