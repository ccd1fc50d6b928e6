// What is written is read back as what was meant: by our reader, by js-yaml as YAML 1.2 and 1.1, and by PyYAML.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type Data, emitBlock, emitFlow, emitScalar } from '../../src/source/edit/splice.ts';
import { parseYaml } from '../../src/source/read/parse.ts';
import { runs } from '../support/runs.ts';
import { anyData, anyText } from './random.ts';

const SOAK = process.env.SOAK === '1' ? 20 : 1;

const QUOTED = [
  '',
  ' ',
  'a ',
  'yes',
  'No',
  'on',
  'off',
  'y',
  'n',
  'null',
  '~',
  'true',
  '012',
  '1_000',
  '0x1f',
  '0o7',
  '1:20',
  '1.5',
  '1e3',
  '+44 20',
  '-',
  '- a',
  'a: b',
  'a #b',
  '#a',
  '=',
  '<<',
  '2026-02-30',
  '2026-11-20T10:00',
  '{{a}}',
  '*a',
  '&a',
  '!a',
  '%a',
  '@a',
  '|',
  '>',
  '?',
  'key:',
  '.inf',
  '---',
  '2026-1-2',
  '10',
  'Subject:Hi',
].map((text): readonly [string, string, string] => [text, `"${text}"`, `"${text}"`]);

describe('single values', () => {
  test.each<readonly [string, string, string]>([
    ['2026-11-20', '2026-11-20', '2026-11-20'],
    ['report', 'report', 'report'],
    ['audit-2026/data-access', 'audit-2026/data-access', 'audit-2026/data-access'],
    ['audit@2', 'audit@2', 'audit@2'],
    ['workshop + 2bd', 'workshop + 2bd', 'workshop + 2bd'],
    ['12-10', '12-10', '12-10'],
    ['45min', '45min', '45min'],
    ['2026-12-07..2026-12-11', '2026-12-07..2026-12-11', '2026-12-07..2026-12-11'],
    ['https://northlight.example/a?b=c', 'https://northlight.example/a?b=c', 'https://northlight.example/a?b=c'],
    // Prose may be plain in a block; in `{}` the next comma would end it.
    ['Client asked', 'Client asked', '"Client asked"'],
    ['Late, but done', 'Late, but done', '"Late, but done"'],
    ["It's fine", "It's fine", `"It's fine"`],
    ['Zoë Brontë', 'Zoë Brontë', '"Zoë Brontë"'],
    ['say "hi"', 'say "hi"', '"say \\"hi\\""'],
    // Everything else is quoted everywhere.
    ...QUOTED,
    ['a\tb\nc', '"a\\tb\\nc"', '"a\\tb\\nc"'],
    [
      'a\u2028b\u0085\u001b\ufeff\u202e',
      '"a\\u2028b\\u0085\\u001b\\ufeff\\u202e"',
      '"a\\u2028b\\u0085\\u001b\\ufeff\\u202e"',
    ],
    ['\ud800', '"\\ud800"', '"\\ud800"'],
    ['👍 ok', '👍 ok', '"👍 ok"'],
  ])('%j', (text, block, flow) => {
    expect([emitScalar(text, 'block'), emitScalar(text, 'flow')]).toEqual([block, flow]);
  });
});

test('a record in one line', () => {
  expect(emitFlow({ done: '2026-11-20', with: ['ada', 'bob'], score: 9, in: true, why: 'No, not now', on: {} })).toBe(
    '{done: 2026-11-20, with: [ada, bob], score: 9, in: true, why: "No, not now", "on": {}}',
  );
});

