// Steps: planned, due and forecast days, slip, closing early and late. Weekdays: March 2025 has its Mondays on 3, 10, 17, 24, 31.
import { describe, expect, it } from 'vitest';
import { morning, step, work } from './morning.ts';

/** Planned from Mon 2025-03-03: brief Wed 03-05, draft Mon 03-10 (Thu 6, Fri 7, Mon 10), final Mon 03-17 (10 + 7d). */
const CHAIN = `
  brief: {title: Brief, due: start + 2bd}
  draft: {title: Draft, due: brief + 3bd}
  final: {title: Final, due: draft + 1w}
`;
const chain = (progress = '', job = '') =>
  work({
    // Promised: 03-03 + 10bd = Mon 03-17 (4, 5, 6, 7, 10, 11, 12, 13, 14, 17).
    offer: 'target: 10bd',
    steps: CHAIN,
    job: `started: 2025-03-03\n${job === '' ? '' : `${job}\n`}steps: {${progress}}`,
  });

describe('planned, due and forecast', () => {
  it('are the same while all goes to plan', async () => {
    // On Tue 03-04 brief is ready, the other two wait for it: it "holds up" 2 and they are not listed.
    const report = await morning({ today: '2025-03-04', files: chain() });
    expect(step(report, 'brief')).toMatchObject({
      list: 'upcoming',
      client: 'acme',
      client_name: 'Acme Ltd',
      owner: 'sam',
      title: 'Brief',
      due: '2025-03-05',
      needed_by: '2025-03-05',
      planned: '2025-03-05',
      days_late: -1,
      blocks: 2,
      starts_late: false,
      promised: '2025-03-17',
      forecast_end: '2025-03-17',
      slip_working_days: 0,
    });
    expect(step(report, 'draft')).toBeUndefined();
    expect(step(report, 'final')).toBeUndefined();
    expect(report.hidden).toMatchObject({ blocked: 2, later: 0 });
    expect(report.engagements).toHaveLength(1);
    expect(report.engagements[0]).toMatchObject({
      client: 'acme',
      engagement: 'work',
      offer: 'work',
      started: '2025-03-03',
      planned_end: '2025-03-17',
      promised: '2025-03-17',
      forecast_end: '2025-03-17',
      slip_working_days: 0,
      closed: 0,
      open: 3,
      on_hold: false,
    });
  });

  it('slide with a late step', async () => {
    // Fri 03-07: brief was due Wed 03-05, so 2 days late, 2 of them working days (Thu, Fri). draft: "while it is open
    // max(its due, today)": 03-07 + 3bd = Wed 03-12; final: 03-12 + 7d = Wed 03-19. Slip from Mon 17: Tue, Wed = 2.
    const report = await morning({ today: '2025-03-07', files: chain() });
    expect(step(report, 'brief')).toMatchObject({
      list: 'overdue',
      due: '2025-03-05',
      days_late: 2,
      working_days_late: 2,
      forecast_end: '2025-03-19',
      slip_working_days: 2,
    });
    expect(report.engagements[0]).toMatchObject({ planned_end: '2025-03-17', promised: '2025-03-17' });
  });

  it('forecasts from the next working day', async () => {
    // Sat 03-08: "the next working day from today on" is Mon 03-10: brief. draft: 03-10 + 3bd = Thu 03-13; final: + 7d =
    // Thu 03-20. Slip from Mon 17: Tue, Wed, Thu = 3. Late: 3 days, but only Thu and Fri were working days.
    const report = await morning({ today: '2025-03-08', files: chain() });
    expect(step(report, 'brief')).toMatchObject({
      days_late: 3,
      working_days_late: 2,
      forecast_end: '2025-03-20',
      slip_working_days: 3,
    });
  });

  it('counts no closed day as a working day late', async () => {
    // Due Fri 03-07, today Mon 03-10: three days late, one of them (Monday) a working day.
    const files = work({ steps: 'go: {title: Go, due: 2025-03-07}', job: 'started: 2025-03-03' });
    expect(step(await morning({ today: '2025-03-10', files }), 'go')).toMatchObject({
      days_late: 3,
      working_days_late: 1,
    });
  });

  it('starts the next step early when one closes early', async () => {
    // brief done Mon 03-03: draft due 03-03 + 3bd = Thu 03-06 (4, 5, 6), planned still Mon 03-10. final: 03-06 + 7d =
    // Thu 03-13. Slip: negative when early, Fri 14 and Mon 17 lie between: -2. "the day it closed (early or late)".
    const report = await morning({ today: '2025-03-04', files: chain('brief: {done: 2025-03-03}') });
    expect(step(report, 'draft')).toMatchObject({ list: 'upcoming', due: '2025-03-06', planned: '2025-03-10' });
    expect(report.engagements[0]).toMatchObject({
      planned_end: '2025-03-17',
      forecast_end: '2025-03-13',
      slip_working_days: -2,
      closed: 1,
      open: 2,
    });
  });

  it('starts the next step late when one closes late', async () => {
    // brief done Mon 03-10: draft due Thu 03-13 (11, 12, 13), final Thu 03-20: 3 working days after Mon 17.
    const report = await morning({ today: '2025-03-11', files: chain('brief: {done: 2025-03-10}') });
    expect(step(report, 'draft')).toMatchObject({ due: '2025-03-13', planned: '2025-03-10', slip_working_days: 3 });
  });

  it('counts from the day a step was skipped', async () => {
    // "closed = done or skipped": skipped Thu 03-06, draft due Tue 03-11 (7, 10, 11).
    const files = chain('brief: {skipped: 2025-03-06, why: Had one}');
    const report = await morning({ today: '2025-03-07', files });
    expect(step(report, 'brief')).toBeUndefined();
    expect(step(report, 'draft')).toMatchObject({ due: '2025-03-11' });
    expect(report.engagements[0]).toMatchObject({ closed: 1, open: 2 });
  });

  it('ends on the last closing day when all is closed', async () => {
    // "Closed: the day it closed"; the end is "the latest over its steps": draft on 03-06, not final on 03-05.
    const progress = 'brief: {done: 2025-03-03}, draft: {done: 2025-03-06}, final: {done: 2025-03-05}';
    const report = await morning({ today: '2025-03-10', files: chain(progress) });
    expect(report.engagements[0]).toMatchObject({ forecast_end: '2025-03-06', closed: 3, open: 0 });
    expect([report.overdue, report.due_today, report.upcoming, report.waiting]).toEqual([[], [], [], []]);
  });

  it('forecasts a fixed step no earlier than what it waits for', async () => {
    // report is due 03-03 + 8bd = Thu 03-13 (4-7, 10-13); prepare, which comes after it, Wed 03-12 - 2bd = Mon 03-10:
    // its forecast is report's, 03-13. send: due 03-10 + 1bd = Tue 03-11, forecast 03-13 + 1bd = Fri 03-14.
    const files = work({
      offer: 'milestones: {workshop: Workshop}',
      steps:
        'report: {title: Report, due: start + 8bd}\nprepare: {title: Prepare, due: workshop - 2bd, after: report}\nsend: {title: Send, due: prepare + 1bd}',
      job: 'started: 2025-03-03\nmilestones: {workshop: 2025-03-12}',
    });
    // Planned: the latest of Thu 03-13, Mon 03-10, Tue 03-11.
    const report = await morning({ today: '2025-03-04', files });
    expect(report.engagements[0]).toMatchObject({ planned_end: '2025-03-13', forecast_end: '2025-03-14' });
  });
});

