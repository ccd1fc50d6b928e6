// The period a question is about, as it is named on the command line: two days, or a word for a stretch of the calendar.
import type { Option, Options, Practice } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import { lastFull, PERIOD_WORDS, type PeriodWord, running } from '../engine/measure/period.ts';
import { UsageError } from '../outcome.ts';
import { parseDayWord } from './day-words.ts';

export type Period = { readonly from: Day; readonly to: Day };

export const PERIOD_OPTIONS: readonly Option[] = [
  { flags: '--from <day>', what: 'the first day' },
  { flags: '--to <day>', what: 'the last day (default: today)' },
  {
    flags: '--period <period>',
    what: 'month, quarter, half-year or year: the last full one; this-quarter: the running one, up to today',
  },
];

/** Undefined where nothing is said of it. */
export function periodIn({ today }: Practice, options: Options): Period | undefined {
  const word = textIn(options, 'period');
  const [from, to] = ['from', 'to'].map((name) => dayNamed(today, options, name));
  if (word === undefined && from === undefined && to === undefined) return undefined;
  if (word !== undefined) {
    if (from ?? to) throw new UsageError('--period and --from or --to say the same in two ways', 'give one of them');
    return periodNamed(word, today);
  }
  if (from === undefined) throw new UsageError('missing --from', 'give the first day too');
  const last = to ?? today;
  if (last < from) throw new UsageError(`${formatFullDay(last)} is before ${formatFullDay(from)}`);
  return { from, to: last };
}

function periodNamed(word: string, today: Day): Period {
  const name = word.replace(/^this-/, '');
  const found = PERIOD_WORDS.find((each): each is PeriodWord => each === name);
  if (!found) {
    throw new UsageError(
      `\`${word}\` is not a period`,
      `one of ${PERIOD_WORDS.join(', ')}; or ${PERIOD_WORDS.map((each) => `this-${each}`).join(', ')}`,
    );
  }
  return word === found ? lastFull(found, today) : running(found, today);
}

const textIn = (options: Options, name: string): string | undefined => {
  const written = options[name];
  return typeof written === 'string' ? written : undefined;
};

function dayNamed(today: Day, options: Options, name: string): Day | undefined {
  const written = textIn(options, name);
  if (written === undefined) return undefined;
  const word = parseDayWord(written, today, 'past');
  if ('day' in word) return word.day;
  throw new UsageError(word.fault);
}
