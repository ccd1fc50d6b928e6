// Random engagements: what is listed, when, and how late, against the second implementation in slow/.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { client, type Listed, morning, PRACTICE, type Report, service } from './morning.ts';
import { iso, num } from './slow/days.ts';
import { type Progress, type StepModel, slowWork, type WorkModel } from './slow/steps.ts';

const dayIn = (from: string, to: string) => fc.integer({ min: num(from), max: num(to) }).map(iso);
const offset = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 8 }).map((n) => `${n}bd`) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 10 }).map((n) => `${n}d`) },
  fc.constantFrom('1w', '2w', '1m'),
);
const due = (anchors: readonly string[]) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...anchors), fc.constantFrom('+', '+', '-'), offset)
        .map((it) => it.join(' ')),
    },
    { weight: 2, arbitrary: fc.constantFrom(...anchors) },
    { weight: 1, arbitrary: dayIn('2025-02-20', '2025-04-20') },
  );
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Each may count from and wait for those before it. */
const steps: fc.Arbitrary<readonly StepModel[]> = fc.tuple(
  ...IDS.map((id, at) =>
    fc.record({
      id: fc.constant(id),
      kind: maybe(fc.constantFrom('task', 'meeting', 'call', 'form')),
      owner: maybe(fc.constantFrom('sam' as const, 'client' as const, 'partner' as const)),
      due: fc.option(due(['start', 'workshop', 'launch', ...IDS.slice(0, at)]), { nil: undefined, freq: 5 }),
      after: at === 0 ? fc.constant([]) : fc.subarray(IDS.slice(0, at), { maxLength: Math.min(at, 2) }),
    }),
  ),
) as fc.Arbitrary<readonly StepModel[]>;

/** Closed in any order, some of them on a day that has not come: those are errors, and tried elsewhere. */
const progress = (today: string): fc.Arbitrary<Readonly<Record<string, Progress>>> =>
  fc.record(
    Object.fromEntries(
      IDS.map((id, at) => [
        id,
        fc.oneof(
          { weight: 4, arbitrary: fc.constant({}) },
          { weight: 3, arbitrary: dayIn('2025-02-17', today).map((done) => ({ done })) },
          { weight: 1, arbitrary: dayIn('2025-02-17', today).map((skipped) => ({ skipped })) },
          { weight: 1, arbitrary: dayIn('2025-02-20', '2025-04-20').map((day) => ({ due: day })) },
          {
            weight: 1,
            arbitrary: due(['start', 'workshop', ...IDS.slice(0, at)]).map((written) => ({ due: written })),
          },
        ),
      ]),
    ),
  );

const hold = fc
  .tuple(dayIn('2025-02-17', '2025-04-01'), maybe(fc.integer({ min: 0, max: 12 })))
  .map(([from, length]) => ({ from, ...(length === undefined ? {} : { to: iso(num(from) + length) }) }));

const model: fc.Arbitrary<WorkModel> = dayIn('2025-03-03', '2025-03-28').chain(
  (today) =>
    fc.record(
      {
        today: fc.constant(today),
        closed: fc.uniqueArray(dayIn('2025-02-17', '2025-05-30'), { maxLength: 12 }),
        open: fc.uniqueArray(dayIn('2025-02-17', '2025-05-30'), { maxLength: 4 }),
        roll: fc.constantFrom('next' as const, 'next' as const, 'previous' as const, 'none' as const),
        steps,
        milestones: fc.record({
          workshop: maybe(dayIn('2025-02-24', '2025-04-11')),
          launch: fc.option(dayIn('2025-02-24', '2025-04-11'), { nil: undefined, freq: 9 }),
        }),
        started: dayIn('2025-02-10', '2025-02-17'),
        target: maybe(fc.constantFrom('10bd', '3w', '1m')),
        repeats: maybe(fc.constantFrom('1m', '3w', '20bd')),
        promised: maybe(dayIn('2025-03-03', '2025-04-11')),
        moves: fc.uniqueArray(
          fc.record({ date: dayIn('2025-02-17', '2025-03-03'), promised: dayIn('2025-03-03', '2025-04-11') }),
          {
            selector: (it) => it.date,
            maxLength: 2,
          },
        ),
        progress: progress(today),
        holds: fc.array(hold, { maxLength: 3 }),
        ladder: fc.dictionary(
          fc.constantFrom('gentle', 'firm', 'call'),
          fc.tuple(fc.constantFrom('+', '-'), offset).map(([sign, off]) => `due ${sign} ${off}`),
          { maxKeys: 3, noNullPrototype: true },
        ),
        chased: fc.uniqueArray(
          fc.record(
            {
              date: dayIn('2025-02-17', '2025-04-01').filter((day) => day <= today),
              step: fc.constantFrom(...IDS),
              rung: fc.constantFrom('gentle', 'firm', 'call'),
              in: fc.option(fc.constant(true as const), { nil: undefined, freq: 1 }),
            },
            { noNullPrototype: true },
          ),
          { maxLength: 4, selector: (each) => JSON.stringify(each) },
        ),
        paused: fc.option(fc.constant(true), { nil: undefined, freq: 1 }),
        lastRound: maybe(fc.boolean()),
        leaving: fc.option(dayIn('2025-03-01', '2025-04-01'), { nil: undefined, freq: 2 }),
      },
      { noNullPrototype: true },
    ) as fc.Arbitrary<WorkModel>,
);

