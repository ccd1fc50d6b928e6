// Holds: which days they take out of a plan, and what is listed meanwhile. Mondays: 2025-03-03, 10, 17, 24, 31.
import { describe, expect, it } from 'vitest';
import type { Files } from './morning.ts';
import { client, morning, only, step, work } from './morning.ts';

/** One step `go` with this `due`, started Mon 2025-03-03, the workshop on Wed 2025-03-19, with these holds. */
const held = (due: string, holds: string): Files =>
  work({
    offer: 'milestones: {workshop: Workshop}',
    steps: `go: {title: Go, due: ${due}}`,
    job: `started: 2025-03-03\nmilestones: {workshop: 2025-03-19}\nholds: [${holds}]`,
  });
const hold = (from: string, to?: string): string =>
  `{from: ${from}, ${to === undefined ? '' : `to: ${to}, `}why: Budget freeze}`;
const LATER = '2025-05-30';

describe('the days of a hold are closed days of the engagement', () => {
  it.each([
    // Hold Wed 03-05 to Fri 03-07. 5bd from Mon 03-03: Tue 4 (1), Mon 10 (2), 11 (3), 12 (4), Thu 03-13 (5). "`bd` skips them".
    ['start + 5bd', hold('2025-03-05', '2025-03-07'), '2025-03-13'],
    // Wed 03-19 - 2bd over a hold Mon 17 to Tue 18: Fri 14 (1), Thu 03-13 (2).
    ['workshop - 2bd', hold('2025-03-17', '2025-03-18'), '2025-03-13'],
    // Mon 03-03 + 7d = Mon 03-10, and 3 hold days on the way: Thu 03-13. "other offsets grow by the hold days they cross".
    ['start + 7d', hold('2025-03-05', '2025-03-07'), '2025-03-13'],
    ['start + 1w', hold('2025-03-05', '2025-03-07'), '2025-03-13'],
    // Mon 03-03 + 1m = Thu 04-03, + 3 = Sun 04-06: rolls to Mon 04-07.
    ['start + 1m', hold('2025-03-05', '2025-03-07'), '2025-04-07'],
    // Wed 03-19 - 7d = Wed 03-12; 2 hold days on the way back: Mon 03-10.
    ['workshop - 7d', hold('2025-03-17', '2025-03-18'), '2025-03-10'],
    // Mon 03-03 + 7d crosses 3 days of the first hold, so Thu 03-13, and so the 2 of Wed 12 to Thu 13: Sat 03-15, Mon 03-17.
    ['start + 7d', `${hold('2025-03-05', '2025-03-07')}, ${hold('2025-03-12', '2025-03-13')}`, '2025-03-17'],
    // Wed 5 to Fri 7 and Thu 6 to Sat 8 are four days: Mon 03-10 + 4 = Fri 03-14. "Holds that overlap count each day once".
    ['start + 7d', `${hold('2025-03-05', '2025-03-07')}, ${hold('2025-03-06', '2025-03-08')}`, '2025-03-14'],
    // One inside the other, written in the other order: five days, Mon 03-10 + 5 = Sat 03-15, Mon 03-17.
    ['start + 7d', `${hold('2025-03-06', '2025-03-07')}, ${hold('2025-03-04', '2025-03-08')}`, '2025-03-17'],
    // Mon 03-03 + 5d = Sat 03-08; Mon 10 and Tue 11 are closed days of this engagement too: rolls to Wed 03-12.
    ['start + 5d', hold('2025-03-10', '2025-03-11'), '2025-03-12'],
    // Wed 03-19 - 10d = Sun 03-09; back over the weekend and the held Fri 03-07: Thu 03-06.
    ['workshop - 10d', hold('2025-03-07', '2025-03-07'), '2025-03-06'],
  ])('%s with %s', async (due, holds, expected) => {
    expect(step(await morning({ today: LATER, files: held(due, holds) }), 'go')?.due).toBe(expected);
  });

  it.each([
    // Mon 03-03 + 7d reaches Mon 03-10.
    ['the day after the anchor', hold('2025-03-04', '2025-03-04'), '2025-03-11'],
    // The result is itself a hold day: the first day outside is Wed 03-12, by growing as by rolling.
    ['from the result on', hold('2025-03-10', '2025-03-11'), '2025-03-12'],
    ['the day after the result', hold('2025-03-11', '2025-03-12'), '2025-03-10'],
  ])('start + 7d with a hold %s', async (_, holds, expected) => {
    // "grow by the hold days they cross".
    expect(step(await morning({ today: LATER, files: held('start + 7d', holds) }), 'go')?.due).toBe(expected);
  });

  it('that lie wholly before the anchor are not crossed', async () => {
    // Wed 03-19 + 7d = Wed 03-26.
    const files = held('workshop + 7d', hold('2025-03-05', '2025-03-07'));
    expect(step(await morning({ today: LATER, files }), 'go')?.due).toBe('2025-03-26');
  });

  it('leave days by hand and milestones alone', async () => {
    // "Hand-written days and milestones never move": Thu 03-06 and Wed 03-19 lie in the hold and stay.
    const holds = hold('2025-03-05', '2025-03-20');
    expect(step(await morning({ today: LATER, files: held('2025-03-06', holds) }), 'go')?.due).toBe('2025-03-06');
    expect(step(await morning({ today: LATER, files: held('workshop', holds) }), 'go')?.due).toBe('2025-03-19');
  });

  it('are not part of the plan', async () => {
    // "hand-written `due` days and holds are not part of it": planned 03-03 + 5bd = Mon 03-10, due Thu 03-13.
    const files = held('start + 5bd', hold('2025-03-05', '2025-03-07'));
    const report = await morning({ today: '2025-03-12', files });
    expect(step(report, 'go')).toMatchObject({ planned: '2025-03-10', due: '2025-03-13' });
    expect(report.engagements[0]).toMatchObject({ planned_end: '2025-03-10', forecast_end: '2025-03-13' });
  });

  it('count from the day an anchor step closed', async () => {
    // a done Tue 03-04; b: a + 3bd with Wed 5 to Fri 7 held: 10, 11, Wed 03-12.
    const files = work({
      steps: 'a: {title: A, due: start + 1bd}\nb: {title: B, due: a + 3bd}',
      job: `started: 2025-03-03\nsteps: {a: {done: 2025-03-04}}\nholds: [${hold('2025-03-05', '2025-03-07')}]`,
    });
    expect(step(await morning({ today: '2025-03-12', files }), 'b')).toMatchObject({
      list: 'due_today',
      due: '2025-03-12',
    });
  });

  it('are those of that engagement only', async () => {
    // Two engagements of one client; second has no hold: 03-03 + 5bd = Mon 03-10.
    const files = {
      'offers/work.yaml': 'name: Work\nsteps:\n  go: {title: Go, due: start + 5bd}\n',
      'clients/acme.yaml': client(`
        engagements:
          first: {offer: work, started: 2025-03-03, holds: [${hold('2025-03-05')}]}
          second: {offer: work, started: 2025-03-03}
      `),
    };
    const report = await morning({ today: '2025-03-10', files });
    expect(step(report, 'go', 'first')).toBeUndefined();
    expect(step(report, 'go', 'second')).toMatchObject({ list: 'due_today', due: '2025-03-10' });
    expect(report.holds.map((each) => each.engagement)).toEqual(['first']);
  });
});

