// Which steps are listed today, where, and what is said about each. Knows one client at a time; sorting is agenda's.

import { type Book, type ClientRecord, isRemoved } from '../book/book.ts';
import { engagementOf } from '../book/plan.ts';
import { maybeElsewhere } from '../book/standing-steps.ts';
import { addDays, type Day, daysBetween } from '../day.ts';
import { workingDaysBetween } from './calendar.ts';
import type { Chase, EngagementItem, FinishItem, HoldItem, StepItem } from './items.ts';
import { currentRung } from './ladder.ts';
import { isEnded, reviewDay, type Schedule, type ScheduledStep, scheduleOf } from './schedule.ts';
import { isPaused, lineOf, ownerOf, type Setting } from './setting.ts';

/** Where a step stands in the morning. */
export type StepPlace =
  | 'overdue'
  | 'due_today'
  | 'upcoming'
  | 'waiting'
  | 'later'
  | 'blocked'
  | 'unscheduled'
  | 'no_due';

/** A step in its place; its line takes longer to make and is made when it is asked for. */
export type PlacedStep = {
  readonly place: StepPlace;
  readonly owner: string | null;
  /** The day by which it is placed, and from which its age counts. */
  readonly day: Day | undefined;
  readonly toItem: () => StepItem;
};

/** The client's running engagements as they are today. */
export function runningSchedules(setting: Setting, client: ClientRecord): readonly Schedule[] {
  const { book, calendar, today } = setting;
  const schedules: Schedule[] = [];
  for (const id in client.engagements) {
    const engagement = engagementOf(client, id);
    const schedule =
      engagement && !isEnded(engagement, today) ? scheduleOf(book, calendar, today, client, id) : undefined;
    if (schedule) schedules.push(schedule);
  }
  return schedules;
}

/**
 * `acme/report`, or `acme/audit-2026/report` when another running engagement has such a step, or may have one because it
 * cannot be read, or when an engagement is called `report`.
 */
export function stepNamer(
  { book, today }: Setting,
  client: ClientRecord,
  schedules: readonly Schedule[],
): (schedule: Schedule, step: string) => string {
  const isMaybeElsewhere = maybeElsewhere(book, client, today);
  return (schedule, step) => {
    const isShared =
      schedules.some((it) => it.id !== schedule.id && it.plan.places.has(step)) ||
      engagementOf(client, step) !== undefined ||
      isMaybeElsewhere(step);
    return isShared ? `${client.id}/${schedule.id}/${step}` : `${client.id}/${step}`;
  };
}

/** Every open step of the engagements that are not on hold, each in its one place. */
export function placeSteps(
  setting: Setting,
  client: ClientRecord,
  schedules: readonly Schedule[],
  within: number,
): readonly PlacedStep[] {
  const near = addDays(setting.today, within);
  const placed: PlacedStep[] = [];
  const refOf = stepNamer(setting, client, schedules);
  for (const schedule of schedules) {
    if (schedule.hold) continue;
    for (const step of schedule.steps) {
      if (step.state === 'closed') continue;
      const owner = stepOwner(setting, client, schedule, step);
      const chase = owner === 'client' ? chaseOf(setting, client, schedule, step) : null;
      const isSet = isAppointment(schedule, step);
      const day = placingDay(schedule, step);
      const place = placeOf(setting.today, schedule, step, { isOurs: isOurs(owner), isSet, day, chase, near });
      placed.push({
        place,
        owner,
        day,
        toItem: () => toItem(setting, refOf, schedule, step, day, owner, chase),
      });
    }
  }
  return placed;
}

/** A person's id, `client` or `partner`. */
export const stepOwner = (
  setting: Setting,
  client: ClientRecord,
  schedule: Schedule,
  step: ScheduledStep,
): string | null => ownerOf(setting, client, step.plan.owner, schedule.engagement.owner);

const isOurs = (owner: string | null): boolean => owner !== 'client' && owner !== 'partner';

/** The reminder for a step that the client owes. */
function chaseOf(setting: Setting, client: ClientRecord, schedule: Schedule, step: ScheduledStep): Chase | null {
  const { book, today } = setting;
  if (step.state !== 'ready' || isPaused(client, today) || hasNoLog(book, client)) return null;
  const rung = currentRung(book, book.logs.get(client.id), schedule, step, today);
  if (!rung) return null;
  const consequence = rung.isLast ? step.plan.expect?.if_late : undefined;
  return {
    rung: rung.rung,
    day: rung.day,
    days_late: daysBetween(rung.day, today),
    ...(rung.email === undefined ? {} : { email: rung.email }),
    ...(rung.script === undefined ? {} : { script: rung.script }),
    ...(consequence === undefined ? {} : { if_late: consequence }),
  };
}

/** The log exists and cannot be trusted: nothing may be said of when we were last in touch. */
export const hasNoLog = (book: Book, client: ClientRecord): boolean => isRemoved(book, 'touches', client.id);

/** The day by which a step is listed, and from which its age counts. */
export const placingDay = (schedule: Schedule, step: ScheduledStep): Day | undefined =>
  step.state === 'blocked' || isAppointment(schedule, step) ? step.due : step.neededBy;

