// `offboard`: what is asked, what is written and taken back, and a pack that is whole for every reason and client of the
// example, or says what it lacks; on odd practices and with hostile names too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { LEAVING_REASONS } from '../../src/records/client.ts';
import { loadFolder } from '../support/story.ts';
import { type Content, type MemoryWorld, memoryWorld, runDeliver } from '../support/world.ts';

const NORTHLIGHT = loadFolder('examples/northlight');
const ACTIVE = Object.keys(NORTHLIGHT).flatMap((path) => {
  const id = /^clients\/(.+)\.yaml$/.exec(path)?.[1];
  const it = id === undefined ? undefined : parse(new TextDecoder().decode(NORTHLIGHT[path]));
  return id !== undefined && it.status === undefined && it.leaving === undefined ? [id] : [];
});

const textOf = (on: MemoryWorld, path: string): string => {
  const content = on.contents.get(`/practice/${path}`);
  return typeof content === 'string' ? content : new TextDecoder().decode(content as Uint8Array);
};
const offboard = (on: MemoryWorld, client: string, reason: string, partner: string, ...more: readonly string[]) =>
  runDeliver(on, ['offboard', client, '--reason', reason, '--last-day', '2026-12-24', '--partner', partner, ...more]);

const SMALL = {
  'deliver.yaml':
    'format: 1\npractice: Hazel\npeople: {ida: {name: Ida Hart, email: ida@hazel.example}}\ntime_zone: Europe/London\ncalendar: {closed: {2026-12-25: Christmas Day, 2027-01-01: New Year}}\n',
  'service.yaml': 'segments: {A: {title: Prime}}\n',
  'partners/fern.yaml': 'name: Fern Ltd\ncontact: {name: Jo Fern, email: jo@fern.example}\nagreed: 2026-06-01\n',
  'clients/acme.yaml': `name: Acme Ltd
segment: A
since: 2025-03-03
contacts:
  ada: {name: Ada Lovelace, email: ada@acme.example}
`,
};
type Written = {
  readonly leaving: unknown;
  readonly engagements: Readonly<
    Record<string, { readonly [key: string]: unknown; readonly steps: Readonly<Record<string, unknown>> | null }>
  >;
};
const acme = (on: MemoryWorld): Written => parse(textOf(on, 'clients/acme.yaml'));

describe('what is asked', () => {
  test('reason, last day and partner, in this order; a slip is asked again', async () => {
    const on = memoryWorld({
      files: SMALL,
      terminal: { columns: 80 },
      answers: ['acme', 'misfit', 'someday', '2026-12-24', 'fern'],
    });
    const { exit } = await runDeliver(on, ['offboard']);
    expect(exit).toBe(0);
    expect(on.asked).toEqual([
      'Who leaves?',
      'Why does Acme Ltd leave?',
      'What is the last day we work for Acme Ltd? A day such as +6w, eom or 2027-01-29',
      'What is the last day we work for Acme Ltd? A day such as +6w, eom or 2027-01-29',
      'Who takes over Acme Ltd?',
    ]);
    expect(acme(on).leaving).toEqual({
      decided: '2026-11-23',
      reason: 'misfit',
      last_day: '2026-12-24',
      partner: 'fern',
    });
  });

  test('no partner where there is none to ask about', async () => {
    const { 'partners/fern.yaml': _, ...files } = SMALL;
    const on = memoryWorld({ files, terminal: { columns: 80 }, answers: ['budget', 'eom'] });
    expect((await runDeliver(on, ['offboard', 'acme'])).exit).toBe(0);
    expect(acme(on).leaving).toEqual({ decided: '2026-11-23', reason: 'budget', last_day: '2026-11-30' });
  });
});

