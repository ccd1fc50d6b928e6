// One engagement on one day: the state and the days of each of its steps, and its ends. Knows no section of any report.

import type { Book, ClientRecord } from '../book/book.ts';
import { engagementOf, type Plan, type PlannedStep, planOf } from '../book/plan.ts';
import { addDays, type Day } from '../day.ts';
import type { Engagement, Hold } from '../records/client.ts';
import type { Due } from '../records/languages.ts';
import { addOffset, type Calendar, nearestWorking, type Span, withHolds, workingDaysBetween } from './calendar.ts';

export type ScheduledStep = {
  readonly plan: PlannedStep;
  readonly state: 'closed' | 'ready' | 'blocked';
  /** The day it was done or skipped; undefined while open. */
  readonly closed: Day | undefined;
  /** As if everything closed on its planned day, by the present offer and calendar. */
  readonly planned: Day | undefined;
  /** The rule in force: the hand-written one, else the plan's. */
  readonly rule: Due | undefined;
  readonly due: Day | undefined;
  /** When it is likely to be closed; for a closed step the day it was. */
  readonly forecast: Day;
  /** Open steps that it comes directly after. */
  readonly waitsFor: readonly string[];
  /** Open steps that come after it, directly or through others. */
  readonly holdsUp: readonly string[];
  /** The earliest due day among itself and the steps it holds up. */
  readonly neededBy: Day | undefined;
  /** Due before the engagement started. */
  readonly startsLate: boolean;
};

export type Schedule = {
  readonly client: ClientRecord;
  readonly id: string;
  readonly engagement: Engagement;
  readonly plan: Plan;
  /** The practice's calendar with this engagement's holds closed. */
  readonly calendar: Calendar;
  readonly steps: readonly ScheduledStep[];
  /** The hold that covers today. */
  readonly hold: Hold | undefined;
  readonly plannedEnd: Day | undefined;
  readonly promised: Day | undefined;
  readonly forecastEnd: Day | undefined;
  /** Working days from promised to forecast end; negative when early. */
  readonly slip: number | undefined;
};

/** Ended on a day that has come. */
export const isEnded = (engagement: Engagement, today: Day): boolean =>
  engagement.ended !== undefined && engagement.ended <= today;

/** The days a hold has taken so far, or will by its `to`; none before an open one begins. */
function heldSpan(hold: Hold, today: Day): readonly Span[] {
  const to = hold.to ?? today;
  return to < hold.from ? [] : [{ from: hold.from, to }];
}

const NO_SPANS: readonly Span[] = [];

export const heldSpans = (engagement: Engagement, today: Day): readonly Span[] =>
  engagement.holds?.flatMap((hold) => heldSpan(hold, today)) ?? NO_SPANS;

const currentHold = (engagement: Engagement, today: Day): Hold | undefined =>
  engagement.holds?.find((hold) => hold.from <= today && (hold.to === undefined || today <= hold.to));

/** The last move by its day, else the promise first made, else the length promised with the offer. */
function promisedEnd(engagement: Engagement, plan: Plan, calendar: Calendar): Day | undefined {
  const moves = engagement.moves?.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.at - b.at));
  const target = plan.offer?.target;
  return (
    moves?.at(-1)?.promised ??
    engagement.promised ??
    (target === undefined ? undefined : addOffset(calendar, engagement.started, '+', target))
  );
}

/** Closed on a day that has come: one in the future is a problem, and its step counts as open. */
function closedOn(step: PlannedStep, today: Day): Day | undefined {
  const day = step.done ?? step.skipped;
  return day !== undefined && day <= today ? day : undefined;
}

/** `undefined` when there is no such engagement, or its offer is not in the Book: then none of its days can be trusted. */
export function scheduleOf(
  book: Book,
  practiceCalendar: Calendar,
  today: Day,
  client: ClientRecord,
  id: string,
): Schedule | undefined {
  const engagement = engagementOf(client, id);
  const plan = planOf(book, client, id);
  if (!engagement || !plan || (engagement.offer && !plan.offer)) return undefined;
  const calendar = withHolds(practiceCalendar, heldSpans(engagement, today));
  const days = daysOf(plan, engagement, today, practiceCalendar, calendar);
  const steps: ScheduledStep[] = [];
  let plannedEnd: Day | undefined;
  let forecastEnd: Day | undefined;
  for (let at = 0; at < plan.steps.length; at++) {
    const step = scheduled(plan, at, days, engagement);
    steps.push(step);
    const { planned, forecast } = step;
    if (planned !== undefined && (plannedEnd === undefined || planned > plannedEnd)) plannedEnd = planned;
    if (forecastEnd === undefined || forecast > forecastEnd) forecastEnd = forecast;
  }
  const promised = promisedEnd(engagement, plan, practiceCalendar);
  return {
    client,
    id,
    engagement,
    plan,
    calendar,
    steps,
    hold: currentHold(engagement, today),
    plannedEnd,
    promised,
    forecastEnd,
    slip: promised && forecastEnd ? workingDaysBetween(practiceCalendar, promised, forecastEnd) : undefined,
  };
}

