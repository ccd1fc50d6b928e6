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

describe('deadlines', () => {
  const casesOf = async (cadence: string, client: string, log: string, today: string): Promise<readonly string[]> => {
    const files: Files = {
      'deliver.yaml': PRACTICE,
      'service.yaml': `touches: {review: {title: Review}, card: {title: Card}}\nsegments: {A: {title: Prime, cadence: ${cadence}}}\n`,
      'clients/acme.yaml': `name: Acme Ltd\n${client}`,
      'touches/acme.yaml': log,
    };
    const { cases } = await ask<Audit>(files, today, 'audit', '--from', '2026-01-01', '--to', '2026-12-31');
    return cases.map(({ promise, deadline, state, met }) => `${promise} ${deadline} ${state} ${met ?? '-'}`);
  };
  const here = 'segment: A\nsince: 2020-01-06\nadded: 2020-01-06\n';
  const review = (...days: readonly string[]) => days.map((day) => `- {date: ${day}, kind: review}\n`).join('');

  it.each([
    [
      'a month that is named, early by its lead; its neighbour while it runs is not',
      '{review: {each: [march, april], lead: 2w}}',
      here,
      review('2026-02-20', '2026-03-25'),
      '2026-06-01',
      ['cadence/A/review 2026-03-31 kept 2026-02-20', 'cadence/A/review 2026-04-30 missed -'],
    ],
    [
      'one that is made after the month is late, and ends it',
      '{review: {each: march}}',
      here,
      review('2026-04-02'),
      '2026-06-01',
      ['cadence/A/review 2026-03-31 missed 2026-04-02'],
    ],
    [
      'a birthday within its own grace, of who was still there',
      '{card: {yearly: birthday, grace: 3d}}',
      `${here}contacts: {ada: {name: Ada, birthday: 05-04}, bob: {name: Bob, birthday: 05-11, left: 2026-05-01}}\n`,
      '- {date: 2026-05-07, kind: card}\n',
      '2026-06-01',
      ['cadence/A/card 2026-05-07 kept 2026-05-07'],
    ],
    [
      'nothing from the day it was decided that they leave',
      '{review: 1m}',
      `${here}leaving: {decided: 2026-04-10, reason: budget}\n`,
      review('2026-02-02'),
      '2026-06-01',
      ['cadence/A/review 2026-03-02 missed -', 'cadence/A/review 2026-04-02 missed -'],
    ],
    [
      'the same of one who is past by now',
      '{review: 1m}',
      `${here}status: past\nleaving: {decided: 2026-03-10, reason: budget}\n`,
      review('2026-02-02'),
      '2026-06-01',
      ['cadence/A/review 2026-03-02 missed -'],
    ],
    [
      'nothing of a prospect',
      '{review: 1m}',
      'segment: A\nstatus: prospect\nadded: 2026-01-05\n',
      review('2026-02-02'),
      '2026-06-01',
      [],
    ],
    [
      'a snooze excuses the deadlines inside it, and not those that were kept',
      '{review: 1m}',
      `${here}snooze: {review: {from: 2026-02-16, to: 2026-04-10, why: Quiet}}\n`,
      review('2026-01-20', '2026-02-18'),
      '2026-05-01',
      [
        'cadence/A/review 2026-02-20 kept 2026-02-18',
        'cadence/A/review 2026-03-18 excused -',
        'cadence/A/review 2026-04-20 missed -',
      ],
    ],
    [
      'without its first day only the one that is open',
      '{review: 1m}',
      `${here}pause: {to: 2026-12-31, why: Quiet}\n`,
      review('2026-02-02'),
      '2026-05-05',
      [
        'cadence/A/review 2026-03-02 missed -',
        'cadence/A/review 2026-04-02 missed -',
        'cadence/A/review 2026-05-04 excused -',
      ],
    ],
    [
      'what we caused excuses nothing',
      '{review: 1m}',
      `${here}pause: {from: 2026-03-01, to: 2026-12-31, why: We moved, because: us}\n`,
      review('2026-02-02'),
      '2026-03-20',
      ['cadence/A/review 2026-03-02 missed -'],
    ],
    [
      'a rule of their own counts in the line of their segment',
      '{}',
      `${here}cadence: {review: 6w}\n`,
      review('2026-02-02'),
      '2026-04-01',
      ['cadence/A/review 2026-03-16 missed -'],
    ],
    [
      'a quarter they were here for all of, and no other',
      '{review: quarter}',
      'segment: A\nsince: 2026-01-12\nadded: 2026-01-12\n',
      '',
      '2026-08-01',
      ['cadence/A/review 2026-06-30 missed -'],
    ],
  ])('%s', async (_, cadence, client, log, today, expected) => {
    expect((await casesOf(cadence, client, log, today)).filter((it) => it.slice(17) >= '2026-02-15')).toEqual(expected);
  });
});

