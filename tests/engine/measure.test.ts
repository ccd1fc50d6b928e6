// What holds of every practice that is measured, on random ones; and the days of a few by hand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { runDeliver } from '../support/world.ts';

const DAY = 86_400_000;
const plus = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10);
const dayFrom = (from: string, days: number) => fc.integer({ min: 0, max: days }).map((n) => plus(from, n));

type Files = Readonly<Record<string, string>>;
type Hour = { readonly person: string; readonly day: string; readonly hours: number; readonly ref: string };
type Week = {
  readonly week: string;
  readonly available: number | null;
  readonly booked: number;
  readonly over: number | null;
};
type Capacity = {
  readonly people: readonly { readonly person: string; readonly weeks: readonly Week[] }[];
  readonly hours: readonly Hour[];
  readonly add: { readonly start: string | null } | null;
};
type Case = {
  readonly promise: string;
  readonly deadline: string;
  readonly state: string;
  readonly met: string | null;
};
type Audit = {
  readonly kept: number;
  readonly missed: number;
  readonly excused: number;
  readonly cases: readonly Case[];
};

async function ask<T>(files: Files, today: string, ...argv: readonly string[]): Promise<T> {
  const { exit, stdout, stderr } = await runDeliver({ files, today }, [...argv, '--json']);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

const PRACTICE = `format: 1
practice: Northlight
people:
  sam: {name: Sam Okafor, hours_per_week: 30, reserved: 5h, away: {2026-11-30..2026-12-02: Training}}
  kit: {name: Kit Moreau, hours_per_week: 9}
me: sam
time_zone: Europe/London
calendar: {closed: {2026-12-25: Christmas, 2027-01-01: New Year}}
`;

const close = (a: number, b: number): boolean => Math.abs(a - b) < 0.06;

describe('hours ahead', () => {
  const TODAY = '2026-11-23';
  const step = fc.record({
    effort: fc.integer({ min: 1, max: 60 }),
    due: fc.integer({ min: 0, max: 20 }),
    owner: fc.constantFrom('sam', 'kit'),
  });
  type Step = { readonly effort: number; readonly due: number; readonly owner: string };

  const offerOf = (steps: readonly Step[]): string =>
    `name: Work\nsteps:\n${steps.map((it, n) => `  s${n}: {title: Step ${n}, due: start + ${it.due}bd, owner: ${it.owner}, effort: ${it.effort * 30}min}\n`).join('')}`;
  const clientOf = (name: string, started: string | undefined): string =>
    `name: ${name}\nsegment: A\nsince: 2024-01-01\n${started === undefined ? '' : `engagements:\n  work: {offer: work@1, started: ${started}}\n`}`;
  const practiceOf = (steps: readonly Step[], starts: readonly (string | undefined)[]): Files => ({
    'deliver.yaml': PRACTICE,
    'service.yaml': 'segments: {A: {title: Prime}}\n',
    'offers/work.yaml': offerOf(steps),
    ...Object.fromEntries(starts.map((started, n) => [`clients/c${n}.yaml`, clientOf(`Client ${n}`, started)])),
  });

  it('are the effort of each step, no more and no less, and the weeks add up to them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 5 }),
        fc.array(dayFrom('2026-11-01', 22), { minLength: 1, maxLength: 3 }),
        async (steps, starts) => {
          const { people, hours } = await ask<Capacity>(practiceOf(steps, starts), TODAY, 'capacity', '--weeks', '20');
          for (const [n] of starts.entries())
            for (const [at, { effort }] of steps.entries()) {
              const own = hours.filter((it) => it.ref === `c${n}/s${at}`);
              expect(
                close(
                  own.reduce((sum, it) => sum + it.hours, 0),
                  effort / 2,
                ),
              ).toBe(true);
              for (const { day } of own) expect(day >= TODAY).toBe(true);
            }
          for (const { person, weeks } of people)
            for (const { week, booked } of weeks) {
              const own = hours.filter((it) => it.person === person && it.day >= week && it.day <= plus(week, 6));
              expect(
                close(
                  own.reduce((sum, it) => sum + it.hours, 0),
                  booked,
                ),
              ).toBe(true);
            }
        },
      ),
      { numRuns: runs(40) },
    );
  });

  it('a start on the day that `--add` names overbooks nobody who was not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 4 }),
        fc.array(dayFrom('2026-11-09', 14), { maxLength: 2 }),
        async (steps, starts) => {
          const before = await ask<Capacity>(
            practiceOf(steps, starts),
            TODAY,
            'capacity',
            '--weeks',
            '40',
            '--add',
            'work',
          );
          const start = before.add?.start;
          if (start === null || start === undefined) return;
          const after = await ask<Capacity>(practiceOf(steps, [...starts, start]), TODAY, 'capacity', '--weeks', '40');
          for (const [at, { weeks }] of after.people.entries())
            for (const [n, { over, booked }] of weeks.entries()) {
              const was = before.people[at]?.weeks[n];
              if (booked > (was?.booked ?? 0)) expect(over).toBe(0);
            }
        },
      ),
      { numRuns: runs(30) },
    );
  });
});

