// The little languages of the files: due, effort, month-day, day ranges, cadence words. Text to data, or what is wrong and where.
import { type Day, daysInMonth, FIRST_YEAR, LAST_YEAR, MONTHS, type Offset, parseDay, parseOffset } from '../day.ts';

/** What is wrong with a piece of text: the code, the sentence, and the characters of it that are to blame. */
export type Fault = {
  readonly code: 'shape/bad-value' | 'shape/missing' | 'date/not-real' | 'date/order' | 'due/syntax' | 'id/bad-name';
  readonly args: Readonly<Record<string, string>>;
  readonly within?: readonly [number, number];
  readonly suggestion?: string;
};
export type Read<T> = { readonly value: T } | { readonly fault: Fault };

const bad = (says: string, more: Partial<Fault> & { readonly help?: string } = {}): { readonly fault: Fault } => ({
  fault: {
    code: more.code ?? 'shape/bad-value',
    args: { says, ...(more.help === undefined ? {} : { help: more.help }) },
    ...(more.within === undefined ? {} : { within: more.within }),
    ...(more.suggestion === undefined ? {} : { suggestion: more.suggestion }),
  },
});

const notReal = (value: string, within?: readonly [number, number]): { readonly fault: Fault } => {
  const year = Number(value.slice(0, 4));
  const why = year < FIRST_YEAR || year > LAST_YEAR ? `years run from ${FIRST_YEAR} to ${LAST_YEAR}` : undefined;
  return {
    fault: {
      code: 'date/not-real',
      args: { value, ...(why === undefined ? {} : { why }) },
      ...(within === undefined ? {} : { within }),
    },
  };
};

/** `2026-11-23`, placed at `at` within a longer value when it is a part of one. */
export function readDay(text: string, at?: number): Read<Day> {
  const within = at === undefined ? undefined : ([at, at + text.length] as const);
  const day = parseDay(text);
  if (day !== undefined) return { value: day };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return notReal(text, within);
  const loose = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  const suggestion = loose ? `${loose[1]}-${loose[2]?.padStart(2, '0')}-${loose[3]?.padStart(2, '0')}` : undefined;
  return bad(`\`${text}\` is not a valid date`, {
    ...(within ? { within } : {}),
    ...(suggestion !== undefined && parseDay(suggestion) ? { suggestion } : {}),
    help: 'write a date as year-month-day: 2026-11-23',
  });
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  day: 'd',
  days: 'd',
  wd: 'bd',
  workday: 'bd',
  workdays: 'bd',
  businessday: 'bd',
  businessdays: 'bd',
  week: 'w',
  weeks: 'w',
  month: 'm',
  months: 'm',
  mo: 'm',
  year: 'y',
  years: 'y',
};

/** `2w`; `start` is where it stands inside a longer value. */
export function readOffset(text: string, start?: number): Read<Offset> {
  const offset = parseOffset(text);
  if (offset !== undefined) return { value: offset };
  const within = start === undefined ? {} : { within: [start, start + text.length] as const };
  const loose = /^(\d+)\s*([a-z]+)$/i.exec(text.replace(/[\s-]+(?=[a-z])/gi, ' ').trim());
  const word = loose?.[2]?.toLowerCase() ?? '';
  const unit = UNIT_WORDS[word] ?? (/^(d|bd|w|m|y)$/.test(word) ? word : undefined);
  const suggestion = loose && unit ? `${Number(loose[1])}${unit}` : undefined;
  const tooLarge = /^\d+(bd|d|w|m|y)$/.test(text);
  return bad(tooLarge ? `\`${text}\` is more than a hundred years` : `\`${text}\` is not a valid duration`, {
    ...within,
    ...(suggestion !== undefined && parseOffset(suggestion) ? { suggestion } : {}),
    help: 'write a whole number and a unit: 14d days, 5bd working days, 2w weeks, 3m months, 1y',
  });
}

/** When something is due: a day of its own, or so long before or after an anchor. */
export type Due =
  | { readonly kind: 'day'; readonly day: Day; readonly text: string }
  | {
      readonly kind: 'anchor';
      /** `start`, a milestone or a step id; in a rung `due`. */
      readonly anchor: string;
      readonly sign: '+' | '-';
      readonly offset: Offset;
      readonly text: string;
    };

const ANCHOR = /^[a-z0-9][a-z0-9-]*$/;

/** `welcome + 5bd`. Faults are `due/syntax`, on the characters to blame. */
export function readDue(text: string): Read<Due> {
  const isDateLike = /^\d{4}-\d{1,2}-\d{1,2}$/.test(text);
  if (isDateLike) {
    const day = readDay(text);
    return 'fault' in day ? day : { value: { kind: 'day', day: day.value, text } };
  }
  if (ANCHOR.test(text) && !gluedOffset(text)) {
    return { value: { kind: 'anchor', anchor: text, sign: '+', offset: { n: 0, unit: 'd' }, text } };
  }
  const match = /^([a-z0-9][a-z0-9-]*) ([+-]) (\S+)$/.exec(text);
  if (match) {
    const [, anchor = '', sign = '+', amount = ''] = match;
    const offset = readOffset(amount, text.length - amount.length);
    if ('value' in offset) {
      return { value: { kind: 'anchor', anchor, sign: sign as '+' | '-', offset: offset.value, text } };
    }
    const inner = offset.fault.suggestion;
    return dueFault(`\`${amount}\` is not a valid duration`, {
      within: [text.length - amount.length, text.length],
      ...(inner === undefined ? {} : { suggestion: `${anchor} ${sign} ${inner}` }),
    });
  }
  return misshapenDue(text);
}

