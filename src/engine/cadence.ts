// When a client is next due a kind of contact by an `every` or `each` rule. Pure: rule, contacts, today. No ranking, no text.
import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  daysBetween,
  daysInMonth,
  maxDay,
  minDay,
  monthOf,
  type Offset,
  yearOf,
} from '../day.ts';
import type { EachRule, EveryRule } from '../records/cadence.ts';
import { addOffset, addUnrolled, type Calendar, lastWorkingIn, roll, type Span } from './calendar.ts';
import type { Contact } from './contact.ts';

export type DueState = 'soon' | 'due' | 'overdue';

/** Where one (client, kind) stands today. `state` is undefined when there is nothing to show yet. */
export type Standing = {
  readonly due: Day;
  readonly state: DueState | undefined;
  /** The contact it counts from, or that last filled a period. */
  readonly last: Contact | undefined;
  /** Days by which lateness is measured. */
  readonly interval: number;
  /** From this day on the client is protected as new or re-graded; only when that decided the day. */
  readonly protectedSince: Day | undefined;
  /** The period (of `each`) that must be filled. */
  readonly period: Span | undefined;
};

/** The days that say how long this client has been here. */
export type Tenure = {
  readonly since: Day | undefined;
  readonly added: Day | undefined;
  readonly segmentSince: Day | undefined;
};

const DEFAULT_LEAD: Offset = { n: 7, unit: 'd' };
const EACH_LEAD: Offset = { n: 14, unit: 'd' };
const NOTHING: Offset = { n: 0, unit: 'd' };
const FIRST: Offset = { n: 2, unit: 'w' };

const latestOf = (...days: readonly (Day | undefined)[]): Day | undefined => {
  const known = days.filter((day) => day !== undefined);
  return known.length === 0 ? undefined : maxDay(known[0] as Day, ...known);
};

const stateOn = (today: Day, from: Day, due: Day, overdueAfter: Day): DueState | undefined => {
  if (today > overdueAfter) return 'overdue';
  if (today >= due) return 'due';
  return today >= from ? 'soon' : undefined;
};

/** `undefined` when there is no day at all to count from. `contacts` are the counted ones, the latest last. */
export function everyStanding(
  rule: EveryRule,
  contacts: readonly Contact[],
  tenure: Tenure,
  calendar: Calendar,
  today: Day,
): Standing | undefined {
  const last = contacts.at(-1);
  const origin = last?.day ?? tenure.since ?? tenure.added ?? tenure.segmentSince;
  if (origin === undefined) return undefined;
  const end = addUnrolled(calendar, origin, '+', rule.every);
  const byRule = roll(calendar, end, '+', rule.every);
  const base = latestOf(tenure.added, tenure.segmentSince);
  const isProtected = base !== undefined && !(last && last.day >= base);
  const earliest = isProtected ? firstDue(rule, base, calendar) : byRule;
  const due = maxDay(byRule, earliest);
  const lead = addUnrolled(calendar, due, '-', rule.lead ?? DEFAULT_LEAD);
  const grace = addUnrolled(calendar, due, '+', rule.grace ?? NOTHING);
  return {
    due,
    state: stateOn(today, lead, due, grace),
    last,
    interval: Math.max(1, daysBetween(origin, end)),
    protectedSince: due > byRule ? base : undefined,
    period: undefined,
  };
}

/** A new or re-graded client is first due `first` after, else the shorter of the interval and two weeks. */
function firstDue(rule: EveryRule, base: Day, calendar: Calendar): Day {
  if (rule.first) return addOffset(calendar, base, '+', rule.first);
  return minDay(addOffset(calendar, base, '+', rule.every), addOffset(calendar, base, '+', FIRST));
}

const MONTHS_IN = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const;

/** A period never goes over the end of its year. */
const monthSpan = (year: number, month: number, length: number): Span => {
  const last = month + length - 1;
  return { from: dayOf(year, month, 1), to: dayOf(year, last, daysInMonth(year, last)) };
};

/** A period with the day that it is due, and those on which a contact is asked for and fills it. */
type Occurrence = Span & { readonly due: Day; readonly opens: Day; readonly isOpen: (day: Day) => boolean };

function periodAt(
  rule: EachRule & { readonly each: keyof typeof MONTHS_IN },
  day: Day,
  calendar: Calendar,
): Occurrence {
  const length = MONTHS_IN[rule.each];
  const month = Math.floor((monthOf(day) - 1) / length) * length + 1;
  const span = monthSpan(yearOf(day), month, length);
  const due = lastWorkingIn(calendar, span);
  const opens = addUnrolled(calendar, due, '-', rule.lead ?? EACH_LEAD);
  return { ...span, due, opens, isOpen: (other) => span.from <= other && other <= span.to };
}

/**
 * The named months around today, in their order. Each is open from its lead to its last day, but not while the one before
 * it runs: a contact then is that one's.
 */
function monthsAround(rule: EachRule, today: Day, calendar: Calendar): readonly Occurrence[] {
  const years = [-2, -1, 0, 1, 2].map((n) => yearOf(today) + n);
  const spans = years.flatMap((year) => rule.months.map((month) => monthSpan(year, month, 1)));
  return spans.map((span, i) => {
    const opens = addUnrolled(calendar, span.from, '-', rule.lead ?? NOTHING);
    const before = spans[i - 1];
    const isOpen = (day: Day) => opens <= day && day <= span.to && !(before && before.from <= day && day <= before.to);
    return { ...span, due: lastWorkingIn(calendar, span), opens, isOpen };
  });
}

