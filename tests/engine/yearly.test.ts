// Yearly days: birthdays, anniversaries and occasions, with a rule and without. The day is mostly Wed 2025-03-12.
import { describe, expect, it } from 'vitest';
import type { Files, Row } from './morning.ts';
import { client, keeping, morning, only } from './morning.ts';

const ADA = 'contacts: {ada: {name: Ada Lovelace, birthday: 03-12}}';
const yearlyOn = async (today: string, files: Files): Promise<readonly Row[]> =>
  (await morning({ today, files })).occasions;
type Expected = { readonly state: string; readonly days_late: number; readonly date?: string } | undefined;
const expectOne = (rows: readonly Row[], expected: Expected): void => {
  if (expected === undefined) expect(rows).toEqual([]);
  else expect(only(rows)).toMatchObject(expected);
};

describe('a birthday', () => {
  const cards = (touches?: string, rule = '{yearly: birthday}', people = ADA): Files =>
    keeping({ rules: `card: ${rule}`, client: people, ...(touches === undefined ? {} : { touches }) });

  it.each<[string, string, Expected]>([
    // "Shown from `lead` (default 7d) before the day": 03-05.
    ['the day before the lead', '2025-03-04', undefined],
    ["the lead's first day", '2025-03-05', { state: 'soon', days_late: -7 }],
    ['the day before', '2025-03-11', { state: 'soon', days_late: -1 }],
    ['the day', '2025-03-12', { state: 'due', days_late: 0 }],
    ['the day after', '2025-03-13', { state: 'overdue', days_late: 1 }],
    // "dropped `grace` (default 14d) after it": 03-26 is that day; either side of it is beyond doubt.
    ['before the grace is over', '2025-03-25', { state: 'overdue', days_late: 13 }],
    ['after the grace', '2025-03-27', undefined],
  ])('is shown: %s', async (_, today, expected) => {
    const rows = await yearlyOn(today, cards());
    expectOne(rows, expected);
    if (expected !== undefined)
      expect(only(rows)).toMatchObject({
        kind: 'card',
        contact: 'ada',
        contact_name: 'Ada Lovelace',
        date: '2025-03-12',
        client: 'acme',
      });
  });

  it.each<[string, string, string, Expected]>([
    // lead 5d: 03-07. grace 3d: to 03-15.
    ['the day before its own lead', '{yearly: birthday, lead: 5d}', '2025-03-06', undefined],
    ["its own lead's first day", '{yearly: birthday, lead: 5d}', '2025-03-07', { state: 'soon', days_late: -5 }],
    ['within its own grace', '{yearly: birthday, grace: 3d}', '2025-03-14', { state: 'overdue', days_late: 2 }],
    ['after its own grace', '{yearly: birthday, grace: 3d}', '2025-03-16', undefined],
  ])('follows its rule: %s', async (_, rule, today, expected) => {
    expectOne(await yearlyOn(today, cards(undefined, rule)), expected);
  });

  it.each<[string, string, Expected]>([
    // "until a counted touch on or after (day - lead - 7d)": 03-12 - 7d - 7d = 02-26.
    ['the first day that counts', '2025-02-26', undefined],
    ['the day before it', '2025-02-25', { state: 'overdue', days_late: 1 }],
    ['the day itself', '2025-03-12', undefined],
    ['today, after the day', '2025-03-13', undefined],
  ])('is over with a card sent on %s', async (_, date, expected) => {
    expectOne(await yearlyOn('2025-03-13', cards(`- {date: ${date}, kind: card}`)), expected);
  });

  it('is not over with a card of last year or a card that came in', async () => {
    const log = '- {date: 2024-03-12, kind: card}\n- {date: 2025-03-10, kind: card, in: true}';
    expectOne(await yearlyOn('2025-03-13', cards(log)), { state: 'overdue', days_late: 1 });
  });

  it('is that of each contact who has not left', async () => {
    // "birthdays (each contact that has not left)".
    const people =
      'contacts: {ada: {name: Ada, birthday: 03-12}, bob: {name: Bob, birthday: 03-12, left: 2024-05-31}, ' +
      'cy: {name: Cy, birthday: 1985-03-14}, di: {name: Di}}';
    const rows = await yearlyOn('2025-03-12', cards(undefined, '{yearly: birthday}', people));
    expect(rows.map((row) => [row.contact, row.date])).toEqual([
      ['ada', '2025-03-12'],
      ['cy', '2025-03-14'],
    ]);
  });

  it.each([
    // "A touch `with` named contacts is theirs only."
    ['with ada', ', with: ada', ['bob']],
    ['with both', ', with: [ada, bob]', []],
    ['with nobody named', '', []],
  ])('is over for whom the card was: %s', async (_, named, left) => {
    const people = 'contacts: {ada: {name: Ada, birthday: 03-12}, bob: {name: Bob, birthday: 03-12}}';
    const files = cards(`- {date: 2025-03-11, kind: card${named}}`, '{yearly: birthday}', people);
    expect((await yearlyOn('2025-03-13', files)).map((row) => row.contact)).toEqual(left);
  });

  it.each([
    // "29 February in a common year is 28 February, unless the contact has `leap: mar1`."
    ['2025-02-28', '02-29', '2025-02-28'],
    ['2025-02-28', '2000-02-29', '2025-02-28'],
    ['2025-03-01', '02-29, leap: mar1', '2025-03-01'],
    ['2028-02-29', '02-29', '2028-02-29'],
    ['2028-02-29', '02-29, leap: mar1', '2028-02-29'],
  ])('on a leap day is kept on %s: %s', async (today, birthday, date) => {
    const people = `contacts: {ada: {name: Ada, birthday: ${birthday}}}`;
    const rows = await yearlyOn(today, cards(undefined, '{yearly: birthday}', people));
    expectOne(rows, { state: 'due', days_late: 0, date });
  });

  it.each([
    // Fri 2026-01-02 - 7d = 2025-12-26. Tue 2025-12-30 + 5d = 2026-01-04.
    ['ahead', '2025-12-26', '01-02', { state: 'soon', days_late: -7, date: '2026-01-02' }],
    ['behind', '2026-01-04', '12-30', { state: 'overdue', days_late: 5, date: '2025-12-30' }],
  ])('is seen across the new year: %s', async (_, today, birthday, expected) => {
    const people = `contacts: {ada: {name: Ada, birthday: ${birthday}}}`;
    expectOne(await yearlyOn(today, cards(undefined, '{yearly: birthday}', people)), expected);
  });
});

