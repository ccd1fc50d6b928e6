// What a value of a record looks like, as data: text, entries, maps, lists, choices. Owns the forms there are and the types
// of what is made of them. accept.ts makes records by a shape; explain.ts says with zod what does not fit.
import type { Fault } from './languages.ts';

/** Text that means something. */
export type Text = {
  readonly form: 'text';
  /** What the text means; undefined for text that cannot stand here. */
  readonly read: (text: string) => unknown;
  /** Why; undefined for text that can be read. */
  readonly fault: (text: string) => Fault | undefined;
  /** What belongs here, where "text" alone would not help. */
  readonly expected: string | undefined;
};

export type NumberForm = {
  readonly form: 'number';
  readonly isWhole: boolean;
  readonly least: number;
  readonly most: number;
  /** An amount in the practice's currency: how it is written counts too (book/amounts). */
  readonly isMoney: boolean;
};

/** One of these. `says` is the advice on any other. */
export type Choice = {
  readonly form: 'choice';
  readonly values: readonly (string | number)[];
  readonly says: string | undefined;
};

export type Field = {
  readonly key: string;
  readonly shape: Form;
  readonly isOptional: boolean;
  /** An error in it takes out this value alone. */
  readonly isLoose: boolean;
};

/** A map with exactly these keys. */
export type Entry = {
  readonly form: 'entry';
  /** In the format's order. */
  readonly fields: readonly Field[];
};

export type MapForm = { readonly form: 'map'; readonly key: Text; readonly value: Form };

export type List = {
  readonly form: 'list';
  readonly item: Form;
  /** What also counts as a list: nothing as an empty one; one value as a list of one. */
  readonly takes: 'lists' | 'lists or nothing' | 'anything';
  readonly least: number;
  /** Whether each entry is told its place in the file, `at`; then a hole is no entry. */
  readonly isPlaced: boolean;
};

/** The first that fits. */
export type Either = { readonly form: 'either'; readonly shapes: readonly Form[] };

export type OptionalForm = { readonly form: 'optional'; readonly inner: Form; readonly isLoose: boolean };

/** A value that is written in a short form is held against the shape in its long one. */
export type Short = { readonly form: 'short'; readonly expand: (value: unknown) => unknown; readonly inner: Form };

/** Something else is made of what was read, if nothing speaks against it. */
export type Made = {
  readonly form: 'made';
  readonly inner: Form;
  readonly fault: (value: never) => Fault | undefined;
  readonly make: (value: never) => unknown;
};

export type Form =
  | Text
  | { readonly form: 'flag' }
  | { readonly form: 'nothing' }
  | NumberForm
  | Choice
  | Entry
  | MapForm
  | List
  | Either
  | OptionalForm
  | Short
  | Made;

declare const output: unique symbol;

/** A shape of which a T is made. */
export type Shape<T> = Form & { readonly [output]?: () => T };
export type OptionalShape<T> = OptionalForm & { readonly [output]?: () => T | undefined };
export type Output<S> = S extends { readonly [output]?: () => infer T } ? T : never;

type Shapes = Readonly<Record<string, Form>>;
type OptionalKey<S extends Shapes> = {
  [K in keyof S]: S[K] extends OptionalForm ? K : never;
}[keyof S];
type Flat<T> = { [K in keyof T]: T[K] };
export type EntryOf<S extends Shapes> = Flat<
  { readonly [K in Exclude<keyof S, OptionalKey<S>>]: Output<S[K]> } & {
    readonly [K in OptionalKey<S>]?: Output<S[K]>;
  }
>;

export const text = <T>(
  read: (text: string) => T | undefined,
  fault: (text: string) => Fault | undefined,
  expected?: string,
): Text & Shape<T> => ({ form: 'text', read, fault, expected });

export const flag: Shape<boolean> = { form: 'flag' };
export const nothing: Shape<null> = { form: 'nothing' };

export const numberFrom = (least: number, most = Number.POSITIVE_INFINITY): Shape<number> => ({
  form: 'number',
  isWhole: false,
  least,
  most,
  isMoney: false,
});
export const money: Shape<number> = {
  form: 'number',
  isWhole: false,
  least: 0,
  most: Number.POSITIVE_INFINITY,
  isMoney: true,
};
export const wholeNumberFrom = (least: number): Shape<number> => ({
  form: 'number',
  isWhole: true,
  least,
  most: Number.POSITIVE_INFINITY,
  isMoney: false,
});

export const oneOf = <const V extends string | number>(values: readonly V[], says?: string): Shape<V> => ({
  form: 'choice',
  values,
  says,
});

/** An error in it takes the entry with it: a reference or a step hangs on this value. */
export const optional = <S extends Form>(inner: S): OptionalShape<Output<S>> => ({
  form: 'optional',
  inner,
  isLoose: false,
});

/** No reference and no step hangs on it: an error in it takes out this value alone, and the rest of the entry stays. */
export const loose = <S extends Form>(inner: S): OptionalShape<Output<S>> => ({
  form: 'optional',
  inner,
  isLoose: true,
});

/** A map with exactly these keys. Empty is an empty map. */
export function entry<S extends Shapes>(shapes: S): Shape<EntryOf<S>> {
  const fields = Object.entries(shapes).map(([key, shape]): Field => {
    return shape.form === 'optional'
      ? { key, shape: shape.inner, isOptional: true, isLoose: shape.isLoose }
      : { key, shape, isOptional: false, isLoose: false };
  });
  return { form: 'entry', fields };
}

/** A map from keys of this kind to values of that, in the file's order. Empty is an empty map. */
export const mapBy =
  (key: Text) =>
  <S extends Form>(value: S): Shape<Readonly<Record<string, Output<S>>>> => ({ form: 'map', key, value });

/** A list; one value alone is a list of one, empty an empty one. */
export const listOf = <S extends Form>(item: S): Shape<readonly Output<S>[]> => ({
  form: 'list',
  item,
  takes: 'anything',
  least: 0,
  isPlaced: false,
});

/** A list that is written as one, of at least one value. */
export const someOf = <S extends Form>(item: S): Shape<readonly Output<S>[]> => ({
  form: 'list',
  item,
  takes: 'lists',
  least: 1,
  isPlaced: false,
});

type Placed<S> = readonly (Output<S> & { readonly at: number })[];

/** A list whose entries keep their place in the file (`at`), also when a broken one before them was taken out. */
export const entriesOf = <S extends Form>(item: S): Shape<Placed<S>> => ({
  form: 'list',
  item,
  takes: 'anything',
  least: 0,
  isPlaced: true,
});

/** A whole file that is a list: there one entry alone is no list of one, for nothing could be added to it. */
export const fileOf = <S extends Form>(item: S): Shape<Placed<S>> => ({
  form: 'list',
  item,
  takes: 'lists or nothing',
  least: 0,
  isPlaced: true,
});

export const either = <const S extends readonly Form[]>(...shapes: S): Shape<Output<S[number]>> => ({
  form: 'either',
  shapes,
});

export const short = <S extends Form>(expand: (value: unknown) => unknown, inner: S): Shape<Output<S>> => ({
  form: 'short',
  expand,
  inner,
});

const noFault = (): undefined => undefined;

export const made = <S extends Form, T>(
  inner: S,
  make: (value: Output<S>) => T,
  fault: (value: Output<S>) => Fault | undefined = noFault,
): Shape<T> => ({ form: 'made', inner, make, fault });

/** What fits and has nothing speak against it. */
export const checked = <S extends Form>(inner: S, fault: (value: Output<S>) => Fault | undefined): Shape<Output<S>> =>
  made(inner, (value) => value, fault);