test('a record, one value a line', () => {
  const client: Data = {
    name: 'Acme Ltd',
    contacts: { ada: { name: 'Ada Lovelace', email: 'ada@acme.example', phone: '+44 20 7946 0000' } },
    fit: { data: 4, attitude: 5 },
    goal: 'Leave well.\n\n  Soon.\n',
    beats: [{ name: 'Open', say: 'Hi\nthere', if: [{ they: 'ask', say: 'no' }] }, 'end'],
    reasons: ['misfit', 'budget'],
    touches: [],
    steps: null,
  };
  const text = emitBlock(client, 0);
  expect(text).toBe(
    `name: Acme Ltd
contacts:
  ada:
    name: Ada Lovelace
    email: ada@acme.example
    phone: "+44 20 7946 0000"
fit: {data: 4, attitude: 5}
goal: |
  Leave well.

    Soon.
beats:
  - name: Open
    say: |-
      Hi
      there
    if:
      - they: ask
        say: no
  - end
reasons: [misfit, budget]
touches: []
steps:
`.replace('say: no\n', 'say: "no"\n'),
  );
  expect(plain(parseYaml(text).value)).toEqual(client);
  expect(emitBlock({ a: 'x\ny\n', b: [1] }, 2)).toBe('  a: |\n    x\n    y\n  b: [1]\n');
});

type Written = { readonly yaml: string; readonly means: unknown };
const writtenFor = (value: Data): readonly Written[] => [
  { yaml: `a: ${emitFlow([value, value])}\n`, means: { a: [value, value] } },
  { yaml: `- {k: ${emitFlow(value)}, l: ${emitFlow(value)}}\n`, means: [{ k: value, l: value }] },
  {
    yaml: `deep:\n${emitBlock({ k: value, l: [value, { m: value }] }, 3)}`,
    means: { deep: { k: value, l: [value, { m: value }] } },
  },
  ...(typeof value === 'string'
    ? [
        { yaml: `k: ${emitScalar(value, 'block')}\nl: 1\n`, means: { k: value, l: 1 } },
        { yaml: `- ${emitScalar(value, 'block')} # c\n- - ${emitScalar(value, 'block')}`, means: [value, [value]] },
      ]
    : []),
];
const anyWritten = fc.oneof(anyText, anyData).chain((value) => fc.constantFrom(...writtenFor(value)));

/** Dates are texts for us and dates for YAML 1.1. */
const plain = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
};
test('our reader and js-yaml read it as it is meant', () => {
  fc.assert(
    fc.property(anyWritten, ({ yaml, means }) => {
      const parsed = parseYaml(yaml);
      expect(parsed.faults).toEqual([]);
      expect(plain(parsed.value)).toEqual(means);
      expect(plain(load(yaml, { schema: CORE_SCHEMA }))).toEqual(means);
      // There a date is no key of an object.
      if (!/\d\d:\s/.test(yaml)) expect(plain(load(yaml, { schema: YAML11_SCHEMA }))).toEqual(means);
    }),
    { numRuns: runs(3000) * SOAK, ...(SOAK === 1 && { seed: 20261120 }) },
  );
});

const READ_BACK = `
import json, sys, yaml, datetime
def plain(v):
    if isinstance(v, (datetime.date, datetime.datetime)): return v.isoformat()
    if isinstance(v, list): return [plain(e) for e in v]
    if isinstance(v, dict): return {(k if isinstance(k, str) else plain(k) if isinstance(k, datetime.date) else repr(k)): plain(e) for k, e in v.items()}
    return v
bad = []
for each in json.load(sys.stdin):
    try: got = plain(yaml.load(each['yaml'], Loader=yaml.SafeLoader))
    except Exception as error: got = repr(error)
    if got != each['means'] or json.dumps(got, sort_keys=True) != json.dumps(each['means'], sort_keys=True): bad.append([each['yaml'], repr(got)])
json.dump(bad[:5], sys.stdout)
`;
const hasPyYaml = spawnSync('python3', ['-c', 'import yaml']).status === 0;
if (!hasPyYaml) console.warn('tests/edit: no PyYAML here, what it reads is not compared');

test.skipIf(!hasPyYaml)('PyYAML reads it as it is meant', () => {
  const all = fc.sample(anyWritten, { numRuns: runs(1500) * SOAK, ...(SOAK === 1 && { seed: 20261120 }) });
  const { stdout, stderr } = spawnSync('python3', ['-c', READ_BACK], { input: JSON.stringify(all), encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual([]);
});
