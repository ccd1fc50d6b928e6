// The contacts of one client by the second, slow implementation: every period and every year is looked at, day by day.
import { type Cal, iso, isWorking, month, monthsOn, type Num, num, offset, shift, walk } from './days.ts';

export type RuleModel = {
  readonly every?: string;
  /** A period, or names of months. */
  readonly each?: string | readonly string[];
  readonly yearly?: string;
  readonly lead?: string | undefined;
  readonly grace?: string | undefined;
  readonly first?: string | undefined;
};
export type TouchModel = { readonly date: string; readonly kind: string; readonly in?: true; readonly with?: string };
export type ClientModel = {
  readonly today: string;
  readonly closed: readonly string[];
  readonly satisfies: Readonly<Record<string, readonly string[]>>;
  readonly status: 'prospect' | 'active' | 'past';
  readonly segment: string | undefined;
  readonly since: string;
  readonly added: string;
  readonly segmentSince: string | undefined;
  readonly birthdays: Readonly<Record<string, string>>;
  readonly occasions: Readonly<Record<string, string>>;
  readonly ofSegment: Readonly<Record<string, RuleModel>>;
  readonly own: Readonly<Record<string, RuleModel | 'none'>>;
  readonly log: readonly TouchModel[];
  readonly leaving: string | undefined;
  readonly pause: { readonly from: string; readonly to: string } | undefined;
  readonly snooze: Readonly<Record<string, string>>;
};

export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const LENGTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

type State = 'soon' | 'due' | 'overdue';
type Line = { readonly due: Num; readonly state: State; readonly ratio: number };
type Period = { readonly from: Num; readonly to: Num; readonly due: Num };

