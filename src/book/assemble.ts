// Sources to Book: parse each file, keep what can be trusted, say what was left out. Knows no rule across records and no date.
import { fromSource } from '../problem/from-source.ts';
import { fromZod, missingKey, type ShapeProblem, valueAt } from '../problem/from-zod.ts';
import type { DataPath, Problem } from '../problem/problem.ts';
import type { reporterOf } from '../problem/report.ts';
import { severityOf } from '../problem/words.ts';
import { accept, DOUBT } from '../records/accept.ts';
import { RECORD_TYPES } from '../records/all.ts';
import type { Schemas } from '../records/explain.ts';
import type { RecordKind, RecordType } from '../records/record-type.ts';
import { removedBy } from '../records/removal.ts';
import { splitFrontMatter } from '../source/read/front-matter.ts';
import type { openText } from '../source/read/locate.ts';
import type { Parsed, parseYaml } from '../source/read/parse.ts';
import { readPlain } from '../source/read/plain.ts';
import { type Coin, isPlainMoney, moneyPaths, moneyProblems, UNKNOWN_COIN } from './amounts.ts';
import type { Removal } from './book.ts';
import { cut, firstWithin, isCovered, marksOf } from './cut.ts';
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
const MONEY = new Map(RECORD_TYPES.map(({ kind, shape }) => [kind, moneyPaths(shape)]));

/** All that takes the YAML library and zod: the parser, the places of what it reads, and the schemas that say what does not fit. */
export type FullReader = {
  readonly parseYaml: typeof parseYaml;
  readonly openText: typeof openText;
  readonly schemaOf: Schemas;
  /** Problems with their places in these texts, sorted. */
  readonly reporterOf: typeof reporterOf;
};

/** `without`: entries that a rule has found untrustworthy, taken out as if they were not there. */
export function assembleFile(
  found: FoundFile,
  full: FullReader | undefined,
  coin: Coin | undefined,
  without: readonly Removal[] = [],
): Assembled {
  const assembled = assemble(found, full, coin, without);
  if (!assembled) throw new Error(`${found.file} takes the full reader`);
  return assembled;
}

/** Nearly every file: undefined when it takes the full reader. */
export const assemblePlainly = (found: FoundFile, coin?: Coin): Assembled | undefined =>
  assemble(found, undefined, coin, []);

function assemble(
  found: FoundFile,
  full: FullReader | undefined,
  coin: Coin | undefined,
  without: readonly Removal[],
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
  const paths = parsed.failed ? [] : (MONEY.get(found.kind) ?? []);
  const isPlain = plain !== undefined && isPlainMoney(yaml, paths, coin);
  if (!isPlain && !full) return undefined;
  const amounts =
    isPlain || !full || paths.length === 0
      ? []
      : moneyProblems(found.file, parsed.value, paths, full.openText(yaml).sourceText, coin ?? UNKNOWN_COIN);
  const problems = [...found.problems, ...faults.map((each) => each.problem), ...amounts];
  if (parsed.failed)
    return lost(
      found,
      problems,
      problems.find((each) => severityOf(each.code) === 'error'),
    );
  const inDoubt = [
    ...faults
      .filter((each) => severityOf(each.problem.code) === 'error' && each.fault.path !== undefined)
      .map((each) => ({ problem: each.problem, at: each.fault.path ?? [] })),
    ...amounts.map((problem) => ({ problem, at: problem.place.path })),
  ].map((each): ShapeProblem => ({ ...each, isUnknownKey: false }));
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
  // What the text's own faults have named already is not named again for its shape.
  const named = marksOf(inDoubt.map((each) => [each.at, true]));
  const problems = shapeProblems.flatMap((each) => (each.problem && !isCovered(named, each.at) ? [each.problem] : []));
  const doubts = [
    ...shapeProblems,
    ...inDoubt,
    ...without.map((it): ShapeProblem => ({ problem: it.problem, at: it.path, isUnknownKey: false })),
  ];
  const trusted = withoutDoubts(type, raw, full, doubts);
  if ('because' in trusted) return lost(found, problems, trusted.because ?? problems[0], raw);
  const placeIn = placesIn(raw);
  const removals = trusted.cuts.flatMap(({ cut: path, problem, isUnknownKey, at }): Removal[] => {
    const gone = isUnknownKey ? meantPath(raw, { at, problem, isUnknownKey }) : path;
    if (!gone) return [];
    const { kind, id, file } = found;
    return [{ kind, id, file, path: gone, problem, at: placeIn(gone), written: valueAt(raw, gone) }];
  });
  return { found, record: trusted.record, problems, removals: eachOnce(removals) };
}

