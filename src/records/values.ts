// The zod pieces that all record types share: text, ids, days, lists, maps. Owns how a value's fault travels in a zod issue.
import * as z from 'zod';
import type { Day, Offset } from '../day.ts';
import { idFault } from './ids.ts';
import {
  type Due,
  type Fault,
  type MonthDay,
  type Read,
  readDay,
  readDayRange,
  readDue,
  readEffort,
  readMonthDay,
  readOffset,
} from './languages.ts';

type Context = { readonly issues: unknown[] };

/** A custom issue carries its Fault in `params`; problem/from-zod reads it there. */
const raise = (ctx: Context, input: unknown, fault: Fault): never => {
  ctx.issues.push({ code: 'custom', input, params: fault });
  return z.NEVER;
};

const read =
  <T>(reader: (text: string) => Read<T>) =>
  (text: string, ctx: Context): T => {
    const result = reader(text);
    return 'fault' in result ? raise(ctx, text, result.fault) : result.value;
  };

const isBlank = (text: string): boolean => text.trim() === '';
const BLANK: Fault = {
  code: 'shape/bad-value',
  args: { says: 'this text is empty', help: 'write something, or delete the key' },
};
const BREAKS = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;

/** Text of one line: names, titles, addresses. A line break inside could forge a mail header. */
const oneLine = (text: string, ctx: Context): string => {
  const trimmed = text.trim();
  if (trimmed === '') return raise(ctx, text, BLANK);
  if (!BREAKS.test(trimmed)) return trimmed;
  return raise(ctx, text, {
    code: 'shape/bad-value',
    args: { says: 'a line break or control character stands in this text', help: 'this text must be one plain line' },
  });
};
export const line = z.string().transform(oneLine);

/** Text of any length. */
export const prose = z.string().transform((text, ctx) => (isBlank(text) ? raise(ctx, text, BLANK) : text.trimEnd()));

const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/;
export const mailAddress = z.string().transform((text, ctx) =>
  ADDRESS.test(text) && !BREAKS.test(text)
    ? text
    : raise(ctx, text, {
        code: 'shape/bad-value',
        args: { says: `\`${text}\` is no e-mail address`, help: 'write one plain address: ada@acme.example' },
      }),
);

const idKey = z.string().transform((id, ctx) => {
  const fault = idFault(id, 'id');
  return fault ? raise(ctx, id, fault) : id;
});
const stepKey = z.string().transform((id, ctx) => {
  if (id === 'start' || id === 'due') {
    return raise(ctx, id, {
      code: 'id/bad-name',
      args: { says: `\`${id}\` has a meaning of its own in due days`, help: 'choose another id' },
    });
  }
  const fault = idFault(id, 'id');
  return fault ? raise(ctx, id, fault) : id;
});
const segmentKey = z.string().transform((id, ctx) => {
  const fault = idFault(id, 'segment');
  return fault ? raise(ctx, id, fault) : id;
});

/** A reference to something by its id; whether it exists is for the rules. */
export const ref = z.string().transform(oneLine);

/** Text in a little language: the message says what belongs there when something other than text does stand there. */
const words = (expected: string) =>
  z.string({ error: (issue) => (issue.code === 'invalid_type' ? expected : undefined) });

export const day = words('a date such as 2026-11-23').transform(read<Day>(readDay));
export const offset = words('a length of time such as 14d, 5bd or 3m').transform(
  read<Offset>((text) => readOffset(text)),
);
export const due = words('a due day such as `welcome + 5bd`').transform(read<Due>(readDue));
export const effort = words('an effort such as 45min or 2h').transform(read<number>(readEffort));
export const monthDay = words('a day of the year such as 12-10').transform(read<MonthDay>(readMonthDay));
export const flag = z.boolean();
export const amount = z.number().min(0);
export const wholeNumber = z.int().min(1);

const orEmptyMap = (value: unknown): unknown => (value === null ? {} : value);
const orList = (value: unknown): unknown =>
  value === null ? [] : value === undefined || Array.isArray(value) ? value : [value];

/**
 * A map with exactly these keys. Empty is an empty map. The message of an unknown-key issue lists the keys that would
 * have been right, for "did you mean".
 */
export const entry = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.preprocess(
    orEmptyMap,
    z.strictObject(shape, {
      error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
    }),
  );

/** A map from ids to entries, in the file's order. */
export const mapOf = <V extends z.ZodType>(value: V) => z.preprocess(orEmptyMap, z.record(idKey, value));
export const stepMapOf = <V extends z.ZodType>(value: V) => z.preprocess(orEmptyMap, z.record(stepKey, value));
export const segmentMapOf = <V extends z.ZodType>(value: V) => z.preprocess(orEmptyMap, z.record(segmentKey, value));

/** A list; one value alone is a list of one, empty an empty one. */
export const listOf = <V extends z.ZodType>(value: V) => z.preprocess(orList, z.array(value));

const orEmptyList = (value: unknown): unknown => (value === null ? [] : value);

/** A whole file that is a list: there one entry alone is no list of one, for nothing could be added to it. */
export const fileOf = <V extends z.ZodType<object>>(value: V) =>
  z.preprocess(orEmptyList, z.array(value.optional())).transform(placed<V>);

/** A list whose entries keep their place in the file (`at`), also when a broken one before them was taken out. */
export const entriesOf = <V extends z.ZodType<object>>(value: V) =>
  z.preprocess(orList, z.array(value.optional())).transform(placed<V>);

function placed<V extends z.ZodType<object>>(list: readonly unknown[]) {
  return list.flatMap((each, at) => (each === undefined ? [] : [{ ...(each as z.output<V>), at }]));
}

export type DayRange = { readonly from: Day; readonly to: Day; readonly why: string };

const rangeKey = z.string().transform((text, ctx) => {
  const result = readDayRange(text);
  return 'fault' in result ? raise(ctx, text, result.fault) : text;
});

/** `2026-12-25: Christmas Day`, `2026-12-28..2027-01-01: Winter break`; the reason may be left out. */
export const dayRanges = z
  .preprocess(orEmptyMap, z.record(rangeKey, z.union([z.null(), prose])))
  .transform((map): readonly DayRange[] =>
    Object.entries(map).flatMap(([key, why]) => {
      const range = readDayRange(key);
      return 'value' in range ? [{ ...range.value, why: why ?? '' }] : [];
    }),
  );

/** Adds a fault to what a schema's transform is given. */
export const raiseFault = raise;
