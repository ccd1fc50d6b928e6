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

/** A period with the days that make it due: from when it is asked for, and from when a contact fills it. */
type Occurrence = Span & { readonly due: Day; readonly opens: Day; readonly fillsFrom: Day };

function periodAt(
  rule: EachRule & { readonly each: keyof typeof MONTHS_IN },
  day: Day,
  calendar: Calendar,
): Occurrence {
  const length = MONTHS_IN[rule.each];
  const month = Math.floor((monthOf(day) - 1) / length) * length + 1;
  const span = monthSpan(yearOf(day), month, length);
  const due = lastWorkingIn(calendar, span);
  return { ...span, due, opens: addUnrolled(calendar, due, '-', rule.lead ?? EACH_LEAD), fillsFrom: span.from };
}

/** The named months around today, in their order. */
function monthsAround(rule: EachRule, today: Day, calendar: Calendar): readonly Occurrence[] {
  const years = [-2, -1, 0, 1, 2].map((n) => yearOf(today) + n);
  return years
    .flatMap((year) => rule.months.map((month) => monthSpan(year, month, 1)))
    .map((span) => {
      const opens = addUnrolled(calendar, span.from, '-', rule.lead ?? NOTHING);
      return { ...span, due: lastWorkingIn(calendar, span), opens, fillsFrom: opens };
    });
}

/** Here for the whole of a period: every day that is known lies before its first one. */
export function wasHere(tenure: Tenure, period: Span): boolean {
  const days = [tenure.since, tenure.added, tenure.segmentSince].filter((day) => day !== undefined);
  return days.length > 0 && days.every((day) => day < period.from);
}

export function eachStanding(
  rule: EachRule,
  contacts: readonly Contact[],
  tenure: Tenure,
  calendar: Calendar,
  today: Day,
): Standing | undefined {
  const { each } = rule;
  if (each === 'named-months') return namedStanding(rule, contacts, tenure, calendar, today);
  const regular = { ...rule, each };
  const present = periodAt(regular, today, calendar);
  const last = contacts.at(-1);
  const isFilled = (period: Occurrence) => contacts.some((it) => it.day >= period.fillsFrom && it.day <= period.to);
  if (isFilled(present)) {
    const next = periodAt(regular, addDays(present.to, 1), calendar);
    return { ...standing(next, rule, last, calendar, today), state: undefined };
  }
  const before = periodAt(regular, addDays(present.from, -1), calendar);
  const isMissed = !isFilled(before) && wasHere(tenure, before);
  return standing(isMissed ? before : present, rule, last, calendar, today);
}

function namedStanding(
  rule: EachRule,
  contacts: readonly Contact[],
  tenure: Tenure,
  calendar: Calendar,
  today: Day,
): Standing | undefined {
  const opened = monthsAround(rule, today, calendar).filter((it) => it.opens <= today);
  const last = contacts.at(-1);
  const present = opened.at(-1);
  // A touch since a month opened fills it, or clears it when it has been missed.
  const isOpen = (it: Occurrence) => !(last && last.day >= it.fillsFrom);
  const isKept = (it: Occurrence) => today <= it.to || (wasHere(tenure, it) && today <= addMonths(it.due, 1));
  const missed = opened.filter((it) => today > it.to && isOpen(it) && isKept(it));
  const shown = missed[0] ?? (present && isOpen(present) && isKept(present) ? present : undefined);
  if (shown) return standing(shown, rule, last, calendar, today);
  const next = monthsAround(rule, today, calendar).find((it) => it.opens > today && isOpen(it));
  return next && { ...standing(next, rule, last, calendar, today), state: undefined };
}

function standing(
  period: Occurrence,
  rule: EachRule,
  last: Contact | undefined,
  calendar: Calendar,
  today: Day,
): Standing {
  const isAsked = today >= period.opens;
  const isLate = today > addUnrolled(calendar, period.due, '+', rule.grace ?? NOTHING);
  return {
    due: period.due,
    state: isLate ? 'overdue' : isAsked ? 'due' : undefined,
    last,
    interval: daysBetween(period.from, period.to) + 1,
    protectedSince: undefined,
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
