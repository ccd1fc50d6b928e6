import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DataPath, openText } from '../../src/source/read/locate.ts';
import { parseYaml } from '../../src/source/read/parse.ts';

const TEXT = `# a client
name: Acme Ltd   # the name
segment: "A"
empty:
with: ada
review: half-year
1: one
contacts:
  ada:
    email: ada@acme.example
  bob: {name: Bob, left: 2026-05-31}
log:
  - {date: 2026-10-12, kind: call}
  - date: 2026-10-13
    kind: email
  -
shared: &s {x: 1}
alias: *s
text: |
  first line
  second line

# behind
`;

describe('locate', () => {
  it.each([
    [['name'], 'value', 'Acme Ltd'],
    [['name'], 'key', 'name'],
    [['segment'], 'value', '"A"'],
    [['1'], 'value', 'one'],
    [['empty'], 'value', 'empty'],
    [['empty', 'deeper', 0], 'value', 'empty'],
    [['contacts', 'ada', 'email'], 'value', 'ada@acme.example'],
    [['contacts', 'ada', 'phone'], 'value', 'ada'],
    [['contacts', 'bob', 'phone'], 'key', 'bob'],
    [['contacts', 'bob'], 'value', '{name: Bob, left: 2026-05-31}'],
    [['contacts', 'bob', 'left'], 'key', 'left'],
    [['contacts', 'zoe'], 'value', 'contacts'],
    [['log', 0], 'value', '{date: 2026-10-12, kind: call}'],
    [['log', 0, 'note'], 'value', 'date'],
    [['log', 1, 'note'], 'value', 'date'],
    [['log', 1], 'value', 'date: 2026-10-13\n    kind: email'],
    [['log', 2, 'date'], 'value', ''], // a caret behind the dash
    [['log', 9], 'value', 'log'],
    [['with', 0], 'value', 'ada'],
    [['review', 'each'], 'value', 'half-year'],
    [['alias', 'x'], 'value', '1'],
    [['alias'], 'value', '*s'],
    [['text'], 'value', '|\n  first line\n  second line'],
    [['missing'], 'value', 'name'],
    [[], 'value', 'name'],
  ] as const)('%j %s', (path: DataPath, on, expected) => {
    const span = openText(TEXT).locate(path, on);
    expect(span && TEXT.slice(...span)).toBe(expected);
  });

  it('takes the first of two equal keys, as parsing does', () => {
    expect(openText('a: 1\na: 2\n').locate(['a'])).toEqual([3, 4]);
  });

  it('finds nothing in nothing', () => {
    expect(openText('').locate(['a'])).toBeUndefined();
    expect(openText('# only\n').locate([])).toBeUndefined();
  });

  it('still finds places in a text that does not parse', () => {
    expect(openText('a: 1\nb: "x" y\n').locate(['a'])).toEqual([3, 4]);
  });
});

describe('sourceText, isOneLine, keysOf', () => {
  const located = openText(TEXT);
  it.each([
    [['segment'], '"A"'],
    [['name'], 'Acme Ltd'],
    [['empty'], undefined],
    [['nowhere'], undefined],
  ] as const)('%j is written %j', (path: DataPath, expected) => expect(located.sourceText(path)).toBe(expected));
  it('tells one line from several', () => {
    expect([0, 1].map((at) => located.isOneLine(['log', at]))).toEqual([true, false]);
    expect(openText('- {a: 1,\n   b: 2}\n- "x\n  y"\n- a: 1 # c\n\n# d\n- z').isOneLine([0])).toBe(false);
    expect(openText('- {a: 1,\n   b: 2}\n- "x\n  y"\n- a: 1 # c\n\n# d\n- z').isOneLine([2])).toBe(true);
  });
  it('keeps the order of keys that look like numbers', () => {
    expect(openText('b: 1\n10: 1\n2: 1\n').keysOf([])).toEqual(['b', '10', '2']);
  });
});

