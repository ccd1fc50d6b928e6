// Records to try shapes with: everything that stands in fixtures, examples, pages and built-in templates, as data; and small
// changes of it, most of them mistakes. Knows no shape.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import { RECORD_TYPES } from '../../src/records/all.ts';
import type { RecordKind, RecordType } from '../../src/records/record-type.ts';
import { splitFrontMatter } from '../../src/source/read/front-matter.ts';
import { parseYaml } from '../../src/source/read/parse.ts';
import { readPlain } from '../../src/source/read/plain.ts';

const PROJECT = join(import.meta.dirname, '../..');

type RecordFile = { readonly file: string; readonly text: string; readonly type: RecordType<unknown> };

/** Files of real folders, and those that stand in Markdown. */
const files: readonly RecordFile[] = [
  ...['examples/northlight', 'templates', 'tests/validate/base'].flatMap(filesIn),
  ...['tests/validate/bad', 'tests/validate/ok', 'tests/stories', 'docs'].flatMap(filesInPages),
];

function filesIn(folder: string): readonly RecordFile[] {
  return textsIn(folder).flatMap(({ path, text }) => asRecord(path, text));
}

/** Every block with a path; what a mark for the tests adds to a line is a comment. */
function filesInPages(folder: string): readonly RecordFile[] {
  return textsIn(folder)
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ text }) => [...text.matchAll(/^(`{3,})\w+ path=(\S+)[^\n]*\n([\s\S]*?)^\1$/gm)])
    .flatMap(([, , path = '', text = '']) => asRecord(path, text));
}

function textsIn(folder: string): readonly { readonly path: string; readonly text: string }[] {
  const root = join(PROJECT, folder);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}

function asRecord(file: string, text: string): readonly RecordFile[] {
  const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  const type = RECORD_TYPES.find(
    (it) => it.file === file || (it.folder !== undefined && it.folder === folder && file.endsWith(it.extension)),
  );
  return type ? [{ file, text, type }] : [];
}

export type Sample = { readonly file: string; readonly kind: RecordKind; readonly raw: unknown };

/** What the files say, by the quick reader or by the full one; without those that cannot be read. */
export const corpus: readonly Sample[] = files.flatMap(({ file, text, type }): readonly Sample[] => {
  const yaml = type.extension === '.md' ? splitFrontMatter(text)?.yaml : text;
  if (yaml === undefined) return [];
  const plain = readPlain(yaml);
  if (plain) return [{ file, kind: type.kind, raw: plain.value }];
  const { value, failed } = parseYaml(yaml);
  return failed ? [] : [{ file, kind: type.kind, raw: value }];
});

export type Path = readonly (string | number)[];
type Holder = Record<string | number, unknown>;

/** Every place of the data but the whole of it. */
export function placesIn(raw: unknown, above: Path = []): readonly Path[] {
  if (typeof raw !== 'object' || raw === null) return [];
  return Object.entries(raw).flatMap(([key, value]): readonly Path[] => {
    const path = [...above, Array.isArray(raw) ? Number(key) : key];
    return [path, ...placesIn(value, path)];
  });
}

/** What may stand where something else stood: of the right kind or not, written well or not. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  2.5,
  1e21,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  ' ',
  '\n',
  'none',
  'call',
  'Call',
  ' call',
  'call ',
  'a\nb',
  'a\u2028b',
  'a\u0085b',
  'audit@2',
  'audit@0',
  'audit @2',
  '2026-11-23',
  '2026-02-30',
  '1899-12-31',
  '2026-1-5',
  '12-10',
  '02-30',
  '1985-12-10',
  '6w',
  '0d',
  '6 w',
  'half-year',
  'december',
  'due + 1bd',
  'start',
  'due',
  'welcome+5bd',
  'welcome - 2bd',
  '45min',
  '2hours',
  'ada@acme.example',
  'ada@acme',
  'Europe/London',
  'Europe/Nowhere',
  'en-GB',
  'en_GB_',
  'GBP',
  'gbp',
  'mon',
  'active',
  'email',
  [],
  [null],
  ['mon', 'tue'],
  ['march', 'september'],
  ['march', 'x'],
  ['ada', ''],
  [[]],
  {},
  { '2026-12-25': 'Christmas Day', '2026-12-28..2027-01-01': null },
  { '2026-12-28..2026-12-24': 'Winter break' },
  { every: '6w', owner: 'sam' },
  { every: '0w' },
  { each: 'quarter', yearly: 'birthday' },
  { 'Bad Id': {} },
  { con: {} },
];

/** What a key may become. */
const KEYS = [
  'start',
  'due',
  'A',
  'b c',
  'constructor',
  '__proto__',
  '2026-12-25',
  '7',
  'at',
  'name',
  'why',
  'x'.repeat(65),
];

export type Change =
  | { readonly what: 'drop' | 'wrap' | 'upper' | 'pad' | 'trail' }
  | { readonly what: 'put'; readonly value: unknown }
  | { readonly what: 'rename' | 'add'; readonly key: string };

export const CHANGES: readonly Change[] = [
  ...(['drop', 'wrap', 'upper', 'pad', 'trail'] as const).map((what): Change => ({ what })),
  ...VALUES.map((value): Change => ({ what: 'put', value })),
  ...KEYS.flatMap((key): readonly Change[] => [
    { what: 'rename', key },
    { what: 'add', key },
  ]),
];

/** A copy with one change at this place; maps keep the order of their keys, and have no prototype, as when they are read. */
export function changed(raw: unknown, path: Path, change: Change): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof raw !== 'object' || raw === null) return raw;
  const inner = (value: unknown): unknown => changed(value, rest, change);
  if (Array.isArray(raw)) {
    const list: readonly unknown[] = raw;
    if (rest.length > 0) return list.map((each, at) => (at === key ? inner(each) : each));
    return list.flatMap((each, at) => (at === key ? put(each, change) : [each]));
  }
  const copy: Holder = Object.create(null);
  for (const [name, value] of Object.entries(raw)) {
    if (name !== key) copy[name] = value;
    else if (rest.length > 0) copy[name] = inner(value);
    else for (const one of put(value, change)) copy[change.what === 'rename' ? change.key : name] = one;
  }
  if (rest.length === 0 && change.what === 'add') copy[change.key] = (raw as Holder)[key];
  return copy;
}

/** What stands there instead: one value, or none. */
function put(value: unknown, change: Change): readonly unknown[] {
  switch (change.what) {
    case 'drop':
      return [];
    case 'put':
      return [change.value];
    case 'wrap':
      return [[value]];
    case 'upper':
      return [typeof value === 'string' ? value.toUpperCase() : value];
    case 'pad':
      return [typeof value === 'string' ? ` ${value}` : value];
    case 'trail':
      return [typeof value === 'string' ? `${value} ` : value];
    default:
      return [value];
  }
}

/** One of these with up to three changes. */
export const changedAtRandom = (samples: readonly Sample[]): fc.Arbitrary<Sample> =>
  fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.oneof(
            { weight: 4, arbitrary: fc.constantFrom(...CHANGES) },
            { weight: 1, arbitrary: fc.string().map((value): Change => ({ what: 'put', value })) },
          ),
        ),
        { maxLength: 3 },
      ),
    )
    .map(([sample, changes]) => {
      const raw = changes.reduce<unknown>((before, [at, change]) => {
        const places = placesIn(before);
        return places.length === 0 ? before : changed(before, places[at % places.length] as Path, change);
      }, sample.raw);
      return { ...sample, raw };
    });
