// Calendar arithmetic, seen through the due day of a step. Weekdays: March 2025 has its Mondays on 3, 10, 17, 24, 31.
import { describe, expect, it } from 'vitest';
import { runDeliver } from '../support/world.ts';
import { morning, PRACTICE, practice, step, work } from './morning.ts';

/** The due day of a step with `due`, where the milestone `anchor` is on `day`. */
async function dueFrom(day: string, due: string, calendar?: string, today = '2025-06-30'): Promise<unknown> {
  const files = {
    ...(calendar === undefined ? {} : { 'deliver.yaml': practice(`calendar: ${calendar}`) }),
    ...work({
      offer: 'milestones: {anchor: Some day}',
      steps: `go: {title: Go, due: ${due}}`,
      job: `started: 2024-01-08\nmilestones: {anchor: ${day}}`,
    }),
  };
  return step(await morning({ today, files }), 'go')?.due;
}

describe('the table of engine.md', () => {
  it('counts working days: Fri 2025-03-07 + 3bd', async () => {
    // Mon 03-10 (1), Tue 03-11 (2), Wed 03-12 (3).
    expect(await dueFrom('2025-03-07', 'anchor + 3bd')).toBe('2025-03-12');
  });
  it('skips a closed day: the same with Mon 03-10 closed', async () => {
    // Tue 03-11 (1), Wed 03-12 (2), Thu 03-13 (3).
    expect(await dueFrom('2025-03-07', 'anchor + 3bd', '{closed: {2025-03-10: Fair}}')).toBe('2025-03-13');
  });
  it('counts backwards: Wed 2025-03-12 - 5bd', async () => {
    // Tue 11 (1), Mon 10 (2), Fri 03-07 (3), Thu 6 (4), Wed 03-05 (5).
    expect(await dueFrom('2025-03-12', 'anchor - 5bd')).toBe('2025-03-05');
  });
  it('goes from a closed day to the next working day: Sat 2025-03-01 + 1bd', async () => {
    expect(await dueFrom('2025-03-01', 'anchor + 1bd')).toBe('2025-03-03');
  });
  it.each([
    // Fri 2025-02-28, Mon 2025-03-31, Wed 2025-04-30: all working days, so nothing rolls.
    ['1m', '2025-02-28'],
    ['2m', '2025-03-31'],
    ['3m', '2025-04-30'],
  ])('adds months to the origin: 2025-01-31 + %s', async (offset, due) => {
    expect(await dueFrom('2025-01-31', `anchor + ${offset}`)).toBe(due);
  });
  it.each([
    ['1y', '2025-02-28'],
    ['2y', '2026-02-28'],
    ['3y', '2027-02-28'],
    ['4y', '2028-02-29'],
  ])('adds years to the origin: 2024-02-29 + %s', async (offset, due) => {
    // With `roll: none`, since Sat 2026-02-28 and Sun 2027-02-28 would move; the yearly days themselves: yearly.test.ts.
    const closed = [2024, 2025, 2026, 2027, 2028].map((year) => `${year}-12-25: Christmas`).join(', ');
    const calendar = `{roll: none, closed: {${closed}}}`;
    expect(await dueFrom('2024-02-29', `anchor + ${offset}`, calendar, '2028-03-06')).toBe(due);
  });
  it('takes today from the zone of deliver.yaml: Pacific/Auckland 00:30 local', async () => {
    // 2025-03-08 00:30 in Auckland is 2025-03-07 11:30 in UTC. "The zone in deliver.yaml decides what today is".
    const today = (zone: string) => (zone === 'Pacific/Auckland' ? '2025-03-08' : '2025-03-07');
    const files = { 'deliver.yaml': practice('time_zone: Pacific/Auckland') };
    expect((await morning({ today, files })).today).toBe('2025-03-08');
    expect((await morning({ today })).today).toBe('2025-03-07');
  });
});

describe('what today is', () => {
  it('is overridden by --today and by DELIVER_TODAY', async () => {
    // "`--today DAY` (and `DELIVER_TODAY`) overrides it everywhere."
    const today = '2025-03-07';
    expect((await morning({ today, args: ['--today', '2026-01-05'] })).today).toBe('2026-01-05');
    expect((await morning({ today, env: { DELIVER_TODAY: '2026-01-06' } })).today).toBe('2026-01-06');
  });
});