describe('what is written', () => {
  test('the decision and the offboarding, with the texts of the reason; undo takes all of it back', async () => {
    const on = memoryWorld({ files: SMALL });
    await offboard(on, 'acme', 'outgrown', 'fern', '--on', '2026-11-16', '-q');
    const { leaving, engagements } = acme(on);
    expect(leaving).toEqual({ decided: '2026-11-16', reason: 'outgrown', last_day: '2026-12-24', partner: 'fern' });
    expect(engagements).toEqual({
      offboarding: {
        offer: 'offboarding@1',
        started: '2026-11-23',
        partner: 'fern',
        promised: '2027-01-25',
        milestones: { 'last-day': '2026-12-24' },
        steps: {
          'transition-call': { script: 'transition-outgrown' },
          letter: { email: 'transition-letter-outgrown' },
        },
      },
    });
    expect(on.contents.has('/practice/offers/offboarding.yaml')).toBe(true);
    expect((await runDeliver(on, ['validate'])).stdout).toBe('no problems in 5 files\n');
    await runDeliver(on, ['undo']);
    expect(textOf(on, 'clients/acme.yaml')).toBe(SMALL['clients/acme.yaml']);
    expect(on.contents.has('/practice/offers/offboarding.yaml')).toBe(false);
  });

  test('a second time it is named after the year', async () => {
    const past = `${SMALL['clients/acme.yaml']}engagements:\n  offboarding: {offer: offboarding@1, started: 2025-01-06, ended: 2025-03-03}\n`;
    const on = memoryWorld({ files: { ...SMALL, 'offers/offboarding.yaml': MINIMAL, 'clients/acme.yaml': past } });
    await offboard(on, 'acme', 'misfit', 'none', '-q');
    expect(Object.keys(acme(on).engagements)).toEqual(['offboarding', 'offboarding-2026']);
  });

  test('an offer without a check after a month gets one, so that nobody forgets to ask', async () => {
    const on = memoryWorld({ files: { ...SMALL, 'offers/offboarding.yaml': MINIMAL } });
    const { stdout } = await offboard(on, 'acme', 'misfit', 'none', '-q');
    expect(acme(on).engagements.offboarding?.steps).toEqual({
      'thirty-days': { title: 'Ask how it is going', kind: 'call', due: '2027-01-25' },
    });
    expect(acme(on).engagements.offboarding?.milestones).toBeUndefined();
    expect(stdout).toContain('added, for the offer has no check after a month: thirty-days  clients/acme.yaml:');
    const { stdout: later } = await runDeliver(on, ['status', 'acme', '--today', '2027-01-25']);
    expect(later).toContain('Ask how it is going');
  });

  test('steps for a partner are skipped where there is none, and nothing of them is due', async () => {
    const on = memoryWorld({ files: SMALL });
    await offboard(on, 'acme', 'happy-end', 'none', '-q');
    const { steps } = acme(on).engagements.offboarding ?? {};
    const why = 'No partner takes over';
    expect(steps).toMatchObject({
      introduce: { skipped: '2026-11-23', why },
      'hand-over-note': { skipped: '2026-11-23', why },
      accept: { skipped: '2026-11-23', why },
    });
    expect((await runDeliver(on, ['outbox', '--today', '2027-02-01'])).stdout).not.toContain('partner-introduction');
  });

  test('after a parting over conduct nobody is rung up', async () => {
    const on = memoryWorld({ files: SMALL });
    const { stdout, stderr } = await offboard(on, 'acme', 'conduct', 'none');
    expect(stdout).toContain('Leave them in peace: no call and no letter.');
    expect(stdout).not.toContain('The script of the check');
    expect(stdout).not.toContain('Send it only if they say');
    const other = await offboard(memoryWorld({ files: SMALL }), 'acme', 'conduct', 'fern', '-q');
    expect(other.stdout).toContain('Send it only if they say that they would like it.');
    expect(stderr).toContain('you may not want to make this call: Say goodbye and thank you');
    expect(acme(on).engagements.offboarding?.steps).toMatchObject({
      'thirty-days': { title: 'Look whether anything is still open', kind: 'checkpoint' },
    });
  });

  test('a decision that was written by hand is carried out, with what it lacks', async () => {
    const files = {
      ...SMALL,
      'clients/acme.yaml': `${SMALL['clients/acme.yaml']}leaving: {decided: 2026-11-09, reason: budget}\n`,
    };
    const on = memoryWorld({ files });
    const { exit } = await runDeliver(on, ['offboard', 'acme', '--last-day', '2026-12-24', '--partner', 'fern', '-q']);
    expect(exit).toBe(0);
    expect(acme(on).leaving).toEqual({
      decided: '2026-11-09',
      reason: 'budget',
      last_day: '2026-12-24',
      partner: 'fern',
    });
    expect(acme(on).engagements.offboarding?.partner).toBe('fern');
  });

  test('an offboarding that was started by hand goes on', async () => {
    const on = memoryWorld({ files: SMALL });
    await runDeliver(on, ['new', 'offer', 'offboarding', '-q']);
    await runDeliver(on, ['start', 'acme', 'offboarding', '--milestones', 'last-day=2026-12-18', '-q']);
    const { exit } = await runDeliver(on, ['offboard', 'acme', '--reason', 'misfit', '--partner', 'fern', '-q']);
    expect(exit).toBe(0);
    expect(acme(on).leaving).toEqual({
      decided: '2026-11-23',
      reason: 'misfit',
      last_day: '2026-12-18',
      partner: 'fern',
    });
    expect(Object.keys(acme(on).engagements)).toEqual(['offboarding']);
    expect(acme(on).engagements.offboarding).toMatchObject({
      partner: 'fern',
      milestones: { 'last-day': '2026-12-18' },
    });
  });
});

