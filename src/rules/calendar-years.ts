// Years in which something is due and for which no closed day is written: their working days are a guess.
import { type ClientRecord, DEFAULT_CALENDAR } from '../book/book.ts';
import { type Day, maxDay, yearOf } from '../day.ts';
import { type Calendar, calendarOf } from '../engine/calendar.ts';
import { openDueDays } from '../engine/schedule.ts';
import type { Engagement } from '../records/client.ts';
import type { Rule } from './rule.ts';

/** The day the engagement was last worked on: from there its open steps are counted, whatever today is. */
function lastKnownDay(engagement: Engagement): Day {
  const closed = Object.values(engagement.steps ?? {}).flatMap((step) => step.done ?? step.skipped ?? []);
  return maxDay(engagement.started, ...closed);
}

type DueYear = { readonly year: number; readonly what: string };

export const calendarYears: Rule = (book) => {
  const settings = book.practice?.calendar;
  if (!book.practice) return [];
  const calendar = calendarOf(settings ?? DEFAULT_CALENDAR);
  const covered = new Set((settings?.closed ?? []).map((range) => yearOf(range.from)));
  const dueYears = [...book.clients.values()].flatMap((client) =>
    Object.entries(client.engagements ?? {})
      .filter(([, engagement]) => engagement.ended === undefined)
      .flatMap(([id, engagement]) => openDueYears(book, calendar, client, id, lastKnownDay(engagement))),
  );
  const missing = new Map(
    dueYears
      .filter((it) => !covered.has(it.year))
      .map((it) => [it.year, it.what] as const)
      .toReversed(),
  );
  return [...missing]
    .toSorted(([a], [b]) => a - b)
    .map(([year, due]) => ({
      problem: {
        code: 'calendar/year-not-covered',
        args: { year, due },
        place: {
          file: 'deliver.yaml',
          path: placeOf(book.practice?.calendar !== undefined, settings?.closed.length ?? 0),
          on: 'key',
        },
      },
    }));
};

/** `calendar: closed:` where it is written, else the nearest thing there is. */
const placeOf = (hasCalendar: boolean, closedDays: number): readonly string[] => {
  if (!hasCalendar) return ['practice'];
  return closedDays > 0 ? ['calendar', 'closed'] : ['calendar'];
};

function openDueYears(
  book: Parameters<Rule>[0],
  calendar: Calendar,
  client: ClientRecord,
  id: string,
  today: Day,
): readonly DueYear[] {
  return openDueDays(book, calendar, today, client, id).map(({ step, due }) => ({
    year: yearOf(due),
    what: `${client.id}/${id}/${step}`,
  }));
}
