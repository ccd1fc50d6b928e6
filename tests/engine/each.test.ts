// Cadences `each period`: filled or not, the period before, named months. Due days: Fri 2025-02-28, Mon 03-31,
// Wed 04-30, Fri 05-30 (05-31 is a Saturday), Mon 06-30, Tue 09-30, Wed 12-31.
import { describe, expect, it } from 'vitest';
import type { Report } from './morning.ts';
import { keeping, morning, practice, touch, work } from './morning.ts';

/** The review's line on each of these days. */
const reviewOn = async (today: string, rules: string, dates: readonly string[], more = '') => {
  const touches = dates.map((date) => `- {date: ${date}, kind: review}`).join('\n');
  const files = keeping({ rules: `review: ${rules}`, client: more, ...(touches === '' ? {} : { touches }) });
  return touch(await morning({ today, files }), 'review');
};
type Expected = { readonly state: string; readonly due: string; readonly days_late: number } | undefined;
const expectLine = (line: Awaited<ReturnType<typeof reviewOn>>, expected: Expected): void => {
  if (expected === undefined) expect(line).toBeUndefined();
  else expect(line).toMatchObject(expected);
};

describe('the present period', () => {
  it.each<[string, string, Expected]>([
    // Q4 2024 is filled. Q1 is due Mon 03-31, listed from 03-31 - 14d = 03-17: "*Due* from (`lead`, default 14d ...)".
    ['the day before the lead', '2025-03-16', undefined],
    ["the lead's first day", '2025-03-17', { state: 'due', due: '2025-03-31', days_late: -14 }],
    ['the due day', '2025-03-31', { state: 'due', due: '2025-03-31', days_late: 0 }],
    ['the day after', '2025-04-01', { state: 'overdue', due: '2025-03-31', days_late: 1 }],
  ])('is due on its last working day: %s', async (_, today, expected) => {
    expectLine(await reviewOn(today, 'quarter', ['2024-11-12']), expected);
  });

  it.each<[string, string, readonly string[], Expected]>([
    // The table: "each quarter, touch 2025-03-20: Q1 filled; next due Mon 06-30"; - 14d = 06-16.
    ['on the due day', '2025-03-31', ['2024-11-12', '2025-03-20'], undefined],
    ['before the next lead', '2025-06-15', ['2025-03-20'], undefined],
    ['from the next lead', '2025-06-16', ['2025-03-20'], { state: 'due', due: '2025-06-30', days_late: -14 }],
    // "one counted touch inside the period fills it, early or late in it": its first and its last day.
    ['with a touch on the first day', '2025-03-31', ['2024-11-12', '2025-01-01'], undefined],
    ['with a touch the day before it', '2025-03-31', ['2024-12-31'], { state: 'due', due: '2025-03-31', days_late: 0 }],
  ])('is filled by a touch: %s', async (_, today, dates, expected) => {
    expectLine(await reviewOn(today, '{each: quarter}', dates), expected);
  });

  it('is overdue, and can still be filled, when it ends on closed days', async () => {
    // May 2025: due Fri 05-30; Sat 05-31 is after it and inside May. April is filled on 04-10.
    expectLine(await reviewOn('2025-05-31', 'month', ['2025-04-10']), {
      state: 'overdue',
      due: '2025-05-30',
      days_late: 1,
    });
    expectLine(await reviewOn('2025-05-31', 'month', ['2025-04-10', '2025-05-31']), undefined);
    expectLine(await reviewOn('2025-06-02', 'month', ['2025-04-10', '2025-05-31']), undefined);
  });

  it('ends on the last working day of the practice', async () => {
    // December 2024 with 30 and 31 closed: Fri 2024-12-27 (28 and 29 are the weekend). November is filled.
    const files = {
      ...keeping({ rules: 'review: month', touches: '- {date: 2024-11-12, kind: review}' }),
      'deliver.yaml': practice('calendar: {closed: {2024-12-30..2024-12-31: Break, 2025-12-25: Christmas}}'),
    };
    const line = touch(await morning({ today: '2024-12-27', files }), 'review');
    expectLine(line, { state: 'due', due: '2024-12-27', days_late: 0 });
  });

  it.each<[string, string, readonly string[], Expected]>([
    // Each period before is filled; each line looked at on the due day less 14d.
    ['month', '2025-04-16', ['2025-03-20'], { state: 'due', due: '2025-04-30', days_late: -14 }],
    ['half-year', '2025-06-16', ['2024-08-20'], { state: 'due', due: '2025-06-30', days_late: -14 }],
    ['half-year', '2025-12-17', ['2025-01-20'], { state: 'due', due: '2025-12-31', days_late: -14 }],
    ['year', '2025-12-17', ['2024-08-20'], { state: 'due', due: '2025-12-31', days_late: -14 }],
  ])('may be a %s, on %s', async (period, today, dates, expected) => {
    // For the second half-year the touch of 01-20 filled the first.
    expectLine(await reviewOn(today, period, dates), expected);
    const dayBefore = `${today.slice(0, 8)}${String(Number(today.slice(8)) - 1)}`;
    expectLine(await reviewOn(dayBefore, period, dates), undefined);
  });

  it('has a lead of its own', async () => {
    // lead 3d: Mon 03-31 - 3d = Fri 03-28.
    const rule = '{each: quarter, lead: 3d}';
    expectLine(await reviewOn('2025-03-27', rule, ['2024-11-12']), undefined);
    expectLine(await reviewOn('2025-03-28', rule, ['2024-11-12']), { state: 'due', due: '2025-03-31', days_late: -3 });
  });

  it('is overdue after its grace only', async () => {
    // May with grace 1d: due Fri 05-30, Sat 05-31 is the last day of grace. "overdue after due day + `grace`".
    const line = await reviewOn('2025-05-31', '{each: month, grace: 1d}', ['2025-04-10']);
    expectLine(line, { state: 'due', due: '2025-05-30', days_late: 1 });
  });
});