describe('an open hold', () => {
  const files = held('start + 5bd', hold('2025-03-05'));
  it.each([
    // "(from..to, or to today while open)". On Fri 03-07 held: 5, 6, 7. 03-03 + 5bd: 4, 10, 11, 12, Thu 03-13.
    ['2025-03-07', '2025-03-13'],
    // On Mon 03-10 held: 5, 6, 7 and 10. Tue 4 (1), 11 (2), 12, 13, Fri 03-14 (5).
    ['2025-03-10', '2025-03-14'],
  ])('takes out the days to today: %s', async (today, end) => {
    const report = await morning({ today, files });
    expect(report.engagements[0]).toMatchObject({ planned_end: '2025-03-10', forecast_end: end, on_hold: true });
  });

  it('hides the steps and counts the engagement', async () => {
    // "While on hold none of its steps is listed or chased; the hold is listed with its age".
    const report = await morning({ today: '2025-03-20', files });
    expect(step(report, 'go')).toBeUndefined();
    expect(report.hidden.on_hold).toBe(1);
    expect(report.holds).toMatchObject([{ client: 'acme', engagement: 'work', from: '2025-03-05', age: 15 }]);
  });

  it('hides a blocked step that is overdue in its own right too', async () => {
    const both = work({
      steps: 'a: {title: A, due: start + 1bd}\nb: {title: B, due: 2025-03-05, after: a}',
      job: `started: 2025-03-03\nholds: [${hold('2025-03-05')}]`,
    });
    const report = await morning({ today: '2025-03-10', files: both });
    expect([report.overdue, report.due_today, report.upcoming, report.waiting]).toEqual([[], [], [], []]);
  });

  it.each([
    // "due for review from `review` (default `from` + 14d)": 03-05 + 14d = 03-19.
    ['2025-03-18', '', '2025-03-19', false],
    ['2025-03-19', '', '2025-03-19', true],
    ['2025-03-09', ', review: 2025-03-10', '2025-03-10', false],
    ['2025-03-10', ', review: 2025-03-10', '2025-03-10', true],
  ])('is due for review: on %s%s', async (today, review, day, due) => {
    const holds = `{from: 2025-03-05, why: Budget freeze, waiting_on: client${review}}`;
    const report = await morning({ today, files: held('start + 5bd', holds) });
    expect(only(report.holds)).toMatchObject({
      review: day,
      review_due: due,
      why: 'Budget freeze',
      waiting_on: 'client',
    });
  });
});

