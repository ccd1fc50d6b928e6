// Who is proposed to take over a client, held against tables that were worked out by hand.
import { describe, expect, test } from 'vitest';
import type { Day } from '../../src/day.ts';
import { partnersFor, quarterOf } from '../../src/engine/partners.ts';
import { settingOf } from '../../src/engine/setting.ts';
import { loadBook } from '../support/load.ts';
import { memoryFiles } from '../support/world.ts';

const PRACTICE = {
  'deliver.yaml': 'format: 1\npractice: P\npeople: {ida: {name: Ida}}\ntime_zone: Europe/London\n',
  'service.yaml': 'segments: {A: {title: A}, B: {title: B}}\n',
  'offers/audit.yaml': 'name: Audit\nsteps: {look: {title: Look}}\n',
  'offers/care.yaml': 'name: Care\nsteps: {look: {title: Look}}\n',
  'offers/offboarding.yaml': 'name: Offboarding\nsteps: {tell: {title: Tell}}\n',
};

/** Acme as the lines say, with these partners and other clients; the matches for a last day. */
function matches(
  partners: Readonly<Record<string, string>>,
  options: {
    readonly lastDay?: string;
    readonly acme?: string;
    readonly others?: Readonly<Record<string, string>>;
  } = {},
) {
  const { lastDay = '2026-12-18', acme = 'segment: A\nindustry: retail', others = {} } = options;
  const files: Record<string, string> = {
    ...PRACTICE,
    'clients/acme.yaml': `name: Acme\nsince: 2025-01-06\n${acme}\n`,
  };
  for (const [id, text] of Object.entries(partners)) files[`partners/${id}.yaml`] = `name: ${id}\n${text}\n`;
  for (const [id, leaving] of Object.entries(others))
    files[`clients/${id}.yaml`] = `name: ${id}\nstatus: past\nleaving: ${leaving}\n`;
  const contents = new Map(Object.entries(files).map(([path, text]) => [`/p/${path}`, text]));
  const { book } = loadBook(memoryFiles(contents), '/p');
  const client = book.clients.get('acme');
  if (!client) throw new Error('no acme');
  return partnersFor(settingOf(book, '2026-11-23' as Day), client, lastDay as Day);
}

const against = (text: string, options: Parameters<typeof matches>[1] = {}) =>
  matches({ p: text }, options)[0]
    ?.reasons.filter((it) => it.speaks === 'against')
    .map((it) => it.about);

describe('a partner is proposed', () => {
  test.each<[string, string, readonly string[]]>([
    ['without any list, once they have agreed', 'agreed: 2026-01-05', []],
    ['who has not agreed: not', 'takes: {segments: [A]}', ['agreed']],
    ['who agreed today', 'agreed: 2026-11-23', []],
    ['who agrees tomorrow: not', 'agreed: 2026-11-24', ['agreed']],
    ['for their segment', 'agreed: 2026-01-05\ntakes: {segments: [B, A]}', []],
    ['for another segment: not', 'agreed: 2026-01-05\ntakes: {segments: [B]}', ['segment']],
    ['for their industry, in any letters', 'agreed: 2026-01-05\ntakes: {industries: [Retail]}', []],
    ['for another industry: not', 'agreed: 2026-01-05\ntakes: {industries: [food]}', ['industry']],
    ['for an offer, of a client who has none: not', 'agreed: 2026-01-05\ntakes: {offers: [audit]}', ['offer']],
    ['with an empty list, which keeps nobody out', 'agreed: 2026-01-05\ntakes: {segments: []}', []],
    ['without room at all: not', 'agreed: 2026-01-05\ncapacity: {per_quarter: 0}', ['room']],
    ['with a mistake in their file: not', 'agreed: 2026-01-05\ncapacity: {per_quarter: two}', ['file']],
  ])('%s', (_, text, reasons) => {
    expect(against(text)).toEqual(reasons);
  });

  const OFFERS = 'agreed: 2026-01-05\ntakes: {offers: [audit]}';
  const engagement = (id: string, offer: string, started: string, more = '') =>
    `  ${id}: {offer: ${offer}, started: ${started}${more}}`;
  test.each<[string, readonly string[], readonly string[]]>([
    ['what runs', [engagement('a', 'audit', '2026-10-05')], []],
    [
      'what runs, whatever came before',
      [engagement('c', 'care', '2026-10-05'), engagement('a', 'audit', '2025-10-06', ', ended: 2026-01-09')],
      ['offer'],
    ],
    ['one of two that run', [engagement('c', 'care', '2026-10-05'), engagement('a', 'audit', '2026-09-07')], []],
    [
      'the last one, when nothing runs',
      [
        engagement('c', 'care', '2025-02-03', ', ended: 2025-06-02'),
        engagement('a', 'audit', '2025-10-06', ', ended: 2026-01-09'),
      ],
      [],
    ],
    [
      'never the offboarding',
      [engagement('a', 'audit', '2025-10-06', ', ended: 2026-01-09'), engagement('o', 'offboarding', '2026-11-02')],
      [],
    ],
  ])('for an offer by %s', (_, engagements, reasons) => {
    const acme = `segment: A\nengagements:\n${engagements.join('\n')}`;
    expect(against(OFFERS, { acme })).toEqual(reasons);
  });

  test('a list is not met by a client of whom it is not known', () => {
    const acme = 'segment: A';
    expect(against('agreed: 2026-01-05\ntakes: {industries: [retail]}', { acme })).toEqual(['industry']);
  });
});

