// `deliver new client --from`: lists as other programs write them. What comes in is what stands in the list, and what
// does not come in is named with its line.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readListBirthday, readListDay } from '../src/changes/list-days.ts';
import { runs } from './support/runs.ts';
import { type Content, type MemoryWorld, memoryWorld, runDeliver, type WorldOptions } from './support/world.ts';

const PRACTICE = {
  'deliver.yaml':
    'format: 1\npractice: Rivermint\npeople:\n  ines: {name: Ines Castell, email: ines@rivermint.example}\n  kit: {name: Kit Moreau}\ntime_zone: Europe/Madrid\n',
  'service.yaml':
    'segments:\n  A: {title: Prime, cadence: {check-in: 1m}}\n  B: {title: Good}\ntouches:\n  check-in: {title: Check-in}\n  call: {title: Call, satisfies: check-in}\n',
};

const practiceWith = (list: Content, options: WorldOptions = {}): MemoryWorld =>
  memoryWorld({ ...options, files: { ...PRACTICE, 'list.csv': list, ...options.files } });

const bringIn = (memory: MemoryWorld, ...argv: readonly string[]) =>
  runDeliver(memory, ['new', 'client', '--from', 'list.csv', ...argv]);

const recordsIn = ({ contents }: MemoryWorld): Record<string, string> =>
  Object.fromEntries(
    [...contents]
      .filter(([path]) => /^\/practice\/(clients|touches)\//.test(path))
      .map(([path, text]): [string, string] => [path.slice('/practice/'.length), String(text)])
      .sort(),
  );

const LIST = [
  ['Name', 'Segment', 'Client since', 'Contact', 'Email', 'Last contact', 'Notes'],
  ['Lindner & Co', 'A', '2023-05-01', 'Eva Lindner', 'eva@lindner.example', '2026-11-02', 'Likes, "coffee";\tblack'],
  ['Šedý dům', 'prime', '2024-02-29', 'Jan Ševčík', 'jan@sedy.example', '', 'two\nlines'],
];

const EXPECTED = {
  'clients/lindner.yaml':
    'name: Lindner & Co\nsegment: A\nsince: 2023-05-01\nadded: 2026-11-23\ncontacts:\n  eva:\n    name: Eva Lindner\n    email: eva@lindner.example\n',
  'clients/sedy-dum.yaml':
    'name: Šedý dům\nsegment: A\nsince: 2024-02-29\nadded: 2026-11-23\ncontacts:\n  jan:\n    name: Jan Ševčík\n    email: jan@sedy.example\n',
  'touches/lindner.yaml': '- {date: 2026-11-02, kind: call, note: "Likes, \\"coffee\\"; black"}\n',
  'touches/sedy-dum.yaml': '- {date: 2026-11-23, kind: note, note: "two lines"}\n',
};

/** Every cell that needs quotes has them. */
const written = (rows: readonly (readonly string[])[], separator: string, end = '\n'): string =>
  rows
    .map(
      (row) =>
        row.map((cell) => (/[",;\t|\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator) + end,
    )
    .join('');

describe('the same list', () => {
  const forms: readonly (readonly [string, Content])[] = [
    ['with commas', written(LIST, ',')],
    ['with semicolons', written(LIST, ';')],
    ['with tabs', written(LIST, '\t')],
    ['with bars', written(LIST, '|')],
    ['with CRLF', written(LIST, ';', '\r\n')],
    ['with CR alone', written(LIST, ',', '\r')],
    ['with a byte order mark', `\ufeff${written(LIST, ',')}`],
    ["with Excel's first line", `sep=;\r\n${written(LIST, ';', '\r\n')}`],
    ['with empty lines and no end of the last', `\n${written(LIST, ',', '\n\n').trimEnd()}`],
    [
      'with empty columns at the end',
      written(
        LIST.map((row) => [...row, '', '']),
        ',',
      ),
    ],
    [
      'with names in German',
      written(
        [
          ['Firma', 'Klasse', 'Kunde seit', 'Ansprechpartner', 'E-Mail-Adresse', 'Letzter Kontakt', 'Notizen'],
          ...LIST.slice(1),
        ],
        ';',
      ),
    ],
    [
      'with names in capitals',
      written([(LIST[0] ?? []).map((name) => ` ${name.toUpperCase()} `), ...LIST.slice(1)], ','),
    ],
  ];

  test.each(forms)('%s makes the same clients', async (_, list) => {
    const memory = practiceWith(list);
    expect(await bringIn(memory, '--yes')).toMatchObject({ exit: 0, stderr: '' });
    expect(recordsIn(memory)).toEqual(EXPECTED);
    expect(await runDeliver(memory, ['validate', '--strict'])).toMatchObject({ exit: 0 });
  });

  test('a second time changes nothing', async () => {
    const memory = practiceWith(written(LIST, ','));
    await bringIn(memory, '--yes');
    const before = new Map(memory.contents);
    const { exit, stdout } = await bringIn(memory, '--yes');
    expect(exit).toBe(0);
    expect(stdout).toContain('2 are here already');
    expect(memory.contents).toEqual(before);
  });

  test('under a column that the person names', async () => {
    const list = written(
      [
        ['Wer', 'Stufe', 'Fax', 'Name'],
        ['Lindner & Co', 'A', '0', 'x'],
        ['Kreis GmbH', 'B', '0', 'y'],
      ],
      ',',
    );
    const memory = practiceWith(list);
    const run = await bringIn(
      memory,
      '--yes',
      '--map',
      'Wer=name, stufe = segment,Name=ignore',
      '--since',
      '2020-01-01',
    );
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    expect(Object.keys(recordsIn(memory))).toEqual(['clients/kreis.yaml', 'clients/lindner.yaml']);
    expect(recordsIn(memory)['clients/kreis.yaml']).toContain('since: 2020-01-01');
  });
});

describe('a list that is refused as a whole', () => {
  const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])));
  const wide = new Uint8Array(
    new Uint16Array([...'\ufeffName,Segment\nAnn,A\n'].map((each) => each.charCodeAt(0))).buffer,
  );
  const cases: readonly (readonly [string, Content, string])[] = [
    ['in Windows-1252', bytes('Name,Segment\nAnn,A\nM', 0xfc, 'ller,B\n'), 'list.csv:3: this is not UTF-8: byte 0xFC'],
    ['in UTF-16', wide, 'list.csv:1: this file is saved as UTF-16'],
    ['that is no text', bytes('Name\n', 0, 1, 2), 'list.csv:2: a NUL character'],
    ['with two columns of one name', 'Name,Mail,NAME\nAnn,,Bob\n', 'list.csv:1: two columns are called `NAME`'],
    [
      'with a quote that never closes',
      'Name,Segment\nAnn,A\n\n"Bob,A\nCem,B\n',
      'list.csv:4: a cell begins with a quote that is never closed',
    ],
    [
      'without a name',
      'Street,Town\nHigh St,Bath\n',
      'no column is the name of a client; the columns are Street, Town',
    ],
    ['that is empty', '\n\n', 'list.csv is empty'],
    ['that is a folder', { fault: 'directory' }, 'it is a folder'],
    ['that is very large', { fault: 'too-large', detail: '1' }, 'larger than 10 MB'],
  ];

  test.each(cases)('%s', async (_, list, words) => {
    const memory = practiceWith(list);
    const { exit, stdout, stderr } = await bringIn(memory, '--yes');
    expect(stderr).toContain(words);
    expect({ exit: exit === 1 || exit === 2, stdout }).toEqual({ exit: true, stdout: '' });
    expect(recordsIn(memory)).toEqual({});
  });
});

