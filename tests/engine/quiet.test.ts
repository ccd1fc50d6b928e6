// What is hidden, and that it is counted: snooze and pause. Touch 2025-03-01, every 30d: due Mon 2025-03-31.
import { describe, expect, it } from 'vitest';
import type { Files } from './morning.ts';
import { keeping, morning, touch } from './morning.ts';

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