const MINIMAL = 'name: Goodbye\nsteps: {tell: {title: Tell them, kind: call, due: start + 2bd}}\n';

describe('which texts', () => {
  const script = 'title: Mine\nbeats: [{say: Hello}]\n';
  const templates = async (reason: string, files: Readonly<Record<string, Content>>) => {
    const { stdout } = await offboard(memoryWorld({ files: { ...SMALL, ...files } }), 'acme', reason, 'fern', '--json');
    return (JSON.parse(stdout) as { pack: { part: string; template: string | null }[] }).pack
      .filter((it) => ['script', 'letter'].includes(it.part))
      .map((it) => it.template);
  };
  test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    ['the built-in ones', 'budget', {}, ['transition-budget', 'transition-letter-budget']],
    [
      'a script that is for the reason',
      'budget',
      { 'scripts/mine.yaml': `${script}reasons: [budget]\n` },
      ['mine', 'transition-letter-budget'],
    ],
    [
      'the one of the name before it',
      'budget',
      { 'scripts/mine.yaml': `${script}reasons: [budget]\n`, 'scripts/transition-budget.yaml': script },
      ['transition-budget', 'transition-letter-budget'],
    ],
    [
      'the letter that the offer plans for all',
      'budget',
      {
        'offers/offboarding.yaml': 'name: O\nsteps: {letter: {title: L, email: bye}}\n',
        'emails/bye.md': '---\nsubject: Bye\n---\nBye.\n',
      },
      ['transition-budget', 'bye'],
    ],
    [
      'which is not for a parting over conduct',
      'conduct',
      {
        'offers/offboarding.yaml': 'name: O\nsteps: {letter: {title: L, email: bye}}\n',
        'emails/bye.md': '---\nsubject: Bye\n---\nBye.\n',
      },
      ['transition-conduct', 'transition-letter-conduct'],
    ],
  ])('%s', async (_, reason, files, expected) => {
    expect(await templates(reason, files)).toEqual(expected);
  });
});

