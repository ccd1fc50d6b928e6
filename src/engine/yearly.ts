// Days that come back each year: birthdays, the anniversary, occasions. Which one is near today, and has it been kept.
import { addDays, addMonths, type Day, dateOf, dayOf, isLeapYear, monthOf, type Offset, yearOf } from '../day.ts';
import type { YearlyRule } from '../records/cadence.ts';
import type { Client, Contact as Person } from '../records/client.ts';
import type { DueState } from './cadence.ts';
import { addUnrolled, type Calendar } from './calendar.ts';
import type { Contact } from './contact.ts';

/** One yearly day close to today. */
export type YearlyDay = {
  /** The contact whose birthday it is. */
  readonly person: string | undefined;
  readonly date: Day;
  readonly state: DueState;
};

const DEFAULT_LEAD: Offset = { n: 7, unit: 'd' };
const DEFAULT_GRACE: Offset = { n: 14, unit: 'd' };
/** A contact this long before the first day it is shown still counts for it. */
const EARLY_DAYS = 7;

/** A birthday in a year: 29 February is 28 in a common year, unless it is kept on 1 March. */
function birthdayIn(person: Person, year: number): Day | undefined {
  const birthday = person.birthday;
  if (!birthday || (birthday.year !== undefined && year <= birthday.year)) return undefined;
  const isLeapDay = birthday.month === 2 && birthday.date === 29;
  if (!isLeapDay || isLeapYear(year)) return dayOf(year, birthday.month, birthday.date);
  return person.leap === 'mar1' ? dayOf(year, 3, 1) : dayOf(year, 2, 28);
}

/** The same day of another year; 29 February clamps to 28. */
const inYear = (day: Day, year: number): Day =>
  monthOf(day) === 2 && dateOf(day) === 29
    ? addMonths(day, (year - yearOf(day)) * 12)
    : dayOf(year, monthOf(day), dateOf(day));

type Occasion = NonNullable<Client['occasions']>[string];

export function occasionIn(occasion: Occasion, year: number): Day | undefined {
  const first = yearOf(occasion.date);
  return year === first || (year > first && !occasion.once) ? inYear(occasion.date, year) : undefined;
}

/** From the first year on. */
const anniversaryIn = (since: Day, year: number): Day | undefined =>
  year > yearOf(since) ? inYear(since, year) : undefined;

/** Whether a person still works there. */
export const hasLeft = (person: Person, today: Day): boolean => person.left !== undefined && person.left <= today;

type Series = { readonly person: string | undefined; readonly dayIn: (year: number) => Day | undefined };

function seriesOf(rule: YearlyRule, client: Client, today: Day): readonly Series[] {
  if (rule.yearly === 'birthday') {
    return Object.entries(client.contacts ?? {})
      .filter(([, person]) => !hasLeft(person, today))
      .map(([id, person]) => ({ person: id, dayIn: (year) => birthdayIn(person, year) }));
  }
  const { since } = client;
  if (rule.yearly === 'anniversary') {
    return since === undefined ? [] : [{ person: undefined, dayIn: (year) => anniversaryIn(since, year) }];
  }
  const occasion = Object.entries(client.occasions ?? {}).find(([id]) => id === rule.yearly)?.[1];
  return occasion ? [{ person: undefined, dayIn: (year) => occasionIn(occasion, year) }] : [];
}

export type YearlyDate = { readonly person: string | undefined; readonly date: Day };

/** Every day of a rule that may still be kept on a day from `from` to `to`, of whoever has not left by `from`. */
export function yearlyDates(
  rule: YearlyRule,
  client: Client,
  calendar: Calendar,
  from: Day,
  to: Day,
): readonly YearlyDate[] {
  const years = Array.from({ length: yearOf(to) - yearOf(from) + 3 }, (_, n) => yearOf(from) - 1 + n);
  return seriesOf(rule, client, from).flatMap(({ person, dayIn }) =>
    years.flatMap((year): readonly YearlyDate[] => {
      const date = dayIn(year);
      return date === undefined || date > to || droppedOn(rule, date, calendar) < from ? [] : [{ person, date }];
    }),
  );
}

const shownOn = (rule: YearlyRule, date: Day, calendar: Calendar): Day =>
  addUnrolled(calendar, date, '-', rule.lead ?? DEFAULT_LEAD);

/** The last day on which it is shown. */
const droppedOn = (rule: YearlyRule, date: Day, calendar: Calendar): Day =>
  addUnrolled(calendar, date, '+', rule.grace ?? DEFAULT_GRACE);

/** From this day on a contact keeps it. */
export const keptFrom = (rule: YearlyRule, date: Day, calendar: Calendar): Day =>
  addDays(shownOn(rule, date, calendar), -EARLY_DAYS);

/** A contact with others is not theirs. */
export const isWith = (person: string | undefined, contact: Contact): boolean =>
  person === undefined || contact.with.length === 0 || contact.with.includes(person);

/** `contacts`: those that count for the kind. */
export const isYearlyKept = (
  rule: YearlyRule,
  { person, date }: YearlyDate,
  contacts: readonly Contact[],
  calendar: Calendar,
): boolean => {
  const from = keptFrom(rule, date, calendar);
  return contacts.some((it) => isWith(person, it) && it.day >= from);
};

/** The yearly days a rule shows today: from its lead before the day until a counted contact, or its grace after. */
export function yearlyDays(
  rule: YearlyRule,
  client: Client,
  contacts: readonly Contact[],
  calendar: Calendar,
  today: Day,
): readonly YearlyDay[] {
  return seriesOf(rule, client, today).flatMap(({ person, dayIn }): readonly YearlyDay[] => {
    const near = [-1, 0, 1].map((n) => dayIn(yearOf(today) + n)).filter((day) => day !== undefined);
    const date = near.find((day) => {
      const isShown = shownOn(rule, day, calendar) <= today && today <= droppedOn(rule, day, calendar);
      return isShown && !isYearlyKept(rule, { person, date: day }, contacts, calendar);
    });
    return date === undefined
      ? []
      : [{ person, date, state: today < date ? 'soon' : today === date ? 'due' : 'overdue' }];
  });
}

/** An occasion that no rule covers: shown for a week before it and on the day, and in need of no contact. */
export function bareOccasion(occasion: Occasion, today: Day): YearlyDay | undefined {
  const date = [0, 1]
    .map((n) => occasionIn(occasion, yearOf(today) + n))
    .find((day) => day !== undefined && today <= day);
  const isNear = date !== undefined && today >= addDays(date, -DEFAULT_LEAD.n);
  return isNear ? { person: undefined, date, state: today === date ? 'due' : 'soon' } : undefined;
}
