// Sources to Book: parse each file, keep what can be trusted, say what was left out. Knows no rule across records and no date.
import { fromSource } from '../problem/from-source.ts';
import { fromZod, missingKey, type ShapeProblem, valueAt } from '../problem/from-zod.ts';
import type { DataPath, Problem } from '../problem/problem.ts';
import { severityOf } from '../problem/words.ts';
import { accept, DOUBT } from '../records/accept.ts';
import { RECORD_TYPES } from '../records/all.ts';
import type { Schemas } from '../records/explain.ts';
import type { RecordKind, RecordType } from '../records/record-type.ts';
import { splitFrontMatter } from '../source/read/front-matter.ts';
import type { openText } from '../source/read/locate.ts';
import type { Parsed, parseYaml } from '../source/read/parse.ts';
import { readPlain } from '../source/read/plain.ts';
import type { Removal } from './book.ts';
import { idProblem } from './names.ts';
import type { FoundFile } from './read.ts';

/** One file's record, as far as it can be trusted. */
export type Assembled = {
  readonly found: FoundFile;
  /** Undefined when nothing of it can be used. */
  readonly record: unknown;
  readonly problems: readonly Problem[];
  readonly removals: readonly Removal[];
};

const TYPES: ReadonlyMap<RecordKind, RecordType<unknown>> = new Map(RECORD_TYPES.map((type) => [type.kind, type]));

/** The full parser, the places of what it reads, and the schemas that say what does not fit. */
export type FullReader = {
  readonly parseYaml: typeof parseYaml;
  readonly openText: typeof openText;
  readonly schemaOf: Schemas;
};

/** `without`: entries that a rule has found untrustworthy, taken out as if they were not there. */
export function assembleFile(found: FoundFile, full: FullReader, without: readonly Removal[] = []): Assembled {
  const assembled = assemblePlainly(found, full, without);
  if (!assembled) throw new Error(`${found.file} could not be read with the full reader`);
  return assembled;
}

/** The same, but undefined when it would take the full reader and there is none. */
export function assemblePlainly(
  found: FoundFile,
  full: FullReader | undefined,
  without: readonly Removal[] = [],
): Assembled | undefined {
  const type = TYPES.get(found.kind);
  if (!type) throw new Error(`no record type ${found.kind}`);
  if (found.unreadable) return lost(found, found.problems, found.unreadable);
  const badId = idProblem(found);
  if (badId) return lost(found, [...found.problems, badId], badId);
  const front = type.extension === '.md' ? splitFrontMatter(found.text) : undefined;
  if (type.extension === '.md' && !front) {
    const problem = noFrontMatter(found.file);
    return lost(found, [...found.problems, problem], problem);
  }
  const yaml = front?.yaml ?? found.text;
  const record = without.length === 0 ? type.direct?.(yaml) : undefined;
  if (record !== undefined) return { found, record, problems: found.problems, removals: [] };
  const plain = readPlain(yaml);
  const parsed: Parsed | undefined = plain ? { ...plain, faults: [], failed: false } : full?.parseYaml(yaml);
  if (!parsed) return undefined;
  const faults = parsed.faults.map((fault) => ({ fault, problem: fromSource(found.file, fault) }));
  const problems = [...found.problems, ...faults.map((each) => each.problem)];
  if (parsed.failed)
    return lost(
      found,
      problems,
      problems.find((each) => severityOf(each.code) === 'error'),
    );
  const inDoubt = faults
    .filter((each) => severityOf(each.problem.code) === 'error' && each.fault.path !== undefined)
    .map((each): ShapeProblem => ({ problem: each.problem, at: each.fault.path ?? [], isUnknownKey: false }));
  const shaped = shape(type, found, parsed.value, yaml, inDoubt, without, full);
  if (!shaped) return undefined;
  return { ...shaped, record: withBody(shaped.record, front), problems: [...problems, ...shaped.problems] };
}

const lost = (
  found: FoundFile,
  problems: readonly Problem[],
  because: Problem | undefined,
  written?: unknown,
): Assembled => ({
  found,
  record: undefined,
  problems,
  removals: [{ kind: found.kind, id: found.id, file: found.file, path: [], problem: because, written }],
});

const withBody = (record: unknown, front: ReturnType<typeof splitFrontMatter>): unknown =>
  record !== undefined && front ? { ...(record as object), body: front.body, bodyAt: front.bodyAt } : record;

const noFrontMatter = (file: string): Problem => ({
  code: 'shape/missing',
  args: {
    says: 'an e-mail template begins with front matter between two lines `---`',
    help: 'put `---`, `subject: ...`, `---` above the text',
  },
  place: { file },
});

type Shaped = Omit<Assembled, 'found'> & { readonly found: FoundFile };

