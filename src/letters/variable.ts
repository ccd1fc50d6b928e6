// What a variable of a template is: its form, the record and key that hold it, its value for the facts of one letter.
import type { Facts } from './facts.ts';
import type { Form, Value } from './functions.ts';
import type { Home } from './homes.ts';

/** Why a value that is there would be a lie in this letter. */
export type Contradiction = {
  readonly says: string;
  readonly help: string;
  /** The variable that makes it right where the letter prints that too. */
  readonly unless?: string;
};

export type Variable = {
  /** `client.name` */
  readonly name: string;
  readonly form: Form;
  readonly meaning: string;
  /** The record that holds it, and the key in there. */
  readonly home: Home;
  readonly key: string;
  readonly value: (facts: Facts) => Value | undefined;
  readonly contradicts?: (facts: Facts) => Contradiction | undefined;
};

export const row = (
  name: string,
  form: Form,
  meaning: string,
  [home, key]: readonly [Home, string],
  value: Variable['value'],
  contradicts?: Variable['contradicts'],
): Variable => ({ name, form, meaning, home, key, value, ...(contradicts === undefined ? {} : { contradicts }) });

export const listOr = (entries: readonly string[] | undefined): readonly string[] | undefined =>
  entries && entries.length > 0 ? entries : undefined;

/** The value of a condition that holds. */
export const flagOr = (holds: boolean): string | undefined => (holds ? 'yes' : undefined);
