// Which steps are listed today, where, and what is said about each. Knows one client at a time; sorting is agenda's.

import type { ClientRecord } from '../book/book.ts';
import { type Book, isRemoved } from '../book/book.ts';
import { addDays, type Day, daysBetween } from '../day.ts';
import { workingDaysBetween } from './calendar.ts';
import type { Chase, EngagementItem, FutureEntry, HoldItem, StepItem } from './items.ts';
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
  /** As on the line. */
  readonly neededBy: Day | undefined;
  readonly toItem: () => StepItem;
};

/** The client's running engagements as they are today. */
export const runningSchedules = (setting: Setting, client: ClientRecord): readonly Schedule[] =>
  Object.entries(client.engagements ?? {})
    .filter(([, engagement]) => !isEnded(engagement, setting.today))
    .map(([id]) => scheduleOf(setting.book, setting.calendar, setting.today, client, id))
    .filter((schedule) => schedule !== undefined);

/** `acme/report`, or `acme/audit-2026/report` when several running engagements have such a step. */
export function stepRef(schedules: readonly Schedule[], schedule: Schedule, step: string): string {
  const isShared = schedules.some((it) => it.id !== schedule.id && it.steps.some((each) => each.plan.id === step));
  return isShared ? `${schedule.client.id}/${schedule.id}/${step}` : `${schedule.client.id}/${step}`;
}

/** Every open step of the engagements that are not on hold, each in its one place. */
export function placeSteps(
  setting: Setting,
  client: ClientRecord,
  schedules: readonly Schedule[],
  within: number,
): readonly PlacedStep[] {
  return schedules
    .filter((schedule) => schedule.hold === undefined)
    .flatMap((schedule) =>
      schedule.steps
        .filter((step) => step.state !== 'closed')
        .map((step): PlacedStep => {
          const chase = chaseOf(setting, client, schedule, step);
          const place = placeOf(setting, client, schedule, step, chase, within);
          return {
            place,
            owner: stepOwner(setting, client, schedule, step),
            neededBy: step.neededBy,
            toItem: () => toItem(setting, client, schedules, schedule, step, place, chase),
          };
        }),
    );
}

/** A person's id, `client` or `partner`. */
export const stepOwner = (
  setting: Setting,
  client: ClientRecord,
  schedule: Schedule,
  step: ScheduledStep,
): string | null => ownerOf(setting, client, step.plan.owner, schedule.engagement.owner);

const isOurs = (owner: string | null): boolean => owner !== 'client' && owner !== 'partner';

function chaseOf(setting: Setting, client: ClientRecord, schedule: Schedule, step: ScheduledStep): Chase | null {
  const { book, today } = setting;
  const isChased = step.state === 'ready' && stepOwner(setting, client, schedule, step) === 'client';
  if (!isChased || isPaused(client, today) || hasNoLog(book, client)) return null;
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

function placeOf(
  setting: Setting,
  client: ClientRecord,
  schedule: Schedule,
  step: ScheduledStep,
  chase: Chase | null,
  within: number,
): StepPlace {
  const { today } = setting;
  const ours = isOurs(stepOwner(setting, client, schedule, step));
  if (step.state === 'blocked') return ours && isLateInItsOwnRight(step, schedule, today) ? 'overdue' : 'blocked';
  if (step.rule === undefined) return 'no_due';
  const day = step.neededBy;
  if (step.due === undefined || day === undefined) return 'unscheduled';
  const isNear = day <= addDays(today, within);
  if (!ours) return isNear || chase ? 'waiting' : 'later';
  if (day < today) return 'overdue';
  if (day === today) return 'due_today';
  return isNear ? 'upcoming' : 'later';
}

/** A blocked step whose own day, not another step's, has passed: its day was set by hand, or hangs on no step. */
function isLateInItsOwnRight(step: ScheduledStep, schedule: Schedule, today: string): boolean {
  const { rule, due } = step;
  if (rule === undefined || due === undefined || due >= today) return false;
  const hangsOnStep = rule.kind === 'anchor' && schedule.steps.some((it) => it.plan.id === rule.anchor);
  return step.plan.handDue !== undefined || !hangsOnStep;
}

function toItem(
  setting: Setting,
  client: ClientRecord,
  schedules: readonly Schedule[],
  schedule: Schedule,
  step: ScheduledStep,
  place: StepPlace,
  chase: Chase | null,
): StepItem {
  const { today, calendar } = setting;
  const day = step.state === 'blocked' ? step.due : step.neededBy;
  // Key by key: a large practice has a hundred thousand of these, and spreading takes ten times as long.
  return {
    ref: stepRef(schedules, schedule, step.plan.id),
    client: client.id,
    client_name: client.name,
    owner: stepOwner(setting, client, schedule, step),
    engagement: schedule.id,
    step: step.plan.id,
    title: step.plan.title,
    due: step.due ?? null,
    needed_by: (place === 'no_due' || place === 'unscheduled' ? undefined : step.neededBy) ?? null,
    planned: step.planned ?? null,
    days_late: day === undefined ? null : daysBetween(day, today),
    working_days_late: day === undefined ? null : workingDaysBetween(calendar, day, today),
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
  const closed = schedule.steps.filter((step) => step.state === 'closed').length;
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
    closed,
    open: schedule.steps.length - closed,
    on_hold: schedule.hold !== undefined,
  };
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

/** Closing days and ends that have not come. */
export function futureInEngagements(setting: Setting, client: ClientRecord): readonly FutureEntry[] {
  const { today } = setting;
  return Object.entries(client.engagements ?? {}).flatMap(([id, engagement]): readonly FutureEntry[] => {
    const at = ['engagements', id];
    const ended = engagement.ended !== undefined && engagement.ended > today;
    const steps = Object.entries(engagement.steps ?? {}).flatMap(([step, progress]): readonly FutureEntry[] =>
      (['done', 'skipped'] as const).flatMap((key) => {
        const day = progress[key];
        const path = [...at, 'steps', step, key];
        return day !== undefined && day > today ? [{ file: client.file, path, what: `\`${key}\``, day }] : [];
      }),
    );
    return ended && engagement.ended
      ? [...steps, { file: client.file, path: [...at, 'ended'], what: '`ended`', day: engagement.ended }]
      : steps;
  });
}
