// Years in which something is due and for which no closed day is written: their working days are a guess.
import { DEFAULT_CALENDAR } from '../book/book.ts';
import { type Day, maxDay, yearOf } from '../day.ts';
import { calendarOf } from '../engine/calendar.ts';
import { openDueDays } from '../engine/schedule.ts';
import type { Engagement } from '../records/client.ts';
import type { Practice } from '../records/practice.ts';
import type { CheckedBook, Rule } from './rule.ts';

/** The day the engagement was last worked on: from there its open steps are counted, whatever today is. */
function lastKnownDay(engagement: Engagement): Day {
  const closed = Object.values(engagement.steps ?? {}).flatMap((step) => step.done ?? step.skipped ?? []);
  return maxDay(engagement.started, ...closed);
}

export const calendarYears: Rule = (book) => {
  const { practice } = book;
  if (!practice) return [];
  return [...missingYears(book, practice)]
    .toSorted(([a], [b]) => a - b)
    .map(([year, due]) => ({
      problem: {
        code: 'calendar/year-not-covered',
        args: { year, due },
        place: {
          file: 'deliver.yaml',
          path: placeOf(practice.calendar !== undefined, practice.calendar?.closed.length ?? 0),
          on: 'key',
        },
      },
    }));
};

/** Each year that is not covered, with the first thing in running work that is due in it. */
function missingYears(book: CheckedBook, { calendar: settings }: Practice): ReadonlyMap<number, string> {
  const calendar = calendarOf(settings ?? DEFAULT_CALENDAR);
  const covered = new Set((settings?.closed ?? []).map((range) => yearOf(range.from)));
  const found = new Map<number, string>();
  for (const { client, id, engagement, isRunning } of book.engagements) {
    if (!isRunning) continue;
    for (const { step, due } of openDueDays(book, calendar, lastKnownDay(engagement), client, id)) {
      const year = yearOf(due);
      if (!covered.has(year) && !found.has(year)) found.set(year, `${client.id}/${id}/${step}`);
    }
  }
  return found;
}

/** `calendar: closed:` where it is written, else the nearest thing there is. */
const placeOf = (hasCalendar: boolean, closedDays: number): readonly string[] => {
  if (!hasCalendar) return ['practice'];
  return closedDays > 0 ? ['calendar', 'closed'] : ['calendar'];
};
