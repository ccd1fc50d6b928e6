// The contacts that were promised to a client by a cadence, each with its deadline: whether it was made in time. Days are
// those that `explain` gives for them.
import type { ClientRecord } from '../../book/book.ts';
import { addDays, type Day, maxDay } from '../../day.ts';
import type { EachRule, EveryRule, YearlyRule } from '../../records/cadence.ts';
import { everyStanding, periodsOf, wasHere } from '../cadence.ts';
import { addOffset, addUnrolled } from '../calendar.ts';
import { type Contact, contactsOf } from '../contact.ts';
import type { Setting } from '../setting.ts';
import { hasNoLog } from '../step-items.ts';
import { countedContacts, type Rule, tenureOf, writtenRules } from '../touch-items.ts';
import { hasLeft, isWith, keptFrom, yearlyDates } from '../yearly.ts';
import { type Claim, isTheirs } from './case.ts';
import { placeOfRule } from './contact-load.ts';

/** A deadline and the day the contact was made, in time or not. */
type Turn = { readonly deadline: Day; readonly met: Day | undefined };

const NOTHING = { n: 0, unit: 'd' } as const;

/** Of one who was never a client, or of whom nobody knows since when, nothing can be claimed. */
export function cadenceClaims(setting: Setting, client: ClientRecord): readonly Claim[] {
  const { status, segment, leaving } = client;
  // A past client was active until the decision; of one without a decision nobody knows until when.
  if (status === 'prospect' || segment === undefined || (status === 'past' && leaving === undefined)) return [];
  const first = firstDay(client);
  const rules = writtenRules(setting, client);
  if (first === undefined || rules.length === 0 || hasNoLog(setting.book, client)) return [];
  const contacts = contactsOf(setting.book, client, setting.today);
  return rules.flatMap((rule) => {
    const counted = countedContacts(setting, contacts, rule.kind);
    const turns = turnsOf(setting, client, rule, counted).filter(
      ({ deadline }) => deadline >= first && deadline < setting.today,
    );
    return turns
      .filter(({ deadline }) => leaving === undefined || deadline < leaving.decided)
      .map(
        (turn): Claim => ({
          promise: `cadence/${segment}/${rule.kind}`,
          client: client.id,
          ref: `${client.id}/touch/${rule.kind}`,
          ...turn,
          isExcused: isExcused(client, rule.kind, turn, turns),
          ...placeOfRule(client, rule),
        }),
      );
  });
}

/** Since when they are a client, here and in this segment. */
function firstDay({ since, added, segment_since }: ClientRecord): Day | undefined {
  const [one, ...others] = [since, added, segment_since].filter((day) => day !== undefined);
  return one === undefined ? undefined : maxDay(one, ...others);
}

/** A snooze or pause without its first day excuses no more than what is open today. */
function isExcused(client: ClientRecord, kind: string, { deadline, met }: Turn, turns: readonly Turn[]): boolean {
  const snooze = client.snooze && Object.hasOwn(client.snooze, kind) ? client.snooze[kind] : undefined;
  const isOpen = met === undefined && turns.every((it) => it.deadline <= deadline);
  return [snooze, client.pause].some(
    (quiet) =>
      quiet !== undefined &&
      isTheirs(quiet) &&
      deadline <= quiet.to &&
      (quiet.from === undefined ? isOpen : quiet.from <= deadline),
  );
}

function turnsOf(setting: Setting, client: ClientRecord, { rule }: Rule, counted: readonly Contact[]): readonly Turn[] {
  if (rule.form === 'every') return everyTurns(setting, client, rule, counted);
  return rule.form === 'each' ? eachTurns(setting, client, rule, counted) : yearlyTurns(setting, client, rule, counted);
}

/**
 * From one contact to the last one before the deadline it leads to, and so on. In a silence a deadline falls each interval,
 * and the contact that ends it starts the next count.
 */
function everyTurns(
  { calendar, today }: Setting,
  client: ClientRecord,
  rule: EveryRule,
  counted: readonly Contact[],
): readonly Turn[] {
  const { added, segment_since: regraded, since } = client;
  const begin = added && regraded ? maxDay(added, regraded) : (added ?? regraded ?? since);
  if (begin === undefined) return [];
  const before = counted.filter(({ day }) => day <= begin);
  const standing = everyStanding(rule, before, tenureOf(client), calendar, begin);
  if (!standing) return [];
  const later = counted.map(({ day }) => day).filter((day) => day > begin);
  const graced = (due: Day): Day => addUnrolled(calendar, due, '+', rule.grace ?? NOTHING);
  const after = (day: Day, times: number): Day =>
    addOffset(calendar, day, '+', { n: rule.every.n * times, unit: rule.every.unit });
  const turns: Turn[] = [];
  // A series counts from its origin, so that it never drifts; one that began protected from its first due day.
  const isProtected = standing.protectedSince !== undefined;
  let origin = isProtected ? standing.due : (before.at(-1)?.day ?? since ?? begin);
  let times = isProtected ? 0 : 1;
  let at = 0;
  while (graced(times === 0 ? origin : after(origin, times)) < today) {
    const deadline = graced(times === 0 ? origin : after(origin, times));
    let made: Day | undefined;
    for (; at < later.length && (later[at] as Day) <= deadline; at++) made = later[at];
    if (made !== undefined) {
      turns.push({ deadline, met: made });
      [origin, times] = [made, 1];
      continue;
    }
    const next = later[at];
    for (let missed = deadline; missed < today && (next === undefined || missed < next); ) {
      turns.push({ deadline: missed, met: next });
      times += 1;
      missed = graced(after(origin, times));
    }
    if (next === undefined) break;
    at += 1;
    [origin, times] = [next, 1];
  }
  return turns;
}

/** Each day fills one period, the earliest that it can; in its grace a period that is not filled comes first. */
function eachTurns(
  { calendar, today }: Setting,
  client: ClientRecord,
  rule: EachRule,
  counted: readonly Contact[],
): readonly Turn[] {
  const first = firstDay(client);
  if (first === undefined) return [];
  const days = [...new Set(counted.map(({ day }) => day))];
  const used = new Set<Day>();
  return periodsOf(rule, first, today, calendar)
    .filter((period) => wasHere(tenureOf(client), period))
    .map((period): Turn => {
      const deadline = addUnrolled(calendar, period.due, '+', rule.grace ?? NOTHING);
      const end = maxDay(deadline, period.to);
      const filling = days.find((day) => day >= period.fillsFrom && day <= end && !used.has(day));
      if (filling !== undefined) used.add(filling);
      return { deadline, met: filling ?? days.find((day) => day > end) };
    });
}

function yearlyTurns(
  { calendar, today }: Setting,
  client: ClientRecord,
  rule: YearlyRule,
  counted: readonly Contact[],
): readonly Turn[] {
  const first = firstDay(client);
  if (first === undefined) return [];
  return yearlyDates(rule, client, calendar, first, today)
    .filter(({ person, date }) => {
      const theirs = person === undefined ? undefined : client.contacts?.[person];
      return theirs === undefined || !hasLeft(theirs, date);
    })
    .map(({ person, date }): Turn => {
      const from = keptFrom(rule, date, calendar);
      // What is made from then on belongs to the next year's day.
      const until = addDays(from, 365);
      const met = counted.find((it) => isWith(person, it) && it.day >= from && it.day < until)?.day;
      return { deadline: addUnrolled(calendar, date, '+', rule.grace ?? NOTHING), met };
    })
    .toSorted((a, b) => (a.deadline < b.deadline ? -1 : a.deadline > b.deadline ? 1 : 0));
}
