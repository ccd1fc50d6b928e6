// Random clients: which contacts and yearly days are shown, and what is hidden, against the second implementation in slow/.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { morning, PRACTICE, type Report } from './morning.ts';
import { iso, num } from './slow/days.ts';
import { type ClientModel, MONTHS, type RuleModel, slowTouches, sorted } from './slow/touches.ts';

const dayIn = (from: string, to: string) => fc.integer({ min: num(from), max: num(to) }).map(iso);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });

const KINDS = ['check-in', 'review', 'gift', 'card'];
const SATISFIES = { review: ['check-in'] };

const common = {
  grace: maybe(fc.constantFrom('1w', '2bd', '3d')),
  lead: maybe(fc.constantFrom('3d', '5bd', '3w', '8w')),
  first: maybe(fc.constantFrom('1w', '5bd', '1m', '0d')),
};
const months = fc.uniqueArray(fc.constantFrom(...MONTHS), { minLength: 1, maxLength: 4 });
const rule: fc.Arbitrary<RuleModel> = fc.oneof(
  fc.record({ every: fc.constantFrom('2w', '30d', '1m', '3m', '15bd'), ...common }),
  fc.record({ each: fc.constantFrom('month', 'quarter', 'half-year', 'year'), ...common }),
  fc.record({ each: months, ...common }),
  fc.record({
    yearly: fc.constantFrom('birthday', 'anniversary', 'office', 'fair'),
    grace: common.grace,
    lead: maybe(fc.constantFrom('3d', '5bd', '3w')),
  }),
);
const rules = fc.dictionary(fc.constantFrom(...KINDS), rule, { maxKeys: 3 });
/** Most days are near: then something is shown. */
const nearDay = fc.oneof(dayIn('2025-06-01', '2025-12-31'), dayIn('2024-01-01', '2025-12-31'));
const monthDay = dayIn('2025-08-01', '2025-12-31').map((day) => day.slice(5));

const model: fc.Arbitrary<ClientModel> = dayIn('2025-08-15', '2025-12-31').chain(
  (today) =>
    fc.record(
      {
        today: fc.constant(today),
        closed: fc.uniqueArray(dayIn('2025-06-01', '2025-12-31'), { maxLength: 12 }),
        satisfies: fc.constant(SATISFIES),
        status: fc.constantFrom(
          'active' as const,
          'active' as const,
          'active' as const,
          'prospect' as const,
          'past' as const,
        ),
        segment: fc.constantFrom('A', 'A', undefined),
        since: dayIn('2023-06-01', today),
        added: fc.oneof(fc.constant('2023-06-01'), dayIn('2025-06-01', today)),
        segmentSince: rarely(dayIn('2025-06-01', today)),
        birthdays: fc.dictionary(fc.constantFrom('ada', 'bob'), monthDay, { maxKeys: 2 }),
        occasions: fc.dictionary(
          fc.constantFrom('office', 'fair'),
          fc.tuple(fc.constantFrom(2022, 2024, 2025), monthDay).map(([year, day]) => `${year}-${day}`),
          { maxKeys: 2 },
        ),
        ofSegment: rules,
        own: fc.dictionary(
          fc.constantFrom(...KINDS),
          fc.oneof({ weight: 3, arbitrary: rule }, { weight: 1, arbitrary: fc.constant('none' as const) }),
          { maxKeys: 2 },
        ),
        log: fc.uniqueArray(
          fc.record(
            {
              date: nearDay.filter((day) => day <= today),
              kind: fc.constantFrom(...KINDS),
              in: rarely(fc.constant(true as const)),
              with: rarely(fc.constantFrom('ada', 'bob')),
            },
            { noNullPrototype: true },
          ),
          { maxLength: 6, selector: (each) => JSON.stringify(each) },
        ),
        leaving: fc.option(dayIn('2025-08-01', '2025-12-31'), { nil: undefined, freq: 3 }),
        pause: fc.option(
          fc
            .tuple(dayIn('2025-08-01', '2025-12-31'), fc.nat(40))
            .map(([from, n]) => ({ from, to: iso(num(from) + n) })),
          { nil: undefined, freq: 2 },
        ),
        snooze: fc.dictionary(fc.constantFrom(...KINDS), dayIn('2025-08-01', '2026-01-15'), { maxKeys: 2 }),
      },
      { noNullPrototype: true },
    ) as fc.Arbitrary<ClientModel>,
);

