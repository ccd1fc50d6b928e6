// Which steps a morning lists and where: windows, needed-by, blocked and starting late. Mondays: 2025-03-03, 10, 17, 24.
import { describe, expect, it } from 'vitest';
import { client, morning, step, work } from './morning.ts';

describe('the day decides the list', () => {
  const files = work({ steps: 'go: {title: Go, due: 2025-03-17}', job: 'started: 2025-02-03' });
  it.each([
    // Due Mon 03-17. "overdue (due < today), today, upcoming (the next 7 days, from tomorrow)": 03-10 + 7 = 03-17.
    ['eight days before', '2025-03-09', undefined],
    ['the first of the seven days', '2025-03-10', { list: 'upcoming', days_late: -7 }],
    ['the day before', '2025-03-16', { list: 'upcoming', days_late: -1 }],
    ['the due day', '2025-03-17', { list: 'due_today', days_late: 0 }],
    ['the day after', '2025-03-18', { list: 'overdue', days_late: 1 }],
  ])('%s', async (_, today, expected) => {
    const report = await morning({ today, files });
    if (expected === undefined) {
      expect(step(report, 'go')).toBeUndefined();
      expect(report.hidden.later).toBe(1);
    } else {
      expect(step(report, 'go')).toMatchObject(expected);
      expect(report.hidden.later).toBe(0);
    }
  });
});

describe('needed by', () => {
  // gather: 03-03 + 10bd = Mon 03-17; prepare: Wed 03-12 - 2bd = Mon 03-10, and it comes after gather.
  const files = work({
    offer: 'milestones: {workshop: Workshop}',
    steps: 'gather: {title: Gather, due: start + 10bd}\nprepare: {title: Prepare, due: workshop - 2bd, after: gather}',
    job: 'started: 2025-03-03\nmilestones: {workshop: 2025-03-12}',
  });
  it.each([
    // "an item is placed by its needed-by day, its age counts from it, and it shows both".
    ['the day before', '2025-03-09', 'upcoming', -1],
    ['that day', '2025-03-10', 'due_today', 0],
    ['the day after', '2025-03-11', 'overdue', 1],
  ])('places a step that is due later itself: %s', async (_, today, list, daysLate) => {
    const report = await morning({ today, files });
    expect(step(report, 'gather')).toMatchObject({
      list,
      due: '2025-03-17',
      needed_by: '2025-03-10',
      days_late: daysLate,
      blocks: 1,
    });
  });
  it('lists the blocked step itself only from the day after', async () => {
    // "a blocked step of ours whose own due day (tied to start, a milestone ...) has passed is overdue".
    const onTheDay = await morning({ today: '2025-03-10', files });
    expect(step(onTheDay, 'prepare')).toBeUndefined();
    expect(onTheDay.hidden.blocked).toBe(1);
    const after = await morning({ today: '2025-03-11', files });
    expect(step(after, 'prepare')).toMatchObject({
      list: 'overdue',
      due: '2025-03-10',
      days_late: 1,
      blocked_by: ['gather'],
    });
    expect(after.hidden.blocked).toBe(0);
  });
});

describe('blocked steps', () => {
  it('wait for the anchor and for every step in after', async () => {
    // "`due: X + n` implies `after: X`; an explicit `after` adds to it."
    const files = (progress: string) =>
      work({
        steps: 'a: {title: A, due: 2025-03-20}\nb: {title: B, due: 2025-03-20}\nc: {title: C, due: a + 1bd, after: b}',
        job: `started: 2025-03-03\nsteps: {${progress}}`,
      });
    const today = '2025-03-07';
    expect(step(await morning({ today, files: files('a: {done: 2025-03-07}') }), 'c')).toBeUndefined();
    expect(step(await morning({ today, files: files('b: {done: 2025-03-07}') }), 'c')).toBeUndefined();
    const both = await morning({ today, files: files('a: {done: 2025-03-07}, b: {done: 2025-03-06}') });
    // a closed Fri 03-07: + 1bd = Mon 03-10.
    expect(step(both, 'c')).toMatchObject({ list: 'upcoming', due: '2025-03-10' });
  });

  it('that are overdue name only the open steps they come directly after', async () => {
    // Tue 03-11, send due Mon 03-10 by date, after b, c and d; d is closed, b waits for a. "which open steps it comes directly after".
    const files = work({
      steps: `
        a: {title: A, due: 2025-03-20}
        b: {title: B, due: a + 1bd}
        c: {title: C, due: 2025-03-21}
        d: {title: D, due: 2025-03-05}
        send: {title: Send, due: 2025-03-10, after: [b, c, d]}
      `,
      job: 'started: 2025-03-03\nsteps: {d: {done: 2025-03-05}}',
    });
    const report = await morning({ today: '2025-03-11', files });
    const blockedBy = step(report, 'send')?.blocked_by as readonly string[];
    expect([...blockedBy].sort()).toEqual(['b', 'c']);
    // a holds up b and send, and is needed by 03-10: overdue itself, though due Thu 03-20.
    expect(step(report, 'a')).toMatchObject({ list: 'overdue', due: '2025-03-20', needed_by: '2025-03-10', blocks: 2 });
    expect(step(report, 'b')).toBeUndefined();
    expect(report.hidden.blocked).toBe(1);
  });

  it('set by hand are overdue in their own right', async () => {
    // report is due Fri 03-07 by hand and waits for the client's access: Mon 03-10 is 3 days later. "or set by hand".
    const files = work({
      steps: 'access: {title: Access, owner: client, due: start + 5bd}\nreport: {title: Report, due: access + 8bd}',
      job: 'started: 2025-03-03\nsteps: {report: {due: 2025-03-07}}',
    });
    const report = await morning({ today: '2025-03-10', files });
    expect(step(report, 'report')).toMatchObject({ list: 'overdue', days_late: 3, blocked_by: ['access'] });
    expect(step(report, 'access')).toMatchObject({
      list: 'waiting',
      due: '2025-03-10',
      needed_by: '2025-03-07',
      days_late: 3,
    });
  });

  it('of the client are not listed, however late', async () => {
    // "one exception: a blocked step of ours".
    const files = work({
      steps:
        'ours: {title: Ours, due: 2025-03-20}\ntheirs: {title: Theirs, owner: client, due: 2025-03-05, after: ours}',
      job: 'started: 2025-03-03',
    });
    expect(step(await morning({ today: '2025-03-10', files }), 'theirs')).toBeUndefined();
  });
});