export function slowTouches(model: ClientModel) {
  const today = num(model.today);
  const cal: Cal = { closed: new Set(model.closed.map(num)), open: new Set(), roll: 'next', held: new Set() };
  const [since, added] = [num(model.since), num(model.added)];
  const regraded = model.segmentSince === undefined ? undefined : num(model.segmentSince);
  const base = Math.max(added, regraded ?? added);

  const counted = (kind: string): readonly TouchModel[] =>
    model.log
      .filter((it) => it.in !== true && num(it.date) <= today)
      .filter((it) => it.kind === kind || model.satisfies[it.kind]?.includes(kind))
      .sort((a, b) => num(a.date) - num(b.date));

  const every = (rule: RuleModel, days: readonly Num[]): Line | undefined => {
    const interval = offset(rule.every ?? '');
    const last = days.at(-1);
    const origin = last ?? since;
    let due = shift(cal, origin, '+', interval);
    if (last === undefined || last < base) {
      const first = rule.first
        ? shift(cal, base, '+', offset(rule.first))
        : Math.min(shift(cal, base, '+', interval), shift(cal, base, '+', offset('2w')));
      due = Math.max(due, first);
    }
    const lead = walk(cal, due, '-', offset(rule.lead ?? '7d'));
    const grace = walk(cal, due, '+', offset(rule.grace ?? '0d'));
    if (today < lead) return undefined;
    const state = today > grace ? 'overdue' : today >= due ? 'due' : 'soon';
    return { due, state, ratio: (today - due) / Math.max(1, walk(cal, origin, '+', interval) - origin) };
  };

  const period = (from: Num, months: number): Period => {
    const to = monthsOn(from, months) - 1;
    let due = to;
    while (due >= from && !isWorking(cal, due)) due -= 1;
    return { from, to, due: due >= from ? due : to };
  };
  /** Every period of that length in five years. */
  const periods = (months: number): readonly Period[] =>
    Array.from({ length: 60 / months }, (_, i) => period(monthsOn(num('2023-01-01'), i * months), months));

  const lineOf = (rule: RuleModel, it: Period, from: Num): Line | undefined => {
    let late = walk(cal, it.due, '+', offset(rule.grace ?? '0d'));
    if (it.from <= base && base <= it.to) late = Math.max(late, shift(cal, base, '+', offset(rule.first ?? '2w')));
    if (today < from && today <= late) return undefined;
    return { due: it.due, state: today > late ? 'overdue' : 'due', ratio: (today - it.due) / (it.to - it.from + 1) };
  };
  const wasHere = (it: Period): boolean => since < it.from && base < it.from;

  const regular = (rule: RuleModel, length: number, days: readonly Num[]): Line | undefined => {
    const all = periods(length);
    const at = all.findIndex((it) => it.from <= today && today <= it.to);
    const [before, present] = [all[at - 1] as Period, all[at] as Period];
    const isFilled = (it: Period) => days.some((day) => it.from <= day && day <= it.to);
    if (isFilled(present)) return undefined;
    const shown = !isFilled(before) && wasHere(before) ? before : present;
    return lineOf(rule, shown, walk(cal, shown.due, '-', offset(rule.lead ?? '14d')));
  };

  const named = (rule: RuleModel, names: readonly string[], days: readonly Num[]): Line | undefined => {
    const all = periods(1).filter((it) => names.includes(MONTHS[month(it.from) - 1] ?? ''));
    const opens = (it: Period) => walk(cal, it.from, '-', offset(rule.lead ?? '0d'));
    const isOpen = (it: Period, day: Num): boolean => {
      const before = all[all.indexOf(it) - 1];
      const runs = before !== undefined && before.from <= day && day <= before.to;
      return opens(it) <= day && day <= it.to && !runs;
    };
    const filled = new Set<Period>();
    for (let day = num('2023-01-01'); day <= today; day += 1) {
      const first = days.includes(day) ? all.find((it) => isOpen(it, day) && !filled.has(it)) : undefined;
      if (first) filled.add(first);
    }
    const missed = all.find(
      (it) =>
        it.to < today &&
        !filled.has(it) &&
        wasHere(it) &&
        today <= monthsOn(it.due, 1) &&
        !days.some((day) => day > it.to),
    );
    const shown = missed ?? all.find((it) => isOpen(it, today) && !filled.has(it));
    return shown && lineOf(rule, shown, opens(shown));
  };

  /** The days of a yearly rule near today, with whose they are. */
  const yearly = (rule: RuleModel, touches: readonly TouchModel[]) => {
    const [lead, grace] = [offset(rule.lead ?? '7d'), offset(rule.grace ?? '14d')];
    const series: readonly { readonly contact: string | null; readonly from: Num; readonly first: number }[] =
      rule.yearly === 'birthday'
        ? Object.entries(model.birthdays).map(([contact, day]) => ({ contact, from: num(`2020-${day}`), first: 0 }))
        : rule.yearly === 'anniversary'
          ? [{ contact: null, from: since, first: 1 }]
          : model.occasions[rule.yearly ?? ''] === undefined
            ? []
            : [{ contact: null, from: num(model.occasions[rule.yearly ?? ''] ?? ''), first: 0 }];
    return series.flatMap(({ contact, from, first }) => {
      const days = touches.filter((it) => contact === null || it.with === undefined || it.with === contact);
      for (let n = first; n < 60; n += 1) {
        const day = monthsOn(from, n * 12);
        const shown = walk(cal, day, '-', lead);
        const isKept = days.some((it) => num(it.date) >= shown - 7);
        if (shown <= today && today <= walk(cal, day, '+', grace) && !isKept)
          return [{ contact, date: iso(day), state: today < day ? 'soon' : today === day ? 'due' : 'overdue' }];
      }
      return [];
    });
  };

  const hasCadences = model.status === 'active' || (model.status === 'prospect' && model.segment !== undefined);
  const rules = hasCadences
    ? [
        ...Object.entries(model.own).map(([kind, rule]) => ({ kind, rule, level: 'client' })),
        ...Object.entries(model.segment === undefined ? {} : model.ofSegment)
          .filter(([kind]) => !(kind in model.own))
          .map(([kind, rule]) => ({ kind, rule, level: 'segment' })),
      ]
    : [];
  const isPaused = model.pause !== undefined && num(model.pause.from) <= today && today <= num(model.pause.to);
  const isLeaving = model.leaving !== undefined && num(model.leaving) <= today;
  const hidden = { paused: new Set<string>(), leaving: new Set<string>(), snoozed: new Set<string>() };
  const touches: object[] = [];
  const occasions: object[] = [];
  /** Shown, or counted where it is hidden. */
  const show = (kind: string, level: string, put: () => void): void => {
    const snoozed = model.snooze[kind];
    if (isPaused) hidden.paused.add('the client');
    else if (isLeaving && level !== 'client') hidden.leaving.add(kind);
    else if (level !== 'none' && snoozed !== undefined && today <= num(snoozed)) hidden.snoozed.add(kind);
    else put();
  };
  let soon = 0;
  for (const { kind, rule, level } of rules) {
    if (rule === 'none') continue;
    const log = counted(kind);
    const days = log.map((it) => num(it.date));
    if (rule.yearly !== undefined) {
      for (const day of yearly(rule, log)) show(kind, level, () => occasions.push({ kind, ...day }));
      continue;
    }
    const line =
      rule.every !== undefined
        ? every(rule, days)
        : typeof rule.each === 'string' && LENGTHS[rule.each] !== undefined
          ? regular(rule, LENGTHS[rule.each] as number, days)
          : named(rule, typeof rule.each === 'string' ? [rule.each] : (rule.each ?? []), days);
    if (!line) continue;
    show(kind, level, () => {
      if (line.state === 'soon') soon += 1;
      const last = days.at(-1);
      touches.push({
        kind,
        level,
        last: last === undefined ? null : iso(last),
        due: iso(line.due),
        state: line.state,
        days_late: today - line.due,
        ratio: line.ratio,
      });
    });
  }
  for (const [id, day] of Object.entries(model.occasions)) {
    if (model.status === 'past' || rules.some(({ rule }) => rule !== 'none' && rule.yearly === id)) continue;
    for (let n = 0; n < 10; n += 1) {
      const at = monthsOn(num(day), n * 12);
      if (today < at - 7 || today > at) continue;
      show(`occasion ${id}`, 'none', () =>
        occasions.push({ kind: null, contact: null, date: iso(at), state: today === at ? 'due' : 'soon' }),
      );
    }
  }
  return {
    touches: sorted(touches),
    occasions: sorted(occasions),
    hidden: {
      paused: hidden.paused.size,
      leaving: hidden.leaving.size,
      snoozed: hidden.snoozed.size,
      soon,
    },
  };
}

export const sorted = (rows: readonly object[]): readonly object[] =>
  [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
