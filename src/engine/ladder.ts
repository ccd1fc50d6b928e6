// The reminder ladder: which rung is current for a step the client owes us. Knows the rule, not how a reminder is written.
import type { Book, TouchLog } from '../book/book.ts';
import type { Day } from '../day.ts';
import { addOffset } from './calendar.ts';
import { isMade, stepNamedBy } from './contact.ts';
import type { Schedule, ScheduledStep } from './schedule.ts';

export type Rung = {
  readonly rung: string;
  readonly day: Day;
  readonly email: string | undefined;
  readonly script: string | undefined;
  readonly isLast: boolean;
};

/** The rungs of a step's ladder by their days; none when it has no ladder. */
export function rungsOf(book: Book, schedule: Schedule, step: ScheduledStep): readonly Rung[] {
  const ladder = step.plan.chase ?? book.service.chase;
  const { due } = step;
  if (ladder === undefined || ladder === 'none' || due === undefined) return [];
  const rungs = Object.entries(ladder).map(([rung, { when, email, script }]) => ({
    rung,
    day: addOffset(schedule.calendar, due, when.sign, when.offset),
    email,
    script,
  }));
  const sorted = rungs.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return sorted.map((each, i) => ({ ...each, isLast: i === sorted.length - 1 }));
}

/**
 * The last rung whose day has come, unless a `chase` touch for this step names it or a later one. Earlier rungs are never
 * shown again: after an absence there is one reminder, not a burst.
 */
export function currentRung(
  book: Book,
  log: TouchLog | undefined,
  schedule: Schedule,
  step: ScheduledStep,
  today: Day,
): Rung | undefined {
  const rungs = rungsOf(book, schedule, step);
  const at = rungs.findLastIndex((rung) => rung.day <= today);
  const current = rungs[at];
  if (!current) return undefined;
  const answers = new Set(rungs.slice(at).map((rung) => rung.rung));
  const isAnswered = log?.touches.some((touch) => {
    if (touch.kind !== 'chase' || touch.step === undefined || touch.rung === undefined) return false;
    if (!isMade(touch, today)) return false;
    const named = answers.has(touch.rung) ? stepNamedBy(book, schedule.client, touch.step) : undefined;
    return named?.engagement === schedule.id && named.step === step.plan.id;
  });
  return isAnswered ? undefined : current;
}
