// zod's issues in our words. Owns what a wrong shape is called and where it is placed; knows no record type by name.
import type * as z from 'zod';
import type { DataPath, Place, Problem } from './problem.ts';
import { nearest } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/** A problem of shape, and the data that must not be used because of it. */
export type ShapeProblem = {
  /** Undefined when another problem says it already. */
  readonly problem: Problem | undefined;
  /** Where the untrusted data is; for an unknown key the key itself. */
  readonly at: DataPath;
  readonly isUnknownKey: boolean;
};

/** What a custom issue carries; records/languages calls it a Fault. */
type Fault = {
  readonly code: Problem['code'];
  readonly args: Problem['args'];
  readonly within?: readonly [number, number];
  readonly suggestion?: string;
};

export function valueAt(raw: unknown, path: DataPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object' && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    raw,
  );
}

type Subject = {
  readonly file: string;
  readonly raw: unknown;
  /** The scalar as it is written in the file, for numbers that YAML has already changed. */
  readonly written: (path: DataPath) => string | undefined;
};

/**
 * All problems of one file's shape; `lacks` are the keys missing beyond what the schema says. A missing key whose near
 * miss stands beside it is not reported, though what it takes away is the same.
 */
export function fromZod(subject: Subject, issues: readonly Issue[], lacks: readonly string[]): readonly ShapeProblem[] {
  const flat = issues.flatMap((issue) => flatten(issue, subject.raw, []));
  const found = [
    ...flat.flatMap((each) => toShapeProblems(subject, each.issue, each.path)),
    ...lacks.map((key) => ({ problem: missingKey(subject.file, subject.raw, [key]), at: [key], isUnknownKey: false })),
  ];
  const nearMisses = new Set(
    found
      .filter((it) => it.isUnknownKey && it.problem.suggestion !== undefined)
      .map((it) => nameOf([...it.at.slice(0, -1), it.problem.suggestion ?? ''])),
  );
  const isExplained = (it: ShapeProblem) => it.problem?.code === 'shape/missing' && nearMisses.has(nameOf(it.at));
  return found.map((it) => (isExplained(it) ? { ...it, problem: undefined } : it));
}

const nameOf = (path: DataPath): string => JSON.stringify(path.map(String));

/**
 * A schema sees more than the file: one value as a list of one, `6w` as `{every: 6w}`. The path of what is written leaves
 * out the steps that exist in the schema alone.
 */
function pathIn(raw: unknown, path: DataPath): DataPath {
  const kept: (string | number)[] = [];
  let value = raw;
  for (const key of path) {
    // An empty entry lacks its keys like an empty map.
    if (value === null) return typeof key === 'string' ? [...kept, key] : kept;
    const isWritten = Array.isArray(value)
      ? typeof key === 'number'
      : isMap(value) && (key !== 0 || Object.hasOwn(value as object, key));
    if (!isWritten) continue;
    kept.push(key);
    value = valueAt(value, [key]);
    if (value === undefined) break;
  }
  return kept;
}

const isMap = (value: unknown): boolean => value !== null && typeof value === 'object' && !Array.isArray(value);

type Flat = { readonly issue: Issue; readonly path: DataPath };

/** A union's issues are those of the branch that the value was most likely meant for. */
function flatten(issue: Issue, raw: unknown, above: DataPath): readonly Flat[] {
  const path = pathIn(raw, [...above, ...(issue.path as (string | number)[])]);
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const isAboutAll = (each: Issue) => each.path.length === 0 && ['invalid_type', 'invalid_value'].includes(each.code);
  const value = valueAt(raw, path);
  const meant =
    branches.filter((branch) => !branch.some(isAboutAll)).toSorted((a, b) => a.length - b.length)[0] ??
    branches.find((branch) => typeof value === 'string' && branch.some((each) => each.code === 'invalid_value')) ??
    branches.at(-1) ??
    [];
  return meant.flatMap((each) => flatten(each, raw, path));
}

type Said = ShapeProblem & { readonly problem: Problem };

function toShapeProblems(subject: Subject, issue: Issue, path: DataPath): readonly Said[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(subject, issue.message, path, key));
  return [{ problem: toProblem(subject, issue, path), at: path, isUnknownKey: false }];
}

function unknownKey(subject: Subject, known: string, parent: DataPath, key: string): Said {
  const at = [...parent, key];
  const keys = known.split(' ');
  const siblings = valueAt(subject.raw, parent) as Readonly<Record<string, unknown>>;
  const suggestion = nearest(
    key,
    keys.filter((each) => !Object.hasOwn(siblings, each)),
  );
  return {
    problem: {
      code: 'shape/unknown-key',
      args: { key, ...(suggestion === undefined ? { help: `the keys here are: ${keys.join(', ')}` } : {}) },
      place: { file: subject.file, path: at, on: 'key' },
      ...(suggestion === undefined ? {} : { suggestion }),
    },
    at,
    isUnknownKey: true,
  };
}

