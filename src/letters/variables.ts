// Every variable a template may use, in one table: what it means, what it is, and the record and key that hold it.
// Rendering, the check of templates, "did you mean" and docs/letters.md all read this table.
import type { Variable } from './variable.ts';
import { PEOPLE_VARIABLES } from './variables-people.ts';
import { WORK_VARIABLES } from './variables-work.ts';

export const VARIABLES: readonly Variable[] = [...PEOPLE_VARIABLES, ...WORK_VARIABLES];

const BY_NAME: ReadonlyMap<string, Variable> = new Map(VARIABLES.map((each) => [each.name, each]));
export const findVariable = (name: string): Variable | undefined => BY_NAME.get(name);
export const VARIABLE_NAMES: readonly string[] = VARIABLES.map((each) => each.name);
/** `practice`, `client` ... */
export const GROUPS: readonly string[] = [
  ...new Set(VARIABLE_NAMES.filter((each) => each.includes('.')).map((each) => each.replace(/\..*$/, ''))),
];
export const namesIn = (group: string): readonly string[] =>
  VARIABLE_NAMES.filter((each) => each.startsWith(`${group}.`));