describe('an audit', () => {
  const TODAY = '2026-10-05';
  const line = fc
    .tuple(
      dayFrom('2025-10-01', 369),
      fc.constantFrom('review', 'letter', 'card', 'email'),
      fc.constantFrom('', ', in: true', ', score: 5'),
    )
    .map(([date, kind, more]) => `- {date: ${date}, kind: ${kind}${more}}`);
  const filesOf = (log: readonly string[], snooze: string): Files => ({
    'deliver.yaml': PRACTICE,
    'service.yaml': `touches:
  review: {title: Review, satisfies: [call]}
  letter: {title: Letter}
  card: {title: Card, channel: post}
standards:
  reply: {promise: We answer., within: 2bd, measure: replies}
segments:
  A:
    title: Prime
    cadence:
      review: {every: 5w, grace: 3d}
      call: 3w
      letter: {each: month, grace: 1w}
      card: {yearly: birthday}
`,
    'clients/acme.yaml': `name: Acme Ltd
segment: A
since: 2024-01-01
added: 2025-11-03
contacts: {ada: {name: Ada, birthday: 06-12}, bob: {name: Bob, birthday: 09-01}}
${snooze}`,
    'touches/acme.yaml': `${log.join('\n')}\n`,
  });
  const logs = fc
    .uniqueArray(line, { minLength: 1, maxLength: 25 })
    .chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })));
  const snoozes = fc.constantFrom(
    '',
    'snooze: {review: {from: 2026-03-02, to: 2026-05-29, why: Quiet}}\n',
    'pause: {from: 2026-07-01, to: 2026-08-31, why: Summer, because: us}\n',
    'pause: {to: 2026-12-31, why: Quiet}\n',
  );

  it('judges each case once, whatever the order of the log', async () => {
    await fc.assert(
      fc.asyncProperty(logs, snoozes, async ([lines, shuffled], snooze) => {
        const period = ['audit', '--from', '2025-10-01', '--to', '2026-10-04'];
        const audit = await ask<Audit>(filesOf(lines, snooze), TODAY, ...period);
        const other = await ask<Audit>(filesOf(shuffled, snooze), TODAY, ...period);
        const bare = ({ cases }: Audit) =>
          cases.map(({ promise, deadline, state, met }) => `${deadline} ${promise} ${state} ${met}`).toSorted();
        expect(bare(other)).toEqual(bare(audit));
        expect(audit.kept + audit.missed + audit.excused).toBe(audit.cases.length);
        for (const { state, met, deadline } of audit.cases)
          expect(state === 'kept').toBe(met !== null && met <= deadline);
      }),
      { numRuns: runs(40) },
    );
  });

  it('of a period is the sum of the audits of its parts', async () => {
    await fc.assert(
      fc.asyncProperty(logs, snoozes, dayFrom('2025-11-01', 330), async ([lines], snooze, cut) => {
        const files = filesOf(lines, snooze);
        const of = (from: string, to: string) => ask<Audit>(files, TODAY, 'audit', '--from', from, '--to', to);
        const whole = await of('2025-10-01', '2026-10-04');
        const parts = [await of('2025-10-01', cut), await of(plus(cut, 1), '2026-10-04')];
        for (const key of ['kept', 'missed', 'excused'] as const)
          expect(parts.reduce((sum, part) => sum + part[key], 0)).toBe(whole[key]);
      }),
      { numRuns: runs(20) },
    );
  });

  const casesOf = async (rules: string, log: string, today: string, client = ''): Promise<readonly string[]> => {
    const files: Files = {
      'deliver.yaml': PRACTICE,
      'service.yaml': `touches: {review: {title: Review}}\nsegments: {A: {title: Prime, cadence: {review: ${rules}}}}\n`,
      'clients/acme.yaml': `name: Acme Ltd\nsegment: A\nsince: 2020-01-06\n${client || 'added: 2020-01-06\n'}`,
      'touches/acme.yaml': log,
    };
    const { cases } = await ask<Audit>(files, today, 'audit', '--from', '2026-01-01', '--to', '2026-12-31');
    return cases.map(({ deadline, state, met }) => `${deadline} ${state} ${met ?? '-'}`);
  };
  const touched = (...days: readonly string[]) => days.map((day) => `- {date: ${day}, kind: review}\n`).join('');

  it.each([
    [
      'a call every week under a rule of three months is one case a quarter',
      '3m',
      touched('2025-12-29', '2026-02-02', '2026-03-23', '2026-06-22'),
      '2026-07-01',
      ['2026-03-30 kept 2026-03-23', '2026-06-23 kept 2026-06-22'],
    ],
    [
      'one who is never called is missed every time',
      '3m',
      touched('2025-12-29'),
      '2026-10-05',
      ['2026-03-30 missed -', '2026-06-29 missed -', '2026-09-29 missed -'],
    ],
    [
      'the touch that ends a silence starts the next count',
      '1m',
      touched('2025-12-15', '2026-02-20'),
      '2026-04-01',
      ['2026-01-15 missed 2026-02-20', '2026-02-16 missed 2026-02-20', '2026-03-20 missed -'],
    ],
    [
      'a deadline today is no case yet',
      '1m',
      touched('2026-03-05'),
      '2026-04-06',
      ['2026-01-06 missed 2026-03-05', '2026-02-06 missed 2026-03-05'],
    ],
    [
      'and tomorrow it is',
      '1m',
      touched('2026-03-05'),
      '2026-04-07',
      ['2026-01-06 missed 2026-03-05', '2026-02-06 missed 2026-03-05', '2026-04-06 missed -'],
    ],
    [
      'a touch in the grace that keeps a month does not fill the next',
      '{each: month, grace: 1w}',
      touched('2025-12-10', '2026-02-03'),
      '2026-03-15',
      ['2026-01-07 kept 2025-12-10', '2026-02-06 kept 2026-02-03', '2026-03-06 missed -'],
    ],
    [
      'a second touch of the same month does',
      '{each: month, grace: 1w}',
      touched('2025-12-10', '2026-02-03', '2026-02-04'),
      '2026-03-15',
      ['2026-01-07 kept 2025-12-10', '2026-02-06 kept 2026-02-03', '2026-03-06 kept 2026-02-04'],
    ],
  ] as const)('%s', async (_, rules, log, today, expected) => {
    expect((await casesOf(rules, log, today)).filter((it) => it >= '2026-01-01')).toEqual(expected);
  });

  it('counts from the day a client was added or graded anew', async () => {
    // Added on Mon 5 Jan with a rule of a month: first due two weeks later.
    const added = await casesOf('1m', touched('2025-06-02'), '2026-02-01', 'added: 2026-01-05\n');
    expect(added).toEqual(['2026-01-19 missed -']);
    const graded = await casesOf(
      '1m',
      touched('2026-01-26'),
      '2026-03-10',
      'added: 2025-01-06\nsegment_since: 2026-01-12\n',
    );
    expect(graded).toEqual(['2026-01-26 kept 2026-01-26', '2026-02-26 missed -']);
  });
});
