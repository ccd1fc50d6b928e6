// How many hours are ahead for each of us, by week, against those there are; and whether one more engagement fits. Knows no
// words and no screen.
import type { OfferRecord } from '../../book/book.ts';
import { addDays, type Day, maxDay } from '../../day.ts';
import { nearestWorking } from '../calendar.ts';
import type { Setting } from '../setting.ts';
import { contactMinutesPerYear } from './contact-cost.ts';
import { type Hours, spreadPiece, type Workers } from './hours.ts';
import { type Load, loadOf } from './load.ts';
import { ANYBODY, type Usual, usualCourse } from './usual.ts';
import { availableIn, mondayOf, type Worker, workersOf } from './worker.ts';

/** A week of the calendar; the first one counts from today on. `week` is its Monday. */
export type Week = { readonly week: Day; readonly from: Day; readonly to: Day };

export type PersonWeek = {
  readonly week: Day;
  /** Minutes; undefined where nobody wrote how many hours they have. */
  readonly available: number | undefined;
  readonly booked: number;
  readonly over: number | undefined;
};

export type PersonLoad = {
  readonly person: string;
  readonly hoursPerWeek: number | undefined;
  readonly weeks: readonly PersonWeek[];
  /** The first week in which at least a fifth of the hours is free. */
  readonly room: Day | undefined;
};

export type Capacity = {
  readonly weeks: readonly Week[];
  readonly people: readonly PersonLoad[];
  readonly load: Load;
  readonly addition: Addition | undefined;
};

export type Overbooked = { readonly person: string; readonly week: Day; readonly over: number };

/** One more engagement, which nobody has agreed to. Minutes. */
export type Addition = {
  readonly offer: string;
  readonly segment: string | undefined;
  readonly start: Day | undefined;
  readonly end: Day | undefined;
  /** The first day that was tried, and what stands in its way. */
  readonly tried: Day;
  readonly against: readonly Overbooked[];
  readonly noDay: readonly string[];
  readonly noEffort: readonly string[];
  /** Whether it would fit on that day too if the work on hold went on; undefined where nothing is on hold, or no day is free. */
  readonly fitsWithHeld: boolean | undefined;
  readonly contactsPerYear: number | undefined;
};

export type AdditionAsked = {
  readonly offer: OfferRecord;
  readonly from: Day;
  readonly segment: string | undefined;
  /** Of steps that the offer gives to nobody. */
  readonly owner: string | undefined;
};

/** A start is looked for this far ahead. */
const WEEKS_AHEAD = 26;
/** Minutes that are no more than the dust of division. */
const DUST = 1e-6;
const ROOM = 0.2;

function weeksFrom(today: Day, count: number): readonly Week[] {
  const monday = mondayOf(today);
  return Array.from({ length: count }, (_, n) => {
    const week = addDays(monday, n * 7);
    return { week, from: maxDay(week, today), to: addDays(week, 6) };
  });
}

export function capacityOf(setting: Setting, count: number, asked?: AdditionAsked): Capacity {
  const workers = workersOf(setting);
  const weeks = weeksFrom(setting.today, count);
  const shown = weeks.at(-1)?.to ?? setting.today;
  const reach = asked ? maxDay(shown, reachOf(setting, asked)) : shown;
  const load = loadOf(setting, workers, reach);
  const until = <T extends { readonly day: Day }>(hours: readonly T[]) => hours.filter(({ day }) => day <= shown);
  return {
    weeks,
    people: [...workers.values()].map((worker) => personLoad(worker, weeks, load.hours)),
    load: reach === shown ? load : { ...load, hours: until(load.hours), held: until(load.held) },
    addition: asked && additionOf(setting, workers, load, asked),
  };
}

function personLoad(worker: Worker, weeks: readonly Week[], hours: readonly Hours[]): PersonLoad {
  const booked = bookedBy(hours);
  const loads = weeks.map((week): PersonWeek => {
    const available = availableIn(worker, week.from, week.to);
    const minutes = booked.get(keyOf(worker.id, week.week)) ?? 0;
    return {
      week: week.week,
      available,
      booked: minutes,
      over: available === undefined ? undefined : over(minutes, available),
    };
  });
  const free = loads.find(
    ({ available, booked: minutes }) =>
      available !== undefined && available > 0 && available - minutes >= available * ROOM - DUST,
  );
  return { person: worker.id, hoursPerWeek: worker.hoursPerWeek, weeks: loads, room: free?.week };
}

const over = (booked: number, available: number): number => (booked - available > DUST ? booked - available : 0);

type Booked = ReadonlyMap<string, number>;
const keyOf = (person: string, week: Day): string => `${week} ${person}`;