function shape(
  type: RecordType<unknown>,
  found: FoundFile,
  raw: unknown,
  yaml: string,
  inDoubt: readonly ShapeProblem[],
  without: readonly Removal[],
  full: FullReader | undefined,
): Shaped | undefined {
  const lacks = lacking(type, raw);
  if (inDoubt.length === 0 && without.length === 0 && lacks.length === 0) {
    const record = accept(type.shape, raw);
    if (record !== DOUBT) return { found, record, problems: [], removals: [] };
  }
  if (!full) return undefined;
  const schema = full.schemaOf(type.shape);
  const first = schema.safeParse(raw, { reportInput: true });
  if (first.success && lacks.length === 0 && inDoubt.length === 0 && without.length === 0) {
    return { found, record: first.data, problems: [], removals: [] };
  }
  if ((raw === null || raw === undefined) && !(first.success && lacks.length === 0)) {
    const problem = emptyRecord(type, found.file);
    return lost(found, [problem], problem);
  }
  const text = full.openText(yaml);
  const written = (path: DataPath): string | undefined => text.sourceText(path);
  const issues = first.success ? [] : first.error.issues;
  const shapeProblems = fromZod({ file: found.file, raw, written }, issues, lacks);
  const all = [
    ...shapeProblems,
    ...inDoubt,
    ...without.map((it): ShapeProblem => ({ problem: it.problem, at: it.path, isUnknownKey: false })),
  ];
  // What the text's own faults have named already is not named again for its shape.
  const isNamed = (at: DataPath) => inDoubt.some((it) => samePath(it.at, at.slice(0, it.at.length)));
  const problems = shapeProblems.flatMap((each) => (each.problem && !isNamed(each.at) ? [each.problem] : []));
  const cuts = all.map((each) => ({ ...each, cut: each.isUnknownKey ? each.at : entryOf(type, each.at) }));
  const removals = cuts
    .flatMap((each): Removal[] => {
      const path = each.isUnknownKey ? meantPath(raw, each) : each.cut;
      const written = path && valueAt(raw, path);
      return path ? [{ kind: found.kind, id: found.id, file: found.file, path, problem: each.problem, written }] : [];
    })
    .filter((each, i, list) => list.findIndex((other) => samePath(other.path, each.path)) === i);
  if (cuts.some((each) => each.cut.length === 0)) {
    const because = cuts.find((each) => each.cut.length === 0)?.problem ?? problems[0];
    return lost(found, problems, because, raw);
  }
  const kept = {
    ...standIns(type, raw),
    ...(cut(
      raw,
      cuts.map((each) => each.cut),
    ) as object),
  };
  const second = schema.safeParse(
    Array.isArray(raw)
      ? cut(
          raw,
          cuts.map((each) => each.cut),
        )
      : kept,
  );
  if (!second.success) return lost(found, problems, problems[0] ?? inDoubt[0]?.problem, raw);
  return { found, record: second.data, problems, removals };
}

const samePath = (a: DataPath, b: DataPath): boolean => a.length === b.length && a.every((key, i) => key === b[i]);

/** What a misspelt key was meant for is missing, and says so: its own words are not used, nor missed a second time. */
function meantPath(raw: unknown, { at, problem }: ShapeProblem): DataPath | undefined {
  const path = problem?.suggestion === undefined ? undefined : [...at.slice(0, -1), problem.suggestion];
  return path && valueAt(raw, path) === undefined ? path : undefined;
}

const isMap = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  raw !== null && typeof raw === 'object' && !Array.isArray(raw);

const lacking = (type: RecordType<unknown>, raw: unknown): readonly string[] =>
  isMap(raw) ? (type.requires?.(raw) ?? []).filter((key) => !Object.hasOwn(raw, key)) : [];

const standIns = (type: RecordType<unknown>, raw: unknown): object => (isMap(raw) ? (type.standIns ?? {}) : {});

function emptyRecord(type: RecordType<unknown>, file: string): Problem {
  const problem = missingKey(file, {}, [type.essential[0] ?? 'name']);
  return {
    ...problem,
    args: { says: `this ${type.noun} is empty`, help: `write at least \`${type.essential[0] ?? 'name'}\`` },
    place: { file },
  };
}

/** What must go when the data at `at` is in doubt: the longest entry it lies in, else its top-level key, else all. */
function entryOf(type: RecordType<unknown>, at: DataPath): DataPath {
  if (at.length === 0 || type.essential.includes(String(at[0]))) {
    const isDeep = type.entries.some((pattern) => matches(pattern, at));
    if (!isDeep) return [];
  }
  const pattern = type.entries.filter((each) => matches(each, at)).toSorted((a, b) => b.length - a.length)[0];
  return at.slice(0, pattern?.length ?? 1);
}

const matches = (pattern: readonly string[], at: DataPath): boolean =>
  pattern.length <= at.length && pattern.every((key, i) => key === '*' || key === at[i]);

/** A copy without what is at these paths. An entry of a list leaves a hole, so that the others keep their places. */
function cut(raw: unknown, paths: readonly DataPath[]): unknown {
  return paths.reduce((value, path) => cutOne(value, path), raw);
}

function cutOne(raw: unknown, [key, ...rest]: DataPath): unknown {
  if (raw === null || typeof raw !== 'object' || key === undefined || !Object.hasOwn(raw, key)) return raw;
  if (Array.isArray(raw))
    return raw.map((each, i) => (i === key ? (rest.length === 0 ? undefined : cutOne(each, rest)) : each));
  const entries = Object.entries(raw).flatMap(([name, value]): (readonly [string, unknown])[] => {
    if (name !== String(key)) return [[name, value]];
    return rest.length === 0 ? [] : [[name, cutOne(value, rest)]];
  });
  return Object.fromEntries(entries);
}
