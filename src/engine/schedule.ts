// One engagement on one day: the state and the days of each of its steps, and its ends. Knows no section of any report.

import type { Book, ClientRecord } from '../book/book.ts';
import { engagementOf, type Plan, type PlannedStep, planOf } from '../book/plan.ts';
import { addDays, type Day } from '../day.ts';
import type { Engagement, Hold } from '../records/client.ts';
import type { Due } from '../records/languages.ts';
import { addOffset, type Calendar, type Span, withHolds, workingDaysBetween } from './calendar.ts';
import { chainOf, type StepChain } from './step-chain.ts';
import { daysOf, plannedDays, ruleOf, type StepDays } from './step-days.ts';

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
  /** When it is likely to be closed; for a closed step the day it was. Undefined while it, or one before it, is unscheduled. */
  readonly forecast: Day | undefined;
  /** Open steps that it comes directly after. */
  readonly waitsFor: readonly string[];
  /** How many open steps come after it, directly or through others. */
  readonly blocks: number;
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
  /** Open steps that come after this one, directly or through others; the nearest first. */
  readonly holdsUp: (step: ScheduledStep) => readonly string[];
  /** The hold that covers today. */
  readonly hold: Hold | undefined;
  readonly plannedEnd: Day | undefined;
  readonly promised: Day | undefined;
  /** Undefined while an open step is unscheduled: `missing` says which days it takes. */
  readonly forecastEnd: Day | undefined;
  /** Milestones without a date and steps without a deadline that open steps count from. */
  readonly missing: readonly string[];
  /** Working days of the engagement from promised to forecast end; negative when early. */
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

/** Of several that cover today the one that began first. */
const currentHold = (engagement: Engagement, today: Day): Hold | undefined =>
  engagement.holds
    ?.filter((hold) => hold.from <= today && (hold.to === undefined || today <= hold.to))
    .reduce<Hold | undefined>(
      (first, hold) => (first === undefined || hold.from < first.from ? hold : first),
      undefined,
    );

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
  const chain = chainOf(plan, days.closed, days.due);
  const steps: ScheduledStep[] = [];
  let plannedEnd: Day | undefined;
  let lastForecast: Day | undefined;
  for (let at = 0; at < plan.steps.length; at++) {
    const step = scheduled(plan, at, days, chain, engagement);
    steps.push(step);
    const { planned, forecast } = step;
    if (planned !== undefined && (plannedEnd === undefined || planned > plannedEnd)) plannedEnd = planned;
    if (forecast !== undefined && (lastForecast === undefined || forecast > lastForecast)) lastForecast = forecast;
  }
  const missing = missingDays(plan, steps);
  const forecastEnd = missing.length === 0 ? lastForecast : undefined;
  const promised = promisedEnd(engagement, plan, practiceCalendar);
  return {
    client,
    id,
    engagement,
    plan,
    calendar,
    steps,
    holdsUp: ({ plan: { id: step } }) =>
      chain.list(plan.places.get(step) ?? -1).map((at) => (plan.steps[at] as PlannedStep).id),
    hold: currentHold(engagement, today),
    plannedEnd,
    promised,
    forecastEnd,
    missing,
    slip: promised && forecastEnd ? workingDaysBetween(calendar, promised, forecastEnd) : undefined,
  };
}

/** Open and without the day that its rule counts from. */
const isUnscheduled = (step: ScheduledStep): boolean =>
  step.state !== 'closed' && step.rule !== undefined && step.due === undefined;

/** Each once, in the order of the steps that lack them. */
function missingDays({ places }: Plan, steps: readonly ScheduledStep[]): readonly string[] {
  const missing = new Set<string>();
  const seen = new Set<ScheduledStep>();
  for (const step of steps) {
    if (!isUnscheduled(step)) continue;
    let current: ScheduledStep | undefined = step;
    // Back along the anchors to the one that has no day: a milestone, or an open step without a deadline.
    while (current && current.state !== 'closed' && current.due === undefined && !seen.has(current)) {
      const rule: Due | undefined = current.rule;
      if (rule === undefined) {
        if (current !== step) missing.add(current.plan.id);
        break;
      }
      seen.add(current);
      if (rule.kind !== 'anchor') break;
      const place = places.get(rule.anchor);
      if (place === undefined) missing.add(rule.anchor);
      current = place === undefined ? undefined : steps[place];
    }
  }
  return [...missing];
}

/** The steps that nothing closes, whatever today is, with the days they are planned for. */
export function openPlannedDays(
  book: Book,
  practiceCalendar: Calendar,
  client: ClientRecord,
  id: string,
): readonly { readonly step: string; readonly day: Day }[] {
  const engagement = engagementOf(client, id);
  const plan = planOf(book, client, id);
  if (!engagement || !plan || (engagement.offer && !plan.offer)) return [];
  const planned = plannedDays(plan, engagement, practiceCalendar);
  return plan.steps.flatMap((step, at) => {
    const day = step.done === undefined && step.skipped === undefined ? planned(at) : undefined;
    return day === undefined ? [] : [{ step: step.id, day }];
  });
}

const NO_STEPS: readonly string[] = [];

function scheduled(
  { steps, places }: Plan,
  at: number,
  days: StepDays,
  chain: StepChain,
  engagement: Engagement,
): ScheduledStep {
  const step = steps[at] as PlannedStep;
  const closed = days.closed[at];
  const due = days.due(at);
  const waitsFor =
    closed || step.after.length === 0
      ? NO_STEPS
      : step.after.filter((id) => days.closed[places.get(id) ?? -1] === undefined);
  return {
    plan: step,
    state: closed ? 'closed' : waitsFor.length > 0 ? 'blocked' : 'ready',
    closed,
    planned: days.planned(at),
    rule: ruleOf(step),
    due,
    forecast: days.forecast(at),
    waitsFor,
    blocks: chain.count(at),
    neededBy: chain.earliest(at),
    startsLate: due !== undefined && due < engagement.started,
  };
}

/** The day after which an open hold without a review day is looked at again. */
export const reviewDay = (hold: Hold): Day => hold.review ?? addDays(hold.from, 14);
