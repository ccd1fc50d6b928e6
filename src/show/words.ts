// Small pieces of English that documents share: hours, days, lists.
import { type Day, formatDate, formatDay, yearOf } from '../day.ts';

/** `4.5h`, `20h`, from minutes; to a tenth of an hour. */
export const hoursText = (minutes: number): string => `${Math.round(minutes / 6) / 10}h`;

export const roundTo2 = (value: number): number => Math.round((value + Number.EPSILON) * 100) / 100;

/** `Mon 7 Dec`, with its year when it is not this one. */
export const shortDay = (day: Day, today: Day): string =>
  yearOf(day) === yearOf(today) ? formatDay(day) : `${formatDay(day)} ${yearOf(day)}`;

/** `7 Dec`, likewise. */
export const bareDay = (day: Day, today: Day): string =>
  yearOf(day) === yearOf(today) ? formatDate(day) : `${formatDate(day)} ${yearOf(day)}`;

/** The first few, and how many more. */
export function listed(all: readonly string[], most = 8): string {
  const rest = all.length - most;
  return rest > 0 ? `${all.slice(0, most).join(', ')} and ${rest} more` : all.join(', ');
}
