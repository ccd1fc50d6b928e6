// A cadence rule and its short forms, as segments and clients write them. What it means is in engine/cadence.
import * as z from 'zod';
import type { Offset } from '../day.ts';
import { monthNumber, PERIODS, type Period } from './languages.ts';
import { entry, offset, raiseFault, ref } from './values.ts';

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

const each = z.union([z.string(), z.array(z.string()).min(1)]).transform((value, ctx) => {
  if (typeof value === 'string' && isPeriod(value)) return { each: value, months: [] as readonly number[] };
  const words = typeof value === 'string' ? [value] : value;
  const months: number[] = [];
  for (const word of words) {
    const month = monthNumber(word);
    if (month === undefined) {
      return raiseFault(ctx, value, {
        code: 'shape/bad-value',
        args: { says: `\`${word}\` is no period`, help: EACH_HELP },
      });
    }
    if (!months.includes(month)) months.push(month);
  }
  return { each: 'named-months' as const, months: months.toSorted((a, b) => a - b) as readonly number[] };
});

const long = entry({
  every: offset.optional(),
  each: each.optional(),
  yearly: ref.optional(),
  grace: offset.optional(),
  lead: offset.optional(),
  first: offset.optional(),
  owner: ref.optional(),
}).transform((rule, ctx): CadenceRule => {
  const { every, each: period, yearly } = rule;
  const common = { grace: rule.grace, lead: rule.lead, first: rule.first, owner: rule.owner };
  const forms = [every, period, yearly].filter((form) => form !== undefined).length;
  if (forms !== 1) {
    const says =
      forms === 0 ? 'a cadence needs `every`, `each` or `yearly`' : 'a cadence has one of `every`, `each` and `yearly`';
    return raiseFault(ctx, rule, { code: forms === 0 ? 'shape/missing' : 'shape/bad-value', args: { says } });
  }
  if (every) {
    if (every.n > 0) return { form: 'every', every, ...common };
    return raiseFault(ctx, rule, { code: 'shape/bad-value', args: { says: 'an interval of nothing never ends' } });
  }
  return period ? { form: 'each', ...period, ...common } : { form: 'yearly', yearly: yearly ?? '', ...common };
});

/** `6w` is `{every: 6w}`, `half-year` is `{each: half-year}`. */
const expandShort = (value: unknown): unknown => {
  if (typeof value !== 'string') return Array.isArray(value) ? { each: value } : value;
  return /^\d/.test(value) ? { every: value } : { each: value };
};

export const cadenceRule = z.preprocess(expandShort, long);
export const clientCadence = z.union([z.literal('none'), cadenceRule]);