describe('contacts and rounds ahead', () => {
  const TODAY = '2026-11-23';
  const hoursOf = async (
    cadence: string,
    client: string,
    log: string,
    offers: Files = {},
  ): Promise<readonly string[]> => {
    const files: Files = {
      'deliver.yaml': PRACTICE.replace('away: {2026-11-30..2026-12-02: Training}', 'away: {2026-12-07: Dentist}'),
      'service.yaml':
        'touches: {review: {title: Review, effort: 2h, satisfies: check-in}, check-in: {title: Check-in, effort: 30min}}\n' +
        `segments: {A: {title: Prime, cadence: ${cadence}}}\n`,
      'clients/acme.yaml': `name: Acme Ltd\nsegment: A\nsince: 2020-01-06\nadded: 2020-01-06\n${client}`,
      'touches/acme.yaml': log,
      ...offers,
    };
    const { hours } = await ask<Capacity>(files, TODAY, 'capacity', '--weeks', '6');
    return hours.map(({ day, hours: length, ref }) => `${day} ${length} ${ref}`);
  };

  it.each([
    [
      'each on its day',
      '{check-in: 2w}',
      '',
      '- {date: 2026-11-16, kind: check-in}\n',
      [
        '2026-11-30 0.5 acme/touch/check-in',
        '2026-12-14 0.5 acme/touch/check-in',
        '2026-12-28 0.5 acme/touch/check-in',
      ],
    ],
    [
      'today when its day has passed, and then as if done today',
      '{check-in: 3w}',
      '',
      '- {date: 2026-09-07, kind: check-in}\n',
      ['2026-11-23 0.5 acme/touch/check-in', '2026-12-14 0.5 acme/touch/check-in'],
    ],
    [
      'a review counts as the check-in of that day',
      '{check-in: 4w, review: 4w}',
      '',
      '- {date: 2026-11-09, kind: review}\n',
      ['2026-12-04 2 acme/touch/review'],
    ],
    [
      'the day after a snooze that hides it',
      '{check-in: 2w}',
      'snooze: {check-in: {to: 2026-12-15, why: Quiet}}\n',
      '- {date: 2026-11-16, kind: check-in}\n',
      ['2026-12-16 0.5 acme/touch/check-in', '2026-12-30 0.5 acme/touch/check-in'],
    ],
    [
      'one today fills a missed month and the present one',
      '{check-in: month}',
      '',
      '- {date: 2026-09-15, kind: check-in}\n',
      ['2026-11-23 0.5 acme/touch/check-in', '2026-12-31 0.5 acme/touch/check-in'],
    ],
  ])('%s', async (_, cadence, client, log, expected) => {
    expect(await hoursOf(cadence, client, log)).toEqual(expected);
  });

  it('leaves out the contact that a step will be within a week of it', async () => {
    const offers = {
      'offers/audit.yaml': 'name: Audit\nsteps: {talk: {title: Talk, due: start + 8bd, touch: review}}\n',
    };
    const client = 'engagements: {audit: {offer: audit@1, started: 2026-11-23}}\n';
    // The talk is on Thu 3 Dec; the check-in of 30 Nov is within a week of it, that of 14 Dec is not.
    expect(await hoursOf('{check-in: 2w}', client, '- {date: 2026-11-16, kind: check-in}\n', offers)).toEqual([
      '2026-12-14 0.5 acme/touch/check-in',
      '2026-12-28 0.5 acme/touch/check-in',
    ]);
  });

  it('starts an overdue round today, and counts the next from there', async () => {
    const offers = {
      'offers/monthly.yaml': 'name: Monthly\nrepeats: 4w\nsteps: {send: {title: Send, due: start + 1bd, effort: 1h}}\n',
    };
    const client =
      'engagements: {monthly: {offer: monthly@1, started: 2026-10-05, steps: {send: {done: 2026-10-06}}}}\n';
    expect(await hoursOf('{}', client, '', offers)).toEqual([
      '2026-11-24 1 acme/start/monthly',
      '2026-12-22 1 acme/start/monthly',
    ]);
  });
});