describe('the ends of a hold', () => {
  // go is due Tue 03-04 by date: overdue whenever the engagement is not on hold.
  const files = held('2025-03-04', hold('2025-03-06', '2025-03-11'));
  it.each([
    ['the day before', '2025-03-05', 1],
    ['the first day', '2025-03-06', undefined],
    ['the last day', '2025-03-11', undefined],
    ['the day after', '2025-03-12', 8],
  ])('%s', async (_, today, daysLate) => {
    // Both days inside: `resume` "writes yesterday as `to`", so that the day of resuming is outside.
    const report = await morning({ today, files });
    const on = daysLate === undefined;
    expect(step(report, 'go')?.days_late).toBe(daysLate);
    expect(report.hidden.on_hold).toBe(on ? 1 : 0);
    expect(report.holds).toHaveLength(on ? 1 : 0);
    expect(report.engagements[0]?.on_hold).toBe(on);
  });
});

describe('holds that have passed', () => {
  it('are left out of lateness and of slip', async () => {
    // Due Wed 03-05 by hand, held Thu 6 to Tue 11, today Fri 03-14: Wed 12, Thu 13, Fri 14 are 3 working days late, and 9 days.
    const files = work({
      steps: 'go: {title: Go}',
      job: `started: 2025-03-03\npromised: 2025-03-05\nsteps: {go: {due: 2025-03-05}}\nholds: [${hold('2025-03-06', '2025-03-11')}]`,
    });
    const report = await morning({ today: '2025-03-14', files });
    expect(step(report, 'go')).toMatchObject({ days_late: 9, working_days_late: 3, slip_working_days: 3 });
    expect(report.engagements).toMatchObject([{ forecast_end: '2025-03-14', slip_working_days: 3 }]);
  });
});

describe('several holds that cover today', () => {
  it('are shown as the one that began first', async () => {
    const holds = `{from: 2025-03-06, to: 2025-03-20, why: Flood}, {from: 2025-03-05, review: 2025-03-12, why: Freeze}`;
    const report = await morning({ today: '2025-03-10', files: held('start + 5bd', holds) });
    expect(report.holds).toMatchObject([{ from: '2025-03-05', why: 'Freeze', age: 5, review: '2025-03-12' }]);
    expect(report.hidden.on_hold).toBe(1);
  });
});

describe('what is finished', () => {
  it('asks to be finished, also while on hold, until it has ended', async () => {
    const files = (more: string) =>
      work({
        steps: 'go: {title: Go}\nlast: {title: Last}',
        job: `started: 2025-03-03\nsteps: {go: {done: 2025-03-06}, last: {skipped: 2025-03-04, why: Not needed}}\n${more}`,
      });
    const finish = async (more: string) => (await morning({ today: '2025-03-10', files: files(more) })).to_finish;
    const line = {
      ref: 'acme/work',
      owner: 'sam',
      engagement: 'work',
      closed_on: '2025-03-06',
      command: 'deliver finish acme/work',
    };
    expect(await finish('')).toMatchObject([line]);
    expect(await finish(`holds: [${hold('2025-03-07')}]`)).toMatchObject([line]);
    expect(await finish('ended: 2025-03-07\nresult: delivered')).toEqual([]);
  });
  it('is not what has an open step, or none at all', async () => {
    const open = work({ steps: 'go: {title: Go}', job: 'started: 2025-03-03' });
    expect((await morning({ today: '2025-03-10', files: open })).to_finish).toEqual([]);
    const none = { 'clients/acme.yaml': client('engagements: {work: {started: 2025-03-03}}') };
    expect((await morning({ today: '2025-03-10', files: none })).to_finish).toEqual([]);
  });
});