describe('a row that is refused', () => {
  const HEADER = 'Name,Segment,Since,Status,Contact,Email,Birthday,Last contact,Owner,Phone';
  const GOOD = 'Good Ltd,A,2020-01-01,,,,,,,\n';
  const rows: readonly (readonly [row: string, why: string])[] = [
    [',A,2020-01-01,,,,,,,', 'it has no name'],
    ['Bad,Z,2020-01-01,,,,,,,', 'unknown segment `Z`'],
    ['Bad,A,2020-02-30,,,,,,,', '`2020-02-30` is not a real date'],
    ['Bad,A,03/04/2020,,,,,,,', '`03/04/2020` can be read two ways: use --dates dmy or --dates mdy'],
    ['Bad,A,1.2.20,,,,,,,', '`1.2.20` has a year of 2 digits'],
    ['Bad,A,soon,,,,,,,', '`soon` is not a valid date'],
    ['Bad,A,2027-01-01,,,,,,,', 'Fri 1 Jan 2027 is in the future'],
    ['Bad,A,2020-01-01,maybe,,,,,,', '`maybe` is not a valid status'],
    ['Bad,A,2020-01-01,,Ann,ann@bad,,,,', '`ann@bad` is not a valid email address'],
    ['Bad,A,2020-01-01,,Ann,"a@x.example; b@x.example",,,,', '`a@x.example; b@x.example` is not a valid email address'],
    ['Bad,A,2020-01-01,,Ann,,31/31/1980,,,', '`31/31/1980` can be read two ways'],
    ['Bad,A,2020-01-01,,,,,2026-12-24,,', 'Thu 24 Dec 2026 is in the future'],
    ['Bad,A,2020-01-01,,,,,,kot,', 'unknown person `kot` here, did you mean `kit`?'],
    ['Bad \x1b[31m,A,2020-01-01,,,,,,,', 'name: this text contains a line break or control character'],
    ['Bad,A,2020-01-01,,,,,,,,more', 'it has 11 cells under 10 names'],
    ['Good Ltd,B,2020-01-01,,,,,,,', 'its segment is not that of line 2'],
  ];

  test.each(rows)('%s', async (row, why) => {
    const memory = practiceWith(`${HEADER}\n${GOOD}${row}\nAlso Good,B,2021-01-01,,,,,,,\n`);
    const { exit, stdout, stderr } = await bringIn(memory, '--yes');
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: '' });
    expect(stdout).toMatch(/^ {2}line 3 {2}/m);
    expect(stdout).toContain(why);
    expect(stdout).not.toContain('\x1b');
    expect(Object.keys(recordsIn(memory))).toEqual(['clients/also-good.yaml', 'clients/good.yaml']);
  });

  test('is named by the line it begins in, after cells of many lines', async () => {
    const list =
      'Name,Segment,Since,Notes\nAnn,A,2020-01-01,"one\n\ntwo"\n\n"Bob\n",Z,2020-01-01,\n\nCem,Z,2020-01-01,\n';
    const { stdout } = await bringIn(practiceWith(list), '--yes');
    expect(stdout).toMatch(/^ {2}line 6 {2}Bob: unknown segment/m);
    expect(stdout).toMatch(/^ {2}line 9 {2}Cem: unknown segment/m);
  });

  test('may be a client whose file cannot be read: nobody knows', async () => {
    const memory = practiceWith('Name,Segment,Since\nAcme Ltd,A,2020-01-01\nBeta,A,2020-01-01\n', {
      files: { 'clients/acme.yaml': 'name: [Acme\n' },
    });
    const { exit, stdout } = await bringIn(memory, '--yes');
    expect(exit).toBe(1);
    expect(stdout).toContain('clients/acme.yaml has errors');
    expect(recordsIn(memory)['clients/acme.yaml']).toBe('name: [Acme\n');
    expect(recordsIn(memory)['clients/beta.yaml']).toContain('name: Beta');
  });
});