type Placing = {
  readonly isOurs: boolean;
  /** An appointment. */
  readonly isSet: boolean;
  readonly day: Day | undefined;
  readonly chase: Chase | null;
  /** The last day that counts as near. */
  readonly near: Day;
};

function placeOf(today: Day, schedule: Schedule, step: ScheduledStep, placing: Placing): StepPlace {
  const { isOurs: ours, isSet, day, chase, near } = placing;
  if (step.state === 'blocked') {
    const isShown = (isSet && day !== undefined && day <= near) || (ours && isLateInItsOwnRight(step, schedule, today));
    if (!isShown) return 'blocked';
  }
  if (day === undefined) return step.rule === undefined ? 'no_due' : 'unscheduled';
  const isNear = day <= near;
  if (!ours) return isNear || chase ? 'waiting' : 'later';
  if (day < today) return 'overdue';
  if (day === today) return 'due_today';
  return isNear ? 'upcoming' : 'later';
}

const hangsOnStep = ({ rule }: ScheduledStep, { plan }: Schedule): boolean =>
  rule?.kind === 'anchor' && plan.places.has(rule.anchor);

/** A blocked step whose own day, not another step's, has passed: its day was set by hand, or hangs on no step. */
function isLateInItsOwnRight(step: ScheduledStep, schedule: Schedule, today: string): boolean {
  const { rule, due } = step;
  if (rule === undefined || due === undefined || due >= today) return false;
  return step.plan.handDue !== undefined || !hangsOnStep(step, schedule);
}

/**
 * A meeting or call on a day of its own, or what is due on a milestone itself: nobody may miss it because something else
 * is late. A day counted from the start or from another step is not set.
 */
function isAppointment(schedule: Schedule, step: ScheduledStep): boolean {
  const { rule, due, plan } = step;
  if (rule === undefined || due === undefined) return false;
  const isMeeting = plan.kind === 'meeting' || plan.kind === 'call';
  if (rule.kind === 'day') return isMeeting;
  if (rule.anchor === 'start' || hangsOnStep(step, schedule)) return false;
  return isMeeting || rule.offset.n === 0;
}

function toItem(
  { today }: Setting,
  refOf: ReturnType<typeof stepNamer>,
  schedule: Schedule,
  step: ScheduledStep,
  day: Day | undefined,
  owner: string | null,
  chase: Chase | null,
): StepItem {
  const { client } = schedule;
  // Key by key: a large practice has a hundred thousand of these, and spreading takes ten times as long.
  return {
    ref: refOf(schedule, step.plan.id),
    client: client.id,
    client_name: client.name,
    owner,
    engagement: schedule.id,
    step: step.plan.id,
    title: step.plan.title,
    due: step.due ?? null,
    needed_by: step.neededBy ?? null,
    planned: step.planned ?? null,
    days_late: day === undefined ? null : daysBetween(day, today),
    working_days_late: day === undefined ? null : workingDaysBetween(schedule.calendar, day, today),
    blocks: step.holdsUp.length,
    blocked_by: step.waitsFor,
    starts_late: step.startsLate,
    forecast_end: schedule.forecastEnd ?? null,
    promised: schedule.promised ?? null,
    slip_working_days: schedule.slip ?? null,
    chase,
    also_due: [],
    email: step.plan.email ?? null,
    script: step.plan.script ?? null,
  };
}

export function toEngagementItem(setting: Setting, schedule: Schedule): EngagementItem {
  const { client, id, engagement, plan } = schedule;
  let closed = 0;
  for (const step of schedule.steps) if (step.state === 'closed') closed += 1;
  return {
    ref: `${client.id}/${id}`,
    client: client.id,
    client_name: client.name,
    owner: ownerOf(setting, client, engagement.owner),
    engagement: id,
    offer: engagement.offer?.id ?? null,
    version: engagement.offer?.version ?? plan.offer?.version ?? null,
    started: engagement.started,
    planned_end: schedule.plannedEnd ?? null,
    promised: schedule.promised ?? null,
    forecast_end: schedule.forecastEnd ?? null,
    slip_working_days: schedule.slip ?? null,
    missing: schedule.missing,
    closed,
    open: schedule.steps.length - closed,
    on_hold: schedule.hold !== undefined,
  };
}

/** Everything is closed, and the engagement runs on. */
export function toFinishItem(setting: Setting, { client, id, engagement, steps }: Schedule): FinishItem | undefined {
  let last: Day | undefined;
  for (const { closed } of steps) {
    if (closed === undefined) return undefined;
    if (last === undefined || closed > last) last = closed;
  }
  if (last === undefined) return undefined;
  const line = lineOf(client, `${client.id}/${id}`, ownerOf(setting, client, engagement.owner));
  return { ...line, engagement: id, closed_on: last };
}

export function toHoldItem(setting: Setting, schedule: Schedule): HoldItem | undefined {
  const { client, id, engagement, hold } = schedule;
  if (!hold) return undefined;
  const review = reviewDay(hold);
  return {
    ...lineOf(client, `${client.id}/${id}`, ownerOf(setting, client, engagement.owner)),
    engagement: id,
    from: hold.from,
    age: daysBetween(hold.from, setting.today),
    review,
    review_due: review <= setting.today,
    why: hold.why,
    waiting_on: hold.waiting_on ?? null,
  };
}