const flow = (entries: readonly (readonly [string, unknown])[]): string =>
  `{${entries
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${Array.isArray(value) ? `[${value.join(', ')}]` : value}`)
    .join(', ')}}`;
const ruled = (cadence: Readonly<Record<string, RuleModel | 'none'>>): string =>
  flow(Object.entries(cadence).map(([kind, each]) => [kind, each === 'none' ? each : flow(Object.entries(each))]));

function filesOf(it: ClientModel) {
  const titled = (list: Readonly<Record<string, string>>, key: string) =>
    flow(
      Object.entries(list).map(([id, day]) => [
        id,
        flow([
          ['title', id],
          [key, day],
        ]),
      ]),
    );
  const contacts = ['ada', 'bob'].map(
    (id) =>
      [
        id,
        flow([
          ['name', id],
          ['birthday', it.birthdays[id]],
        ]),
      ] as const,
  );
  return {
    ...PRACTICE,
    'deliver.yaml': `${String(PRACTICE['deliver.yaml']).replace(/^calendar:.*\n/m, '')}calendar: {closed: ${flow(it.closed.map((day) => [day, 'Closed']))}}\n`,
    'service.yaml': [
      `touches: ${flow(
        KINDS.map((kind) => [
          kind,
          flow([
            ['title', kind],
            ['satisfies', SATISFIES[kind as 'review']],
          ]),
        ]),
      )}`,
      `segments: {A: {title: Prime, cadence: ${ruled(it.ofSegment)}}}`,
      '',
    ].join('\n'),
    'clients/acme.yaml': [
      'name: Acme Ltd',
      ...(it.segment === undefined && it.status !== 'active' ? [] : ['segment: A']),
      `status: ${it.status}`,
      `since: ${it.since}`,
      `added: ${it.added}`,
      ...(it.segmentSince === undefined ? [] : [`segment_since: ${it.segmentSince}`]),
      `contacts: ${flow(contacts)}`,
      `occasions: ${titled(it.occasions, 'date')}`,
      `cadence: ${ruled(it.own)}`,
      ...(it.leaving === undefined ? [] : [`leaving: {decided: ${it.leaving}, reason: misfit}`]),
      ...(it.pause === undefined ? [] : [`pause: ${flow([...Object.entries(it.pause), ['why', 'Quiet']])}`]),
      `snooze: ${flow(Object.entries(it.snooze).map(([kind, to]) => [kind, `{to: ${to}, why: Asked}`]))}`,
      '',
    ].join('\n'),
    'touches/acme.yaml': it.log.map((each) => `- ${flow(Object.entries(each))}\n`).join(''),
  };
}

/** The report in the form of the second implementation. */
function found({ touches, occasions, hidden: { paused, leaving, snoozed, soon } }: Report) {
  const part = (row: object, keys: readonly string[]) =>
    Object.fromEntries(keys.map((key) => [key, (row as Record<string, unknown>)[key]]));
  return {
    touches: sorted(touches.map((row) => part(row, ['kind', 'level', 'last', 'due', 'state', 'days_late', 'ratio']))),
    occasions: sorted(occasions.map((row) => part(row, ['kind', 'contact', 'date', 'state']))),
    hidden: { paused, leaving, snoozed, soon },
  };
}

/** Every year has a closed day, an active client has a segment, and an occasion that a rule names is there. */
function sound(it: ClientModel): ClientModel {
  const segment = it.status === 'active' ? 'A' : it.segment;
  const keep = <T extends RuleModel | 'none'>(rules: Readonly<Record<string, T>>, occasions: object) =>
    Object.fromEntries(
      Object.entries(rules).filter(([, each]) => {
        const yearly = each === 'none' ? undefined : each.yearly;
        return yearly === undefined || yearly === 'birthday' || yearly === 'anniversary' || yearly in occasions;
      }),
    );
  const ofSegment = keep(it.ofSegment, segment === undefined ? {} : it.occasions);
  const closed = [...new Set([...it.closed, ...[2023, 2024, 2025, 2026].map((year) => `${year}-12-25`)])];
  return { ...it, closed, segment, own: keep(it.own, it.occasions), ofSegment };
}

describe('contacts', () => {
  it('are due when a second implementation says so', async () => {
    await fc.assert(
      fc.asyncProperty(model, async (drawn) => {
        const it = sound(drawn);
        const files = filesOf(it);
        const report = await morning({ today: it.today, files, warnings: 'any' });
        expect(found(report), JSON.stringify(files, undefined, 1)).toEqual(slowTouches(it));
      }),
      { numRuns: runs(400) },
    );
  }, 300_000);
});