describe('within a value', () => {
  const word = (yaml: string, wanted: string) => {
    const value = (parseYaml(yaml).value as { a: string }).a;
    const from = value.indexOf(wanted);
    expect(from, `${JSON.stringify(value)} has ${wanted}`).toBeGreaterThanOrEqual(0);
    const span = openText(yaml).locate(['a'], 'value', [from, from + wanted.length]);
    return span && yaml.slice(...span);
  };
  it.each([
    ['plain', 'a: start + 5bd  # x\n', '5bd', '5bd'],
    ['plain over lines', 'a: one\n  two\n\n  three\n', 'three', 'three'],
    ['plain, the fold itself', 'a: one\n  two\n', 'e t', 'e\n  t'],
    ['single quotes', "a: 'it''s {{x}} ''now'''\n", '{{x}}', '{{x}}'],
    ['single quotes, a quote', "a: 'it''s'\n", "'", "''"],
    ['single quotes over lines', "a: 'x ''y''\n   z w'\n", 'z', 'z'],
    ['double quotes', 'a: "\\u00e9\\n\\t{{x}}"\n', '{{x}}', '{{x}}'],
    ['double quotes, an escape', 'a: "x\\u00e9y"\n', 'é', '\\u00e9'],
    ['double quotes, beyond the first plane', 'a: "\\U0001F600 x"\n', 'x', 'x'],
    ['double quotes over lines', 'a: "one \\\n   two\n\n   three"\n', 'three', 'three'],
    ['literal', 'a: |\n  one\n    two\n\n  three\n', 'three', 'three'],
    ['literal with CRLF', 'a: |\r\n  one\r\n  two\r\nb: 1\r\n', 'two', 'two'],
    ['literal, kept and stripped', 'a: |-\n  one\n  two\n\n', 'two', 'two'],
    ['literal, kept', 'a: |+\n  one\n  two\n\n', 'two', 'two'],
    ['literal with indentation given', 'a: |1\n   one\n  two\n', ' two', ' two'],
    ['folded', 'a: >\n  one\n  two\n\n    more\n  three\n', 'three', 'three'],
    ['folded, more-indented', 'a: >\n  one\n\n    more\n\n  three\n', 'more', 'more'],
  ])('%s', (_, yaml, wanted, expected) => expect(word(yaml, wanted)).toBe(expected));

  const TEXTS = fc.array(
    fc.constantFrom('a', 'b', ' ', '  ', '\n', '\n\n', "'", '"', '\\', 'é', '😀', '{{x}}', '\t', ':', '#'),
    { minLength: 1, maxLength: 14 },
  );

  it('finds each word of a double-quoted text where it is written', () => {
    fc.assert(
      fc.property(TEXTS, (pieces) => {
        const yaml = `a: ${JSON.stringify(pieces.join(''))}\n`;
        let at = 0;
        for (const piece of pieces) {
          const span = openText(yaml).locate(['a'], 'value', [at, at + piece.length]);
          expect(span && JSON.parse(`"${yaml.slice(...span)}"`)).toBe(piece);
          at += piece.length;
        }
      }),
      { numRuns: 300 },
    );
  });

  const LINES = fc.array(fc.constantFrom('', ' ', 'x', 'one two', '  more', '\ttab', "it's", '\\', '"'), {
    minLength: 1,
    maxLength: 7,
  });
  const styles = ['|', '|-', '|+', '>', '>-', '>+', '|2', '>2-'];

  it.each([...styles, "'"])('each visible character of %s comes from the same one', (style) => {
    fc.assert(
      fc.property(LINES, fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const body =
          style === "'"
            ? [`a: '${lines.map((each) => each.replaceAll("'", "''")).join(`${end}  `)}'`]
            : [`a: ${style}`, ...lines.map((each) => `  ${each}`)];
        const yaml = `${[...body, 'b: 1'].join(end)}${end}`;
        const parsed = parseYaml(yaml);
        if (parsed.failed) return;
        const value = (parsed.value as { a: unknown }).a;
        if (typeof value !== 'string') return;
        const located = openText(yaml);
        for (const [at, character] of [...value].entries()) {
          if (/\s/.test(character)) continue;
          const span = located.locate(['a'], 'value', [at, at + 1]);
          const source = span && yaml.slice(...span);
          expect(source).toBe(style === "'" && character === "'" ? "''" : character);
        }
      }),
      { numRuns: 150 },
    );
  });
});
