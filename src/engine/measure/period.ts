// Stretches of the calendar that a question is about: the last full month, quarter, half-year or year, or the one that runs.
import { addDays, type Day, dayOf, daysInMonth, monthOf, yearOf } from '../../day.ts';
import type { Span } from '../calendar.ts';

export const PERIOD_WORDS = ['month', 'quarter', 'half-year', 'year'] as const;
export type PeriodWord = (typeof PERIOD_WORDS)[number];

const MONTHS: Readonly<Record<PeriodWord, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

/** The one that `day` lies in. */
function periodAround(word: PeriodWord, day: Day): Span {
  const length = MONTHS[word];
  const first = Math.floor((monthOf(day) - 1) / length) * length + 1;
  const last = first + length - 1;
  const year = yearOf(day);
  return { from: dayOf(year, first, 1), to: dayOf(year, last, daysInMonth(year, last)) };
}

/** The last one that is over. */
export const lastFull = (word: PeriodWord, today: Day): Span =>
  periodAround(word, addDays(periodAround(word, today).from, -1));

/** The one that runs, up to today. */
export const running = (word: PeriodWord, today: Day): Span => ({ from: periodAround(word, today).from, to: today });
