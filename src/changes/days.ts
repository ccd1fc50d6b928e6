// Days given on the command line of a change: when something happened, until when, by when. Refuses what cannot be.
import { type Options, type Practice, textOption } from '../command.ts';
import { type Day, formatFullDay } from '../day.ts';
import { UsageError } from '../outcome.ts';
import { type Direction, parseDayWord } from '../typed/day-words.ts';

/** The day named by an option; undefined when it is not given. Throws UsageError for what is no day. */
export function dayIn(practice: Practice, options: Options, name: string, direction: Direction): Day | undefined {
  const written = textOption(options, name);
  if (written === undefined) return undefined;
  const word = parseDayWord(written, practice.today, direction);
  if ('day' in word) return word.day;
  throw new UsageError(word.fault);
}

/** `--on`: the day it happened, today by default; never in the future. */
export function happenedOn(practice: Practice, options: Options): Day {
  const day = dayIn(practice, options, 'on', 'past') ?? practice.today;
  if (day <= practice.today) return day;
  throw new UsageError(`${formatFullDay(day)} is in the future: today is ${formatFullDay(practice.today)}`);
}

/** A day that something holds until or is promised for; not before today. */
export function dayToCome(practice: Practice, options: Options, name: string): Day | undefined {
  const day = dayIn(practice, options, name, 'future');
  if (day === undefined || day >= practice.today) return day;
  throw new UsageError(`${formatFullDay(day)} has passed: today is ${formatFullDay(practice.today)}`);
}