/** The open steps of an engagement that have a due day, and that day; what else there is to know of them takes longer. */
export function openDueDays(
  book: Book,
  practiceCalendar: Calendar,
  today: Day,
  client: ClientRecord,
  id: string,
): readonly { readonly step: string; readonly due: Day }[] {
  const engagement = engagementOf(client, id);
  const plan = planOf(book, client, id);
  if (!engagement || !plan || (engagement.offer && !plan.offer)) return [];
  const calendar = withHolds(practiceCalendar, heldSpans(engagement, today));
  const days = daysOf(plan, engagement, today, practiceCalendar, calendar);
  return plan.steps.flatMap(({ id: step }, at) => {
    const due = days.closed[at] === undefined ? days.due(at) : undefined;
    return due === undefined ? [] : [{ step, due }];
  });
}

/** Days of steps, which are named by where they are in the plan: reports ask for a million of them. */
type Days = {
  readonly closed: readonly (Day | undefined)[];
  readonly planned: (at: number) => Day | undefined;
  readonly due: (at: number) => Day | undefined;
  readonly forecast: (at: number) => Day;
  /** Where the open steps are that come after it, directly or through others; the nearest first. */
  readonly holdsUp: (at: number) => readonly number[];
};

const ruleOf = (step: PlannedStep): Due | undefined => step.handDue ?? step.planDue;

function daysOf(plan: Plan, engagement: Engagement, today: Day, practiceCalendar: Calendar, calendar: Calendar): Days {
  const { steps, places, milestones } = plan;
  const closed: (Day | undefined)[] = [];
  for (const step of steps) closed.push(closedOn(step, today));
  const soonest = nearestWorking(calendar, today, 1);

  /** The day that a rule makes; `ofStep` says which day of a step counts for one that hangs on it. */
  const follow = (rule: Due, on: Calendar, ofStep: (at: number) => Day | undefined): Day | undefined => {
    if (rule.kind === 'day') return rule.day;
    const place = rule.anchor === 'start' ? undefined : places.get(rule.anchor);
    const ofPlan = rule.anchor === 'start' ? engagement.started : milestones[rule.anchor];
    const anchor = place === undefined ? ofPlan : ofStep(place);
    return anchor && addOffset(on, anchor, rule.sign, rule.offset);
  };

  const planned: DayAt = once(steps.length, (at) => {
    const rule = steps[at]?.planDue;
    return rule && follow(rule, practiceCalendar, planned);
  });
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
  const ends: DayAt = once(steps.length, (at) => closed[at] ?? likely(at));
  const forecast = (at: number): Day => ends(at) ?? soonest;
  const likely = (at: number): Day => {
    const step = steps[at] as PlannedStep;
    const rule = ruleOf(step);
    const anchor = rule?.kind === 'anchor' ? places.get(rule.anchor) : undefined;
    let day = later(soonest, due(at));
    // An anchor that is likely on the day it counts with for `due` makes the same day again.
    if (rule && anchor !== undefined && forecast(anchor) !== reached(anchor))
      day = later(day, follow(rule, calendar, forecast));
    for (const id of step.after) {
      const place = places.get(id);
      if (place !== undefined) day = later(day, forecast(place));
    }
    return day;
  };
  return { closed, planned, due, forecast, holdsUp: chainOf(plan, closed) };
}

type DayAt = (at: number) => Day | undefined;

/** Each day worked out once, null until then. One that needs itself is undefined, so that a circle of steps ends. */
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

const NOTHING: readonly number[] = [];

/** Which open steps come after one. */
function chainOf({ steps, places }: Plan, closed: Days['closed']): Days['holdsUp'] {
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

const NO_STEPS: readonly string[] = [];

function scheduled({ steps, places }: Plan, at: number, days: Days, engagement: Engagement): ScheduledStep {
  const step = steps[at] as PlannedStep;
  const closed = days.closed[at];
  const due = days.due(at);
  const waitsFor =
    closed || step.after.length === 0
      ? NO_STEPS
      : step.after.filter((id) => days.closed[places.get(id) ?? -1] === undefined);
  const followers = closed ? NOTHING : days.holdsUp(at);
  let neededBy = due;
  for (const follower of followers) {
    const day = days.due(follower);
    if (day !== undefined && (neededBy === undefined || day < neededBy)) neededBy = day;
  }
  return {
    plan: step,
    state: closed ? 'closed' : waitsFor.length > 0 ? 'blocked' : 'ready',
    closed,
    planned: days.planned(at),
    rule: ruleOf(step),
    due,
    forecast: days.forecast(at),
    waitsFor,
    holdsUp: followers.length === 0 ? NO_STEPS : followers.map((follower) => (steps[follower] as PlannedStep).id),
    neededBy,
    startsLate: due !== undefined && due < engagement.started,
  };
}

/** The day after which an open hold without a review day is looked at again. */
export const reviewDay = (hold: Hold): Day => hold.review ?? addDays(hold.from, 14);
