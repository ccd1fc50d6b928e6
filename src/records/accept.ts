// A value and a shape to what is made of it, when the value is beyond doubt. Says nothing about any other: explain.ts does.
// The records of a whole practice go through here, so nothing is made that is not kept.
import { inOrder } from '../order.ts';
import type { Entry, Form, List, MapForm, Output } from './shape.ts';

/** The answer to a value that does not fit. */
export const DOUBT: unique symbol = Symbol('doubt');
export type Doubt = typeof DOUBT;

/** What explain's schema would make of the value, the keys of maps in their order; or doubt. */
export const accept = <S extends Form>(shape: S, value: unknown): Output<S> | Doubt =>
  make(shape, value) as Output<S> | Doubt;

function make(shape: Form, value: unknown): unknown {
  switch (shape.form) {
    case 'text': {
      if (typeof value !== 'string') return DOUBT;
      const read = shape.read(value);
      return read === undefined ? DOUBT : read;
    }
    case 'entry':
      return makeEntry(shape, value);
    case 'map':
      return makeMap(shape, value);
    case 'list':
      return makeList(shape, value);
    case 'flag':
      return typeof value === 'boolean' ? value : DOUBT;
    case 'number': {
      const isOne = shape.isWhole ? Number.isSafeInteger(value) : Number.isFinite(value);
      return isOne && (value as number) >= shape.least && (value as number) <= shape.most ? value : DOUBT;
    }
    case 'choice':
      return (shape.values as readonly unknown[]).includes(value) ? value : DOUBT;
    case 'nothing':
      return value === null ? value : DOUBT;
    case 'optional':
      return value === undefined ? value : make(shape.inner, value);
    case 'either': {
      for (const each of shape.shapes) {
        const one = make(each, value);
        if (one !== DOUBT) return one;
      }
      return DOUBT;
    }
    case 'short':
      return make(shape.inner, shape.expand(value));
    case 'made': {
      const inner = make(shape.inner, value);
      if (inner === DOUBT || shape.fault(inner as never) !== undefined) return DOUBT;
      return shape.make(inner as never);
    }
  }
}

type Raw = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

function makeEntry(shape: Entry, value: unknown): unknown {
  const raw = value === null ? {} : value;
  if (!isMap(raw)) return DOUBT;
  const made: Record<string, unknown> = {};
  let seen = 0;
  for (const field of shape.fields) {
    const written = raw[field.key];
    if (written === undefined) {
      if (!field.isOptional) return DOUBT;
      continue;
    }
    const one = make(field.shape, written);
    if (one === DOUBT) return DOUBT;
    made[field.key] = one;
    seen += 1;
  }
  for (const _ in raw) seen -= 1;
  return seen === 0 ? made : DOUBT;
}

function makeMap({ key: keyShape, value: valueShape }: MapForm, value: unknown): unknown {
  const raw = value === null ? {} : value;
  if (!isMap(raw)) return DOUBT;
  const made: Record<string, unknown> = {};
  for (const key in raw) {
    if (keyShape.read(key) === undefined) return DOUBT;
    const one = make(valueShape, raw[key]);
    if (one === DOUBT) return DOUBT;
    made[key] = one;
  }
  return inOrder(made, () => Object.keys(raw));
}

function makeList(shape: List, value: unknown): unknown {
  const { item, takes, isPlaced } = shape;
  let list = value;
  if (!Array.isArray(value)) {
    if (takes === 'lists' || value === undefined) return DOUBT;
    if (value === null) list = [];
    else if (takes === 'anything') list = [value];
    else return DOUBT;
  }
  const raw = list as readonly unknown[];
  if (raw.length < shape.least) return DOUBT;
  const made: unknown[] = [];
  for (let at = 0; at < raw.length; at += 1) {
    const written = raw[at];
    if (isPlaced && written === undefined) continue;
    const one = make(item, written);
    if (one === DOUBT) return DOUBT;
    // Ours alone: it was made just now.
    if (isPlaced) (one as { at: number }).at = at;
    made.push(one);
  }
  return made;
}
