// Cadences `every n`: the due day, its states, and the protection of new, imported and re-graded clients.
// Mondays: 2025-03-03, 10, 17, 24, 31, 04-07.
import { describe, expect, it } from 'vitest';
import { keeping, morning, practice, touch } from './morning.ts';

const MARCH_1 = '- {date: 2025-03-01, kind: check-in}';

describe('every n', () => {
  it.each([
    // The table: "every 30d, touch on 03-01 written on 03-15: due 03-31" (a Monday); soon from 03-31 - 7d = 03-24.
    ['the day before soon', '2025-03-23', undefined],
    ['the first day of soon', '2025-03-24', { state: 'soon', days_late: -7 }],
    ['the last day of soon', '2025-03-30', { state: 'soon', days_late: -1 }],
    ['the due day', '2025-03-31', { state: 'due', days_late: 0 }],
    ['the day after', '2025-04-01', { state: 'overdue', days_late: 1 }],
  ])('is due a month after the touch: %s', async (_, today, expected) => {
    const report = await morning({ today, files: keeping({ rules: 'check-in: {every: 30d}', touches: MARCH_1 }) });
    const found = touch(report, 'check-in');
    if (expected === undefined) expect(found).toBeUndefined();
    else
      expect(found).toMatchObject({
        client: 'acme',
        owner: 'sam',
        title: 'Check-in',
        segment: 'A',
        level: 'client',
        last: '2025-03-01',
        due: '2025-03-31',
        ...expected,
      });
    expect(report.hidden.soon).toBe(expected?.state === 'soon' ? 1 : 0);
  });

  it('does not change when an older touch is logged later', async () => {
    // The table: "an older touch logged later changes nothing".
    const touches = `${MARCH_1}\n- {date: 2025-02-10, kind: check-in, note: forgotten}`;
    const report = await morning({ today: '2025-03-31', files: keeping({ rules: 'check-in: 30d', touches }) });
    expect(touch(report, 'check-in')).toMatchObject({ last: '2025-03-01', due: '2025-03-31' });
  });

  it('rolls like any other month: every 3m from 2025-11-30', async () => {
    // The table: "2026-02-28 is a Saturday: Mon 2026-03-02".
    const files = keeping({ rules: 'review: {every: 3m}', touches: '- {date: 2025-11-30, kind: review}' });
    expect(touch(await morning({ today: '2026-03-02', files }), 'review')).toMatchObject({
      due: '2026-03-02',
      state: 'due',
    });
  });

  it.each([
    // grace 1w: due 03-31 + 7d = 04-07 is its last day. "overdue after due + `grace`; lateness counts from due".
    ["the grace's last day", '2025-04-07', { state: 'due', days_late: 7 }],
    ['the day after', '2025-04-08', { state: 'overdue', days_late: 8 }],
  ])('is overdue after the grace: %s', async (_, today, expected) => {
    const files = keeping({ rules: 'check-in: {every: 30d, grace: 1w}', touches: MARCH_1 });
    expect(touch(await morning({ today, files }), 'check-in')).toMatchObject({ due: '2025-03-31', ...expected });
  });

  it.each([
    // lead 3d: Mon 03-31 - 3d = Fri 03-28.
    ['the day before the lead', '2025-03-27', undefined],
    ["the lead's first day", '2025-03-28', { state: 'soon', days_late: -3 }],
  ])('is soon from its lead: %s', async (_, today, expected) => {
    const files = keeping({ rules: 'check-in: {every: 30d, lead: 3d}', touches: MARCH_1 });
    const found = touch(await morning({ today, files }), 'check-in');
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });

  it('measures lateness by its interval', async () => {
    // "ratio `(today - due) / interval` (`every`: the interval's days from last ...)": from 03-01 to 03-31, 30 days.
    const files = keeping({ rules: 'check-in: {every: 30d}', touches: MARCH_1 });
    expect(touch(await morning({ today: '2025-04-06', files }), 'check-in')?.ratio).toBeCloseTo(6 / 30, 3);
  });

  it('has the owner of the rule', async () => {
    const files = {
      ...keeping({ rules: 'check-in: {every: 30d, owner: kit}', touches: MARCH_1 }),
      'deliver.yaml': practice('people: {sam: {name: Sam}, kit: {name: Kit}}\nme: sam'),
    };
    expect(touch(await morning({ today: '2025-03-31', files }), 'check-in')?.owner).toBe('kit');
  });
});