describe('a period is filled', () => {
  it('by a kind that satisfies it, and not by a chain or by the client', async () => {
    // strategy satisfies review; a check-in does not. Q1 2025, looked at on its due day.
    const filled = async (line: string): Promise<boolean> => {
      const touches = `- {date: 2024-11-12, kind: review}\n- ${line}`;
      const report = await morning({ today: '2025-03-31', files: keeping({ rules: 'review: quarter', touches }) });
      return touch(report, 'review') === undefined;
    };
    expect(await filled('{date: 2025-02-03, kind: strategy}')).toBe(true);
    expect(await filled('{date: 2025-02-03, kind: check-in}')).toBe(false);
    expect(await filled('{date: 2025-02-03, kind: review, in: true}')).toBe(false);
  });
  it('by a step that is such a touch', async () => {
    const report = await morning({
      today: '2025-03-31',
      files: {
        ...work({
          steps: 'talk: {title: Talk, due: 2025-02-10, touch: review}',
          job: 'started: 2025-02-03\nsteps: {talk: {done: 2025-02-10}}',
          client: 'cadence: {review: quarter}',
        }),
        'touches/acme.yaml': '- {date: 2024-11-12, kind: review}\n',
      },
    });
    expect(report.touches).toEqual([]);
  });
});

describe('the period before', () => {
  it.each<[string, string, readonly string[], Expected]>([
    // The table: "each quarter, here since last year, nothing in Q1 2025, today 04-05: overdue since Mon 03-31 (5 days);
    // a touch 04-20 fills Q2, next due Tue 09-30" - 14d = 09-16.
    ['is overdue', '2025-04-05', ['2024-11-12'], { state: 'overdue', due: '2025-03-31', days_late: 5 }],
    ['until a touch fills the present one', '2025-04-20', ['2024-11-12', '2025-04-20'], undefined],
    ['which is then done with', '2025-09-15', ['2024-11-12', '2025-04-20'], undefined],
    [
      'and the next one comes',
      '2025-09-16',
      ['2024-11-12', '2025-04-20'],
      { state: 'due', due: '2025-09-30', days_late: -14 },
    ],
    // Nothing for a year: in August only Q2 shows. "one line, never a backlog". 06-30 to 08-15 is 46 days.
    ['is one line', '2025-08-15', ['2024-05-01'], { state: 'overdue', due: '2025-06-30', days_late: 46 }],
  ])('%s', async (_, today, dates, expected) => {
    expectLine(await reviewOn(today, 'quarter', dates), expected);
  });

  it.each<[string, string, Expected]>([
    // Nothing in Q1. "was here for all of it (`since`, `added` and `segment_since` before its first day)", 2025-01-01.
    ['here just before', 'since: 2024-12-31\nadded: 2024-12-31', { state: 'overdue', due: '2025-03-31', days_late: 5 }],
    ['since on the first day', 'since: 2025-01-01\nadded: 2024-12-31', undefined],
    ['added on the first day', 'since: 2024-12-31\nadded: 2025-01-01', undefined],
    ['re-graded on the first day', 'segment_since: 2025-01-01', undefined],
    ['re-graded the day before', 'segment_since: 2024-12-31', { state: 'overdue', due: '2025-03-31', days_late: 5 }],
  ])('is missed only by a client who was there: %s', async (_, more, expected) => {
    expectLine(await reviewOn('2025-04-05', 'quarter', [], more), expected);
  });

  it('does not hide the present one from a client who came during it', async () => {
    // Added 2025-02-10: Q1 is still open to be filled, due Mon 03-31.
    const line = await reviewOn('2025-03-31', 'quarter', [], 'since: 2025-02-10\nadded: 2025-02-10');
    expectLine(line, { state: 'due', due: '2025-03-31', days_late: 0 });
  });

  it('has a ratio of its days', async () => {
    // "`each`: the period's days": Q1 2025 has 31 + 28 + 31 = 90, 5 days late.
    expect((await reviewOn('2025-04-05', 'quarter', ['2024-11-12']))?.ratio).toBeCloseTo(5 / 90, 3);
  });
});

