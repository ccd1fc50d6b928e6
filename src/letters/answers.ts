// Whether a client has answered a reminder: what came in since it fell due, or since the last one went out.
import type { Day } from '../day.ts';
import { isMade, stepNamedBy } from '../engine/contact.ts';
import type { Rung } from '../engine/ladder.ts';
import type { Schedule, ScheduledStep } from '../engine/schedule.ts';
import type { Touch } from '../records/touches.ts';
import type { Facts } from './facts.ts';

/** The latest that came in: since the last reminder about anything; before any, about the step since it or the reminder fell due. */
export function hasAnswered(
  { book, client, today }: Facts,
  schedule: Schedule,
  step: ScheduledStep,
  rung: Rung | undefined,
): { readonly touch: Touch } | undefined {
  const touches = book.logs.get(client.id)?.touches ?? [];
  const isOfStep = (touch: Touch): boolean => {
    const named = touch.step === undefined ? undefined : stepNamedBy(book, client, touch.step);
    return named?.engagement === schedule.id && named.step === step.plan.id;
  };
  const reminders = touches.filter((it) => it.kind === 'chase' && isMade(it, today) && isOfStep(it));
  const last = reminders.toSorted(byDay).at(-1);
  const since = earliest(step.due, rung?.day);
  const answers = touches.filter((it) => {
    if (it.in !== true || it.date > today) return false;
    if (last) return byDay(last, it) < 0;
    return isOfStep(it) && since !== undefined && it.date >= since;
  });
  const touch = answers.toSorted(byDay).at(-1);
  return touch && { touch };
}

const byDay = (a: Touch, b: Touch): number => (a.date === b.date ? a.at - b.at : a.date < b.date ? -1 : 1);

const earliest = (a: Day | undefined, b: Day | undefined): Day | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;