describe('the pack of the example', () => {
  const CASES = [
    ...LEAVING_REASONS.flatMap((reason) => [
      ['gorse', reason, 'datumloom'] as const,
      ['gorse', reason, 'none'] as const,
    ]),
    ...ACTIVE.map(
      (client, i) => [client, LEAVING_REASONS[i % 6] ?? 'misfit', i % 2 === 0 ? 'fernhill' : 'none'] as const,
    ),
  ];
  test.each(CASES)('%s leaves (%s, to %s): whole, and nothing new is wrong', async (client, reason, partner) => {
    const on = memoryWorld({ files: NORTHLIGHT });
    const { exit, stdout } = await offboard(on, client, reason, partner, '-q');
    expect(exit, stdout).toBe(0);
    expect(stdout).not.toMatch(/\{\{|undefined|\bnull\b|NaN|Refused|[\uFDD0\uFDD1]/);
    expect(stdout.match(/^\d of 6 · /gm)).toHaveLength(6);
    expect((await runDeliver(on, ['validate'])).stdout).toMatch(/^no problems/);
  });
});

const NAMES = [
  '{{constructor}} {{client.name}}',
  '</script><script>alert(1)</script>',
  '=?utf-8?Q?=0D=0ABcc:_x@y.example?=',
  '\r\nBcc: x@y.example',
  '*Ada* [x](javascript:1) `y` _z_ # <b>',
  'עדה לאבלייס 👩🏽‍💻',
  'ab '.repeat(100).trim(),
];

describe('a name stays text in every part', () => {
  test.each(NAMES)('%j', async (name) => {
    const quoted = JSON.stringify(name);
    const files = {
      ...SMALL,
      'clients/acme.yaml': `name: ${quoted}
segment: A
since: 2025-03-03
contacts:
  ada: {name: ${quoted}, role: ${quoted}, email: ada@acme.example}
promises:
  deck: {what: ${JSON.stringify(`${name} \u001b[31m\u202e`)}, made: 2026-11-02, by: 2026-12-01}
issues:
  late: {what: ${quoted}, since: 2026-11-02}
`,
      'partners/fern.yaml': `name: ${quoted}\ncontact: {name: ${quoted}, email: jo@fern.example}\nagreed: 2026-06-01\n`,
    };
    const on = memoryWorld({ files });
    const { exit, stdout, stderr } = await offboard(on, 'acme', 'misfit', 'fern');
    expect(exit, stderr).toBe(0);
    const { exit: again } = await runDeliver(on, ['offboard', 'acme', '--to', 'out']);
    expect(again).toBe(0);
    expect(stdout + stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]/);
    expect(stdout).not.toContain('undefined');
    const written = [...on.contents.keys()].filter((path) => path.startsWith('/practice/out/'));
    expect(written).toHaveLength(11);
    for (const path of written) {
      const text = textOf(on, path.slice('/practice/'.length));
      if (path.endsWith('.md')) expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]/);
      if (!path.endsWith('.eml')) continue;
      const mail = await PostalMime.parse(on.contents.get(path) as Uint8Array);
      expect(mail.headers.map((it) => it.key)).not.toContain('bcc');
      const beside = textOf(on, path.slice('/practice/'.length).replace('.eml', '.txt'));
      const body = beside.slice(beside.indexOf('\n\n') + 2);
      expect((mail.text ?? '').replaceAll('\r\n', '\n').trimEnd()).toBe(body.trimEnd());
      expect(mail.to?.map((it) => it.address)).toEqual([
        path.includes('2-letter') ? 'ada@acme.example' : 'jo@fern.example',
      ]);
    }
  });
});

describe('as files', () => {
  test('one that was edited is kept, until it is forced', async () => {
    const on = memoryWorld({ files: SMALL });
    await offboard(on, 'acme', 'misfit', 'fern', '--to', 'out/', '-q');
    const path = '/practice/out/acme-5-checklist.md';
    const first = textOf(on, 'out/acme-5-checklist.md');
    on.contents.set(path, 'mine');
    const { stderr } = await runDeliver(on, ['offboard', 'acme', '--to', 'out']);
    expect(stderr).toContain('kept as it is: out/acme-5-checklist.md (--force overwrites it)');
    expect(on.contents.get(path)).toBe('mine');
    await runDeliver(on, ['offboard', 'acme', '--to', 'out', '--force']);
    expect(textOf(on, 'out/acme-5-checklist.md')).toBe(first);
  });

  test('nothing is written by a dry run', async () => {
    const on = memoryWorld({ files: SMALL });
    const before = [...on.contents.keys()];
    const { stdout } = await offboard(on, 'acme', 'misfit', 'fern', '--to', 'out', '--dry-run');
    expect(stdout).toContain('+leaving: {decided: 2026-11-23, reason: misfit, last_day: 2026-12-24, partner: fern}');
    expect([...on.contents.keys()]).toEqual(before);
    await offboard(on, 'acme', 'misfit', 'fern');
    await runDeliver(on, ['offboard', 'acme', '--to', 'out', '--dry-run']);
    expect([...on.contents.keys()].filter((path) => path.includes('/out/'))).toEqual([]);
  });
});

