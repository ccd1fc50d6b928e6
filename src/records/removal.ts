// What an error takes out of a record: the smallest thing that cannot be trusted. The shapes and record types say how small
// that is (`loose`, `entries`, `essential`); here is the rule.
import type { RecordType } from './record-type.ts';
import type { Form } from './shape.ts';

type Path = readonly (string | number)[];

/**
 * The path of what must go when the value at `at` is in doubt, empty for the whole record: the value itself where nothing
 * hangs on it, else the entry it belongs to, else the top-level key, unless no record can do without that.
 */
export function removedBy({ shape, entries, essential }: RecordType<unknown>, at: Path): Path {
  const ofEntries = entries.filter((each) => matches(each, at)).map((each) => each.length);
  const depth = Math.max(looseDepth(shape, at, 0, 0), ...ofEntries);
  if (depth > 0) return at.slice(0, depth);
  return at.length === 0 || essential.includes(String(at[0])) ? [] : at.slice(0, 1);
}

const matches = (pattern: readonly string[], at: Path): boolean =>
  pattern.length <= at.length && pattern.every((key, i) => key === '*' || key === at[i]);

/** How many keys lead to the innermost loose value on the way; `found` is the answer so far. */
function looseDepth(form: Form, at: Path, depth: number, found: number): number {
  const key = at[depth];
  if (key === undefined) return found;
  switch (form.form) {
    case 'entry': {
      const field = form.fields.find((each) => each.key === key);
      return field ? looseDepth(field.shape, at, depth + 1, field.isLoose ? depth + 1 : found) : found;
    }
    case 'map':
      // What is in a loose map is loose itself.
      return looseDepth(form.value, at, depth + 1, depth > 0 && found === depth ? depth + 1 : found);
    case 'list':
      return looseDepth(form.item, at, typeof key === 'number' ? depth + 1 : depth, found);
    case 'either':
      return Math.max(...form.shapes.map((each) => looseDepth(each, at, depth, found)));
    case 'optional':
    case 'short':
    case 'made':
      return looseDepth(form.inner, at, depth, found);
    default:
      return found;
  }
}
