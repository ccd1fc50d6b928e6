// Which contacts count for a kind, and which rule a client has for it. Mondays: 2025-03-03, 10, 17, 24, 31.
import { describe, expect, it } from 'vitest';
import type { Files } from './morning.ts';
import { client, keeping, morning, service, touch, work } from './morning.ts';

describe('a contact counts', () => {
  // The touch before: 2025-02-01 + 30d = Mon 2025-03-03; whatever counts on Mon 03-10 makes it Wed 2025-04-09.
  const logged = (line: string): Files =>
    keeping({ rules: 'check-in: {every: 30d}', touches: `- {date: 2025-02-01, kind: check-in}\n${line}` });
  it.each([
    ['when its kind is the kind', '{date: 2025-03-10, kind: check-in}', '2025-03-10', '2025-04-09'],
    ['when it satisfies the kind: review does', '{date: 2025-03-10, kind: review}', '2025-03-10', '2025-04-09'],
    // strategy satisfies review, and only that: "(directly; not through a chain)".
    ['not through a chain', '{date: 2025-03-10, kind: strategy}', '2025-02-01', '2025-03-03'],
    ['not when the client came to us', '{date: 2025-03-10, kind: check-in, in: true}', '2025-02-01', '2025-03-03'],
    ['not for another kind', '{date: 2025-03-10, kind: email}', '2025-02-01', '2025-03-03'],
  ])('%s', async (_, line, last, due) => {
    // Looked at on Wed 04-09, when both are due or overdue.
    const report = await morning({ today: '2025-04-09', files: logged(`- ${line}`) });
    expect(touch(report, 'check-in')).toMatchObject({ last, due });
  });

  it('not before its day, and is named until then', async () => {
    // "its day is <= today"; "A touch in the future does not count and is named as a problem."
    const files = logged('- {date: 2025-03-10, kind: check-in}');
    const before = await morning({ today: '2025-03-09', files, problems: ['date/in-future'] });
    expect(before).toMatchObject({ exit: 1, complete: false });
    expect(before.problems[0]?.file).toBe('touches/acme.yaml');
    expect(touch(before, 'check-in')).toMatchObject({ last: '2025-02-01', due: '2025-03-03', days_late: 6 });
    const onTheDay = await morning({ today: '2025-03-10', files });
    expect(onTheDay.exit).toBe(0);
    expect(touch(onTheDay, 'check-in')).toBeUndefined();
  });

  it('does not go back: a check-in is no review', async () => {
    const files = keeping({ rules: 'review: {every: 30d}', touches: '- {date: 2025-03-10, kind: check-in}' });
    expect(touch(await morning({ today: '2025-03-11', files }), 'review')).toMatchObject({ last: null });
  });
});

