// Days as a person types them on the command line: today, fri, +3d, eom. Never used in files; what they mean hangs on today.
import {
  addDays,
  addMonths,
  type Day,
  endOfMonth,
  formatFullDay,
  parseDay,
  parseOffset,
  WEEKDAYS,
  weekdayOf,
} from '../day.ts';

/** Past for what has happened, future for what is to come. */
export type Direction = 'past' | 'future';
export type DayWord = { readonly day: Day } | { readonly fault: string };

const FORMS = 'write a date (2026-11-23), today, yesterday, tomorrow, mon..sun, +3d, -2w or eom';

/** A weekday is the nearest one in the direction; today's own weekday is ambiguous. Offsets are calendar ones. */
export function parseDayWord(word: string, today: Day, direction: Direction): DayWord {
  const text = word.trim().toLowerCase();
  const iso = parseDay(text);
  if (iso !== undefined) return { day: iso };
  if (text === 'today') return { day: today };
  if (text === 'yesterday') return { day: addDays(today, -1) };
  if (text === 'tomorrow') return { day: addDays(today, 1) };
  if (text === 'eom') return { day: endOfMonth(today) };
  const weekday = (WEEKDAYS as readonly string[]).indexOf(text);
  if (weekday >= 0) return parseWeekday(weekday, today, direction);
  return parseSigned(text, today) ?? { fault: `\`${word}\` is not a valid day: ${FORMS}` };
}

function parseWeekday(weekday: number, today: Day, direction: Direction): DayWord {
  const ahead = (weekday - WEEKDAYS.indexOf(weekdayOf(today)) + 7) % 7;
  if (ahead === 0) {
    const other = addDays(today, direction === 'past' ? -7 : 7);
    return { fault: `\`${WEEKDAYS[weekday]}\` could be today or ${formatFullDay(other)}: write today or ${other}` };
  }
  return { day: addDays(today, direction === 'future' ? ahead : ahead - 7) };
}

function parseSigned(text: string, today: Day): DayWord | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const offset = /^[+-]/.test(text) ? parseOffset(text.slice(1)) : undefined;
  if (!offset) return undefined;
  switch (offset.unit) {
    case 'd':
      return { day: addDays(today, sign * offset.n) };
    case 'w':
      return { day: addDays(today, sign * offset.n * 7) };
    case 'm':
      return { day: addMonths(today, sign * offset.n) };
    case 'y':
      return { day: addMonths(today, sign * offset.n * 12) };
    case 'bd':
      return { fault: `\`${text}\`: working days are for the files; write calendar days (+3d) or a date` };
  }
}
