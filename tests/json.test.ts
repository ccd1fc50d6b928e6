// `--json` against the schemas of docs/, over many days of the example and over generated practices; docs/json.md against
// the schemas; and the same lines in JSON as in text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filesOf } from './support/document.ts';
import { runs } from './support/runs.ts';
import { loadFolder } from './support/story.ts';
import { type Content, runDeliver } from './support/world.ts';

const DOCS = join(import.meta.dirname, '../docs');
const COMMANDS = ['status', 'validate', 'list', 'show', 'explain', 'change', 'capacity', 'audit'] as const;
type Name = (typeof COMMANDS)[number];
type Schema = { readonly [key: string]: unknown };
type Files = Readonly<Record<string, Content>>;
type Row = { readonly ref: string; readonly state?: string };

const schemaOf = (name: Name): Schema => JSON.parse(readFileSync(join(DOCS, `${name}.schema.json`), 'utf8')) as Schema;

/** As published a schema lets keys be added; here one that it does not name is an error. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = 'properties' in schema ? { additionalProperties: false } : {};
  return { ...Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)])), ...closed };
}

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const validators = new Map<Name, ValidateFunction>(
  COMMANDS.map((name) => [name, ajv.compile(strict(schemaOf(name)) as object)]),
);

/** Runs a command with `--json` and holds its answer against the schema; of a change `argv` says which. */
async function answerOf(files: Files, today: string, name: Name, ...argv: readonly string[]) {
  const words = name === 'change' ? argv : [name, ...argv];
  const { exit, stdout, stderr } = await runDeliver({ files, today }, [...words, '--json']);
  const answer = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  const validate = validators.get(name);
  validate?.(answer);
  const faults = (validate?.errors ?? []).map(({ instancePath, message, params }) => ({
    instancePath,
    message,
    params,
  }));
  expect(faults, `${name} ${argv.join(' ')} on ${today}`).toEqual([]);
  return { exit, answer, stderr };
}

const northlight = loadFolder('examples/northlight');
/** The practice of docs/files.md: small, and everything is in it. */
const rivermint = filesOf(readFileSync(join(DOCS, 'files.md'), 'utf8'));
const DAYS = ['2026-11-23', '2026-11-25', '2026-12-02', '2026-12-21', '2027-02-28', '2027-06-30', '2026-06-15'];
const KINDS = [
  'clients',
  'offers',
  'engagements',
  'steps',
  'touches',
  'promises',
  'issues',
  'segments',
  'kinds',
  'people',
  'partners',
  'scripts',
  'emails',
];
const LISTS = [
  'overdue',
  'due_today',
  'upcoming',
  'to_start',
  'waiting',
  'touches',
  'occasions',
  'promises',
  'issues',
  'renewals',
  'billing',
  'holds',
];

const itemsOf = (answer: Readonly<Record<string, unknown>>, list: string): readonly Row[] =>
  answer[list] as readonly Row[];

describe('status', () => {
  test.each(DAYS)('on %s: the schema, and the same lines as in the text', async (today) => {
    const { exit, answer } = await answerOf(northlight, today, 'status');
    expect(answer).toMatchObject({ today, complete: exit === 0 });
    const { stdout } = await runDeliver({ files: northlight, today }, ['status']);
    expect(refsIn(stdout)).toEqual(shownRefs(answer));
  });

  test('what is hidden is counted', async () => {
    const { answer } = await answerOf(northlight, '2026-11-23', 'status', '--all');
    const items = answer.hidden_items as Readonly<Record<string, readonly unknown[]>>;
    const counted = answer.hidden as Readonly<Record<string, number>>;
    expect(Object.entries(items).map(([key, list]) => [key, list.length])).toEqual(
      Object.keys(items).map((key) => [key, counted[key]]),
    );
  });
});

/** What the text lists, in its order. */
const shownRefs = (answer: Readonly<Record<string, unknown>>): readonly string[] =>
  LISTS.flatMap((list) => itemsOf(answer, list).filter((it) => list !== 'touches' || it.state !== 'soon')).map(
    (it) => it.ref,
  );