function bookedBy(hours: readonly Pick<Hours, 'person' | 'day' | 'minutes'>[]): Map<string, number> {
  const booked = new Map<string, number>();
  for (const { person, day, minutes } of hours) {
    const key = keyOf(person, mondayOf(day));
    booked.set(key, (booked.get(key) ?? 0) + minutes);
  }
  return booked;
}

/** Weeks that `more` makes overbooked, or further so, the first of them first. */
function overbookedBy(setting: Setting, workers: Workers, before: Booked, more: Booked): readonly Overbooked[] {
  return [...more.keys()].toSorted().flatMap((key): readonly Overbooked[] => {
    const week = key.slice(0, 10) as Day;
    const worker = workers.get(key.slice(11));
    const available = worker && availableIn(worker, maxDay(week, setting.today), addDays(week, 6));
    const added = more.get(key) ?? 0;
    const minutes = available === undefined || added <= DUST ? 0 : over((before.get(key) ?? 0) + added, available);
    return worker && minutes > 0 ? [{ person: worker.id, week, over: minutes }] : [];
  });
}

/** The last day that the addition may reach, wherever it starts. */
function reachOf(setting: Setting, { offer, from }: AdditionAsked): Day {
  const last = addDays(from, WEEKS_AHEAD * 7);
  const end = usualCourse(setting, ANYBODY, offer, last)?.schedule.plannedEnd ?? last;
  return addDays(maxDay(end, last), 60);
}

function additionOf(setting: Setting, workers: Workers, load: Load, asked: AdditionAsked): Addition {
  const { offer, from, segment } = asked;
  const before = bookedBy(load.hours);
  const withHeld = bookedBy([...load.hours, ...load.held]);
  const last = addDays(from, WEEKS_AHEAD * 7);
  let first: { readonly day: Day; readonly against: readonly Overbooked[] } | undefined;
  let found: { readonly course: Usual | undefined; readonly day: Day; readonly more: Booked } | undefined;
  for (let day = nearestWorking(setting.calendar, from, 1); day <= last; day = nextDay(setting, day)) {
    const course = usualCourse(setting, ANYBODY, offer, day);
    const more = bookedBy(additionHours(setting, workers, course, asked, day));
    const against = overbookedBy(setting, workers, before, more);
    first ??= { day, against };
    if (against.length > 0) continue;
    found = { course, day, more };
    break;
  }
  const course = found?.course ?? usualCourse(setting, ANYBODY, offer, from);
  const steps = course?.schedule.steps ?? [];
  const isOurs = (owner: string | undefined) => owner !== 'client' && owner !== 'partner';
  return {
    offer: offer.id,
    segment,
    start: found?.day,
    end: found?.course?.schedule.plannedEnd,
    tried: first?.day ?? from,
    against: first?.against ?? [],
    noDay: steps.filter(({ planned }) => planned === undefined).map(({ plan }) => plan.id),
    noEffort: steps.filter(({ plan }) => isOurs(plan.owner) && plan.effort === undefined).map(({ plan }) => plan.id),
    fitsWithHeld:
      found && load.held.length > 0 ? overbookedBy(setting, workers, withHeld, found.more).length === 0 : undefined,
    contactsPerYear: segment === undefined ? undefined : contactMinutesPerYear(setting, segment),
  };
}

const nextDay = ({ calendar }: Setting, day: Day): Day => nearestWorking(calendar, addDays(day, 1), 1);

function additionHours(
  setting: Setting,
  workers: Workers,
  course: Usual | undefined,
  { owner: usual }: AdditionAsked,
  start: Day,
): readonly Hours[] {
  return (course?.schedule.steps ?? []).flatMap(({ plan, planned }): readonly Hours[] => {
    if (planned === undefined || plan.effort === undefined) return [];
    const owner = plan.owner ?? usual ?? setting.me ?? null;
    const record = { kind: 'step' as const, ref: plan.id, client: '', file: plan.planFile, path: plan.planPath };
    return spreadPiece(workers, { owner, minutes: plan.effort, day: planned, earliest: start, ...record });
  });
}

/** Weeks that `after` overbooks, or overbooks further, and `before` did not. */
export function newlyOverbooked(before: Setting, after: Setting, until: Day): readonly Overbooked[] {
  const workers = workersOf(after);
  const [was, is] = [before, after].map((setting) => bookedBy(loadOf(setting, workers, until).hours));
  const more = new Map([...(is ?? [])].map(([key, minutes]) => [key, minutes - (was?.get(key) ?? 0)]));
  return overbookedBy(after, workers, was ?? new Map(), more);
}
