// Whatever bytes are given: an answer, soon, and never an exception.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/source/read/decode.ts';
import { openText } from '../../src/source/read/locate.ts';
import { parseYaml } from '../../src/source/read/parse.ts';
import { runs } from '../support/runs.ts';

const codes = (text: string) => parseYaml(text).faults.map((fault) => fault.code);

describe('deep nesting is found before anything recursive runs', () => {
  it.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(100_000)],
    ['braces as keys', '{'.repeat(100_000)],
    ['dashes on one line', '- '.repeat(100_000)],
    ['question marks', '? '.repeat(100_000)],
    ['colons on one line', 'a: '.repeat(100_000)],
    ['colons and brackets', '{a: b: c: '.repeat(30_000)],
    ['indentation', Array.from({ length: 1300 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
    ['dashes by indentation', Array.from({ length: 1300 }, (_, n) => `${' '.repeat(n)}-`).join('\n')],
    ['101 levels', `${'['.repeat(101)}${']'.repeat(101)}`],
  ])('%s', (_, text) => {
    expect(codes(text)).toEqual(['yaml/too-deep']);
    expect(openText(text).locate(['a', 0])).toBeUndefined();
  });
});

describe('aliases', () => {
  it('a bomb', () => {
    const levels = Array.from(
      { length: 9 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`).join(', ')}]`,
    );
    expect(codes(`l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n${levels.join('\n')}\n`)).toEqual(['yaml/alias']);
  });
  it('a bomb within the number of aliases', () => {
    const levels = Array.from({ length: 10 }, (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}]`);
    expect(codes(`l0: &l0 [${'x, '.repeat(20)}x]\n${levels.join('\n')}\nz: *l10\n`)).toEqual(['yaml/alias']);
  });
  it('twenty-one of them', () => {
    const aliases = (n: number) => `a: &x 1\nb: [${Array(n).fill('*x').join(', ')}]\n`;
    expect(codes(aliases(20))).toEqual([]);
    expect(codes(aliases(21))).toEqual(['yaml/alias']);
  });
});

describe('nothing but', () => {
  it.each([
    '}',
    '"',
    '&a ',
    'a: b\n',
    '[a,',
    '*a\n',
    '---\n',
    ' ',
    ': ',
    '{{a}} b\n',
    '- "x" y\n',
    "'",
    '|\n',
    '\n',
    '# \n',
    '\r\n',
    'a\t\t',
    '- a: b  #c\n',
    '{a, ',
    "{a: 'x' ",
    '#',
    '\ufeff',
    '\u00a0',
  ])(
    '%j',
    (unit) => {
      // A fifth of the largest file; the time is linear in the size but for `}`, of which little is read.
      const start = performance.now();
      parseYaml(unit.repeat(Math.floor(200_000 / unit.length)));
      expect(performance.now() - start).toBeLessThan(8_000);
    },
    20_000,
  );
  it('closing brackets, at full size', () => {
    expect(codes(']'.repeat(1_000_000))).toEqual(['yaml/syntax']);
  });
  it('junk bytes', () => {
    let seed = 1;
    const bytes = Uint8Array.from({ length: 1_000_000 }, () => {
      seed = (seed * 48271) % 2147483647;
      return seed & 0xff;
    });
    expect(decodeText(bytes)).toMatchObject({ unreadable: true, faults: [{ code: 'yaml/encoding' }] });
  });
});

const PIECES = [
  'a',
  'b: ',
  ': ',
  '- ',
  '? ',
  '{',
  '}',
  '[',
  ']',
  ', ',
  ',',
  '"',
  "'",
  '|',
  '>',
  '\n',
  '\n  ',
  '\n    ',
  '\t',
  ' #x',
  '# ',
  '&x ',
  '*x',
  '!t ',
  '%',
  '@',
  '---\n',
  '...\n',
  '<<: ',
  '1e999',
  '\u00a0',
  '\r\n',
  '\\',
  'é',
  '😀',
  '=======\n',
  '~',
  'null',
  '{{',
  '}}',
];

describe('anything', () => {
  const check = (text: string) => {
    const parsed = parseYaml(text);
    expect(parsed.failed).toBe(parsed.value === undefined);
    if (parsed.failed) expect(parsed.faults).toHaveLength(1);
    for (const { span, says, help } of parsed.faults) {
      expect(span[0]).toBeGreaterThanOrEqual(0);
      expect(span[0]).toBeLessThanOrEqual(span[1]);
      expect(span[0]).toBeLessThanOrEqual(text.length);
      expect(`${says}${help}`).not.toContain('\n');
    }
    const located = openText(text);
    for (const path of [[], ['a'], ['b', 0, 'a'], [0, 'b'], [3]]) {
      const span = located.locate(path, 'value', [0, 3]);
      if (span) expect(span[0]).toBeLessThanOrEqual(span[1]);
      located.isOneLine(path);
      located.sourceText(path);
    }
  };
  it('made of pieces of YAML', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }), (pieces) => check(pieces.join(''))),
      { numRuns: runs(3000) },
    );
  }, 30_000);
  it('made of bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => check(decodeText(bytes).text)),
      { numRuns: runs(1000) },
    );
  }, 30_000);
});
