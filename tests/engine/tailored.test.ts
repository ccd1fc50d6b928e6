// What an engagement says for itself: days by hand, extra and renamed steps, owners, closing days that lie ahead.
import { describe, expect, it } from 'vitest';
import { morning, practice, step, work } from './morning.ts';

describe('a day by hand', () => {
  it('wins, does not move, and is not part of the plan', async () => {
    // report: planned 03-03 + 5bd = Mon 03-10; by hand Sat 03-08, which stays. "hand-written `due` days ... not part of it".
    const files = work({
      steps: 'report: {title: Report, due: start + 5bd}\nsend: {title: Send, due: report + 1bd}',
      job: 'started: 2025-03-03\nsteps: {report: {due: 2025-03-08, why: Asked}}',
    });
    const report = await morning({ today: '2025-03-07', files });
    expect(step(report, 'report')).toMatchObject({ list: 'upcoming', due: '2025-03-08', planned: '2025-03-10' });
    // Planned end: send, 03-10 + 1bd = Tue 03-11.
    expect(report.engagements[0]?.planned_end).toBe('2025-03-11');
  });
  it('moves what waits for it', async () => {
    // report by hand Fri 03-14, open: send is due 03-14 + 1bd = Mon 03-17, so that is the forecast end.
    const files = work({
      steps: 'report: {title: Report, due: start + 5bd}\nsend: {title: Send, due: report + 1bd}',
      job: 'started: 2025-03-03\nsteps: {report: {due: 2025-03-14}}',
    });
    const report = await morning({ today: '2025-03-10', files });
    expect(report.engagements[0]).toMatchObject({ planned_end: '2025-03-11', forecast_end: '2025-03-17' });
  });
});

describe('steps of its own', () => {
  it('are due like any other', async () => {
    // extra-call: Wed 03-12 + 2bd = Fri 03-14.
    const files = work({
      offer: 'milestones: {workshop: Workshop}',
      steps: 'a: {title: A, due: 2025-03-04}',
      job: `
        started: 2025-03-03
        milestones: {workshop: 2025-03-12}
        steps:
          a: {done: 2025-03-04}
          extra-call: {title: Call with the board, due: workshop + 2bd}
      `,
    });
    const report = await morning({ today: '2025-03-14', files });
    expect(step(report, 'extra-call')).toMatchObject({ list: 'due_today', title: 'Call with the board' });
    expect(report.engagements[0]).toMatchObject({ closed: 1, open: 1 });
  });
});

describe('a renamed step', () => {
  it('keeps the progress written under its old id', async () => {
    // "Progress written under a step's old id (`was`) is the renamed step's": next: Thu 03-06 + 2bd = Mon 03-10.
    const files = work({
      steps: 'kick-off: {title: Kick-off, due: start + 1bd, was: kickoff}\nnext: {title: Next, due: kick-off + 2bd}',
      job: 'started: 2025-03-03\nsteps: {kickoff: {done: 2025-03-06}}',
    });
    const report = await morning({ today: '2025-03-07', files });
    expect(step(report, 'kick-off')).toBeUndefined();
    expect(step(report, 'next')).toMatchObject({ list: 'upcoming', due: '2025-03-10' });
    expect(report.engagements[0]).toMatchObject({ closed: 1, open: 1 });
  });
});

describe('a closing day in the future', () => {
  // go is due Wed 03-05 and said to be done on Fri 03-07; next comes after it.
  const files = work({
    steps: 'go: {title: Go, due: start + 2bd}\nnext: {title: Next, due: go + 1bd}',
    job: 'started: 2025-03-03\nsteps: {go: {done: 2025-03-07}}',
  });
  it('is a problem, and the step is open', async () => {
    // "(a closing day in the future is a problem, `date/in-future`, reported by status; the step counts as open)".
    const report = await morning({ today: '2025-03-06', files, problems: ['date/in-future'] });
    expect(report.exit).toBe(1);
    expect(report.complete).toBe(false);
    expect(report.problems[0]?.file).toBe('clients/acme.yaml');
    expect(step(report, 'go')).toMatchObject({ list: 'overdue', due: '2025-03-05', days_late: 1 });
    expect(step(report, 'next')).toBeUndefined();
    expect(report.engagements[0]).toMatchObject({ closed: 0, open: 2 });
  });
  it('is a closing day on that day', async () => {
    // "done or skipped on a day <= today". next: 03-07 + 1bd = Mon 03-10.
    const report = await morning({ today: '2025-03-07', files });
    expect(report).toMatchObject({ exit: 0, complete: true });
    expect(step(report, 'go')).toBeUndefined();
    expect(step(report, 'next')).toMatchObject({ list: 'upcoming', due: '2025-03-10' });
  });
  it('is the same for a skipped step', async () => {
    const skipped = work({
      steps: 'go: {title: Go, due: start + 2bd}',
      job: 'started: 2025-03-03\nsteps: {go: {skipped: 2025-03-07, why: Not needed}}',
    });
    const report = await morning({ today: '2025-03-06', files: skipped, problems: ['date/in-future'] });
    expect(step(report, 'go')).toMatchObject({ list: 'overdue' });
  });
});

describe('the owner of a step', () => {
  const people = '{sam: {name: Sam}, kit: {name: Kit}, lee: {name: Lee}, mo: {name: Mo}}';
  const deliver = { 'deliver.yaml': practice(`people: ${people}\nme: sam`) };
  it.each([
    // "Owner of a step: step, else engagement, else client, else the practice's `me` (or only person)."
    ['the step', 'owner: mo, ', 'owner: lee', 'owner: kit', 'mo'],
    ['the engagement', '', 'owner: lee', 'owner: kit', 'lee'],
    ['the client', '', '', 'owner: kit', 'kit'],
    ['me', '', '', '', 'sam'],
  ])('comes from %s', async (_, ofStep, ofEngagement, ofClient, owner) => {
    const files = work({
      steps: `go: {title: Go, ${ofStep}due: 2025-03-05}`,
      job: `started: 2025-03-03\n${ofEngagement}`,
      client: ofClient,
    });
    const report = await morning({ today: '2025-03-05', files: { ...deliver, ...files } });
    expect(step(report, 'go')).toMatchObject({ list: 'due_today', owner });
  });
});
