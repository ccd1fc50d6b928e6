// How often a year the rules of a segment or a client ask for each kind of contact, and the time that takes.
import { type Book, type ClientRecord, findKind } from '../../book/book.ts';
import type { Offset } from '../../day.ts';
import type { CadenceRule } from '../../records/cadence.ts';
import type { Setting } from '../setting.ts';
import { hasLeft } from '../yearly.ts';

const DAYS_A_YEAR = 365.25;
const DAYS_A_MONTH = 30.4375;
const PERIODS_A_YEAR = { month: 12, quarter: 4, 'half-year': 2, year: 1 } as const;

/** By how many days of a year the interval comes round; `week` is the number of working days in one. */
function daysOf({ n, unit }: Offset, week: number): number {
  const days = { d: 1, bd: 7 / week, w: 7, m: DAYS_A_MONTH, y: DAYS_A_YEAR };
  return n * days[unit];
}

export type KindRule = { readonly kind: string; readonly rule: CadenceRule };

/** Contacts a year of each kind; what another kind satisfies is reduced by that one. `birthdays` is how many are known. */
function contactsPerYear(
  { book }: Pick<Setting, 'book'>,
  rules: readonly KindRule[],
  birthdays: number,
): ReadonlyMap<string, number> {
  const week = new Set(book.practice?.calendar?.week).size || 5;
  const asked = rules.map(({ kind, rule }) => ({ kind, times: timesAYear(rule, week, birthdays) }));
  return new Map(
    asked.map(({ kind, times }) => {
      const others = asked.filter((it) => it.kind !== kind && findKind(book, it.kind)?.satisfies?.includes(kind));
      return [kind, Math.max(0, times - others.reduce((sum, it) => sum + it.times, 0))];
    }),
  );
}

function timesAYear(rule: CadenceRule, week: number, birthdays: number): number {
  if (rule.form === 'every') return DAYS_A_YEAR / daysOf(rule.every, week);
  if (rule.form === 'yearly') return rule.yearly === 'birthday' ? birthdays : 1;
  return rule.each === 'named-months' ? rule.months.length : PERIODS_A_YEAR[rule.each];
}

const knownBirthdays = ({ today }: Pick<Setting, 'today'>, client: ClientRecord): number =>
  Object.values(client.contacts ?? {}).filter((it) => it.birthday !== undefined && !hasLeft(it, today)).length;

/** The mean of a segment's active clients; one where there is no client yet. */
function meanBirthdays(setting: Setting, segment: string): number {
  const clients = clientsIn(setting.book, segment);
  if (clients.length === 0) return 1;
  return clients.reduce((sum, client) => sum + knownBirthdays(setting, client), 0) / clients.length;
}

const clientsIn = (book: Book, segment: string): readonly ClientRecord[] =>
  [...book.clients.values()].filter((it) => it.status === 'active' && it.segment === segment);

/** Minutes a year that a client of the segment costs in contacts, by the segment's rules. */
export function contactMinutesPerYear(setting: Setting, segment: string): number {
  const { book } = setting;
  const cadence = book.service.segments?.[segment]?.cadence ?? {};
  const rules = Object.entries(cadence).map(([kind, rule]) => ({ kind, rule }));
  let minutes = 0;
  for (const [kind, times] of contactsPerYear(setting, rules, meanBirthdays(setting, segment)))
    minutes += times * (findKind(book, kind)?.effort ?? 0);
  return minutes;
}
