// Years in which something is due and for which no closed day is written: their working days are a guess.
import { type Book, DEFAULT_CALENDAR } from '../book/book.ts';
import { type Day, maxDay, yearOf } from '../day.ts';
import { calendarOf } from '../engine/calendar.ts';
import { openDueDays } from '../engine/schedule.ts';
import type { Engagement } from '../records/client.ts';
import type { ClientFiles, Rule } from './rule.ts';

/** The day the engagement was last worked on: from there its open steps are counted, whatever today is. */
function lastKnownDay(engagement: Engagement): Day {
  const closed = Object.values(engagement.steps ?? {}).flatMap((step) => step.done ?? step.skipped ?? []);
  return maxDay(engagement.started, ...closed);
}

export type DueYear = { readonly year: number; readonly what: string };

/** In the running engagements of a client: each year that is not covered, with the first thing that is due in it. */
export function dueYearsIn({ practice }: Book): (files: ClientFiles) => readonly DueYear[] {
  if (!practice) return () => [];
  const calendar = calendarOf(practice.calendar ?? DEFAULT_CALENDAR);
  const covered = new Set((practice.calendar?.closed ?? []).map((range) => yearOf(range.from)));
  return ({ book, client, engagements }) => {
    if (!client) return [];
    const found = new Map<number, string>();
    for (const { id, engagement, isRunning } of engagements) {
      if (!isRunning) continue;
      for (const { step, due } of openDueDays(book, calendar, lastKnownDay(engagement), client, id)) {
        const year = yearOf(due);
        if (!covered.has(year) && !found.has(year)) found.set(year, `${client.id}/${id}/${step}`);
      }
    }
    return [...found].map(([year, what]) => ({ year, what }));
  };
}

export const calendarYears: Rule = ({ book: { practice } }) => ({
  inPractice: ({ gists }) => {
    const missing = new Map<number, string>();
    for (const { client } of gists)
      for (const { year, what } of client?.dueYears ?? []) if (!missing.has(year)) missing.set(year, what);
    return [...missing]
      .toSorted(([a], [b]) => a - b)
      .map(([year, due]) => ({
        problem: {
          code: 'calendar/year-not-covered',
          args: { year, due },
          place: {
            file: 'deliver.yaml',
            path: placeOf(practice?.calendar !== undefined, practice?.calendar?.closed.length ?? 0),
            on: 'key',
          },
        },
      }));
  },
});

/** `calendar: closed:` where it is written, else the nearest thing there is. */
const placeOf = (hasCalendar: boolean, closedDays: number): readonly string[] => {
  if (!hasCalendar) return ['practice'];
  return closedDays > 0 ? ['calendar', 'closed'] : ['calendar'];
};