describe('ids', () => {
  test('are unique, also where names differ by their legal form or case only', async () => {
    const names = ['Acme Ltd', 'ACME GmbH', 'acme, inc.', 'CON', 'Ærø ApS', '株式会社', '東京'];
    const memory = practiceWith(`Name,Status\n${names.map((name) => `"${name}",prospect\n`).join('')}`, {
      files: { 'touches/acme-2.yaml': '' },
    });
    expect(await bringIn(memory, '--yes')).toMatchObject({ exit: 0, stderr: '' });
    expect(Object.keys(recordsIn(memory)).filter((file) => file.startsWith('clients/'))).toEqual(
      ['acme-3', 'acme-4', 'acme', 'aero', 'client-2', 'client', 'con-client'].map((id) => `clients/${id}.yaml`).sort(),
    );
    expect((await bringIn(memory, '--yes')).stdout).toContain('7 are here already');
  });
});

describe('one company in several rows', () => {
  test('is one client with several contacts', async () => {
    const list =
      'Company,First name,Last name,Email,Segment,Since\nAcme,Ada,Lovelace,ada@acme.example,A,2020-01-01\nBeta,Bo,Berg,,B,2020-01-01\nacme,Ada,Byron,,A,2020-01-01\nAcme,Ada,Lovelace,ada@acme.example,,\nAcme,Ada,Lovelace,other@acme.example,,\n';
    const memory = practiceWith(list);
    const { exit, stdout } = await bringIn(memory, '--yes', '--since', '2020-01-01');
    expect(exit).toBe(1);
    expect(stdout).toContain('line 6  Acme: line 2 has the same name; give one of them another');
    const { contacts } = parse(recordsIn(memory)['clients/acme.yaml'] ?? '') as { contacts: unknown };
    expect(contacts).toEqual({
      ada: { name: 'Ada Lovelace', email: 'ada@acme.example' },
      'ada-2': { name: 'Ada Byron' },
    });
  });
});