describe('working days', () => {
  it('counts from a closed day: - 1bd is the working day before', async () => {
    // Sun 2025-03-09 - 1bd: Fri 03-07; + 1bd: Mon 03-10. "From a closed day, + 1bd is the next working day, - 1bd the one before."
    expect(await dueFrom('2025-03-09', 'anchor - 1bd')).toBe('2025-03-07');
    expect(await dueFrom('2025-03-09', 'anchor + 1bd')).toBe('2025-03-10');
  });
  it('counts an open Saturday', async () => {
    // Fri 03-07 + 1bd with Sat 03-08 open: Sat 03-08; + 2bd: Mon 03-10. "(week pattern, minus closed, plus open)".
    const calendar = '{closed: {2025-12-25: Christmas}, open: {2025-03-08: Workshop}}';
    expect(await dueFrom('2025-03-07', 'anchor + 1bd', calendar)).toBe('2025-03-08');
    expect(await dueFrom('2025-03-07', 'anchor + 2bd', calendar)).toBe('2025-03-10');
  });
  it('knows a four-day week', async () => {
    // Thu 03-06 + 2bd, Monday to Thursday: Mon 03-10 (1), Tue 03-11 (2).
    const calendar = '{week: [mon, tue, wed, thu], closed: {2025-12-25: Christmas}}';
    expect(await dueFrom('2025-03-06', 'anchor + 2bd', calendar)).toBe('2025-03-11');
  });
  it('closes both ends of a range', async () => {
    // Fri 03-07 + 1bd with Mon 03-10 to Wed 03-12 closed: Thu 03-13. Thu 03-13 - 1bd: Fri 03-07. "both days inside".
    const calendar = '{closed: {2025-03-10..2025-03-12: Fair}}';
    expect(await dueFrom('2025-03-07', 'anchor + 1bd', calendar)).toBe('2025-03-13');
    expect(await dueFrom('2025-03-13', 'anchor - 1bd', calendar)).toBe('2025-03-07');
  });
});

describe('roll', () => {
  const rolling = (roll: string) => `{roll: ${roll}, closed: {2025-12-25: Christmas}}`;
  it.each([
    // Mon 03-03 + 5d is Sat 03-08: next Mon 03-10, previous Fri 03-07, none Sat 03-08.
    ['next', '2025-03-10'],
    ['previous', '2025-03-07'],
    ['none', '2025-03-08'],
  ])('moves a result on a Saturday: %s', async (roll, due) => {
    // "A d/w/m/y result on a closed day moves by `roll`".
    expect(await dueFrom('2025-03-03', 'anchor + 5d', rolling(roll))).toBe(due);
  });
  it.each([
    // Wed 03-12 - 3d is Sun 03-09: back to Fri 03-07, except with none.
    ['next', '2025-03-07'],
    ['previous', '2025-03-07'],
    ['none', '2025-03-09'],
  ])('never lands on or past the anchor after a minus: %s', async (roll, due) => {
    // "after a `-` offset `next` means `previous`, so preparation never lands on or past its anchor".
    expect(await dueFrom('2025-03-12', 'anchor - 3d', rolling(roll))).toBe(due);
  });
  it('moves weeks, months and years too', async () => {
    // Sat 03-01 + 1w: Sat 03-08, so Mon 03-10. Sat 02-08 + 1m: Sat 03-08, so Mon 03-10. 2024-03-08 + 1y: Sat 03-08.
    expect(await dueFrom('2025-03-01', 'anchor + 1w')).toBe('2025-03-10');
    expect(await dueFrom('2025-02-08', 'anchor + 1m')).toBe('2025-03-10');
    expect(await dueFrom('2024-03-08', 'anchor + 1y')).toBe('2025-03-10');
  });
  it('rolls over a closed Monday', async () => {
    // Mon 03-03 + 5d: Sat 03-08; Sun 03-09 and Mon 03-10 are closed too: Tue 03-11.
    expect(await dueFrom('2025-03-03', 'anchor + 5d', '{closed: {2025-03-10: Fair}}')).toBe('2025-03-11');
  });
  it.each(['anchor + 0d', 'anchor + 0bd', 'anchor + 0w', 'anchor + 0m', 'anchor'])(
    'leaves `%s` on a Sunday',
    async (due) => {
      // "milestones ... `+ 0` of any unit ... do not move": Sun 2025-03-09 stays.
      expect(await dueFrom('2025-03-09', due)).toBe('2025-03-09');
    },
  );
  it('leaves a date written by hand on a Saturday', async () => {
    // "Dates written by hand ... do not move."
    expect(await dueFrom('2025-03-03', '2025-03-08')).toBe('2025-03-08');
  });
});