describe('a client nobody has been in touch with', () => {
  it('counts from since', async () => {
    // since 2025-01-06 + 3m = Sun 2025-04-06: Mon 04-07; the protection, 01-06 + 2w, is long over. "(last, else `since` ...)".
    const files = keeping({ rules: 'review: {every: 3m}', client: 'since: 2025-01-06\nadded: 2025-01-06' });
    expect(touch(await morning({ today: '2025-04-07', files }), 'review')).toMatchObject({
      last: null,
      due: '2025-04-07',
      state: 'due',
    });
  });
  it('counts from added when there is no since', async () => {
    // A prospect: added Mon 03-03 + 30d = Wed 04-02; the protection ends before, Mon 03-17.
    const files = keeping({
      rules: 'check-in: {every: 30d}',
      client: 'status: prospect\nsegment: B\nadded: 2025-03-03',
    });
    expect(touch(await morning({ today: '2025-04-02', files }), 'check-in')).toMatchObject({ due: '2025-04-02' });
  });
});

describe('protection', () => {
  const from = (date: string) => `- {date: ${date}, kind: check-in}`;
  it.each([
    // added Mon 2025-03-03, client since 2024: "not before max(`added`, `segment_since`) + (`first`, else the shorter of n and 2w)".
    ['2w when that is shorter', 'every: 3m', '2025-03-17'],
    ['n when that is shorter', 'every: 1w', '2025-03-10'],
    ['first when the rule has it', 'every: 3m, first: 3w', '2025-03-24'],
  ])('lets an imported client start with %s', async (_, rule, due) => {
    const files = keeping({ rules: `check-in: {${rule}}`, client: 'since: 2024-01-10\nadded: 2025-03-03' });
    expect(touch(await morning({ today: due, files }), 'check-in')).toMatchObject({ due, state: 'due', days_late: 0 });
  });

  it('lets a re-graded client start anew: moved yesterday, last touch five months ago', async () => {
    // The table: "due 2 weeks after yesterday, not 4 months ago". Moved Mon 03-03; due Mon 03-17, so soon from 03-10.
    const files = keeping({
      rules: 'check-in: {every: 1m}',
      touches: from('2024-10-04'),
      client: 'segment_since: 2025-03-03',
    });
    expect(touch(await morning({ today: '2025-03-04', files }), 'check-in')).toBeUndefined();
    expect(touch(await morning({ today: '2025-03-17', files }), 'check-in')).toMatchObject({
      last: '2024-10-04',
      due: '2025-03-17',
      state: 'due',
    });
  });

  it('counts from the later of added and segment_since', async () => {
    // added 2025-02-03, re-graded Mon 03-03: 03-03 + 2w = Mon 03-17.
    const files = keeping({
      rules: 'check-in: {every: 1m}',
      touches: from('2024-10-04'),
      client: 'since: 2024-01-10\nadded: 2025-02-03\nsegment_since: 2025-03-03',
    });
    expect(touch(await morning({ today: '2025-03-17', files }), 'check-in')).toMatchObject({ due: '2025-03-17' });
  });

  it.each([
    // Base Mon 03-03, every 1w, first 3w (to Mon 03-24). "A counted touch on or after that base ... ends this protection."
    ['ends with a touch on the base', '2025-03-03', '2025-03-10'],
    ['ends with a touch after it', '2025-03-05', '2025-03-12'],
    ['does not end with a touch the day before', '2025-03-02', '2025-03-24'],
  ])('%s', async (_, date, due) => {
    const files = keeping({
      rules: 'check-in: {every: 1w, first: 3w}',
      touches: from(date),
      client: 'segment_since: 2025-03-03',
    });
    expect(touch(await morning({ today: due, files }), 'check-in')).toMatchObject({ last: date, due, state: 'due' });
  });

  it('does not bring forward what is due later', async () => {
    // Touch 2025-02-28, re-graded 03-03, every 1m: 02-28 + 1m = Fri 03-28, later than 03-17.
    const files = keeping({
      rules: 'check-in: {every: 1m}',
      touches: from('2025-02-28'),
      client: 'segment_since: 2025-03-03',
    });
    expect(touch(await morning({ today: '2025-03-28', files }), 'check-in')).toMatchObject({ due: '2025-03-28' });
  });
});