describe('named months', () => {
  const gifts = (today: string, rule: string, dates: readonly string[]): Promise<Report> => {
    const touches = dates.map((date) => `- {date: ${date}, kind: gift}`).join('\n');
    return morning({ today, files: keeping({ rules: `gift: ${rule}`, ...(touches === '' ? {} : { touches }) }) });
  };
  it.each<[string, string, string, readonly string[], Expected]>([
    // December 2025: due Wed 12-31. "the month's first day minus `lead`, default 0".
    ['the day before the month', '2025-11-30', 'december', [], undefined],
    ['its first day', '2025-12-01', 'december', [], { state: 'due', due: '2025-12-31', days_late: -30 }],
    ['its due day', '2025-12-31', 'december', [], { state: 'due', due: '2025-12-31', days_late: 0 }],
    ['the day after', '2026-01-01', 'december', [], { state: 'overdue', due: '2025-12-31', days_late: 1 }],
    // lead 3w: 12-01 - 21d = 11-10. "(for a named month also from `lead` before its first day)".
    ['the day before the lead', '2025-11-09', '{each: december, lead: 3w}', [], undefined],
    [
      "the lead's first day",
      '2025-11-10',
      '{each: december, lead: 3w}',
      [],
      { state: 'due', due: '2025-12-31', days_late: -51 },
    ],
    ['filled on that day', '2025-12-31', '{each: december, lead: 3w}', ['2025-11-10'], undefined],
    [
      'not filled the day before it',
      '2025-12-31',
      '{each: december, lead: 3w}',
      ['2025-11-09'],
      { state: 'due', due: '2025-12-31', days_late: 0 },
    ],
    [
      'not filled before the month without a lead',
      '2025-12-31',
      'december',
      ['2025-11-30'],
      { state: 'due', due: '2025-12-31', days_late: 0 },
    ],
    // "A missed named month is cleared by any later touch and dropped one calendar month after its due day" (2026-01-31).
    ['missed', '2026-01-30', 'december', [], { state: 'overdue', due: '2025-12-31', days_late: 30 }],
    ['cleared by a later touch', '2026-01-12', 'december', ['2026-01-12'], undefined],
    ['dropped', '2026-02-01', 'december', [], undefined],
    // March and September: due Mon 2025-03-31, Tue 2025-09-30.
    ['several: the first', '2025-03-03', '[march, september]', [], { state: 'due', due: '2025-03-31', days_late: -28 }],
    [
      'several: the first missed',
      '2025-04-15',
      '[march, september]',
      [],
      { state: 'overdue', due: '2025-03-31', days_late: 15 },
    ],
    ['several: between', '2025-08-31', '[march, september]', [], undefined],
    [
      'several: the second',
      '2025-09-01',
      '[march, september]',
      [],
      { state: 'due', due: '2025-09-30', days_late: -29 },
    ],
    ['several: the second, filled', '2025-09-30', '[march, september]', ['2025-09-02'], undefined],
  ])('%s', async (_, today, rule, dates, expected) => {
    // A list is not a short form by itself: `{each: [...]}`.
    const written = rule.startsWith('[') ? `{each: ${rule}}` : rule;
    expectLine(touch(await gifts(today, written, dates), 'gift'), expected);
  });

  it('are not missed by a client who came during the month', async () => {
    // Added 2025-12-05: December is due on Wed 12-31 and then gone, for the client was not "here for all of it".
    const files = keeping({ rules: 'gift: december', client: 'since: 2025-12-05\nadded: 2025-12-05' });
    expectLine(touch(await morning({ today: '2025-12-31', files }), 'gift'), {
      state: 'due',
      due: '2025-12-31',
      days_late: 0,
    });
    expectLine(touch(await morning({ today: '2026-01-01', files }), 'gift'), undefined);
  });
});