const dueFault = (says: string, more: Partial<Fault>): { readonly fault: Fault } =>
  bad(says, {
    ...more,
    code: 'due/syntax',
    help: 'write `step-or-milestone + 5bd`, `workshop - 2bd`, `start`, or a date; spaces around the sign',
  });

/** `workshop-2bd` is a legal id and almost surely a sign without its spaces. */
function gluedOffset(text: string): string | undefined {
  const match = /^([a-z0-9][a-z0-9-]*?)\s*([+-])\s*(\d+(?:bd|d|w|m|y))$/.exec(text);
  return match ? `${match[1]} ${match[2]} ${match[3]}` : undefined;
}

function misshapenDue(text: string): { readonly fault: Fault } {
  const glued = gluedOffset(text);
  if (glued !== undefined) {
    const sign = text.search(/\s*[+-]\s*\d+(?:bd|d|w|m|y)$/);
    return dueFault('the sign needs a space on both sides', { within: [sign, text.length], suggestion: glued });
  }
  const spaced = /^([a-z0-9][a-z0-9-]*)\s*([+-])\s*(\d+)\s*([a-z]+)$/i.exec(text);
  const amount = spaced ? readOffset(`${spaced[3]}${spaced[4]}`) : undefined;
  if (spaced && amount) {
    const length = 'value' in amount ? `${amount.value.n}${amount.value.unit}` : amount.fault.suggestion;
    if (length !== undefined) {
      return dueFault(`\`${text}\` is not a valid due day`, {
        within: [spaced[1]?.length ?? 0, text.length],
        suggestion: `${spaced[1]?.toLowerCase()} ${spaced[2]} ${length}`,
      });
    }
  }
  const wrong = text.search(/[^a-z0-9-]/);
  return dueFault(`\`${text}\` is not a valid due day`, { within: [Math.max(wrong, 0), text.length] });
}

/** `45min`, `2h`, `1.5h`: minutes. */
export function readEffort(text: string): Read<number> {
  const match = /^(\d{1,4}(?:\.\d{1,2})?)(min|h)$/.exec(text);
  if (match) return { value: Math.round(Number(match[1]) * (match[2] === 'h' ? 60 : 1)) };
  const loose = /^(\d+(?:\.\d+)?)\s*(m|mins?|minutes?|h|hrs?|hours?)$/i.exec(text);
  const suggestion = loose ? `${loose[1]}${/^h/i.test(loose[2] ?? '') ? 'h' : 'min'}` : undefined;
  return bad(`\`${text}\` is not a valid effort`, {
    ...(suggestion === undefined ? {} : { suggestion }),
    help: 'write minutes or hours: 45min, 2h, 1.5h',
  });
}

export type MonthDay = { readonly month: number; readonly date: number; readonly year?: number };

/** `12-10`, or `1985-12-10`. 29 February is a day of its own. */
export function readMonthDay(text: string): Read<MonthDay> {
  if (/^\d{4}-/.test(text)) {
    const day = readDay(text);
    if ('fault' in day) return day;
    const [year, month, date] = day.value.split('-').map(Number) as [number, number, number];
    return { value: { month, date, year } };
  }
  const match = /^(\d{2})-(\d{2})$/.exec(text);
  if (!match) {
    return bad(`\`${text}\` is not a valid day of the year`, {
      help: 'write month-day, 12-10, or a full date, 1985-12-10',
    });
  }
  const [month, date] = [Number(match[1]), Number(match[2])];
  const isReal = month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(2024, month);
  return isReal ? { value: { month, date } } : { fault: { code: 'date/not-real', args: { value: text } } };
}

/** A key of `closed`, `open`, `away`: `2026-12-25` or `2026-12-28..2027-01-01`, both days inside. */
export function readDayRange(text: string): Read<{ readonly from: Day; readonly to: Day }> {
  const parts = text.split('..');
  const [first = '', second] = parts;
  if (parts.length > 2) return bad(`\`${text}\` is not a valid day or range`, { help: RANGE_HELP });
  const from = readDay(first, 0);
  if ('fault' in from) return from;
  if (second === undefined) return { value: { from: from.value, to: from.value } };
  const to = readDay(second, first.length + 2);
  if ('fault' in to) return to;
  if (to.value < from.value) {
    return bad(`the range ends on ${second}, before it begins`, { code: 'date/order', within: [0, text.length] });
  }
  return { value: { from: from.value, to: to.value } };
}
const RANGE_HELP = 'write a day, 2026-12-25, or two with two dots: 2026-12-28..2027-01-01';

/** What `each:` may be; a list of months is given as their numbers. */
export type Period = 'month' | 'quarter' | 'half-year' | 'year';
export const PERIODS: readonly Period[] = ['month', 'quarter', 'half-year', 'year'];

export const monthNumber = (word: string): number | undefined => {
  const index = MONTHS.indexOf(word.toLowerCase());
  return index < 0 ? undefined : index + 1;
};