describe('years the calendar does not cover', () => {
  const steps = 'go: {title: Go, due: start + 10bd}';
  const closing = (closed: string) => ({ 'deliver.yaml': practice(`calendar: {closed: {${closed}}}`) });
  const into2026 = work({ steps, job: 'started: 2025-12-29' });

  it('is one warning for the year', async () => {
    // From Mon 2025-12-29, ten working days on: 30, 31 (2), 1, 2 Jan (4), 5-9 Jan (9), Mon 2026-01-12 (10): 2026 is used.
    const files = { ...into2026, ...closing('2025-12-25: Christmas') };
    const report = await morning({ today: '2025-12-29', files, problems: ['calendar/year-not-covered'] });
    expect(report.problems[0]?.message).toContain('2026');
    expect(report.exit).toBe(0);
  });
  it('is covered by an entry that starts in it', async () => {
    const files = { ...into2026, ...closing('2025-12-25: Christmas, 2026-12-25: Christmas') };
    expect((await morning({ today: '2025-12-29', files })).problems).toEqual([]);
  });
  it('is not covered by a range that starts the year before', async () => {
    // "(an entry starting in it covers it)": 2025-12-25..2026-01-02 starts in 2025.
    const files = { ...into2026, ...closing('2025-12-25..2026-01-02: Winter break') };
    await morning({ today: '2025-12-29', files, problems: ['calendar/year-not-covered'] });
  });
  it('is no matter when no running engagement has a due day in it', async () => {
    // "only for years in which a running engagement has a due day": this one has ended.
    const ended = work({ steps, job: 'started: 2025-12-29\nended: 2025-12-30\nresult: delivered' });
    const files = { ...ended, ...closing('2025-12-25: Christmas') };
    expect((await morning({ today: '2025-12-31', files })).problems).toEqual([]);
  });
  it('is named by a report once late work slides into it, and by validate only by what is planned', async () => {
    // Planned for Mon 2025-12-01 and Mon 12-15. Ten working days from Mon 12-15 are Tue 12-30; from Mon 12-22 (23, 24, 26,
    // 29, 30, 31, 1, 2, 5, 6) Tue 2026-01-06. Validate, which knows no today, has nothing to say.
    const late = work({
      steps: 'go: {title: Go, due: start}\nnext: {title: Next, due: go + 10bd}',
      job: 'started: 2025-12-01',
    });
    const files = { ...late, ...closing('2025-12-25: Christmas') };
    expect((await morning({ today: '2025-12-15', files })).problems).toEqual([]);
    const slid = await morning({ today: '2025-12-22', files, problems: ['calendar/year-not-covered'] });
    expect(slid.problems[0]?.message).toMatch(/acme.work.next/);
    const { stdout } = await runDeliver({ today: '2025-12-22', files: { ...PRACTICE, ...files } }, [
      'validate',
      '--strict',
    ]);
    expect(stdout).not.toContain('year-not-covered');
  });
  it('is named by a report for a forecast too', async () => {
    // `last` is due Tue 2025-12-30 by hand; on Fri 2026-01-02 it is not likely to be closed before that day.
    const files = {
      ...work({
        steps: 'go: {title: Go}\nlast: {title: Last, after: go}',
        job: 'started: 2025-12-01\nsteps: {go: {done: 2025-12-01}, last: {due: 2025-12-30}}',
      }),
      ...closing('2025-12-25: Christmas'),
    };
    expect((await morning({ today: '2025-12-29', files })).problems).toEqual([]);
    await morning({ today: '2026-01-02', files, problems: ['calendar/year-not-covered'] });
  });
});