const flow = (entries: readonly (readonly [string, unknown])[]): string =>
  `{${entries
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')}}`;

function filesOf(it: WorkModel) {
  const years = [2025, 2026].map((year) => `${year}-12-25: Christmas`);
  const days = (list: readonly string[], more: readonly string[] = []) =>
    `{${[...more, ...list.map((day) => `${day}: Set`)].join(', ')}}`;
  const calendar = `{roll: ${it.roll}, closed: ${days(it.closed, years)}, open: ${days(it.open)}}`;
  const practice = `${String(PRACTICE['deliver.yaml']).replace(/^calendar:.*\n/m, '')}calendar: ${calendar}\n`;
  const list = (ids: readonly string[]) => (ids.length === 0 ? undefined : `[${ids.join(', ')}]`);
  const offer = [
    'name: Work',
    ...(it.target === undefined ? [] : [`target: ${it.target}`]),
    ...(it.repeats === undefined ? [] : [`repeats: ${it.repeats}`]),
    'milestones: {workshop: A workshop, launch: A launch}',
    'steps:',
    ...it.steps.map(
      ({ id, kind, owner, due: day, after }) =>
        `  ${id}: ${flow([
          ['title', id.toUpperCase()],
          ['kind', kind],
          ['owner', owner],
          ['due', day],
          ['after', list(after)],
        ])}`,
    ),
  ];
  const closing = (each: Progress) =>
    flow([...Object.entries(each), ...(each.skipped ? [['why', 'Not needed'] as const] : [])]);
  const written = Object.entries(it.progress).filter(([, each]) => Object.keys(each).length > 0);
  const work = [
    'engagements:',
    '  work:',
    '    offer: work@1',
    `    started: ${it.started}`,
    ...(it.promised === undefined ? [] : [`    promised: ${it.promised}`]),
    `    moves: [${it.moves.map((each) => flow([...Object.entries(each), ['why', 'Moved']])).join(', ')}]`,
    `    milestones: ${flow(Object.entries(it.milestones))}`,
    '    steps:',
    ...written.map(([id, each]) => `      ${id}: ${closing(each)}`),
    `    holds: [${it.holds.map((each) => flow([...Object.entries(each), ['why', 'Held']])).join(', ')}]`,
    ...(it.lastRound === true ? ['    repeats: none'] : []),
    ...(it.paused === true ? ['pause: {to: 2025-12-31, why: Quiet}'] : []),
    ...(it.leaving === undefined ? [] : [`leaving: {decided: ${it.leaving}, reason: misfit}`]),
  ];
  return {
    'deliver.yaml': practice,
    'offers/work.yaml': `${offer.join('\n')}\n`,
    'clients/acme.yaml': client(work.join('\n')),
    'service.yaml': service(
      `chase: ${flow(Object.entries(it.ladder).map(([rung, when]) => [rung, `{when: ${when}, email: chase-gentle}`]))}`,
    ),
    'touches/acme.yaml': it.chased.map((each) => `- ${flow([...Object.entries(each), ['kind', 'chase']])}\n`).join(''),
  };
}

const chaseIn = ({ chase }: Listed): object | null => {
  const { rung, day, days_late } = (chase ?? {}) as Readonly<Record<string, unknown>>;
  return chase === null ? null : { rung, day, days_late };
};

/** The report in the form of the second implementation. */
function found(report: Report) {
  const lists = ['overdue', 'due_today', 'upcoming', 'waiting'] as const;
  const rows: readonly Listed[] = lists.flatMap((list) => report[list].map((row) => ({ ...row, list })));
  const { later, blocked, unscheduled, no_due } = report.hidden;
  const [engagement] = report.engagements;
  const part = (row: object | undefined, keys: readonly string[]) =>
    Object.fromEntries(keys.map((key) => [key, (row as Record<string, unknown> | undefined)?.[key]]));
  return {
    listed: Object.fromEntries(
      rows.map((row) => [
        row.step,
        {
          ...part(row, [
            'list',
            'due',
            'needed_by',
            'planned',
            'days_late',
            'working_days_late',
            'blocks',
            'starts_late',
          ]),
          chase: chaseIn(row),
          blocked_by: [...(row.blocked_by as readonly string[])].sort(),
        },
      ]),
    ),
    hidden: { later, blocked, unscheduled, no_due },
    engagement: {
      ...part(engagement, [
        'planned_end',
        'promised',
        'forecast_end',
        'slip_working_days',
        'closed',
        'open',
        'on_hold',
      ]),
      missing: [...((engagement?.missing ?? []) as readonly string[])].sort(),
    },
    hold: report.holds[0]?.from ?? null,
    finish: report.to_finish[0]?.closed_on ?? null,
    start: report.to_start[0]?.due ?? null,
  };
}

describe('steps', () => {
  it('are where a second implementation has them', async () => {
    await fc.assert(
      fc.asyncProperty(model, async (it) => {
        const files = filesOf(it);
        const report = await morning({ today: it.today, files, warnings: 'any' });
        expect(found(report), JSON.stringify(files, undefined, 1)).toEqual(slowWork(it));
      }),
      { numRuns: runs(200) },
    );
  }, 300_000);
});
