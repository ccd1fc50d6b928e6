// A shape accepts exactly what its schema finds nothing wrong with, and makes the same of it, key by key.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accept, DOUBT } from '../../src/records/accept.ts';
import { RECORD_TYPES } from '../../src/records/all.ts';
import { clientType } from '../../src/records/client.ts';
import { makeSchemas } from '../../src/records/explain.ts';
import type { Form } from '../../src/records/shape.ts';
import { runs } from '../support/runs.ts';
import { CHANGES, changed, changedAtRandom, corpus, type Path, placesIn, type Sample } from './corpus.ts';

const schemaOf = makeSchemas();
const shapes: ReadonlyMap<string, Form> = new Map(RECORD_TYPES.map(({ kind, shape }) => [kind, shape]));
const shapeOf = (kind: string): Form => shapes.get(kind) as Form;

/** Whether both accept it. Fails where they differ, also in the order of keys: it decides that of lines. */
function agree({ kind, raw }: Sample): boolean {
  const record = accept(shapeOf(kind), raw);
  const full = schemaOf(shapeOf(kind)).safeParse(raw, { reportInput: true });
  const other = full.success ? full.data : DOUBT;
  const isSame = isDeepStrictEqual(record, other) && JSON.stringify(record) === JSON.stringify(other);
  if (!isSame) expect({ kind, raw, accepted: record }).toEqual({ kind, raw, accepted: other });
  expect(isSame).toBe(true);
  return record !== DOUBT;
}

const good = corpus.filter(({ kind, raw }) => accept(shapeOf(kind), raw) !== DOUBT);

describe('a shape and its schema agree', () => {
  test('on what is written in fixtures, examples, pages and templates', () => {
    const accepted = corpus.filter(agree);
    expect(accepted.length).toBeGreaterThan(250);
    expect(corpus.length - accepted.length).toBeGreaterThan(40);
  });

  test('on every form of every record, whatever stands there instead', () => {
    const places = placesOfForms();
    let accepted = 0;
    for (const { sample, path } of places)
      for (const change of CHANGES) if (agree({ ...sample, raw: changed(sample.raw, path, change) })) accepted += 1;
    const tried = places.length * CHANGES.length;
    expect(accepted).toBeGreaterThan(tried / 10);
    expect(tried - accepted).toBeGreaterThan(tried / 3);
  });

  test('on what has several things changed', () => {
    let [accepted, tried] = [0, 0];
    fc.assert(
      fc.property(changedAtRandom(good), (sample) => {
        tried += 1;
        if (agree(sample)) accepted += 1;
      }),
      { numRuns: runs(3000) },
    );
    expect(accepted).toBeGreaterThan(tried / 5);
    expect(tried - accepted).toBeGreaterThan(tried / 5);
  });

  test.each([[null], [[]], [{}], [''], [0], [[null]], [{ name: null }], [{ date: '2026-11-23', kind: 'call' }]])(
    'on %j for a file',
    (raw) => {
      for (const { kind } of RECORD_TYPES) agree({ file: kind, kind, raw });
    },
  );
});

/** What a shape and its schema hold in common is not seen by comparing them. */
test.each([
  [
    'client',
    { name: 'A', engagements: { a: { offer: 'audit@0', started: '2026-01-05' } } },
    'names no offer and version',
  ],
  ['client', { name: 'A', cadence: { call: '0w' } }, 'an interval of nothing never ends'],
  ['client', { name: 'A', cadence: { call: ['march', 'mars'] } }, '`mars` is no period'],
  ['service', { chase: { firm: { when: 'start + 1bd' } } }, 'a rung counts from `due`'],
  [
    'practice',
    { format: 1, practice: 'P', people: {}, time_zone: 'UTC', calendar: { week: [] } },
    'a week without a working day',
  ],
] as const)('%s %j: %s', (kind, raw, says) => {
  expect(accept(shapeOf(kind), raw)).toBe(DOUBT);
  expect(JSON.stringify(schemaOf(shapeOf(kind)).safeParse(raw).error?.issues)).toContain(says);
});

test('each word of a cadence is what it is short for', () => {
  const cadenceOf = (cadence: unknown): unknown => {
    const record = accept(clientType.shape, { name: 'A', cadence: { call: cadence } });
    return record === DOUBT ? record : record.cadence?.call;
  };
  const common = { grace: undefined, lead: undefined, first: undefined, owner: undefined };
  expect(cadenceOf('none')).toBe('none');
  expect(cadenceOf('6w')).toEqual({ form: 'every', every: { n: 6, unit: 'w' }, ...common });
  expect(cadenceOf('half-year')).toEqual({ form: 'each', each: 'half-year', months: [], ...common });
  expect(cadenceOf(['September', 'march', 'march'])).toEqual({
    form: 'each',
    each: 'named-months',
    months: [3, 9],
    ...common,
  });
});

/** For every form of a value there is a place in a good record where one stands, the record as small as can be. */
function placesOfForms(): readonly { readonly sample: Sample; readonly path: Path }[] {
  const bySize = good.toSorted((a, b) => JSON.stringify(a.raw).length - JSON.stringify(b.raw).length);
  const written = bySize.flatMap((sample) => placesIn(sample.raw).map((path) => ({ sample, path })));
  const byKind = new Map(RECORD_TYPES.map(({ kind, shape }) => [kind as string, formsIn(shape, [kind])]));
  const forms = new Map<Form, Path>();
  for (const { kind, shape } of RECORD_TYPES)
    for (const [form, pattern] of formsIn(shape, [kind])) if (!forms.has(form)) forms.set(form, pattern);
  const found = [...forms].map(([form, pattern]) => ({
    pattern,
    place: written.find(({ sample, path }) =>
      (byKind.get(sample.kind) ?? []).some(([other, where]) => other === form && isAt(where, [sample.kind, ...path])),
    ),
  }));
  // An example of each belongs into docs/files.md.
  expect(found.flatMap(({ pattern, place }) => (place ? [] : [pattern.join('.')]))).toEqual([]);
  return found.flatMap(({ place }) => place ?? []);
}

const isAt = (pattern: Path, path: Path): boolean =>
  pattern.length === path.length && pattern.every((key, at) => key === '*' || key === path[at]);

/** What stands below a form, with `*` for keys that are ids and for places in a list. */
function formsIn(form: Form, above: Path): readonly (readonly [Form, Path])[] {
  switch (form.form) {
    case 'entry':
      return form.fields.flatMap(({ key, shape }) => withForms(shape, [...above, key]));
    case 'map':
      return withForms(form.value, [...above, '*']);
    case 'list':
      return withForms(form.item, [...above, '*']);
    case 'either':
      return form.shapes.flatMap((each) => formsIn(each, above));
    case 'optional':
    case 'short':
    case 'made':
      return formsIn(form.inner, above);
    default:
      return [];
  }
}

const withForms = (form: Form, at: Path): readonly (readonly [Form, Path])[] => [[form, at], ...formsIn(form, at)];