describe('room', () => {
  const ONE = 'agreed: 2026-01-05\ncapacity: {per_quarter: 1}';
  const to = (partner: string, day: string) =>
    `{decided: 2026-01-12, reason: misfit, last_day: ${day}, partner: ${partner}}`;
  test.each<[string, string, string, boolean]>([
    ['the same quarter', '2026-12-18', '2026-10-01', false],
    ['its last day', '2026-10-01', '2026-12-31', false],
    ['the quarter before', '2026-12-18', '2026-09-30', true],
    ['the quarter after', '2026-12-18', '2027-01-01', true],
    ['the same quarter of another year', '2026-12-18', '2025-12-18', true],
    ['over the turn of the year', '2027-01-04', '2026-12-31', true],
  ])('somebody goes in %s', (_, lastDay, other, isFree) => {
    const [found] = matches({ p: ONE }, { lastDay, others: { beta: to('p', other) } });
    expect(found?.is_proposed).toBe(isFree);
    expect(found?.room?.taken).toEqual(isFree ? [] : ['beta']);
  });

  test('without a last day the day of the decision counts', () => {
    const others = { beta: '{decided: 2026-10-12, reason: misfit, partner: p}' };
    expect(against(ONE, { others })).toEqual(['room']);
  });

  test('who goes to somebody else, or to nobody, takes none', () => {
    const others = { beta: to('q', '2026-12-01'), ceta: '{decided: 2026-10-12, reason: misfit}' };
    expect(against(ONE, { others })).toEqual([]);
  });

  test.each([
    ['2026-01-01', '2026-01-01', '2026-03-31'],
    ['2026-05-31', '2026-04-01', '2026-06-30'],
    ['2026-09-30', '2026-07-01', '2026-09-30'],
    ['2028-02-29', '2028-01-01', '2028-03-31'],
    ['2026-12-31', '2026-10-01', '2026-12-31'],
  ])('the quarter of %s', (day, from, to) => {
    expect(quarterOf(day as Day)).toEqual({ from, to });
  });
});

test('the best come first: proposed, closest, most room, then by name; of the others those with least against them', () => {
  const found = matches({
    any: 'agreed: 2026-01-05',
    full: 'agreed: 2026-01-05\ncapacity: {per_quarter: 0}\ntakes: {segments: [A]}',
    one: 'agreed: 2026-01-05\ntakes: {segments: [A]}\ncapacity: {per_quarter: 1}',
    three: 'agreed: 2026-01-05\ntakes: {segments: [A]}\ncapacity: {per_quarter: 3}',
    both: 'agreed: 2026-01-05\ntakes: {segments: [A], industries: [retail]}\ncapacity: {per_quarter: 1}',
    never: 'takes: {segments: [B]}',
    bee: 'agreed: 2026-01-05\ntakes: {segments: [A]}\ncapacity: {per_quarter: 1}',
  });
  expect(found.map((it) => it.partner)).toEqual(['both', 'three', 'bee', 'one', 'any', 'full', 'never']);
  expect(found.filter((it) => it.is_proposed).map((it) => it.partner)).toEqual(['both', 'three', 'bee', 'one', 'any']);
});