describe('a step that is a touch', () => {
  const stepping = (progress: string, kind = 'check-in', log = ''): Files => ({
    ...work({
      steps: `welcome: {title: Welcome, due: 2025-03-10, touch: ${kind}}`,
      job: `started: 2025-03-03\nsteps: {welcome: {${progress}}}`,
      client: 'cadence: {check-in: {every: 30d}}',
    }),
    'touches/acme.yaml': `- {date: 2025-02-01, kind: check-in}\n${log}`,
  });
  it.each([
    // "so does a done step whose `touch` does": 03-10 + 30d = Wed 04-09.
    ['counts when it is done', 'done: 2025-03-10', 'check-in', '2025-03-10', '2025-04-09'],
    ['counts through satisfies', 'done: 2025-03-10', 'review', '2025-03-10', '2025-04-09'],
    ['does not count when it is skipped', 'skipped: 2025-03-10, why: No need', 'check-in', '2025-02-01', '2025-03-03'],
    ['does not count through a chain', 'done: 2025-03-10', 'strategy', '2025-02-01', '2025-03-03'],
  ])('%s', async (_, progress, kind, last, due) => {
    const report = await morning({ today: '2025-04-09', files: stepping(progress, kind) });
    expect(touch(report, 'check-in')).toMatchObject({ last, due });
  });
  it('does not count on a day in the future', async () => {
    const report = await morning({
      today: '2025-03-07',
      files: stepping('done: 2025-03-10'),
      problems: ['date/in-future'],
    });
    expect(touch(report, 'check-in')).toMatchObject({ last: '2025-02-01', state: 'overdue', days_late: 4 });
  });
  it('is one contact with the touch that names it', async () => {
    const log = '- {date: 2025-03-10, kind: check-in, step: work/welcome}\n';
    const report = await morning({ today: '2025-04-09', files: stepping('done: 2025-03-10', 'check-in', log) });
    expect(touch(report, 'check-in')).toMatchObject({ last: '2025-03-10', due: '2025-04-09' });
  });
  it('still counts when its engagement has ended', async () => {
    const files = {
      ...work({
        steps: 'welcome: {title: Welcome, due: 2025-03-10, touch: check-in}',
        job: 'started: 2025-03-03\nended: 2025-03-14\nresult: delivered\nsteps: {welcome: {done: 2025-03-10}}',
        client: 'cadence: {check-in: {every: 30d}}',
      }),
    };
    expect(touch(await morning({ today: '2025-04-09', files }), 'check-in')).toMatchObject({ last: '2025-03-10' });
  });
});

describe('the rule', () => {
  const segments = service(`
    segments:
      A: {title: Prime, cadence: {check-in: {every: 30d, grace: 1w, lead: 2w}}}
      B: {title: Good}
  `);
  const log = { 'touches/acme.yaml': '- {date: 2025-03-01, kind: check-in}\n' };
  const ruled = (body: string): Files => ({ 'service.yaml': segments, 'clients/acme.yaml': client(body), ...log });

  it("is the segment's", async () => {
    // Due Mon 03-31, soon from 03-31 - 14d = 03-17, due through 04-07.
    const report = await morning({ today: '2025-03-17', files: ruled('') });
    expect(touch(report, 'check-in')).toMatchObject({ level: 'segment', segment: 'A', due: '2025-03-31' });
    expect(touch(await morning({ today: '2025-04-07', files: ruled('') }), 'check-in')?.state).toBe('due');
  });
  it("is replaced whole by the client's", async () => {
    // 03-01 + 31d = Tue 04-01, without the segment's grace (overdue on 04-02) and lead (soon from 03-25, not 03-18).
    const files = ruled('cadence: {check-in: {every: 31d}}');
    expect(touch(await morning({ today: '2025-03-24', files }), 'check-in')).toBeUndefined();
    expect(touch(await morning({ today: '2025-03-25', files }), 'check-in')).toMatchObject({ level: 'client' });
    expect(touch(await morning({ today: '2025-04-02', files }), 'check-in')).toMatchObject({
      due: '2025-04-01',
      state: 'overdue',
    });
  });
  it('is off with none', async () => {
    const report = await morning({ today: '2025-06-30', files: ruled('cadence: {check-in: none}') });
    expect(report.touches).toEqual([]);
  });
  it('is not there in a segment without one', async () => {
    expect((await morning({ today: '2025-06-30', files: ruled('segment: B') })).touches).toEqual([]);
  });
  it.each([
    // "Prospects (with a segment) and active clients have cadences; `past` none; while a client is leaving (from `decided`)
    // only the rules written in its own file hold".
    ['a prospect with a segment', 'status: prospect\nsegment: A', 1],
    ['a prospect without', 'status: prospect', 0],
    ['a client who is leaving', 'leaving: {decided: 2025-03-31, reason: misfit, last_day: 2025-12-31}', 0],
    ['one who will be from tomorrow', 'leaving: {decided: 2025-04-01, reason: misfit, last_day: 2025-12-31}', 1],
    ['a past client', 'status: past\nsegment: A', 0],
  ])('is there for %s', async (_, body, lines) => {
    expect((await morning({ today: '2025-03-31', files: ruled(body) })).touches).toHaveLength(lines);
  });
});
