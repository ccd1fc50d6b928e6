// What a change does to the weeks ahead: who has too much to do because of it. Knows no plan of its own.
import type { Practice } from '../command.ts';
import { addDays, maxDay } from '../day.ts';
import { newlyOverbooked } from '../engine/measure/capacity.ts';
import { scheduleOf } from '../engine/schedule.ts';
import { settingOf } from '../engine/setting.ts';
import { longDate } from '../terminal/words.ts';

/** Weeks shown where nobody asked for more; the same as `capacity` shows. */
const WEEKS = 6;

/** A sentence for each week that the work on this engagement overbooks, or overbooks further. */
export function overbookedNotes(before: Practice, after: Practice, clientId: string, id: string): readonly string[] {
  const people = after.book.practice?.people ?? {};
  if (Object.values(people).every((it) => it.hours_per_week === undefined)) return [];
  const [was, is] = [before, after].map(({ book, today }) => settingOf(book, today));
  const client = after.book.clients.get(clientId);
  if (!was || !is || !client) return [];
  const schedule = scheduleOf(is.book, is.calendar, is.today, client, id);
  const until = maxDay(addDays(is.today, WEEKS * 7), schedule?.forecastEnd ?? is.today);
  return newlyOverbooked(was, is, until).map(({ person, week, over }) => {
    const hours = Math.round((over / 60) * 100) / 100;
    const name = people[person]?.name ?? person;
    return `${name} has ${hours}h too much in the week of ${longDate(week, is.today)}: deliver capacity`;
  });
}