describe('what the list does not say', () => {
  const list = 'Name\nAnn Lee\nBo Berg\n';

  test('is asked for once, shown, and confirmed', async () => {
    const memory = practiceWith(list, { terminal: { columns: 80 }, answers: ['B', '2030-01-01', '2020-01-01', 'yes'] });
    const { exit, stdout, stderr } = await bringIn(memory);
    expect(exit).toBe(0);
    expect(memory.asked.at(-1)).toBe('Bring in 2 clients?');
    expect(stderr).toMatch(/^ {3}2 {2}ann-lee {2}Ann Lee {2}B {8}2020-01-01/m);
    expect(stdout).toContain('2 new clients');
    expect(Math.max(...`${stdout}${stderr}`.split('\n').map((each) => each.length))).toBeLessThanOrEqual(80);
  });

  test('is not written when the answer is no', async () => {
    const memory = practiceWith(list, { terminal: { columns: 80 }, answers: ['B', '2020-01-01', 'no'] });
    expect(await bringIn(memory)).toMatchObject({ exit: 0, stdout: 'Nothing was written.\n' });
    expect(recordsIn(memory)).toEqual({});
  });

  test('is an error where nobody can be asked', async () => {
    expect(await bringIn(practiceWith(list), '--yes')).toMatchObject({ exit: 2, stdout: '' });
  });

  test('is shown as a diff, and not written, with --dry-run', async () => {
    const memory = practiceWith(list);
    const { exit, stdout } = await bringIn(memory, '--dry-run', '--status', 'prospect');
    expect({ exit, diff: stdout.includes('+++ b/clients/ann-lee.yaml') }).toEqual({ exit: 0, diff: true });
    expect(recordsIn(memory)).toEqual({});
  });

  test('is data with --json', async () => {
    const { stdout } = await bringIn(practiceWith('Name,Status\nAnn,prospect\nBo,who\n'), '--yes', '--json');
    expect(JSON.parse(stdout)).toEqual({
      schema: 'deliver.change/1',
      command: 'new',
      clients: [{ line: 2, id: 'ann', name: 'Ann', file: 'clients/ann.yaml' }],
      left_out: [],
      refused: [{ line: 3, name: 'Bo', why: '`who` is not a valid status: write prospect, active or past' }],
      problems: [],
    });
  });
});

