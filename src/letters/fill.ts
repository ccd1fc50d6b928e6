// A template and its values to text. A value never meets the template engine or the Markdown reader: a mark stands for it
// until the end, so nothing in it is ever read as template, Markdown or HTML.

import { PARTIALS } from './expressions.ts';
import type { Facts } from './facts.ts';
import { FUNCTIONS, type Manner, printPlain, type Value } from './functions.ts';
import { handlebars, SIGNATURE_FROM, SIGNATURE_TO, VALUE_FROM, VALUE_TO } from './parse.ts';
import type { Variable } from './variable.ts';
import { VARIABLES } from './variables.ts';

export type Filled = {
  /** The template's own text with a mark for each value. */
  readonly marked: string;
  /** The values by their marks. */
  readonly values: readonly string[];
};

const SIGNATURE_MARKS = new RegExp(`[${SIGNATURE_FROM}${SIGNATURE_TO}]`, 'g');
const MARK = new RegExp(`${VALUE_FROM}(\\d+)${VALUE_TO}`, 'g');
const OPTIONS = {
  noEscape: true,
  // Every variable is known by its whole name, also inside of a list.
  compat: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(FUNCTIONS.map(({ name }) => [name, true])),
};
const CLOSED = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

function once<T>(workOut: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: workOut() };
    return known.value;
  };
}

/** `template` has passed the check and lacks nothing. */
export function fill(template: string, facts: Facts, manner: Manner): Filled {
  const values: string[] = [];
  const meant = new Map<unknown, Value>();
  const hold = (text: string): string => `${VALUE_FROM}${values.push(safeText(text)) - 1}${VALUE_TO}`;
  const context: Record<string, unknown> = {};
  const heldOf = (variable: Variable): unknown => {
    const value = variable.value(facts);
    if (value === undefined) return undefined;
    const held = typeof value === 'object' ? value.map(hold) : hold(printPlain(value, variable.form, manner));
    meant.set(held, value);
    return held;
  };
  for (const variable of VARIABLES) {
    const [group = '', key] = variable.name.split('.');
    if (key !== undefined) context[group] ??= {};
    const owner = key === undefined ? context : (context[group] as Record<string, unknown>);
    // Most letters ask for a few of them, and some take a while.
    Object.defineProperty(owner, key ?? group, { enumerable: true, get: once(() => heldOf(variable)) });
  }
  const helpers = Object.fromEntries(
    FUNCTIONS.map(({ name, takes, print }) => [
      name,
      (...given: readonly unknown[]): unknown => {
        // The last argument is the engine's own.
        const parts = given.slice(0, takes === undefined ? -1 : 1);
        const first = parts.find((each) => each !== undefined);
        if (takes === undefined && meant.has(first)) return first;
        const value = meant.get(first) ?? (first as Value);
        const held = hold(print(value, manner));
        meant.set(held, value);
        return held;
      },
    ]),
  );
  const partials = Object.fromEntries(
    [...PARTIALS].map(([name, { text }]) => [name, handlebars.compile(text, OPTIONS)]),
  );
  const marked = handlebars.compile(template, OPTIONS)(context, { ...CLOSED, helpers, partials });
  return { marked: marked.replace(/\r\n?/g, '\n'), values };
}

/**
 * What a terminal or a reader would obey is shown instead: control characters, and those that turn the direction of all
 * that follows. Other scripts and emoji stay as they are.
 */
const safeText = (text: string): string =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdd3]/g, (character) => {
      const code = character.charCodeAt(0);
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    });

/** The marks replaced; `print` turns a value into what belongs in that place, given the line in front of it. */
export const replaceMarks = ({ marked, values }: Filled, print: (value: string, before: string) => string): string =>
  marked.replace(MARK, (_, index: string, at: number) => {
    const lineStart = marked.lastIndexOf('\n', at - 1) + 1;
    return print(values[Number(index)] ?? '', marked.slice(lineStart, at));
  });

/** A value of several lines stays in the quotation or list it stands in. */
export const toText = (filled: Filled): string =>
  replaceMarks({ ...filled, marked: filled.marked.replace(SIGNATURE_MARKS, '') }, (value, before) =>
    value.split('\n').join(`\n${continued(before)}`),
  );

const continued = (before: string): string =>
  (/^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t]|$))*[ \t]*/.exec(before)?.[0] ?? '').replace(/[^>\s]/g, ' ');

/** For a subject or a title. */
export const toLine = (filled: Filled): string => toText(filled).replace(/\s+/g, ' ').trim();
