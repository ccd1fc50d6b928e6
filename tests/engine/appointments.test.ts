// Appointments: meetings and calls on a day of their own, and what is due on a milestone itself. Fri 2025-03-14 is the
// workshop; `late` is open and due Mon 03-03, so that everything after it is blocked.
import { describe, expect, it } from 'vitest';
import { morning, step, work } from './morning.ts';

const files = (written: string, progress = '', holds = '[]') =>
  work({
    offer: 'milestones: {workshop: A workshop}',
    steps: `late: {title: Late, owner: client, due: start}\nit: {title: It, after: late, ${written}}`,
    job: `started: 2025-03-03\nmilestones: {workshop: 2025-03-14}\nsteps: {${progress}}\nholds: ${holds}`,
  });

describe('an appointment', () => {
  it.each<[string, string, string, boolean]>([
    // "a step of kind `meeting` or `call` ... whose day is set (a milestone with any offset, a date, hand-written ...)".
    ['a meeting on a milestone', 'kind: meeting, due: workshop', '', true],
    ['a call before it', 'kind: call, due: workshop - 2bd', '', true],
    ['a meeting on a date', 'kind: meeting, due: 2025-03-13', '', true],
    ['a call whose day is set by hand', 'kind: call, due: start + 3d', 'it: {due: 2025-03-13}', true],
    // "or one due on a milestone itself (no offset)".
    ['a task on a milestone', 'due: workshop', '', true],
    ['a task with no offset to speak of', 'due: workshop + 0bd', '', true],
    ['a task after it', 'due: workshop + 1bd', '', false],
    ['a task on a date', 'due: 2025-03-13', '', false],
    // "not `start`, nor another step".
    ['a meeting counted from the start', 'kind: meeting, due: start + 10d', '', false],
    ['a meeting counted from a step', 'kind: meeting, due: late + 9bd', '', false],
    ['a meeting without a day', 'kind: meeting', '', false],
  ])('is listed though it is blocked: %s', async (_, written, progress, isListed) => {
    const report = await morning({ today: '2025-03-10', files: files(written, progress) });
    const line = step(report, 'it');
    expect(line !== undefined).toBe(isListed);
    expect(report.hidden.blocked).toBe(isListed ? 0 : 1);
    if (line) expect(line).toMatchObject({ list: 'upcoming', blocked_by: ['late'] });
  });

  it.each<[string, string, string | undefined, number]>([
    // "on its day and within the days ahead": 03-14 - 7d = 03-07.
    ['eight days before', '2025-03-06', undefined, 0],
    ['seven days before', '2025-03-07', 'upcoming', -7],
    ['on its day', '2025-03-14', 'due_today', 0],
    ['the day after', '2025-03-15', 'overdue', 1],
  ])('is placed by its own day: %s', async (_, today, list, daysLate) => {
    const line = step(await morning({ today, files: files('due: workshop') }), 'it');
    if (list === undefined) expect(line).toBeUndefined();
    else expect(line).toMatchObject({ list, days_late: daysLate, due: '2025-03-14' });
  });

  it("of the client's stands under Waiting, without a reminder while blocked, and stays there", async () => {
    const steps = `
      late: {title: Late, due: start}
      it: {title: It, owner: client, kind: meeting, due: workshop, after: late, chase: {first: {when: due - 5d, email: chase-gentle}}}
    `;
    const offer = 'milestones: {workshop: A workshop}';
    const job = (progress: string) => `started: 2025-03-03\nmilestones: {workshop: 2025-03-14}\nsteps: {${progress}}`;
    const on = async (today: string, progress = '') =>
      step(await morning({ today, files: work({ offer, steps, job: job(progress) }) }), 'it');
    expect(await on('2025-03-12')).toMatchObject({ list: 'waiting', days_late: -2, chase: null });
    expect(await on('2025-03-20')).toMatchObject({ list: 'waiting', days_late: 6, chase: null });
    expect(await on('2025-03-12', 'late: {done: 2025-03-12}')).toMatchObject({ chase: { rung: 'first' } });
  });

  it('counts from its own day when it is ready, whatever it holds up', async () => {
    // The follow-up is due Tue 03-11 by hand: the workshop is needed by then, and still stands on its own day.
    const given = work({
      offer: 'milestones: {workshop: A workshop}',
      steps: 'it: {title: It, due: workshop}\nnext: {title: Next, due: it + 1bd}',
      job: 'started: 2025-03-03\nmilestones: {workshop: 2025-03-14}\nsteps: {next: {due: 2025-03-11}}',
    });
    expect(step(await morning({ today: '2025-03-12', files: given }), 'it')).toMatchObject({
      list: 'upcoming',
      needed_by: '2025-03-11',
      days_late: -2,
    });
  });

  it('is hidden by a hold', async () => {
    const report = await morning({
      today: '2025-03-14',
      files: files('due: workshop', '', '[{from: 2025-03-10, why: Flood}]'),
    });
    expect(step(report, 'it')).toBeUndefined();
  });
});

describe('a ready step without a day of its own', () => {
  it.each<[string, string, string | undefined]>([
    // "that holds up a dated one is listed by that day too; beyond the days ahead it counts as `later`".
    ['near', '2025-03-12', 'upcoming'],
    ['past', '2025-03-20', 'overdue'],
    ['far', '2025-03-05', undefined],
  ])('is listed by the day it holds up: %s', async (_, today, list) => {
    const given = work({
      steps: 'draft: {title: Draft}\nsign: {title: Sign, owner: client, due: 2025-03-17, after: draft}',
      job: 'started: 2025-03-03',
    });
    const report = await morning({ today, files: given });
    const line = step(report, 'draft');
    if (list) expect(line).toMatchObject({ list, due: null, needed_by: '2025-03-17' });
    else expect([line, report.hidden.later, report.hidden.no_due]).toEqual([undefined, 1, 0]);
  });
});

describe('the forecast end', () => {
  const endOf = async (steps: string, job: string) => {
    const given = work({ offer: 'milestones: {workshop: A workshop}', steps, job: `started: 2025-03-03\n${job}` });
    const report = await morning({ today: '2025-03-10', files: given, warnings: 'any' });
    const [row] = report.engagements;
    return [row?.forecast_end, row?.missing, row?.slip_working_days];
  };
  it('is unknown while an open step has no day to count from', async () => {
    // "`missing: [milestone or step id]` of the engagement": the root of each, once.
    const steps = `
      a: {title: A, due: workshop - 2bd}
      b: {title: B, due: a + 1bd}
      c: {title: C}
      d: {title: D, due: c + 1bd}
      e: {title: E, due: start + 1bd, after: c}
    `;
    expect(await endOf(steps, 'promised: 2025-03-31')).toEqual([null, ['workshop', 'c'], null]);
    // Closed, c has the day it was closed: d is due Tue 03-11. a and b are closed too.
    const closed = 'steps: {a: {done: 2025-03-05}, b: {done: 2025-03-05}, c: {done: 2025-03-10}}';
    expect(await endOf(steps, `promised: 2025-03-31\n${closed}`)).toEqual(['2025-03-11', [], -14]);
  });
  it('is known where a step without a deadline only comes first', async () => {
    expect(await endOf('c: {title: C}\ne: {title: E, due: start + 10d, after: c}', '')).toEqual([
      '2025-03-13',
      [],
      null,
    ]);
  });
});