test('whatever the names are, they are read back as they stand in the list, or refused', {
  timeout: 60_000,
}, async () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
    fc.constantFrom(
      '=1+1',
      '+49 30',
      '-x',
      '@SUM(A1)',
      'yes',
      '1e3',
      '2026-11-20',
      '012',
      '{a: b}',
      '# no',
      '- a',
      'a: b',
      '|',
      '"',
      "'",
      'null',
      '!!x',
      '&a',
      '*a',
      '\u202eevil',
      '[x]',
      'a #b',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 4 }), async (rows) => {
      const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
      const list = `company,contact,notes,status\n${rows.map((row) => `${[...row.map(quoted), 'prospect'].join(',')}\n`).join('')}`;
      // A lone surrogate is no text in any file.
      fc.pre(!/\p{Surrogate}/u.test(list) && !list.includes('\0'));
      const memory = practiceWith(list);
      const run = await bringIn(memory, '--yes', '--json');
      const { clients, left_out, refused } = JSON.parse(run.stdout) as {
        clients: { id: string; line: number; name: string }[];
        left_out: unknown[];
        refused: unknown[];
      };
      const one = (cell: string) => cell.replace(/\r\n?/g, '\n').replace(/\s+/g, ' ').trim();
      // Where the company is blank the person is the client.
      const names = new Set(rows.map(([name, contact]) => one(name) || one(contact)));
      expect(clients.every(({ name }) => names.has(name))).toBe(true);
      expect(clients.length + left_out.length + refused.length).toBeLessThanOrEqual(rows.length);
      for (const { id, name } of clients)
        expect((parse(recordsIn(memory)[`clients/${id}.yaml`] ?? '') as { name: string }).name).toBe(name);
      expect(await runDeliver(memory, ['validate', '--strict'])).toMatchObject({ exit: 0 });
    }),
    { numRuns: runs(60), examples: [[[[' ', '=1+1', '\u0001']]]] },
  );
});

describe('days', () => {
  const days: readonly (readonly [text: string, order: 'dmy' | 'mdy' | undefined, day: string])[] = [
    ['2026-11-20', undefined, '2026-11-20'],
    ['2026-1-5', undefined, '2026-01-05'],
    ['2026-11-20 09:30:00', undefined, '2026-11-20'],
    ['2026-11-20T09:30', undefined, '2026-11-20'],
    ['20 Nov 2026', undefined, '2026-11-20'],
    ['20-Nov-2026', undefined, '2026-11-20'],
    ['Nov 20, 2026', undefined, '2026-11-20'],
    ['November 20th 2026', undefined, '2026-11-20'],
    ['1st Sept 2026', undefined, '2026-09-01'],
    ['20. März 2026', undefined, '2026-03-20'],
    ['20/11/2026', 'dmy', '2026-11-20'],
    ['11/20/2026', 'mdy', '2026-11-20'],
    ['20.11.2026', 'dmy', '2026-11-20'],
    ['03-04-2026', 'mdy', '2026-03-04'],
  ];
  test.each(days)('%s (%s) is %s', (text, order, day) => {
    expect(readListDay(text, order)).toEqual({ day });
  });

  const none = [
    '20/11/2026',
    '20.11.2026',
    '2026-02-29',
    '31 Apr 2026',
    '20 Nov',
    '20 Foo 2026',
    '20/11/26',
    '46000',
    '20 Nov 26',
    '1800-01-01',
    '2026-11-20T09:30:00Z',
    'Ma 3 2026',
    '',
  ];
  test.each(none)('%s is no day', (text) => {
    expect(readListDay(text, undefined)).toHaveProperty('fault');
  });

  test.each([
    ['1985-12-10', undefined, '1985-12-10'],
    ['12-10', undefined, '12-10'],
    ['10 Dec', undefined, '12-10'],
    ['Dec 10', undefined, '12-10'],
    ['10/12', 'dmy', '12-10'],
    ['29 Feb', undefined, '02-29'],
    ['12/10/1985', 'mdy', '1985-12-10'],
  ] as const)('the birthday %s (%s) is %s', (text, order, birthday) => {
    expect(readListBirthday(text, order)).toEqual({ birthday });
  });

  test.each(['30 Feb', '12-32', '10/12', '29 Feb 1985'])('%s is no birthday', (text) => {
    expect(readListBirthday(text, undefined)).toHaveProperty('fault');
  });
});