/** The last word of every line of a section, in order; problems and the sentences around are none. */
function refsIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /^ {2,}.* {2}(\S+)$/.exec(line)?.[1] ?? []);
}

describe('measures', () => {
  test.each(DAYS)('on %s: the schemas', async (today) => {
    for (const files of [northlight, rivermint]) {
      await answerOf(files, today, 'capacity', '--weeks', '3');
      await answerOf(files, today, 'audit', '--period', 'year');
    }
    await answerOf(northlight, today, 'capacity', '--add', 'audit', '--segment', 'A');
    await answerOf(northlight, today, 'audit', 'lark', '--period', 'this-half-year');
  });
});

describe('the other commands', () => {
  test('validate, with and without problems', async () => {
    const { answer } = await answerOf(northlight, '2026-11-23', 'validate');
    expect(answer).toMatchObject({ errors: 0, warnings: 0, problems: [] });
    const broken = {
      ...northlight,
      'clients/quill.yaml': 'name: Quill\nsegmnet: B\nsince: 2026-02-30\nname: Page\n',
      'stray.yaml': '',
    };
    const { exit, answer: bad } = await answerOf(broken, '2026-11-23', 'validate', '--strict');
    expect(exit).toBe(1);
    expect(bad.errors).toBeGreaterThan(1);
    const formatted = await runDeliver({ files: broken }, ['validate', '--strict', '--format', 'json']);
    expect(JSON.parse(formatted.stdout)).toEqual(bad);
    const { exit: listed, answer: list } = await answerOf(broken, '2026-11-23', 'list', 'clients');
    expect({
      listed,
      severities: [...new Set((list.problems as readonly { severity: string }[]).map((it) => it.severity))],
    }).toEqual({ listed: 1, severities: ['error'] });
    await answerOf(broken, '2026-11-23', 'status');
  });

  test.each(KINDS)('list %s has the keys that docs/json.md says', async (kind) => {
    const { answer } = await answerOf(rivermint, '2026-11-23', 'list', kind);
    const [, listPart = ''] = readFileSync(join(DOCS, 'json.md'), 'utf8').split('\n## list\n');
    const row = new RegExp(`^\\| \`${kind}\` \\| (.*) \\|$`, 'm').exec(listPart)?.[1] ?? '';
    const items = answer.items as readonly object[];
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(Object.keys(item)).toEqual([...row.matchAll(/`(\w+)`/g)].map((it) => it[1]));
  });

  test('show and explain of what status names', async () => {
    const today = '2026-12-10';
    const { answer } = await answerOf(rivermint, today, 'status');
    const refs = [...LISTS, 'engagements'].flatMap((list) => itemsOf(answer, list).map((it) => it.ref));
    const others = [
      'hollow-oak',
      'hollow-oak/promise/template',
      'hollow-oak/occasion/terrace',
      'offer/checkup',
      'partner/abacus',
      'script/farewell',
      'email/welcome',
      'person/leo',
      'segment/A',
    ];
    for (const ref of new Set([...refs, ...others])) {
      const shown = await answerOf(rivermint, today, 'show', ref);
      expect(shown.answer.ref).toBe(ref);
    }
    for (const ref of refs.filter((each) => /^[^/]+\/[^/]+$|\/touch\//.test(each))) {
      const explained = await answerOf(rivermint, today, 'explain', ref);
      expect(explained.answer.ref).toBe(ref);
    }
  });

  test.each([
    'done hollow-oak/report',
    'skip hollow-oak/report --why Enough',
    'touch hollow-oak review',
    'hold lantern --why Stocktaking',
    'issue lantern Dust',
    'finish lantern/sorting --cancelled --why Fire --open leave',
  ])('%s', async (line) => {
    const { exit, answer } = await answerOf(rivermint, '2026-11-23', 'change', ...line.split(' '));
    expect({ exit, command: answer.command }).toEqual({ exit: 0, command: line.split(' ')[0] });
  });
});

describe('generated practices', () => {
  const day = fc
    .integer({ min: 0, max: 400 })
    .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
  const due = fc.constantFrom(
    'start',
    'start + 3bd',
    'start + 2w',
    'a + 4d',
    'b - 1w',
    'go - 2bd',
    '2026-06-15',
    undefined,
  );
  const owner = fc.constantFrom('sam', 'client', 'partner', undefined);
  const step = fc.record({ due, owner }).map((keys) => `{title: Do it${flow(keys)}}`);
  const rule = fc.constantFrom('2w', 'quarter', 'none', '{yearly: birthday}', '{each: [march, october], grace: 1w}');
  const touch = fc
    .tuple(day, fc.constantFrom('call', 'check-in', 'gone'))
    .map(([date, kind]) => `- {date: ${date}, kind: ${kind}}\n`);
  const practice = fc.record({
    today: day,
    steps: fc.tuple(step, step, step),
    started: day,
    milestone: fc.option(day, { nil: undefined }),
    done: fc.option(day, { nil: undefined }),
    hold: fc.option(day, { nil: undefined }),
    promised: fc.option(day, { nil: undefined }),
    rules: fc.tuple(rule, rule),
    touches: fc.array(touch, { maxLength: 4 }),
    status: fc.constantFrom('active', 'prospect', 'past'),
    leap: fc.constantFrom('A', 'Z'),
  });

  test('fit the schema, and text and JSON agree', async () => {
    await fc.assert(
      fc.asyncProperty(practice, async (it) => {
        const files = {
          'deliver.yaml': 'format: 1\npractice: Lantern\npeople: {sam: {name: Sam}}\ntime_zone: UTC\n',
          'service.yaml': `touches: {check-in: {title: Check-in}}\nsegments: {A: {title: A, cadence: {check-in: ${it.rules[0] === 'none' ? '1y' : it.rules[0]}}}}\nchase: {first: {when: due - 1w}, last: {when: due + 1d}}\n`,
          'offers/o.yaml': `name: O\nversion: 2\nrepeats: 1m\nmilestones: {go: Go}\nsteps:\n  a: ${it.steps[0]}\n  b: ${it.steps[1]}\n  c: ${it.steps[2]}\n`,
          'clients/lea.yaml': [
            `name: Lea\nsegment: ${it.leap}\nstatus: ${it.status}\nsince: 2026-01-05\nrenewal: ${it.started}`,
            `contacts: {lea: {name: Lea, birthday: 02-29}}\ncadence: {call: ${it.rules[1]}}\nbilling: {state: disputed}`,
            `promises: {p: {what: P, made: 2026-01-01, by: ${it.started}}}\nissues: {i: {what: I, since: ${it.started}}}`,
            `engagements:\n  o:\n    offer: o\n    started: ${it.started}`,
            ...(it.milestone === undefined ? [] : [`    milestones: {go: ${it.milestone}}`]),
            ...(it.promised === undefined ? [] : [`    promised: ${it.promised}`]),
            ...(it.hold === undefined ? [] : [`    holds: [{from: ${it.hold}, why: W}]`]),
            ...(it.done === undefined ? [] : [`    steps: {a: {done: ${it.done}}}`]),
            '',
          ].join('\n'),
          'touches/lea.yaml': it.touches.join(''),
        };
        const { exit, answer } = await answerOf(files, it.today, 'status');
        expect(exit).toBe(answer.complete ? 0 : 1);
        const { stdout } = await runDeliver({ files, today: it.today }, ['status']);
        expect(refsIn(stdout)).toEqual(shownRefs(answer));
      }),
      { numRuns: runs(40) },
    );
  });
});

const flow = (keys: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(keys)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `, ${key}: ${value}`)
    .join('');

describe('docs/json.md', () => {
  test.each(COMMANDS)('names every key of %s', (name) => {
    const text = readFileSync(join(DOCS, 'json.md'), 'utf8');
    expect(keysIn(schemaOf(name)).filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
  });
});

function keysIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keysIn);
  const { properties } = schema as { readonly properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(keysIn)];
}
