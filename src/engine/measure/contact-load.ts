// The contacts that lie ahead of a client, as if each was made on its day: what each costs, and when. Knows cadences through
// what they say of a day; spreading hours over days is load's.
import { type ClientRecord, findKind } from '../../book/book.ts';
import { addDays, type Day, dayAt, daysBetween, maxDay, serialOf } from '../../day.ts';
import type { DataPath } from '../../problem/problem.ts';
import { type Contact, contactsOf, countsFor } from '../contact.ts';
import { isLeaving, isSnoozed } from '../quiet.ts';
import type { Schedule } from '../schedule.ts';
import { ownerOf, type Setting } from '../setting.ts';
import { countedContacts, type Rule, rulesOf, standingAfter } from '../touch-items.ts';
import { isYearlyKept, yearlyDates } from '../yearly.ts';
import type { Piece } from './hours.ts';

export type ContactLoad = {
  readonly pieces: readonly Piece[];
  /** Kinds with a cadence and without effort. */
  readonly kinds: readonly string[];
};

/** A contact due after the last day may lie before it: nobody works on its own day. */
const MARGIN = 60;
/** A step of that kind this near to a contact is the contact. */
const NEAR = 7;

const NO_LOAD: ContactLoad = { pieces: [], kinds: [] };

export function contactHours(
  setting: Setting,
  client: ClientRecord,
  schedules: readonly Schedule[],
  until: Day,
): ContactLoad {
  const { book, today } = setting;
  const leaves = isLeaving(client, today);
  const rules = rulesOf(setting, client).filter(({ level }) => !leaves || level === 'client');
  if (rules.length === 0) return NO_LOAD;
  const costing = rules.filter(({ kind }) => findKind(book, kind)?.effort !== undefined);
  const kinds = rules.filter((rule) => !costing.includes(rule)).map(({ kind }) => kind);
  const end = addDays(until, MARGIN);
  const lastDay = leaves && client.leaving?.last_day !== undefined ? client.leaving.last_day : end;
  const visits = visitsOf(setting, client, costing, lastDay < end ? lastDay : end);
  const steps = touchingSteps(schedules);
  const pieces = visits
    .filter(({ rule, day }) => !steps.some((step) => isThatStep(setting, step, rule.kind, day)))
    .map(({ rule, day }): Piece => {
      const found = findKind(book, rule.kind);
      return {
        owner: ownerOf(setting, client, rule.rule.owner, found?.owner),
        minutes: found?.effort ?? 0,
        day,
        earliest: today,
        kind: 'contact',
        ref: `${client.id}/touch/${rule.kind}`,
        client: client.id,
        ...placeOfRule(client, rule),
      };
    });
  return { pieces, kinds };
}

/** Where the rule is written. */
export const placeOfRule = (
  client: ClientRecord,
  { kind, level }: Pick<Rule, 'kind' | 'level'>,
): { readonly file: string; readonly path: DataPath } =>
  level === 'client'
    ? { file: client.file, path: ['cadence', kind] }
    : { file: 'service.yaml', path: ['segments', client.segment ?? '', 'cadence', kind] };

type TouchingStep = { readonly kind: string; readonly day: Day };

/** Open steps that will be a contact, on the day they are likely to be done. */
const touchingSteps = (schedules: readonly Schedule[]): readonly TouchingStep[] =>
  schedules
    .filter(({ hold }) => hold === undefined)
    .flatMap(({ steps }) =>
      steps.flatMap(({ state, plan, due, forecast }) =>
        state === 'closed' || plan.touch === undefined || due === undefined || forecast === undefined
          ? []
          : [{ kind: plan.touch, day: forecast }],
      ),
    );

const isThatStep = ({ book }: Setting, step: TouchingStep, kind: string, day: Day): boolean =>
  Math.abs(daysBetween(step.day, day)) <= NEAR && countsFor(book, step.kind, kind);

type Visit = { readonly rule: Rule; readonly day: Day; readonly person: string | undefined };

/** All contacts up to `end`, in their order, each as if it was made on its day. */
function visitsOf(setting: Setting, client: ClientRecord, rules: readonly Rule[], end: Day): readonly Visit[] {
  const made = contactsOf(setting.book, client, setting.today);
  const series = rules.map((rule): Series => ({ rule, counted: [...countedContacts(setting, made, rule.kind)] }));
  const visits: Visit[] = [];
  let now = setting.today;
  for (;;) {
    const next = nextVisit({ ...setting, today: now }, client, series, visits, end);
    if (!next) return visits;
    visits.push(next);
    now = next.day;
    for (const { rule, counted } of series)
      if (countsFor(setting.book, next.rule.kind, rule.kind)) counted.push(contactOn(next));
  }
}

/** A rule, and the contacts that count for it, the latest last. */
type Series = { readonly rule: Rule; readonly counted: Contact[] };

const contactOn = ({ rule, day, person }: Visit): Contact => ({
  day,
  kind: rule.kind,
  with: person === undefined ? [] : [person],
  file: '',
  path: [],
});

/** The earliest; of one day first the kind that counts for another. */
function nextVisit(
  setting: Setting,
  client: ClientRecord,
  series: readonly Series[],
  before: readonly Visit[],
  end: Day,
): Visit | undefined {
  const due = series.flatMap(({ rule, counted }): readonly Visit[] => {
    const all =
      rule.rule.form === 'yearly'
        ? yearlyVisits(setting, client, rule, counted, end)
        : regularVisit(setting, client, rule, counted);
    // A contact that was made and changed nothing is not made again that day.
    return all.filter(
      (it) =>
        it.day <= end && !before.some((was) => was.rule === rule && was.person === it.person && was.day === it.day),
    );
  });
  const [first] = due.toSorted(
    (a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) || reach(setting, series, b) - reach(setting, series, a),
  );
  return first;
}

/** How many of the rules' kinds one counts for. */
const reach = ({ book }: Setting, series: readonly Series[], { rule }: Visit): number =>
  series.filter((other) => countsFor(book, rule.kind, other.rule.kind)).length;

function regularVisit(
  setting: Setting,
  client: ClientRecord,
  rule: Rule,
  counted: readonly Contact[],
): readonly Visit[] {
  const due = standingAfter(setting, client, rule, counted)?.due;
  return due === undefined
    ? []
    : [{ rule, person: undefined, day: possibleDay(setting.today, client, rule.kind, due) }];
}

function yearlyVisits(
  setting: Setting,
  client: ClientRecord,
  rule: Rule,
  counted: readonly Contact[],
  end: Day,
): readonly Visit[] {
  if (rule.rule.form !== 'yearly') return [];
  const { rule: yearly } = rule;
  const { calendar, today } = setting;
  return yearlyDates(yearly, client, calendar, today, end)
    .filter((it) => !isYearlyKept(yearly, it, counted, calendar))
    .map(({ person, date }) => ({ rule, person, day: possibleDay(today, client, rule.kind, date) }));
}

/** The day itself, or today when it has passed; the first day after a snooze or pause that hides it. */
function possibleDay(today: Day, client: ClientRecord, kind: string, due: Day): Day {
  let day = maxDay(due, today);
  const { pause, snooze } = client;
  const quiet = snooze && Object.hasOwn(snooze, kind) ? snooze[kind] : undefined;
  for (;;) {
    const to =
      quiet && isSnoozed(client, kind, day)
        ? quiet.to
        : pause && (pause.from === undefined || pause.from <= day) && day <= pause.to
          ? pause.to
          : undefined;
    if (to === undefined) return day;
    day = dayAt(serialOf(to) + 1);
  }
}
