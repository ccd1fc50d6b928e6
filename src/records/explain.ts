// A shape as a zod schema, which says of a value everything that does not fit. Owns how a fault travels in a zod issue
// (problem/from-zod reads it there). Loaded when something is in doubt; accept.ts makes the records of all that is not.
import * as z from 'zod';
import { inOrder } from '../order.ts';
import type { Fault } from './languages.ts';
import type { Choice, Entry, Form, List, Made, MapForm, NumberForm, Shape, Text } from './shape.ts';

/** The schema of a shape. Each is made once, when it is first asked for. */
export type Schemas = <T>(shape: Shape<T>) => z.ZodType<T>;

export function makeSchemas(): Schemas {
  const known = new WeakMap<Form, z.ZodType>();
  const of = (shape: Form): z.ZodType => {
    const schema = known.get(shape) ?? schemaOf(shape, of);
    known.set(shape, schema);
    return schema;
  };
  return of as Schemas;
}

type Of = (shape: Form) => z.ZodType;

function schemaOf(shape: Form, of: Of): z.ZodType {
  switch (shape.form) {
    case 'text':
      return textSchema(shape);
    case 'flag':
      return z.boolean();
    case 'nothing':
      return z.null();
    case 'number':
      return numberSchema(shape);
    case 'choice':
      return choiceSchema(shape);
    case 'entry':
      return entrySchema(shape, of);
    case 'map':
      return mapSchema(shape, of);
    case 'list':
      return listSchema(shape, of);
    case 'either':
      return z.union(shape.shapes.map(of));
    case 'optional':
      return of(shape.inner).optional();
    case 'short':
      return z.preprocess(shape.expand, of(shape.inner));
    case 'made':
      return madeSchema(shape, of);
  }
}

type Context = { readonly issues: unknown[] };

const raise = (ctx: Context, input: unknown, fault: Fault): never => {
  ctx.issues.push({ code: 'custom', input, params: fault });
  return z.NEVER;
};

function textSchema({ read, fault, expected }: Text) {
  const written = z.string({ error: (issue) => (issue.code === 'invalid_type' ? expected : undefined) });
  return written.transform((text, ctx) => {
    const found = fault(text);
    return (found ? raise(ctx, text, found) : read(text)) as string;
  });
}

function numberSchema({ isWhole, least, most }: NumberForm): z.ZodType {
  const any = isWhole ? z.int() : z.number();
  const atLeast = least === Number.NEGATIVE_INFINITY ? any : any.min(least);
  return most === Number.POSITIVE_INFINITY ? atLeast : atLeast.max(most);
}

/** Advice on a key that is not there would be advice on nothing. */
const choiceSchema = ({ values, says }: Choice): z.ZodType =>
  z.literal(values, { error: (issue) => (issue.input === undefined ? undefined : says) });

const orEmptyMap = (value: unknown): unknown => (value === null ? {} : value);

/** The message of an unknown-key issue lists the keys that would have been right, for "did you mean". */
function entrySchema({ fields }: Entry, of: Of): z.ZodType {
  const keys = fields.map((field) => field.key);
  const schemas = fields.map(({ key, shape, isOptional }) => [key, isOptional ? of(shape).optional() : of(shape)]);
  const error = (issue: { readonly code?: string | undefined }) =>
    issue.code === 'unrecognized_keys' ? keys.join(' ') : undefined;
  return z.preprocess(orEmptyMap, z.strictObject(Object.fromEntries(schemas), { error }));
}

/** zod passes over a key of this name without a word. */
const PASSED_OVER = '__proto__';

function mapSchema({ key, value }: MapForm, of: Of): z.ZodType {
  const record = z.record(textSchema(key), of(value));
  return z.unknown().transform((written, ctx) => {
    const map = orEmptyMap(written);
    const isMap = typeof map === 'object' && map !== null;
    const fault = isMap && Object.hasOwn(map, PASSED_OVER) ? key.fault(PASSED_OVER) : undefined;
    if (fault) {
      const issues = [{ code: 'custom' as const, path: [], message: '', params: fault }];
      ctx.issues.push({ code: 'invalid_key', origin: 'record', path: [PASSED_OVER], input: map, issues });
    }
    const { data, error } = record.safeParse(map, { reportInput: true });
    if (data) return inOrder(data, () => Object.keys(map as object));
    const issues: unknown[] = ctx.issues;
    for (const issue of error?.issues ?? []) issues.push(issue);
    return z.NEVER;
  });
}

const orEmptyList = (value: unknown): unknown => (value === null ? [] : value);
const orList = (value: unknown): unknown =>
  value === null ? [] : value === undefined || Array.isArray(value) ? value : [value];

function listSchema({ item, takes, least, isPlaced }: List, of: Of): z.ZodType {
  const items = z.array(isPlaced ? of(item).optional() : of(item));
  const list = least === 0 ? items : items.min(least);
  const taken = takes === 'lists' ? list : z.preprocess(takes === 'anything' ? orList : orEmptyList, list);
  return isPlaced ? taken.transform((value) => placed(value as readonly (object | undefined)[])) : taken;
}

const placed = (list: readonly (object | undefined)[]): readonly object[] =>
  list.flatMap((each, at) => (each === undefined ? [] : [{ ...each, at }]));

const madeSchema = ({ inner, fault, make }: Made, of: Of): z.ZodType =>
  of(inner).transform((value, ctx) => {
    const found = fault(value as never);
    return found ? raise(ctx, value, found) : make(value as never);
  });
