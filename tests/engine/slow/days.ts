// Days for the second, slow implementation: every answer is found by walking over the calendar, one day after another.
// Written from the specification; knows nothing of src/.

/** Days since 1 January 1970. */
export type Num = number;

const DAY = 86_400_000;
export const num = (day: string): Num => Date.parse(`${day}T00:00:00Z`) / DAY;
export const iso = (day: Num): string => new Date(day * DAY).toISOString().slice(0, 10);
const year = (day: Num): number => new Date(day * DAY).getUTCFullYear();
export const month = (day: Num): number => new Date(day * DAY).getUTCMonth() + 1;
const date = (day: Num): number => new Date(day * DAY).getUTCDate();

/** The same date `n` months on, or the last day of that month when it is shorter. */
export function monthsOn(day: Num, n: number): Num {
  const first = Date.UTC(year(day), month(day) - 1 + n, 1) / DAY;
  let found = first;
  while (date(found) < date(day) && month(found + 1) === month(first)) found += 1;
  return found;
}

export type Unit = 'd' | 'bd' | 'w' | 'm' | 'y';
export type Offset = { readonly n: number; readonly unit: Unit };
export const offset = (written: string): Offset => {
  const [, n, unit] = /^(\d+)(bd|d|w|m|y)$/.exec(written) ?? [];
  return { n: Number(n), unit: unit as Unit };
};

export type Cal = {
  readonly closed: ReadonlySet<Num>;
  readonly open: ReadonlySet<Num>;
  readonly roll: 'next' | 'previous' | 'none';
  /** Days of an engagement's holds. */
  readonly held: ReadonlySet<Num>;
};

export function isWorking(cal: Cal, day: Num): boolean {
  if (cal.held.has(day)) return false;
  if (cal.open.has(day)) return true;
  const weekday = new Date(day * DAY).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !cal.closed.has(day);
}

/** Without `roll`. */
export function walk(cal: Cal, day: Num, sign: '+' | '-', { n, unit }: Offset): Num {
  if (n === 0) return day;
  const step = sign === '+' ? 1 : -1;
  const counts = (it: Num): boolean => (unit === 'bd' ? isWorking(cal, it) : !cal.held.has(it));
  let left = n;
  if (unit === 'w') left = n * 7;
  if (unit === 'm') left = Math.abs(monthsOn(day, step * n) - day);
  if (unit === 'y') left = Math.abs(monthsOn(day, step * n * 12) - day);
  let at = day;
  while (left > 0) {
    at += step;
    if (counts(at)) left -= 1;
  }
  return at;
}

/** With `roll`. */
export function shift(cal: Cal, day: Num, sign: '+' | '-', off: Offset): Num {
  let at = walk(cal, day, sign, off);
  if (off.n === 0 || off.unit === 'bd' || cal.roll === 'none') return at;
  const step = sign === '+' && cal.roll === 'next' ? 1 : -1;
  while (!isWorking(cal, at)) at += step;
  return at;
}

/** Working days after `from` up to `to`, negative when `to` is before. */
export function workingDays(cal: Cal, from: Num, to: Num): number {
  let count = 0;
  for (let at = Math.min(from, to) + 1; at <= Math.max(from, to); at += 1) if (isWorking(cal, at)) count += 1;
  return to < from ? 0 - count : count;
}