type Cut = ShapeProblem & { readonly cut: DataPath };

/** What fits once may lack something then that it must have: a skipped step its reason. More than this is no record. */
const ROUNDS = 4;

/** The record without what is in doubt, and what was cut out; or why nothing of it can be trusted. */
function withoutDoubts(
  type: RecordType<unknown>,
  raw: unknown,
  full: FullReader,
  doubts: readonly ShapeProblem[],
): { readonly record: unknown; readonly cuts: readonly Cut[] } | { readonly because: Problem | undefined } {
  let cuts = doubts.map((each): Cut => ({ ...each, cut: each.isUnknownKey ? each.at : removedBy(type, each.at) }));
  for (let round = 0; round < ROUNDS; round += 1) {
    const whole = cuts.find((each) => each.cut.length === 0);
    if (whole) return { because: whole.problem };
    const rest = cut(raw, marksOf(cuts.map((each) => [each.cut, true])));
    const kept = isMap(rest) ? { ...type.standIns, ...rest } : rest;
    const record = accept(type.shape, kept);
    if (record !== DOUBT) return { record, cuts };
    const parsed = full.schemaOf(type.shape).safeParse(kept, { reportInput: true });
    if (parsed.success) return { record: parsed.data, cuts };
    const causes = marksOf(cuts.map((each) => [each.at, each.problem]));
    const more = fromZod({ file: '', raw: kept, written: () => undefined }, parsed.error.issues, []);
    const wider = more.map((each): Cut => {
      const path = removedBy(type, each.at);
      return { problem: firstWithin(causes, path), at: each.at, cut: path, isUnknownKey: false };
    });
    cuts = [...cuts, ...wider];
  }
  return { because: cuts[0]?.problem };
}

function eachOnce(removals: readonly Removal[]): readonly Removal[] {
  const seen = new Set<string>();
  return removals.filter(({ path }) => {
    const name = JSON.stringify(path.map(String));
    return !seen.has(name) && seen.add(name);
  });
}

/** Where an entry stands among those beside it. */
function placesIn(raw: unknown): (path: DataPath) => number {
  const known = new Map<unknown, ReadonlyMap<string, number>>();
  return (path) => {
    const parent = valueAt(raw, path.slice(0, -1));
    if (!isMap(parent)) return 0;
    const places = known.get(parent) ?? new Map(Object.keys(parent).map((key, at) => [key, at]));
    known.set(parent, places);
    return places.get(String(path.at(-1))) ?? 0;
  };
}

/** What a misspelt key was meant for is missing, and says so: its own words are not used, nor missed a second time. */
function meantPath(raw: unknown, { at, problem }: ShapeProblem): DataPath | undefined {
  const path = problem?.suggestion === undefined ? undefined : [...at.slice(0, -1), problem.suggestion];
  return path && valueAt(raw, path) === undefined ? path : undefined;
}

const isMap = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  raw !== null && typeof raw === 'object' && !Array.isArray(raw);

const lacking = (type: RecordType<unknown>, raw: unknown): readonly string[] =>
  isMap(raw) ? (type.requires?.(raw) ?? []).filter((key) => !Object.hasOwn(raw, key)) : [];

function emptyRecord(type: RecordType<unknown>, file: string): Problem {
  const problem = missingKey(file, {}, [type.essential[0] ?? 'name']);
  return {
    ...problem,
    args: { says: `this ${type.noun} is empty`, help: `write at least \`${type.essential[0] ?? 'name'}\`` },
    place: { file },
  };
}
