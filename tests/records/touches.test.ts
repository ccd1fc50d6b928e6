// The quick way to a log's record is the schema's equal, or leaves the log to it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainTouches, touchesType } from '../../src/records/touches.ts';

const value = fc.oneof(
  fc.constantFrom<unknown>(
    'call',
    'check-in',
    'Call',
    ' call',
    '',
    ' ',
    'a\nb',
    'audit/step',
    'a/b/c',
    '/a',
    '2026-11-20',
    '2026-02-30',
    '1899-01-01',
    true,
    false,
    null,
    0,
    9,
    -1.5,
    1e21,
    [],
    ['ada'],
    ['ada', 'bob'],
    ['Ada'],
    [null],
    {},
    'a'.repeat(64),
    'a'.repeat(65),
    'note ',
    'Spoke\u2028on',
  ),
  fc.string(),
);
const good = { date: fc.constantFrom('2026-11-20', '2024-02-29'), kind: fc.constantFrom('call', 'check-in') };
const optional = {
  note: value,
  with: value,
  by: value,
  step: value,
  rung: value,
  in: value,
  score: value,
  other: value,
};
const touch = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      {
        ...good,
        note: fc.constantFrom('Spoke', 'Two words; "quoted"'),
        with: fc.constantFrom('ada', ['ada', 'bob'], []),
        by: fc.constant('sam'),
        step: fc.constantFrom('audit/report', 'report'),
        rung: fc.constant('firm'),
        in: fc.boolean(),
        score: fc.integer(),
      },
      { requiredKeys: ['date', 'kind'] },
    ),
  },
  { weight: 3, arbitrary: fc.record({ ...good, ...optional }, { requiredKeys: ['date', 'kind'] }) },
  { weight: 1, arbitrary: fc.record({ date: value, kind: value, ...optional }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: value },
);

it('makes the same record of a log, key by key, or none', () => {
  let answered = 0;
  fc.assert(
    fc.property(fc.oneof(fc.array(touch, { maxLength: 3 }), value), (raw) => {
      const plain = plainTouches(raw);
      if (plain === undefined) return;
      answered += 1;
      const full = touchesType.schema.safeParse(raw);
      expect(full.success).toBe(true);
      expect(JSON.stringify(plain)).toBe(JSON.stringify(full.data));
      expect(plain).toStrictEqual(full.data);
    }),
    { numRuns: 5000 },
  );
  expect(answered).toBeGreaterThan(1000);
});