describe('what is promised', () => {
  it('is the last move', async () => {
    // Promised 03-14, moved to Fri 03-21; forecast Mon 03-17 is Tue, Wed, Thu, Fri = 4 working days before it.
    const job = 'promised: 2025-03-14\nmoves: [{date: 2025-03-04, promised: 2025-03-21, why: Asked}]';
    const report = await morning({ today: '2025-03-04', files: chain('', job) });
    expect(report.engagements[0]).toMatchObject({ promised: '2025-03-21', slip_working_days: -4 });
  });
  it('is what was written before the target', async () => {
    // "Without `promised`, it is `started` + the offer's `target`": here it is written. Wed 12 to Mon 17: 13, 14, 17 = 3.
    const report = await morning({ today: '2025-03-04', files: chain('', 'promised: 2025-03-12') });
    expect(report.engagements[0]).toMatchObject({ promised: '2025-03-12', slip_working_days: 3 });
  });
});

describe('anchors', () => {
  it('do not slide from start, a milestone or a date', async () => {
    // Fri 03-14: late is 4 days late (due Mon 03-10) and moves nothing but its own dependants.
    const files = work({
      offer: 'milestones: {workshop: Workshop}',
      steps: `
        late: {title: Late, due: start + 5bd}
        from-start: {title: From start, due: start + 12bd}
        from-milestone: {title: From milestone, due: workshop - 2bd}
        from-date: {title: From date, due: 2025-03-18}
      `,
      job: 'started: 2025-03-03\nmilestones: {workshop: 2025-03-20}',
    });
    const report = await morning({ today: '2025-03-14', files });
    // start + 12bd: 4-7 (4), 10-14 (9), 17, 18, 19 (12) = Wed 03-19. Thu 03-20 - 2bd = Tue 03-18.
    expect(step(report, 'late')).toMatchObject({ list: 'overdue', due: '2025-03-10', days_late: 4 });
    expect(step(report, 'from-start')?.due).toBe('2025-03-19');
    expect(step(report, 'from-milestone')?.due).toBe('2025-03-18');
    expect(step(report, 'from-date')?.due).toBe('2025-03-18');
  });

  it('with a minus do not wait, and slide with the late anchor', async () => {
    // "`X - n` does not [imply after]". talk: 03-03 + 10bd = Mon 03-17. rehearse: 03-17 - 2bd = Thu 03-13.
    const files = work({
      steps: 'rehearse: {title: Rehearse, due: talk - 2bd}\ntalk: {title: Talk, due: start + 10bd}',
      job: 'started: 2025-03-03',
    });
    const early = await morning({ today: '2025-03-12', files });
    expect(step(early, 'rehearse')).toMatchObject({ list: 'upcoming', due: '2025-03-13' });
    expect(step(early, 'talk')).toMatchObject({ list: 'upcoming', due: '2025-03-17' });
    // Tue 03-18, talk open: anchor max(03-17, 03-18), - 2bd = Fri 03-14: both are overdue.
    const late = await morning({ today: '2025-03-18', files });
    expect(step(late, 'rehearse')).toMatchObject({ list: 'overdue', due: '2025-03-14', days_late: 4 });
    expect(step(late, 'talk')).toMatchObject({ list: 'overdue', due: '2025-03-17', days_late: 1 });
  });

  it('without a day leave a step unscheduled: a milestone not given', async () => {
    // "anchor without a day (milestone not given, ...): unscheduled"; the gap is a warning of its own.
    const files = work({
      offer: 'milestones: {workshop: Workshop}',
      steps: 'prepare: {title: Prepare, due: workshop - 2bd}',
      job: 'started: 2025-03-03',
    });
    const report = await morning({ today: '2025-03-04', files, problems: ['engagement/milestone-missing'] });
    expect(step(report, 'prepare')).toBeUndefined();
    expect(report.hidden).toMatchObject({ unscheduled: 1, no_due: 0 });
    expect(report.exit).toBe(0);
  });

  it('without a day leave a step unscheduled: an open step without deadline', async () => {
    // "or a step without deadline that is open"; "No `due`: no deadline". A minus, so that nothing is blocked.
    const files = work({
      steps: 'party: {title: Party}\ncake: {title: Cake, due: party - 2d}',
      job: 'started: 2025-03-03',
    });
    const report = await morning({ today: '2025-03-04', files });
    expect(report.hidden).toMatchObject({ no_due: 1, unscheduled: 1, blocked: 0 });
  });

  it('have a day once the step without deadline is closed', async () => {
    // party done Thu 03-06: cards due 03-06 + 2bd = Mon 03-10 (7, 10).
    const files = work({
      steps: 'party: {title: Party}\ncards: {title: Cards, due: party + 2bd}',
      job: 'started: 2025-03-03\nsteps: {party: {done: 2025-03-06}}',
    });
    const report = await morning({ today: '2025-03-07', files });
    expect(step(report, 'cards')).toMatchObject({ list: 'upcoming', due: '2025-03-10' });
    expect(report.hidden).toMatchObject({ no_due: 0, unscheduled: 0 });
  });
});
