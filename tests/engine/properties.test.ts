// What holds for every log, calendar and day: checked on random ones, each against an oracle that only counts days.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { loadFolder } from '../support/story.ts';
import { runDeliver } from '../support/world.ts';
import { client, keeping, morning, parseReport, practice, step, touch, work } from './morning.ts';

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const plus = (day: string, n: number): string => iso(timeOf(day) + n * DAY);
const isWeekend = (day: string): boolean => [0, 6].includes(new Date(timeOf(day)).getUTCDay());
const dayBetween = (from: string, to: string) =>
  fc.integer({ min: 0, max: (timeOf(to) - timeOf(from)) / DAY }).map((n) => plus(from, n));

describe('a log', () => {
  const kinds = ['check-in', 'review', 'strategy', 'card', 'email'];
  const line = fc
    .tuple(dayBetween('2024-06-01', '2025-06-30'), fc.constantFrom(...kinds), fc.boolean())
    .map(([date, kind, comesIn]) => `- {date: ${date}, kind: ${kind}${comesIn ? ', in: true' : ''}}`);
  it('means the same in any order', async () => {
    // "Nothing depends on `TZ` or on the order of a log."
    const logs = fc
      .uniqueArray(line, { minLength: 2, maxLength: 12 })
      .chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })));
    await fc.assert(
      fc.asyncProperty(logs, async ([lines, shuffled]) => {
        const reportOf = (log: readonly string[]) =>
          morning({
            today: '2025-06-30',
            files: keeping({
              rules: 'check-in: 1m\nreview: quarter\nstrategy: {each: [march, june]}\ncard: {yearly: birthday}',
              touches: log.join('\n'),
              client: 'contacts: {ada: {name: Ada, birthday: 06-28}}\nsegment_since: 2025-04-15',
            }),
          });
        expect(await reportOf(shuffled)).toEqual(await reportOf(lines));
      }),
      { numRuns: runs(30) },
    );
  });

  it('counts a check-in from the latest contact', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(dayBetween('2025-01-01', '2025-03-31'), { minLength: 1, maxLength: 8 }),
        async (days) => {
          const touches = days.map((day) => `- {date: ${day}, kind: check-in}`).join('\n');
          const report = await morning({ today: '2025-12-31', files: keeping({ rules: 'check-in: 1w', touches }) });
          expect(touch(report, 'check-in')?.last).toBe([...days].sort().at(-1));
        },
      ),
      { numRuns: runs(20) },
    );
  });
});

describe('months', () => {
  it('are added to the origin and never drift', async () => {
    // "add months to the origin and clamp to the month's end": the oracle takes the origin's date or the month's last.
    const monthsLater = (day: string, n: number): string => {
      const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
      const last = new Date(Date.UTC(year, month + n, 0)).getUTCDate();
      return iso(Date.UTC(year, month - 1 + n, Math.min(date, last)));
    };
    const count = Array.from({ length: 24 }, (_, at) => at + 1);
    const steps = count.map((n) => `s${n}: {title: Month ${n}, due: start + ${n}m}`).join('\n');
    await fc.assert(
      fc.asyncProperty(dayBetween('2024-01-01', '2024-12-31'), async (start) => {
        const files = {
          ...work({ steps, job: `started: ${start}` }),
          'deliver.yaml': practice(
            'calendar: {roll: none, closed: {2024-12-25..2024-12-26: C, 2025-12-25: C, 2026-12-25: C, 2027-12-25: C}}',
          ),
        };
        const report = await morning({ today: '2027-01-04', files });
        for (const n of count) expect(step(report, `s${n}`)?.due).toBe(monthsLater(start, n));
      }),
      { numRuns: runs(20) },
    );
  });
});

describe('working days', () => {
  const closedDays = fc.uniqueArray(dayBetween('2025-01-01', '2025-12-24'), { maxLength: 40 });
  it('are counted one by one, both ways', async () => {
    await fc.assert(
      fc.asyncProperty(
        dayBetween('2025-04-15', '2025-08-31'),
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom(1, -1),
        closedDays,
        async (anchor, n, direction, closed) => {
          const walk = (day: string, left: number): string => {
            const next = plus(day, direction);
            const rest = isWeekend(next) || closed.includes(next) ? left : left - 1;
            return rest === 0 ? next : walk(next, rest);
          };
          const files = {
            'deliver.yaml': practice(
              `calendar: {closed: {2025-12-25: Christmas${closed.map((day) => `, ${day}: Closed`).join('')}}}`,
            ),
            ...work({
              offer: 'milestones: {anchor: A day}',
              steps: `go: {title: Go, due: anchor ${direction > 0 ? '+' : '-'} ${n}bd}`,
              job: `started: 2025-01-06\nmilestones: {anchor: ${anchor}}`,
            }),
          };
          expect(step(await morning({ today: '2025-12-31', files }), 'go')?.due).toBe(walk(anchor, n));
        },
      ),
      { numRuns: runs(40) },
    );
  });
});

describe('a forecast', () => {
  it('never comes nearer by waiting', async () => {
    const files = work({
      offer: 'target: 20bd',
      steps: `
        a: {title: A, due: start + 3bd}
        b: {title: B, due: a + 1w}
        c: {title: C, due: b + 10d, after: d}
        d: {title: D, owner: client, due: start + 8bd}
        e: {title: E, due: c + 2bd}
      `,
      job: 'started: 2025-03-03\nholds: [{from: 2025-03-20, to: 2025-03-26, why: Freeze}]',
    });
    const endOn = async (today: string): Promise<string> => {
      const report = await morning({ today, files });
      return String(report.engagements[0]?.forecast_end);
    };
    await fc.assert(
      fc.asyncProperty(
        dayBetween('2025-03-03', '2025-05-31'),
        fc.integer({ min: 0, max: 30 }),
        async (today, later) => {
          expect((await endOn(today)) <= (await endOn(plus(today, later)))).toBe(true);
        },
      ),
      { numRuns: runs(25) },
    );
  });
});

describe('a client more or less', () => {
  it('changes no line of another', async () => {
    const acme = keeping({ rules: 'check-in: 30d', touches: '- {date: 2025-03-01, kind: check-in}' });
    const alone = await morning({ today: '2025-04-06', files: acme });
    const files = { ...acme, 'clients/beta.yaml': client('name: Beta\ncadence: {check-in: 1w}') };
    const report = await morning({ today: '2025-04-06', files });
    expect(touch(report, 'check-in')).toEqual(touch(alone, 'check-in'));
  });
});

describe('a year of mornings', () => {
  it('over the example is always a report', async () => {
    // About one a week, each weekday in turn; EVERY_DAY=1 for all of them.
    const files = loadFolder('examples/northlight');
    const every = process.env.EVERY_DAY === '1' ? 1 : 8;
    for (let day = '2026-06-01'; day <= '2027-05-31'; day = plus(day, every)) {
      const { exit, stdout, stderr } = await runDeliver({ files, today: day }, ['status', '--json']);
      expect([0, 1], `${day}: ${stderr}`).toContain(exit);
      expect(parseReport(stdout, `${day}: ${stderr}`).today).toBe(day);
    }
  }, 120_000);
});
