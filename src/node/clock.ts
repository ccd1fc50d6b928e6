// The clock: which day one moment is, in any zone.
import process from 'node:process';
import { type Day, dayOf } from '../day.ts';
import type { Today } from '../world.ts';

export function now(): Today {
  const moment = new Date();
  return (zone) => (zone === 'UTC' ? undefined : inZone(zone, moment)) ?? formattedIn(zone, moment);
}

/**
 * As this process would see it there: the formatter below takes 15 ms to be made. Undefined for what may be no name of a
 * zone to it, for then it is at zero all the year like UTC.
 */
function inZone(zone: string, moment: Date): Day | undefined {
  const before = process.env.TZ;
  try {
    process.env.TZ = zone;
    const isZone = [0, 6].some((month) => new Date(moment.getFullYear(), month, 1).getTimezoneOffset() !== 0);
    return isZone ? dayOf(moment.getFullYear(), moment.getMonth() + 1, moment.getDate()) : undefined;
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

function formattedIn(zone: string, moment: Date): Day {
  if (zone === 'UTC') return dayOf(moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate());
  // en-CA writes a date as year-month-day.
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const found = Object.fromEntries(parts.formatToParts(moment).map((part) => [part.type, part.value]));
  return `${found.year}-${found.month}-${found.day}` as Day;
}
