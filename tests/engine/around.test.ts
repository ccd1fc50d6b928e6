// The lists around the steps and the contacts: promises, issues, renewals, billing. Today is Mon 2025-03-10.
import { describe, expect, it } from 'vitest';
import { client, morning } from './morning.ts';

const today = '2025-03-10';

describe('promises', () => {
  it('are listed by how late they are, and not once kept', async () => {
    const promises = `
      promises:
        deck: {what: Send the deck, made: 2025-03-01, by: 2025-03-05}
        notes: {what: Send the notes, made: 2025-03-01, by: 2025-03-10}
        kept: {what: Send the bill, made: 2025-03-01, by: 2025-03-03, kept: 2025-03-07}
    `;
    const report = await morning({ today, files: { 'clients/acme.yaml': client(promises) } });
    // 03-05 to 03-10: 5 days. The oldest first.
    expect(report.promises.map((row) => [row.promise, row.days_late])).toEqual([
      ['deck', 5],
      ['notes', 0],
    ]);
  });
});

describe('issues', () => {
  it('are listed from 30 days on, until they are closed', async () => {
    // February 2025 has 28 days: 02-08 is 30 days before 03-10, 02-09 is 29.
    const issues = `
      issues:
        month: {what: Wrong month, since: 2025-02-08, kind: quality}
        week: {what: Wrong week, since: 2025-02-09}
        closed: {what: Wrong day, since: 2025-01-08, closed: 2025-03-01}
    `;
    const report = await morning({ today, files: { 'clients/acme.yaml': client(issues) } });
    expect(report.issues).toMatchObject([{ issue: 'month', since: '2025-02-08', age: 30, kind: 'quality' }]);
  });
});

describe('renewals', () => {
  it.each([
    // 03-10 + 60 days: 21 to 03-31, 30 to 04-30, 9 to 05-09.
    ['2025-05-09', [{ date: '2025-05-09', days: 60 }]],
    ['2025-05-10', []],
  ])('are listed within 60 days: %s', async (renewal, expected) => {
    const report = await morning({ today, files: { 'clients/acme.yaml': client(`renewal: ${renewal}`) } });
    expect(report.renewals).toHaveLength(expected.length);
    expect(report.renewals).toMatchObject(expected);
  });
});

describe('billing', () => {
  it.each([
    ['disputed', 1],
    ['due', 0],
    ['ok', 0],
  ])('is listed when it is disputed: %s', async (state, lines) => {
    const report = await morning({ today, files: { 'clients/acme.yaml': client(`billing: {state: ${state}}`) } });
    expect(report.billing).toHaveLength(lines);
  });
});

describe('an empty practice', () => {
  it('is a complete report of nothing', async () => {
    const report = await morning({ today });
    expect(report).toMatchObject({
      exit: 0,
      complete: true,
      today,
      overdue: [],
      touches: [],
      engagements: [],
    });
    expect(Object.values(report.hidden).every((count) => count === 0)).toBe(true);
  });
});
