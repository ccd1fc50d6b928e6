// The functions a template may call: date, money, list, default, days_until. Owns what each takes, what it prints and
// when it has nothing to print. Knows no template syntax.
import { type Day, daysBetween, formatLongDay, formatSpokenDay } from '../day.ts';
import { formatMoney, formatNumber } from '../money.ts';

/** What a value is: `number` and `amount` are both numbers, an amount is money; a flag is there or not, for conditions. */
export type Form = 'text' | 'day' | 'number' | 'amount' | 'list' | 'flag';
export type Value = string | number | readonly string[];

/** What printing depends on besides the value. */
export type Manner = {
  readonly locale: string;
  readonly currency: string | undefined;
  readonly today: Day;
};

export type TemplateFunction = {
  readonly name: string;
  readonly what: string;
  readonly example: string;
  /** What its first argument may be; undefined for anything but a list. */
  readonly takes: readonly Form[] | undefined;
  /** How many arguments. */
  readonly arity: number;
  readonly print: (value: Value, manner: Manner) => string;
  /** Why it cannot print this value here, as the end of a sentence that begins with the variable's name. */
  readonly refuses?: (value: Value, manner: Manner) => { readonly says: string; readonly help: string } | undefined;
};

const number = (value: Value, { locale }: Manner): string => formatNumber(Number(value), locale);

const money = (value: Value, { locale, currency }: Manner): string => formatMoney(Number(value), locale, currency);

const list = (value: Value, { locale }: Manner): string =>
  typeof value === 'object' ? new Intl.ListFormat(locale, { type: 'conjunction' }).format(value) : String(value);

export const FUNCTIONS: readonly TemplateFunction[] = [
  {
    name: 'date',
    what: 'a day in full words, in the language of the letter',
    example: '{{date step.due}}',
    takes: ['day'],
    arity: 1,
    print: (value, { locale }) => formatLongDay(value as Day, locale),
  },
  {
    name: 'in_words',
    what: 'a day as one says it: without its year, unless that is another one',
    example: '{{in_words next_workday}}',
    takes: ['day'],
    arity: 1,
    print: (value, { locale, today }) => formatSpokenDay(value as Day, locale, today),
  },
  {
    name: 'money',
    what: 'an amount with `currency`',
    example: '{{money offer.price}}',
    takes: ['amount', 'number'],
    arity: 1,
    print: money,
    refuses: (_, { currency }) =>
      currency === undefined
        ? { says: 'is money, and the practice has no currency', help: 'write it in deliver.yaml: `currency: GBP`' }
        : undefined,
  },
  {
    name: 'list',
    what: 'a list in one sentence: a, b and c',
    example: '{{list segment.promises}}',
    takes: ['list'],
    arity: 1,
    print: list,
  },
  {
    name: 'default',
    what: 'another text, or another variable, where there is no value',
    example: '{{default contact.first_name "there"}}',
    takes: undefined,
    arity: 2,
    print: (value) => String(value),
  },
  {
    name: 'days_until',
    what: 'how many calendar days there are from today',
    example: '{{days_until step.due}}',
    takes: ['day'],
    arity: 1,
    print: (value, manner) => number(daysBetween(manner.today, value as Day), manner),
    refuses: (value, { today }) =>
      daysBetween(today, value as Day) < 0
        ? {
            says: `was ${value}, and no days are left until then`,
            help: 'a letter about a day that has passed says so in other words',
          }
        : undefined,
  },
];

export const findFunction = (name: string): TemplateFunction | undefined =>
  FUNCTIONS.find((each) => each.name === name);

/** A value that no function was asked to print. */
export function printPlain(value: Value, form: Form, manner: Manner): string {
  if (form === 'day') return formatLongDay(value as Day, manner.locale);
  if (form === 'number' || form === 'amount') return number(value, manner);
  return typeof value === 'object' ? list(value, manner) : String(value);
}