function toProblem(subject: Subject, issue: Issue, path: DataPath): Problem {
  const { file, raw } = subject;
  const value = valueAt(raw, path);
  const place: Place = { file, path };
  switch (issue.code) {
    case 'custom':
      return fromFault(issue.params as Fault, placeOfFault(issue.params as Fault, file, path));
    case 'invalid_key': {
      const inner = issue.issues[0];
      if (inner?.code === 'custom') {
        const fault = inner.params as Fault;
        return fromFault(fault, { file, path, on: 'key', ...(fault.within ? { within: fault.within } : {}) });
      }
      return { code: 'id/bad-name', args: { says: 'this key is not a valid id' }, place: { ...place, on: 'key' } };
    }
    case 'invalid_type':
      return value === undefined ? missingKey(file, raw, path) : wrongType(subject, issue, path, value);
    case 'invalid_value':
      return value === undefined ? missingKey(file, raw, path) : wrongValue(issue, value, place);
    case 'too_small':
      return { code: 'shape/bad-value', args: { says: boundary(value, `less than ${issue.minimum}`) }, place };
    case 'too_big':
      return { code: 'shape/bad-value', args: { says: boundary(value, `more than ${issue.maximum}`) }, place };
    default:
      return { code: 'shape/bad-value', args: { says: 'this value cannot be used here' }, place };
  }
}

const boundary = (value: unknown, says: string): string =>
  Array.isArray(value) ? 'this list is empty' : `\`${String(value)}\` is ${says}`;

const fromFault = (fault: Fault, place: Place): Problem => ({
  code: fault.code,
  args: fault.args,
  place,
  ...(fault.suggestion === undefined ? {} : { suggestion: fault.suggestion }),
});

/** A fault of a whole entry is shown on its key; one in a text on the characters to blame. */
const placeOfFault = (fault: Fault, file: string, path: DataPath): Place => ({
  file,
  path,
  ...(fault.code === 'shape/missing' ? { on: 'key' as const } : {}),
  ...(fault.within ? { within: fault.within } : {}),
});

/** On the record's first key, or on the key of the entry that lacks it. */
export function missingKey(file: string, raw: unknown, path: DataPath, help?: string): Problem {
  const parent = path.slice(0, -1);
  const holder = valueAt(raw, parent);
  const isInList = typeof parent.at(-1) === 'number';
  const first =
    (parent.length === 0 || isInList) && holder !== null && typeof holder === 'object'
      ? Object.keys(holder)[0]
      : undefined;
  const at = first === undefined ? parent : [...parent, first];
  const owner = parent.filter((key) => typeof key === 'string').at(-1);
  const where = owner === undefined || isInList ? '' : ` in \`${owner}\``;
  return {
    code: 'shape/missing',
    args: { says: `\`${path.at(-1)}\` is missing${where}`, ...(help === undefined ? {} : { help }) },
    place: { file, path: at, on: first === undefined && isInList ? 'value' : 'key' },
  };
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of keys',
  record: 'a map of keys',
  array: 'a list',
  null: 'nothing',
};

function wrongType(subject: Subject, issue: z.core.$ZodIssueInvalidType, path: DataPath, value: unknown): Problem {
  const written = subject.written(path);
  const ours = issue.message.startsWith('Invalid input') ? undefined : issue.message;
  const expected = ours ?? EXPECTED[issue.expected] ?? issue.expected;
  const help = quoting(expected, value, written) ?? meaning(expected, value);
  return {
    code: 'shape/wrong-type',
    args: { expected, found: foundWords(value, written), ...(help === undefined ? {} : { help }) },
    place: { file: subject.file, path, ...(value === null ? { on: 'key' as const } : {}) },
  };
}

function quoting(expected: string, value: unknown, written: string | undefined): string | undefined {
  if (expected !== 'text' || (typeof value !== 'number' && typeof value !== 'boolean')) return undefined;
  return `put it in quotes: ${JSON.stringify(written ?? String(value))}`;
}

function meaning(expected: string, value: unknown): string | undefined {
  if (value === null) return 'write a value, or delete the line';
  if (expected === 'true or false' && typeof value === 'string') return 'write true or false, without quotes';
  if (expected.endsWith('number') && typeof value === 'string' && /\d/.test(value)) {
    return 'write digits only, without quotes, currency or thousands separators';
  }
  if (expected === 'text' && value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return 'if this is one sentence with `: ` or braces in it, put it in double quotes';
  }
  return undefined;
}

function foundWords(value: unknown, written: string | undefined): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  if (typeof value === 'string') return `the text \`${shorten(value)}\``;
  return `${typeof value === 'number' ? 'the number ' : ''}\`${written ?? String(value)}\``;
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

function wrongValue(issue: z.core.$ZodIssueInvalidValue, value: unknown, place: Place): Problem {
  const isScalar = value === null || typeof value !== 'object';
  // What is read from a file has no prototype, and so no words of its own.
  const meantAs = isScalar
    ? issue.values.find((each) => typeof each !== typeof value && String(each) === String(value))
    : undefined;
  if (typeof value === 'string' && meantAs !== undefined) {
    const args = {
      expected: `${EXPECTED[typeof meantAs] ?? 'a value'} \`${String(meantAs)}\``,
      found: `the text \`${value}\``,
      help: 'take the quotes off',
    };
    return { code: 'shape/wrong-type', args, place };
  }
  const allowed = issue.values.map(String);
  const suggestion = typeof value === 'string' ? nearest(value, allowed) : undefined;
  const shown = isScalar ? `\`${shorten(String(value ?? ''))}\`` : foundWords(value, undefined);
  return {
    code: 'shape/bad-value',
    args: {
      says:
        allowed.length === 1
          ? `${shown} is not allowed here, only \`${allowed[0]}\``
          : `${shown} is not one of ${allowed.join(', ')}`,
      ...(issue.message.startsWith('Invalid') ? {} : { help: issue.message }),
    },
    place,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