describe('named months that follow each other', () => {
  const RULE = '{each: [september, october], lead: 3w}';
  it.each<[string, string, string, readonly string[], Expected]>([
    // October opens on 09-10, but September runs until 09-30, due that Tuesday; October is due Fri 10-31.
    ['the first is not hidden', '2025-09-12', RULE, [], { state: 'due', due: '2025-09-30', days_late: -18 }],
    [
      'a touch in it is its own',
      '2025-10-01',
      RULE,
      ['2025-09-15'],
      { state: 'due', due: '2025-10-31', days_late: -30 },
    ],
    ['and keeps it quiet while it runs', '2025-09-29', RULE, ['2025-09-15'], undefined],
    [
      'a second touch there is not for the next',
      '2025-10-01',
      RULE,
      ['2025-09-15', '2025-09-16'],
      { state: 'due', due: '2025-10-31', days_late: -30 },
    ],
    ['one touch in October fills it and clears September', '2025-10-06', RULE, ['2025-10-06'], undefined],
    // With a lead of 8w September opens on 07-07 and October on 08-06: in August both are open, the earlier first.
    [
      'before both the earlier is filled first',
      '2025-08-20',
      '{each: [september, october], lead: 8w}',
      ['2025-08-11'],
      { state: 'due', due: '2025-10-31', days_late: -72 },
    ],
    [
      'a second touch fills the next',
      '2025-08-20',
      '{each: [september, october], lead: 8w}',
      ['2025-08-11', '2025-08-12'],
      undefined,
    ],
  ])('%s', async (_, today, rule, dates, expected) => {
    expectLine(await reviewOn(today, rule, dates), expected);
  });
});

describe('who arrives inside a period', () => {
  it.each<[string, string, string, Expected]>([
    // May 2025 is due Fri 05-30; overdue from Sat 05-31. Added Mon 05-26: only after 05-26 + 2w = Mon 06-09, not in May.
    ['has two weeks', 'month', 'added: 2025-05-26', { state: 'due', due: '2025-05-30', days_late: 1 }],
    [
      'or its own first',
      '{each: month, first: 3d}',
      'added: 2025-05-26',
      { state: 'overdue', due: '2025-05-30', days_late: 1 },
    ],
    ['to the day', '{each: month, first: 5d}', 'added: 2025-05-26', { state: 'due', due: '2025-05-30', days_late: 1 }],
    ['also when re-graded', 'month', 'segment_since: 2025-05-26', { state: 'due', due: '2025-05-30', days_late: 1 }],
    ['not on the day before it', 'month', 'added: 2025-04-30', { state: 'overdue', due: '2025-05-30', days_late: 1 }],
  ])('%s', async (_, rule, more, expected) => {
    expectLine(await reviewOn('2025-05-31', rule, ['2025-04-10'], more), expected);
  });
});
