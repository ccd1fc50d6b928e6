// One engagement on one day: the state and the days of each of its steps, and its ends. Knows no section of any report.

import type { Book, ClientRecord } from '../book/book.ts';
import { engagementOf, type Plan, type PlannedStep, planOf } from '../book/plan.ts';
import { addDays, type Day, maxDay, minDay } from '../day.ts';
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

export const heldSpans = (engagement: Engagement, today: Day): readonly Span[] =>
  (engagement.holds ?? []).flatMap((hold) => heldSpan(hold, today));

const currentHold = (engagement: Engagement, today: Day): Hold | undefined =>
  engagement.holds?.find((hold) => hold.from <= today && (hold.to === undefined || today <= hold.to));

/** The last move by its day, else the promise first made, else the length promised with the offer. */
function promisedEnd(engagement: Engagement, plan: Plan, calendar: Calendar): Day | undefined {
  const moves = (engagement.moves ?? []).toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.at - b.at));
  const target = plan.offer?.target;
  return (
    moves.at(-1)?.promised ??
    engagement.promised ??
    (target === undefined ? undefined : addOffset(calendar, engagement.started, '+', target))
  );
}

/** Closed on a day that has come: one in the future is a problem, and its step counts as open. */
export function closedOn(step: PlannedStep, today: Day): Day | undefined {
  const day = step.done ?? step.skipped;
  return day !== undefined && day <= today ? day : undefined;
}

/** Looks each value up once; a value that needs itself is undefined, so that a circle of steps ends. */
function memo<T>(compute: (id: string) => T | undefined): (id: string) => T | undefined {
  const known = new Map<string, T | undefined>();
  return (id) => {
    if (known.has(id)) return known.get(id);
    known.set(id, undefined);
    const value = compute(id);
    known.set(id, value);
    return value;
  };
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
  const steps = plan.steps.map((step) => scheduled(step, days, engagement));
  const promised = promisedEnd(engagement, plan, practiceCalendar);
  const forecastEnd = latest(steps.map((step) => step.forecast));
  return {
    client,
    id,
    engagement,
    plan,
    calendar,
    steps,
    hold: currentHold(engagement, today),
    plannedEnd: latest(steps.map((step) => step.planned)),
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
  return plan.steps.flatMap(({ id: step }) => {
    const due = days.closed(step) === undefined ? days.due(step) : undefined;
    return due === undefined ? [] : [{ step, due }];
  });
}

const latest = (days: readonly (Day | undefined)[]): Day | undefined => {
  const known = days.filter((day) => day !== undefined);
  return known.length === 0 ? undefined : maxDay(known[0] as Day, ...known);
};

type DayOf = (id: string) => Day | undefined;

type Days = {
  readonly closed: (id: string) => Day | undefined;
  readonly planned: (id: string) => Day | undefined;
  readonly due: (id: string) => Day | undefined;
  readonly forecast: (id: string) => Day;
  readonly holdsUp: (id: string) => readonly string[];
};

const ruleOf = (step: PlannedStep): Due | undefined => step.handDue ?? step.planDue;

function daysOf(plan: Plan, engagement: Engagement, today: Day, practiceCalendar: Calendar, calendar: Calendar): Days {
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const closedDays = new Map(plan.steps.map((step) => [step.id, closedOn(step, today)]));
  const closed = (id: string) => closedDays.get(id);
  const soonest = nearestWorking(calendar, today, 1);

  /** The day an anchor stands for; `ofStep` says which day counts for a step. */
  const anchorDay = (anchor: string, ofStep: (id: string) => Day | undefined): Day | undefined => {
    if (anchor === 'start') return engagement.started;
    return byId.has(anchor) ? ofStep(anchor) : plan.milestones[anchor];
  };
  const follow = (rule: Due | undefined, on: Calendar, ofStep: (id: string) => Day | undefined): Day | undefined => {
    if (rule === undefined) return undefined;
    if (rule.kind === 'day') return rule.day;
    const anchor = anchorDay(rule.anchor, ofStep);
    return anchor && addOffset(on, anchor, rule.sign, rule.offset);
  };

  const planned: DayOf = memo<Day>((id) => follow(byId.get(id)?.planDue, practiceCalendar, planned));
  const due: DayOf = memo<Day>((id) => {
    const step = byId.get(id);
    return step && follow(ruleOf(step), calendar, reached);
  });
  const reached = (id: string): Day | undefined => {
    const own = closed(id) ?? due(id);
    return closed(id) ?? (own && maxDay(own, today));
  };
  const forecasts = memo<Day>((id) => {
    const step = byId.get(id);
    const done = closed(id);
    if (!step || done) return done;
    const rule = ruleOf(step);
    const fromAnchor = rule?.kind === 'anchor' && byId.has(rule.anchor) ? follow(rule, calendar, forecast) : undefined;
    const others = [due(id), fromAnchor, ...step.after.map(forecast)].filter((day) => day !== undefined);
    return maxDay(soonest, ...others);
  });
  const forecast = (id: string): Day => forecasts(id) ?? soonest;

  const followers = new Map<string, string[]>();
  for (const step of plan.steps) {
    if (closed(step.id)) continue;
    for (const before of step.after) followers.set(before, [...(followers.get(before) ?? []), step.id]);
  }
  const holdsUp = (id: string): readonly string[] => {
    const found = new Set<string>();
    const queue = [...(followers.get(id) ?? [])];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (next === id || found.has(next)) continue;
      found.add(next);
      queue.push(...(followers.get(next) ?? []));
    }
    return [...found];
  };
  return { closed, planned, due, forecast, holdsUp };
}

function scheduled(step: PlannedStep, days: Days, engagement: Engagement): ScheduledStep {
  const closed = days.closed(step.id);
  const due = days.due(step.id);
  const waitsFor = closed ? [] : step.after.filter((id) => days.closed(id) === undefined);
  const holdsUp = closed ? [] : days.holdsUp(step.id);
  const needed = [due, ...holdsUp.map(days.due)].filter((day) => day !== undefined);
  return {
    plan: step,
    state: closed ? 'closed' : waitsFor.length > 0 ? 'blocked' : 'ready',
    closed,
    planned: days.planned(step.id),
    rule: ruleOf(step),
    due,
    forecast: days.forecast(step.id),
    waitsFor,
    holdsUp,
    neededBy: needed.length === 0 ? undefined : minDay(needed[0] as Day, ...needed),
    startsLate: due !== undefined && due < engagement.started,
  };
}

/** The day after which an open hold without a review day is looked at again. */
export const reviewDay = (hold: Hold): Day => hold.review ?? addDays(hold.from, 14);
