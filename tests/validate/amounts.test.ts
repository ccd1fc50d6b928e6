// Amounts are judged by how they are written: a point that separates thousands must not become a decimal point.
import { describe, expect, test } from 'vitest';
import { CORE_RULES } from '../../src/rules/all.ts';
import { loadBook } from '../support/load.ts';
import { memoryFiles } from '../support/world.ts';

const practice = (currency: string) =>
  `format: 1\npractice: Fen & Field\npeople: {ines: {name: Ines}}\ntime_zone: UTC\n${currency}`;
const EUR = practice('currency: EUR\n');

function load(files: Readonly<Record<string, string>>) {
  const texts = Object.entries(files).map(([path, text]) => [`/practice/${path}`, text] as const);
  const { book, problems } = loadBook(memoryFiles(new Map(texts)), '/practice', CORE_RULES);
  const removed = book.removals.map(({ kind, id, path }) => [kind, id, ...path].join(' '));
  return { book, removed, said: problems.map(({ code, args }) => `${code} ${args.says} (${args.help})`) };
}

/** As the quick reader has it, and as the full one does. */
const READERS = [
  ['the quick reader', ''],
  ['the full reader', 'note: &a {}\n'],
] as const;

const offer = (price: string) => `name: Audit\nprice: ${price}\nsteps: {report: {title: Report}}\n`;

describe.each([
  ['EUR', '4800', 4800],
  ['EUR', '4800.5', 4800.5],
  ['EUR', '4800.50', 4800.5],
  ['EUR', '0', 0],
  ['EUR', '0.99', 0.99],
  ['JPY', '480000', 480000],
  ['KWD', '4.800', 4.8],
])('%s %s', (currency, written, value) => {
  test('is an amount', () => {
    const { book, removed } = load({
      'deliver.yaml': practice(`currency: ${currency}\n`),
      'offers/audit.yaml': offer(written),
      'clients/alder.yaml': `name: Alder\nstatus: prospect\nvalue: {fees_per_year: ${written}, hours_per_month: 1.125}\n`,
    });
    expect(removed).toEqual([]);
    expect(book.offers.get('audit')?.price).toBe(value);
    expect(book.clients.get('alder')?.value?.fees_per_year).toBe(value);
  });
});

describe.each([
  [
    'EUR',
    '4.800',
    '`4.800` has 3 decimals; an amount in EUR has at most 2 (write 4800 without separators, or 4.80 if that is what it means)',
  ],
  [
    'EUR',
    '24.000',
    '`24.000` has 3 decimals; an amount in EUR has at most 2 (write 24000 without separators, or 24.00 if that is what it means)',
  ],
  ['EUR', '4800.005', '`4800.005` has 3 decimals; an amount in EUR has at most 2 (write 4800.01)'],
  ['EUR', '1.5e3', '`1.5e3` is not an amount in plain digits (write 1500.00)'],
  ['EUR', '0x12C0', '`0x12C0` is not an amount in plain digits (write 4800.00)'],
  ['EUR', '.5', '`.5` is not an amount in plain digits (write 0.50)'],
  ['JPY', '48.50', '`48.50` has 2 decimals; an amount in JPY has no decimals (write 49)'],
  ['JPY', '4800.00', '`4800.00` has 2 decimals; an amount in JPY has no decimals (write 4800)'],
  ['KWD', '4.8000', '`4.8000` has 4 decimals; an amount in KWD has at most 3 (write 4.800)'],
])('%s %s', (currency, written, says) => {
  test('is refused with what to write, and nothing else goes with it', () => {
    const { book, removed, said } = load({
      'deliver.yaml': practice(`currency: ${currency}\n`),
      'offers/audit.yaml': offer(written),
      'clients/alder.yaml': `name: Alder\nstatus: prospect\nvalue:\n  fees_per_year: ${written}   # a year\n  hours_per_month: 6\n`,
    });
    expect(said).toEqual([`shape/bad-value ${says}`, `shape/bad-value ${says}`]);
    expect(removed).toEqual(['offer audit price', 'client alder value fees_per_year']);
    expect(book.offers.get('audit')?.steps).toHaveLength(1);
    expect(book.clients.get('alder')?.value).toEqual({ hours_per_month: 6 });
  });
});

test.each(READERS)('%s looks at the text, also where the value is a whole number', (_, more) => {
  const text = `name: Alder\nstatus: prospect\nvalue: {fees_per_year: 24.000}\nbilling: {${more.trim()}}\n`;
  const { removed } = load({
    'deliver.yaml': EUR,
    'clients/alder.yaml': more === '' ? text.replace(/billing.*\n/, '') : text,
  });
  expect(removed).toContain('client alder value fees_per_year');
});

test('without a currency an amount has two decimals', () => {
  const { removed } = load({ 'deliver.yaml': practice(''), 'offers/audit.yaml': offer('49.900') });
  expect(removed).toEqual(['offer audit price']);
});

test('a price in a sentence is none', () => {
  const text = `${offer('4800')}outcome: "We agreed on price: 4.800"\n`;
  const { removed, book } = load({ 'deliver.yaml': EUR, 'offers/audit.yaml': text });
  expect(removed).toEqual([]);
  expect(book.offers.get('audit')?.price).toBe(4800);
});

test('a wrong amount is one problem', () => {
  const { said } = load({ 'deliver.yaml': EUR, 'offers/audit.yaml': offer('-4.800') });
  expect(said).toHaveLength(1);
});
