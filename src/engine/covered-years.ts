// Years for which no closed day is written, and what falls in them: their working days are a guess. Knows no wording.

import { type Day, yearOf } from '../day.ts';
import type { Practice } from '../records/practice.ts';
import type { Schedule } from './schedule.ts';

export type UncoveredYear = {
  readonly year: number /** Reference of the first thing that falls in it. */;
  readonly what: string;
};

/** Years in which an entry of `closed` begins. */
export const coveredYears = (practice: Practice): ReadonlySet<number> =>
  new Set((practice.calendar?.closed ?? []).map((range) => yearOf(range.from)));

/** Each year once, with the first that falls in it. */
export function uncoveredYears(
  covered: ReadonlySet<number>,
  days: Iterable<readonly [day: Day | undefined, what: string]>,
): readonly UncoveredYear[] {
  const found = new Map<number, string>();
  for (const [day, what] of days) {
    const year = day === undefined ? undefined : yearOf(day);
    if (year !== undefined && !covered.has(year) && !found.has(year)) found.set(year, what);
  }
  return [...found].map(([year, what]) => ({ year, what }));
}

/** The days on which the open steps are due and likely to be closed. */
export function* openDays(schedules: readonly Schedule[]): Generator<readonly [Day | undefined, string]> {
  for (const { client, id, steps } of schedules)
    for (const step of steps) {
      if (step.closed !== undefined) continue;
      const what = `${client.id}/${id}/${step.plan.id}`;
      yield [step.due, what];
      yield [step.forecast, what];
    }
}
