// A cadence rule and its short forms, as segments and clients write them. What it means is in engine/cadence.
import type { Offset } from '../day.ts';
import { type Fault, monthNumber, PERIODS, type Period } from './languages.ts';
import { either, entry, made, type Output, oneOf, optional, short, someOf } from './shape.ts';
import { anyText, offset, ref } from './values.ts';

type Common = {
  readonly grace: Offset | undefined;
  readonly lead: Offset | undefined;
  readonly first: Offset | undefined;
  readonly owner: string | undefined;
};
export type EveryRule = Common & { readonly form: 'every'; readonly every: Offset };
export type EachRule = Common & {
  readonly form: 'each';
  readonly each: Period | 'named-months';
  /** 1 to 12, sorted; only for `named-months`. */
  readonly months: readonly number[];
};
export type YearlyRule = Common & {
  readonly form: 'yearly' /** `birthday`, `anniversary` or an occasion's id. */;
  readonly yearly: string;
};
export type CadenceRule = EveryRule | EachRule | YearlyRule;

const EACH_HELP = 'write month, quarter, half-year, year, or names of months: december, [march, september]';

const isPeriod = (word: string): word is Period => (PERIODS as readonly string[]).includes(word);

const wordsOf = (written: string | readonly string[]): readonly string[] =>
  typeof written === 'string' ? [written] : written;

type Each = Pick<EachRule, 'each' | 'months'>;

function readEach(written: string | readonly string[]): Each {
  if (typeof written === 'string' && isPeriod(written)) return { each: written, months: [] };
  const months = new Set(wordsOf(written).flatMap((word) => monthNumber(word) ?? []));
  return { each: 'named-months', months: [...months].sort((a, b) => a - b) };
}

function eachFault(written: string | readonly string[]): Fault | undefined {
  if (typeof written === 'string' && isPeriod(written)) return undefined;
  const wrong = wordsOf(written).find((word) => monthNumber(word) === undefined);
  if (wrong === undefined) return undefined;
  return { code: 'shape/bad-value', args: { says: `\`${wrong}\` is not a valid period`, help: EACH_HELP } };
}

const written = entry({
  every: optional(offset),
  each: optional(made(either(anyText, someOf(anyText)), readEach, eachFault)),
  yearly: optional(ref),
  grace: optional(offset),
  lead: optional(offset),
  first: optional(offset),
  owner: optional(ref),
});
type Written = Output<typeof written>;

function toRule({ every, each, yearly, grace, lead, first, owner }: Written): CadenceRule {
  const common = { grace, lead, first, owner };
  if (every) return { form: 'every', every, ...common };
  return each ? { form: 'each', ...each, ...common } : { form: 'yearly', yearly: yearly ?? '', ...common };
}

function ruleFault({ every, each, yearly }: Written): Fault | undefined {
  const forms = [every, each, yearly].filter((form) => form !== undefined).length;
  if (forms === 0) return { code: 'shape/missing', args: { says: 'a cadence needs `every`, `each` or `yearly`' } };
  const says =
    forms > 1
      ? 'a cadence has one of `every`, `each` and `yearly`'
      : every?.n === 0
        ? 'an interval of zero never ends'
        : undefined;
  return says === undefined ? undefined : { code: 'shape/bad-value', args: { says } };
}

/** `6w` is `{every: 6w}`, `half-year` is `{each: half-year}`. */
const expandShort = (value: unknown): unknown => {
  if (typeof value !== 'string') return Array.isArray(value) ? { each: value } : value;
  return /^\d/.test(value) ? { every: value } : { each: value };
};

export const cadenceRule = short(expandShort, made(written, toRule, ruleFault));
export const clientCadence = either(oneOf(['none']), cadenceRule);