describe('waiting', () => {
  const files = (owner: string) =>
    work({ steps: `access: {title: Access, owner: ${owner}, due: 2025-03-17}`, job: 'started: 2025-02-03' });
  it.each([
    // "listed under Waiting (when late, within 7 days ...), never under Overdue". Due Mon 03-17.
    ['client', '2025-03-09', undefined],
    ['client', '2025-03-10', { list: 'waiting', days_late: -7, owner: 'client' }],
    ['client', '2025-03-17', { list: 'waiting', days_late: 0 }],
    ['client', '2025-03-18', { list: 'waiting', days_late: 1 }],
    ['partner', '2025-03-18', { list: 'waiting', days_late: 1, owner: 'partner' }],
  ])('is for the steps of a %s: on %s', async (owner, today, expected) => {
    const found = step(await morning({ today, files: files(owner) }), 'access');
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });
});

describe('starting late', () => {
  it.each([
    // Started Mon 03-03. Wed 03-12 - 8bd: 11, 10, 7, 6, 5, 4, 3, Fri 02-28: before the start; - 7bd is the start itself.
    ['workshop - 8bd', '2025-02-28', true],
    ['workshop - 7bd', '2025-03-03', false],
  ])('is a day already past at the start: %s', async (due, day, startsLate) => {
    const files = work({
      offer: 'milestones: {workshop: Workshop}',
      steps: `prepare: {title: Prepare, due: ${due}}`,
      job: 'started: 2025-03-03\nmilestones: {workshop: 2025-03-12}',
    });
    const report = await morning({ today: '2025-03-04', files });
    expect(step(report, 'prepare')).toMatchObject({ list: 'overdue', due: day, starts_late: startsLate });
  });
});

describe('several engagements', () => {
  it('of one client are independent', async () => {
    const files = {
      'offers/work.yaml': 'name: Work\nsteps:\n  a: {title: A, due: start + 1bd}\n  b: {title: B, due: a + 1bd}\n',
      'clients/acme.yaml': client(`
        engagements:
          first: {offer: work, started: 2025-03-03, steps: {a: {done: 2025-03-04}}}
          second: {offer: work, started: 2025-03-05}
      `),
    };
    // first/b: Tue 03-04 + 1bd = Wed 03-05. second/a: Wed 03-05 + 1bd = Thu 03-06.
    const report = await morning({ today: '2025-03-05', files });
    expect(step(report, 'b', 'first')).toMatchObject({ list: 'due_today', due: '2025-03-05' });
    expect(step(report, 'a', 'second')).toMatchObject({ list: 'upcoming', due: '2025-03-06' });
    expect(step(report, 'b', 'second')).toBeUndefined();
    expect(report.engagements.map((each) => each.engagement).sort()).toEqual(['first', 'second']);
  });

  it('list nothing once ended', async () => {
    // "`ended` engagements list nothing".
    const job = 'started: 2025-03-03\nended: 2025-03-05\nresult: cancelled\nwhy: Budget';
    const files = work({ steps: 'a: {title: A, due: start + 1bd}', job });
    const report = await morning({ today: '2025-03-10', files });
    expect(step(report, 'a')).toBeUndefined();
    expect(report.engagements).toEqual([]);
  });
});

describe('the client', () => {
  const steps = 'a: {title: A, due: start + 1bd}';
  it('that is past hides no step', async () => {
    // "a client's status never hides a step (a past client with work running is a warning)".
    const files = work({ steps, job: 'started: 2025-03-03', client: 'status: past' });
    const report = await morning({ today: '2025-03-05', files, problems: ['engagement/past-client'] });
    expect(step(report, 'a')).toMatchObject({ list: 'overdue', days_late: 1 });
    expect(report.exit).toBe(0);
  });
  it('that is paused hides no step and no promise', async () => {
    // "`pause` quietens cadences, yearly days and reminders, not steps or promises."
    const quiet = `
      pause: {from: 2025-03-01, to: 2025-03-31, why: Leave}
      promises: {deck: {what: Send the deck, made: 2025-03-01, by: 2025-03-03}}
    `;
    const files = work({ steps, job: 'started: 2025-03-03', client: quiet });
    const report = await morning({ today: '2025-03-05', files });
    expect(step(report, 'a')).toMatchObject({ list: 'overdue', days_late: 1 });
    expect(report.promises).toMatchObject([{ client: 'acme', promise: 'deck', by: '2025-03-03', days_late: 2 }]);
  });
});
