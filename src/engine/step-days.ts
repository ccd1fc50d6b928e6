// The days of one engagement's steps: planned, due and forecast, each calculated once. Knows nothing of what is listed.
import type { Plan, PlannedStep } from '../book/plan.ts';
import type { Day } from '../day.ts';
import type { Engagement } from '../records/client.ts';
import type { Due } from '../records/languages.ts';
import { addOffset, type Calendar, nearestWorking } from './calendar.ts';

/** Days of steps, which are named by where they are in the plan: reports ask for a million of them. */
export type StepDays = {
  readonly closed: readonly (Day | undefined)[];
  readonly planned: (at: number) => Day | undefined;
  readonly due: (at: number) => Day | undefined;
  readonly forecast: (at: number) => Day | undefined;
  /** Where the open steps are that come after it, directly or through others; the nearest first. */
  readonly holdsUp: (at: number) => readonly number[];
};

export const ruleOf = (step: PlannedStep): Due | undefined => step.handDue ?? step.planDue;

/** Closed on a day that has come: one in the future is a problem, and its step counts as open. */
function closedOn(step: PlannedStep, today: Day): Day | undefined {
  const day = step.done ?? step.skipped;
  return day !== undefined && day <= today ? day : undefined;
}

/** Calculates the day that a rule gives; `ofStep` says which day of a step counts for one that is tied to it. */
type Follow = (rule: Due, on: Calendar, ofStep: DayAt) => Day | undefined;

const follower =
  ({ places, milestones }: Plan, { started }: Engagement): Follow =>
  (rule, on, ofStep) => {
    if (rule.kind === 'day') return rule.day;
    const place = rule.anchor === 'start' ? undefined : places.get(rule.anchor);
    const ofPlan = rule.anchor === 'start' ? started : milestones[rule.anchor];
    const anchor = place === undefined ? ofPlan : ofStep(place);
    return anchor && addOffset(on, anchor, rule.sign, rule.offset);
  };

/** As if everything closed on its planned day: knows no today, no hold and no day written by hand. */
export function plannedDays(plan: Plan, engagement: Engagement, practiceCalendar: Calendar): DayAt {
  const follow = follower(plan, engagement);
  const planned: DayAt = once(plan.steps.length, (at) => {
    const rule = plan.steps[at]?.planDue;
    return rule && follow(rule, practiceCalendar, planned);
  });
  return planned;
}

/** `calendar`: the practice's with the engagement's holds closed. */
export function daysOf(
  plan: Plan,
  engagement: Engagement,
  today: Day,
  practiceCalendar: Calendar,
  calendar: Calendar,
): StepDays {
  const { steps, places } = plan;
  const closed: (Day | undefined)[] = [];
  for (const step of steps) closed.push(closedOn(step, today));
  const soonest = nearestWorking(calendar, today, 1);
  const follow = follower(plan, engagement);
  const planned = plannedDays(plan, engagement, practiceCalendar);
  const due: DayAt = once(steps.length, (at) => {
    const rule = ruleOf(steps[at] as PlannedStep);
    return rule && follow(rule, calendar, reached);
  });
  const reached = (at: number): Day | undefined => {
    const day = closed[at];
    if (day !== undefined) return day;
    const own = due(at);
    return own && later(own, today);
  };
  const forecast: DayAt = once(steps.length, (at) => closed[at] ?? likely(at));
  const likely = (at: number): Day | undefined => {
    const step = steps[at] as PlannedStep;
    const rule = ruleOf(step);
    const own = due(at);
    if (rule !== undefined && own === undefined) return undefined;
    // A step due before its anchor does not come after it.
    const anchor = rule?.kind === 'anchor' && rule.sign === '+' ? places.get(rule.anchor) : undefined;
    let day = later(soonest, own);
    // An anchor that is likely on the day it counts with for `due` makes the same day again.
    if (rule && anchor !== undefined && forecast(anchor) !== reached(anchor))
      day = later(day, follow(rule, calendar, forecast));
    for (const id of step.after) {
      const place = places.get(id);
      if (place === undefined) continue;
      const before = forecast(place);
      if (before === undefined) return undefined;
      day = later(day, before);
    }
    return day;
  };
  return { closed, planned, due, forecast, holdsUp: chainOf(plan, closed) };
}

type DayAt = (at: number) => Day | undefined;

/** Each day calculated once, null until then. One that needs itself is undefined, so that a circle of steps ends. */
function once(length: number, workOut: DayAt): DayAt {
  const days = filled<Day | undefined | null>(length, null);
  return (at) => {
    const known = days[at];
    if (known !== null) return known;
    days[at] = undefined;
    const day = workOut(at);
    days[at] = day;
    return day;
  };
}

/** Not by `map`: what that makes changes its shape when V8 compiles it. */
const filled = <T>(length: number, value: T): T[] => new Array<T>(length).fill(value);

const later = (day: Day, other: Day | undefined): Day => (other !== undefined && other > day ? other : day);

export const NOTHING: readonly number[] = [];

/** Which open steps come after one. */
function chainOf({ steps, places }: Plan, closed: StepDays['closed']): StepDays['holdsUp'] {
  const followers = filled<number[] | undefined>(steps.length, undefined);
  for (let at = 0; at < steps.length; at++) {
    if (closed[at] !== undefined) continue;
    for (const id of (steps[at] as PlannedStep).after) {
      const before = places.get(id);
      if (before === undefined) continue;
      const known = followers[before];
      if (known) known.push(at);
      else followers[before] = [at];
    }
  }
  /** From which step each was last found. */
  const foundFrom = filled(steps.length, -1);
  return (at) => {
    if (followers[at] === undefined) return NOTHING;
    const found: number[] = [];
    for (let next = -1, before = at; ; before = found[next] as number) {
      for (const follower of followers[before] ?? NOTHING) {
        if (follower === at || foundFrom[follower] === at) continue;
        foundFrom[follower] = at;
        found.push(follower);
      }
      next += 1;
      if (next === found.length) return found;
    }
  };
}