describe('a past client', () => {
  it('has no yearly day by a rule', async () => {
    // "Prospects (with a segment), active and leaving clients have cadences; `past` none."
    const files = keeping({ rules: 'card: {yearly: birthday}', client: `status: past\nsegment: A\n${ADA}` });
    expect(await yearlyOn('2025-03-12', files)).toEqual([]);
  });
});

describe('an anniversary', () => {
  const since = (day: string): Files =>
    keeping({ rules: 'gift: {yearly: anniversary}', client: `since: ${day}\nadded: ${day}` });
  it.each<[string, string, Expected]>([
    // "`anniversary` (of `since`, from the first year)": the day itself is none.
    ['2024-03-12', '2024-03-12', undefined],
    ['2024-03-12', '2025-03-12', { state: 'due', days_late: 0, date: '2025-03-12' }],
    // The table: "yearly from 2024-02-29: 2025-02-28, 2026-02-28, 2027-02-28, 2028-02-29". "yearly days ... do not move":
    // Sat 2026-02-28, Sun 2027-02-28.
    ['2024-02-29', '2025-02-28', { state: 'due', days_late: 0, date: '2025-02-28' }],
    ['2024-02-29', '2026-02-28', { state: 'due', days_late: 0, date: '2026-02-28' }],
    ['2024-02-29', '2027-02-28', { state: 'due', days_late: 0, date: '2027-02-28' }],
    ['2024-02-29', '2028-02-29', { state: 'due', days_late: 0, date: '2028-02-29' }],
  ])('of a client since %s, on %s', async (start, today, expected) => {
    expectOne(await yearlyOn(today, since(start)), expected);
  });
});

describe('an occasion without a rule', () => {
  const office = (once = ''): Files => ({
    'clients/acme.yaml': client(`occasions: {office: {title: New office, date: 2025-03-12${once}}}`),
  });
  it.each<[string, string, string, Expected]>([
    // "`occasions` are shown even without a rule and need no touch: lead 7d, gone the day after (`kind: null`)".
    ['the day before the lead', '2025-03-04', '', undefined],
    ["the lead's first day", '2025-03-05', '', { state: 'soon', days_late: -7 }],
    ['the day', '2025-03-12', '', { state: 'due', days_late: 0 }],
    ['the day after', '2025-03-13', '', undefined],
    // "its own date and each year after".
    ['a year before', '2024-03-12', '', undefined],
    ['a year after', '2026-03-12', '', { state: 'due', days_late: 0, date: '2026-03-12' }],
    ['once: the day', '2025-03-12', ', once: true', { state: 'due', days_late: 0 }],
    ['once: a year after', '2026-03-12', ', once: true', undefined],
  ])('is shown: %s', async (_, today, once, expected) => {
    const rows = await yearlyOn(today, office(once));
    expectOne(rows, expected);
    if (expected !== undefined) expect(only(rows)).toMatchObject({ kind: null, title: 'New office', client: 'acme' });
  });
});

describe('an occasion with a rule', () => {
  const office = (touches?: string): Files =>
    keeping({
      rules: 'gift: {yearly: office, lead: 10d}',
      client: 'occasions: {office: {title: New office, date: 2025-03-12}}',
      ...(touches === undefined ? {} : { touches }),
    });
  it.each<[string, string, Expected]>([
    // "a rule for one replaces that line": one line, with the rule's lead, 03-12 - 10d = 03-02, and overdue afterwards.
    ['the day before its lead', '2025-03-01', undefined],
    ["the lead's first day", '2025-03-02', { state: 'soon', days_late: -10 }],
    ['the day', '2025-03-12', { state: 'due', days_late: 0 }],
    ['the day after', '2025-03-13', { state: 'overdue', days_late: 1 }],
    ['a year after', '2026-03-12', { state: 'due', days_late: 0, date: '2026-03-12' }],
  ])('is one line: %s', async (_, today, expected) => {
    const rows = await yearlyOn(today, office());
    expectOne(rows, expected);
    if (expected !== undefined) expect(only(rows)).toMatchObject({ kind: 'gift' });
  });
  it('is over with the touch', async () => {
    expectOne(await yearlyOn('2025-03-13', office('- {date: 2025-03-11, kind: gift}')), undefined);
  });
});
