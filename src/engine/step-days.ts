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
  const anchorOf = anchors(plan);
  const planned: DayAt = once(
    plan.steps.length,
    (at, need) => need(anchorOf(plan.steps[at]?.planDue)),
    (at) => {
      const rule = plan.steps[at]?.planDue;
      return rule && follow(rule, practiceCalendar, planned);
    },
  );
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
  const anchorOf = anchors(plan);
  const due: DayAt = once(
    steps.length,
    (at, need) => need(anchorOf(ruleOf(steps[at] as PlannedStep))),
    (at) => {
      const rule = ruleOf(steps[at] as PlannedStep);
      return rule && follow(rule, calendar, reached);
    },
  );
  const reached = (at: number): Day | undefined => {
    const day = closed[at];
    if (day !== undefined) return day;
    const own = due(at);
    return own && later(own, today);
  };
  const forecast: DayAt = once(
    steps.length,
    (at, need) => {
      if (closed[at] !== undefined) return;
      const step = steps[at] as PlannedStep;
      need(anchorOf(ruleOf(step)));
      for (const id of step.after) need(places.get(id));
    },
    (at) => closed[at] ?? likely(at),
  );
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
  return { closed, planned, due, forecast };
}

type DayAt = (at: number) => Day | undefined;

/** The step that a rule counts from. */
const anchors =
  ({ places }: Plan) =>
  (rule: Due | undefined): number | undefined =>
    rule?.kind === 'anchor' && rule.anchor !== 'start' ? places.get(rule.anchor) : undefined;

/**
 * Each day calculated once, null until then; those that it takes come first, for a file may chain thousands of steps. One that
 * needs itself is undefined, so that a circle of steps ends.
 */
function once(
  length: number,
  needs: (at: number, need: (other: number | undefined) => void) => void,
  calculate: DayAt,
): DayAt {
  const days = filled<Day | undefined | null>(length, null);
  /** Steps to be begun and, as their complements, to be calculated. */
  const open: number[] = [];
  const need = (other: number | undefined): void => {
    if (other !== undefined && days[other] === null) open.push(other);
  };
  return (wanted) => {
    if (days[wanted] !== null) return days[wanted];
    open.push(wanted);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at < 0) days[~at] = calculate(~at);
      else if (days[at] === null) {
        days[at] = undefined;
        open.push(~at);
        needs(at, need);
      }
    }
    return days[wanted] ?? undefined;
  };
}

/** Not by `map`: what that makes changes its shape when V8 compiles it. */
const filled = <T>(length: number, value: T): T[] => new Array<T>(length).fill(value);

const later = (day: Day, other: Day | undefined): Day => (other !== undefined && other > day ? other : day);
