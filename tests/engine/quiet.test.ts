// What is hidden, and that it is counted: snooze and pause. Touch 2025-03-01, every 30d: due Mon 2025-03-31.
import { describe, expect, it } from 'vitest';
import type { Files } from './morning.ts';
import { keeping, morning, service, touch } from './morning.ts';

const quiet = (more: string): Files =>
  keeping({
    rules: 'check-in: {every: 30d}\nreview: {every: 29d}',
    // 29 days from Sun 03-02: Mon 03-31 as well.
    touches: '- {date: 2025-03-01, kind: check-in}\n- {date: 2025-03-02, kind: review}',
    client: more,
  });

describe('snooze', () => {
  // The review of 03-02 satisfies the check-in, so that is due 03-02 + 30d = Tue 04-01, soon from 03-25.
  const files = quiet('snooze: {check-in: {to: 2025-04-10, why: Launch}}');
  it.each([
    // "hides one kind through its last day; the due day does not change, so it returns with its true lateness".
    ['on the due day', '2025-04-01', undefined],
    ['on its last day', '2025-04-10', undefined],
    ['the day after', '2025-04-11', 10],
  ])('hides one kind: %s', async (_, today, daysLate) => {
    const report = await morning({ today, files });
    expect(touch(report, 'check-in')?.days_late).toBe(daysLate);
    if (daysLate !== undefined)
      expect(touch(report, 'check-in')).toMatchObject({ due: '2025-04-01', state: 'overdue' });
    expect(report.hidden.snoozed).toBe(daysLate === undefined ? 1 : 0);
    expect(touch(report, 'review')).toMatchObject({ due: '2025-03-31', state: 'overdue' });
  });
  it('hides the birthdays of that kind', async () => {
    // "one kind" of any cadence.
    const cards = (snooze: string) =>
      keeping({
        rules: 'card: {yearly: birthday}',
        client: `snooze: {card: {to: ${snooze}, why: Quiet}}\ncontacts: {ada: {name: Ada, birthday: 03-12}}`,
      });
    expect((await morning({ today: '2025-03-12', files: cards('2025-03-12') })).occasions).toEqual([]);
    expect((await morning({ today: '2025-03-12', files: cards('2025-03-11') })).occasions).toMatchObject([
      { contact: 'ada', state: 'due' },
    ]);
  });
});

describe('pause', () => {
  const files = quiet(`
    pause: {from: 2025-04-02, to: 2025-04-10, why: Leave}
    occasions: {office: {title: New office, date: 2025-04-08}}
  `);
  it.each([
    // "within `pause` (both days) hidden and counted". The review is due 03-31, the check-in 04-01.
    ['the day before', '2025-04-01', 2],
    ['its first day', '2025-04-02', 0],
    ['its last day', '2025-04-10', 0],
    ['the day after', '2025-04-11', 2],
  ])('hides every cadence: %s', async (_, today, lines) => {
    const report = await morning({ today, files });
    expect(report.touches).toHaveLength(lines);
    expect(report.hidden.paused).toBe(lines === 0 ? 1 : 0);
  });
  it('lets lateness grow', async () => {
    // Back on 04-11: check-in due 04-01, 10 days late.
    expect(touch(await morning({ today: '2025-04-11', files }), 'check-in')).toMatchObject({ days_late: 10 });
  });
  it('hides yearly days', async () => {
    // "`pause` quietens cadences, yearly days and reminders": the office is soon on 04-01 (04-08 - 7d) and due on 04-08.
    expect((await morning({ today: '2025-04-01', files })).occasions).toMatchObject([{ kind: null, state: 'soon' }]);
    expect((await morning({ today: '2025-04-08', files })).occasions).toEqual([]);
  });
});

describe('a client who is leaving', () => {
  const OF_SEGMENT =
    'segments: {A: {title: Prime, cadence: {review: {every: 29d}, card: {yearly: birthday}, gift: 1y}}}';
  const on = async (today: string, more = '') => {
    const files = {
      ...keeping({
        rules: 'check-in: {every: 30d}',
        touches:
          '- {date: 2025-03-01, kind: check-in}\n- {date: 2025-03-02, kind: review}\n- {date: 2025-03-01, kind: gift}',
        client: `
          leaving: {decided: 2025-04-01, reason: misfit}
          contacts: {ada: {name: Ada, birthday: 04-03}, bob: {name: Bob, birthday: 04-04}}
          occasions: {office: {title: New office, date: 2025-04-05}}
          ${more}
        `,
      }),
      'service.yaml': service(OF_SEGMENT),
    };
    const { touches, occasions, hidden } = await morning({ today, files });
    return { lines: [...touches.map((it) => it.kind), ...occasions.map((it) => it.contact ?? it.title)], hidden };
  };
  it('keeps the rules of its own file; the others are counted from the day it was decided', async () => {
    // The birthdays are one (client, kind); the occasion without a rule is one; the gift is a year away and hides nothing.
    expect(await on('2025-03-31')).toMatchObject({
      lines: ['review', 'check-in', 'ada', 'bob', 'New office'],
      hidden: { leaving: 0, paused: 0, snoozed: 0 },
    });
    expect(await on('2025-04-01')).toMatchObject({
      lines: ['check-in'],
      hidden: { leaving: 3, paused: 0, snoozed: 0, soon: 0 },
    });
  });
  it('is counted once: by pause, else leaving, else snooze', async () => {
    const snooze = 'snooze: {review: {to: 2025-05-01, why: Launch}, check-in: {to: 2025-05-01, why: Launch}}';
    expect(await on('2025-04-01', snooze)).toMatchObject({
      lines: [],
      hidden: { leaving: 3, paused: 0, snoozed: 1 },
    });
    expect(await on('2025-04-01', `pause: {to: 2025-05-01, why: Leave}\n          ${snooze}`)).toMatchObject({
      lines: [],
      hidden: { leaving: 0, paused: 1, snoozed: 0 },
    });
  });
});

describe('what is quiet and would not be shown anyway', () => {
  it('is not counted', async () => {
    // On Mon 2025-03-10 neither is even soon: 03-31 - 7d = 03-24.
    const files = quiet('snooze: {check-in: {to: 2025-05-01, why: Launch}}');
    expect((await morning({ today: '2025-03-10', files })).hidden).toMatchObject({ snoozed: 0, paused: 0 });
    const paused = quiet('pause: {to: 2025-05-01, why: Leave}');
    expect((await morning({ today: '2025-03-10', files: paused })).hidden).toMatchObject({ snoozed: 0, paused: 0 });
    // Soon is enough.
    expect((await morning({ today: '2025-03-25', files: paused })).hidden).toMatchObject({ snoozed: 0, paused: 1 });
  });
});