/** Here for the whole of a period: every day that is known lies before its first one. */
export function wasHere(tenure: Tenure, period: Span): boolean {
  const days = [tenure.since, tenure.added, tenure.segmentSince].filter((day) => day !== undefined);
  return days.length > 0 && days.every((day) => day < period.from);
}

/** `contacts` are the counted ones, the latest last. */
export function eachStanding(
  rule: EachRule,
  contacts: readonly Contact[],
  tenure: Tenure,
  calendar: Calendar,
  today: Day,
): Standing | undefined {
  const { each } = rule;
  const ask: Ask = { rule, last: contacts.at(-1), tenure, calendar, today };
  if (each === 'named-months') return namedStanding(ask, contacts);
  const regular = { ...rule, each };
  const present = periodAt(regular, today, calendar);
  const isFilled = (period: Occurrence) => contacts.some((it) => period.isOpen(it.day));
  if (isFilled(present)) {
    return { ...standing(periodAt(regular, addDays(present.to, 1), calendar), ask), state: undefined };
  }
  const before = periodAt(regular, addDays(present.from, -1), calendar);
  return standing(!isFilled(before) && wasHere(tenure, before) ? before : present, ask);
}

/** What a period is looked at with. */
type Ask = {
  readonly rule: EachRule;
  readonly last: Contact | undefined;
  readonly tenure: Tenure;
  readonly calendar: Calendar;
  readonly today: Day;
};

function namedStanding(ask: Ask, contacts: readonly Contact[]): Standing | undefined {
  const { rule, tenure, calendar, today, last } = ask;
  const months = monthsAround(rule, today, calendar);
  const filled = filledBy(contacts, months);
  const isMissed = (it: Occurrence) =>
    it.to < today &&
    today <= addMonths(it.due, 1) &&
    !filled.has(it) &&
    wasHere(tenure, it) &&
    !(last && last.day > it.to);
  const shown = months.find(isMissed) ?? months.find((it) => it.isOpen(today) && !filled.has(it));
  if (shown) return standing(shown, ask);
  const next = months.find((it) => it.to >= today && !filled.has(it));
  return next && { ...standing(next, ask), state: undefined };
}

/** A contact fills the earliest month that is open then and not filled yet; of one day only one does. */
function filledBy(contacts: readonly Contact[], months: readonly Occurrence[]): ReadonlySet<Occurrence> {
  const filled = new Set<Occurrence>();
  for (const day of new Set(contacts.map((it) => it.day))) {
    const month = months.find((it) => it.isOpen(day) && !filled.has(it));
    if (month) filled.add(month);
  }
  return filled;
}

function standing(period: Occurrence, { rule, last, tenure, calendar, today }: Ask): Standing {
  const arrived = latestOf(tenure.added, tenure.segmentSince);
  const grace = addUnrolled(calendar, period.due, '+', rule.grace ?? NOTHING);
  const isNew = arrived !== undefined && period.from <= arrived && arrived <= period.to;
  const settled = isNew ? addOffset(calendar, arrived, '+', rule.first ?? FIRST) : grace;
  const isLate = today > maxDay(grace, settled);
  return {
    due: period.due,
    state: isLate ? 'overdue' : today >= period.opens ? 'due' : undefined,
    last,
    interval: daysBetween(period.from, period.to) + 1,
    protectedSince: settled > grace ? arrived : undefined,
    period: { from: period.from, to: period.to },
  };
}

/** The first day on which a contact is asked for: from then on an invitation to it is one to this one. */
export function shownFrom(rule: EveryRule | EachRule, { due, period }: Standing, calendar: Calendar): Day {
  if (rule.form === 'every') return addUnrolled(calendar, due, '-', rule.lead ?? DEFAULT_LEAD);
  const start = period?.from ?? due;
  return rule.each === 'named-months' ? addUnrolled(calendar, start, '-', rule.lead ?? NOTHING) : start;
}

/** A period of an `each` rule: the day by which it is due, and the first on which a contact fills it. */
export type Period = Span & { readonly due: Day; readonly fillsFrom: Day };

/** The periods that end from `from` on and begin by `to`, in their order. */
export function periodsOf(rule: EachRule, from: Day, to: Day, calendar: Calendar): readonly Period[] {
  const { each } = rule;
  const spans: Span[] = [];
  if (each === 'named-months') {
    for (let year = yearOf(from) - 1; year <= yearOf(to) + 1; year++)
      for (const month of rule.months) spans.push(monthSpan(year, month, 1));
  } else {
    for (let day = from; day <= to; ) {
      const { from: first, to: last } = periodAt({ ...rule, each }, day, calendar);
      spans.push({ from: first, to: last });
      day = addDays(last, 1);
    }
  }
  return spans
    .map((span, at): Period => {
      const opens = each === 'named-months' ? addUnrolled(calendar, span.from, '-', rule.lead ?? NOTHING) : span.from;
      const before = spans[at - 1];
      // While the month before it runs, a contact is that one's.
      const fillsFrom = before && before.to >= opens ? addDays(before.to, 1) : opens;
      return { ...span, due: lastWorkingIn(calendar, span), fillsFrom };
    })
    .filter((it) => it.to >= from && it.from <= to);
}
