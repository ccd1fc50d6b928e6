// What every question of the engine is asked in: the Book, the day, the calendar. And who owns what when nothing says so.
import { type Book, type ClientRecord, DEFAULT_CALENDAR } from '../book/book.ts';
import type { Day } from '../day.ts';
import { type Calendar, calendarOf } from './calendar.ts';

export type Setting = {
  readonly book: Book;
  readonly today: Day;
  readonly calendar: Calendar;
  /** The practice's `me`, or its only person. */
  readonly me: string | undefined;
};

/** The same for questions that no day changes. */
export type Ground = Omit<Setting, 'today'>;

export function groundOf(book: Book): Ground {
  const people = Object.keys(book.practice?.people ?? {});
  const me = book.practice?.me ?? (people.length === 1 ? people[0] : undefined);
  return { book, calendar: calendarOf(book.practice?.calendar ?? DEFAULT_CALENDAR), me };
}

export const settingOf = (book: Book, today: Day): Setting => ({ ...groundOf(book), today });

/** The first that is written, else the client's owner, else the practice's `me`. */
export function ownerOf(
  { me }: Ground,
  client: ClientRecord,
  ...written: readonly (string | undefined)[]
): string | null {
  for (const owner of written) if (owner !== undefined) return owner;
  return client.owner ?? me ?? null;
}

/** What every line says about its client. */
export const lineOf = (client: ClientRecord, ref: string, owner: string | null) => ({
  ref,
  client: client.id,
  client_name: client.name,
  owner,
});

/** Quiet today: cadences, yearly days and reminders are hidden, steps and promises are not. */
export const isPaused = (client: ClientRecord, today: Day): boolean =>
  client.pause !== undefined &&
  (client.pause.from === undefined || client.pause.from <= today) &&
  today <= client.pause.to;