describe('of a client who is leaving', () => {
  const leaving = async (files: Readonly<Record<string, Content>> = {}) => {
    const on = memoryWorld({ files: { ...SMALL, ...files } });
    await offboard(on, 'acme', 'misfit', 'fern', '-q');
    return on;
  };

  test('the same answers, short or in full, are no contradiction', async () => {
    const on = await leaving();
    const before = textOf(on, 'clients/acme.yaml');
    const { exit, stdout } = await offboard(on, 'acme', 'misfit', 'fe', '--on', 'today');
    expect({ exit, text: textOf(on, 'clients/acme.yaml') }).toEqual({ exit: 0, text: before });
    expect(stdout).toContain('6 of 6');
  });

  test.each([
    ['--reason', 'budget', 'reason'],
    ['--last-day', '2026-12-18', 'last_day'],
    ['--partner', 'none', 'partner'],
    ['--on', 'yesterday', 'decided'],
  ])('%s %s is refused', async (flag, value, key) => {
    const on = await leaving();
    const { exit, stderr } = await runDeliver(on, ['offboard', 'acme', flag, value]);
    expect(exit).toBe(1);
    expect(stderr).toContain(`Acme Ltd is leaving already, with \`${key}: `);
  });

  test('the pack is there until the offboarding has ended, of a past client too', async () => {
    const on = await leaving();
    on.contents.set('/practice/clients/acme.yaml', `status: past\n${textOf(on, 'clients/acme.yaml')}`);
    expect((await runDeliver(on, ['offboard', 'acme', '--today', '2027-01-25'])).exit).toBe(0);
    await runDeliver(on, ['finish', 'acme/offboarding', '--open', 'skip', '--today', '2027-01-25']);
    expect((await runDeliver(on, ['offboard', 'acme', '--today', '2027-01-26'])).exit).toBe(1);
  });

  test('a log that cannot be read is not taken for an empty one', async () => {
    const on = await leaving();
    on.contents.set('/practice/touches/acme.yaml', '- {date: 2026-11-02, kind: call\n');
    const { exit, stdout, stderr } = await runDeliver(on, ['offboard', 'acme']);
    expect(exit).toBe(1);
    expect(stdout).toContain('The log cannot be read at the moment.');
    expect(stderr).toContain('touches/acme.yaml:1:3');
    expect(stderr).toContain('something may be missing: deliver validate');
  });

  test('nobody is let go over a log that cannot be read', async () => {
    const on = memoryWorld({ files: { ...SMALL, 'touches/acme.yaml': '- {date: 2026-11-02, kind: call\n' } });
    const { exit, stderr } = await offboard(on, 'acme', 'misfit', 'fern');
    expect(exit).toBe(1);
    expect(stderr).toContain('touches/acme.yaml:1:3 has an error');
    expect(textOf(on, 'clients/acme.yaml')).toBe(SMALL['clients/acme.yaml']);
  });
});

test('a pack without a partner promises none, and names who works with them already', async () => {
  const on = memoryWorld({ files: NORTHLIGHT });
  const { stdout } = await offboard(on, 'tern', 'conduct', 'none');
  expect(stdout).toContain('still open: Build the dashboard · due Thu 3 Dec 2026 · Datum & Loom');
  expect(stdout).toMatch(/^Letters: transition-letter-conduct$/m);
  await runDeliver(on, ['offboard', 'tern', '--to', 'pack']);
  const checklist = textOf(on, 'pack/tern-5-checklist.md');
  expect(checklist).toContain('Then write into clients/tern.yaml (`status: past`)');
  expect(checklist).not.toContain('\\`');
});

test('docs/json.md names every key', async () => {
  const keys = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) for (const key of Object.keys(value)) keys.add(key);
    for (const each of Object.values(value)) collect(each);
  };
  const on = memoryWorld({ files: NORTHLIGHT });
  collect(JSON.parse((await offboard(on, 'tern', 'misfit', 'datumloom', '--json')).stdout));
  collect(JSON.parse((await runDeliver(on, ['transitions', '--json'])).stdout));
  const text = readFileSync(join(import.meta.dirname, '../../docs/json.md'), 'utf8');
  expect([...keys].filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
});

test('the note that is handed over holds nothing that was meant for ourselves', async () => {
  const on = memoryWorld({
    files: {
      ...SMALL,
      'clients/acme.yaml': `${SMALL['clients/acme.yaml']}fit: {}
value: {fees_per_year: 98765, hours_per_month: 4}
`,
      'touches/acme.yaml': `- {date: 2026-11-02, kind: call, with: ada, note: "Secretly awful"}
- {date: 2026-11-03, kind: note, note: "Never again"}
`,
    },
  });
  await offboard(on, 'acme', 'misfit', 'fern', '--to', 'out');
  const note = textOf(on, 'out/acme-4-hand-over-note.md');
  expect(note).toContain('Mon 2 Nov 2026: Call with Ada Lovelace');
  expect(note).not.toMatch(/awful|Never|98765|misfit|right fit|Note/);
});
