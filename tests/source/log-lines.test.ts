// The quick reader of logs is the full parser's equal: where it answers it says the same, and it leaves the rest alone.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLogLines } from '../../src/source/log-lines.ts';
import { parseYaml } from '../../src/source/parse.ts';

/** What both make of it, as JSON, for the full parser's maps have no prototype. */
const agree = (text: string): boolean => {
  const quick = readLogLines(text);
  if (quick === undefined) return false;
  const full = parseYaml(text);
  expect({ text, faults: full.faults.map((fault) => fault.code), value: JSON.stringify(quick) }).toEqual({
    text,
    faults: [],
    value: JSON.stringify(full.value),
  });
  return true;
};

describe('lines of a log', () => {
  it('reads every log of the example without the full parser', () => {
    const folder = 'examples/northlight/touches';
    const slow = readdirSync(folder).filter((name) => !agree(readFileSync(`${folder}/${name}`, 'utf8')));
    expect(slow).toEqual([]);
  });

  it.each([
    '- {date: 2026-10-12, kind: check-in, with: ada, by: sam, note: "Happy with the draft; wants {it} by Friday, # 3"}',
    '- {date: 2026-10-20, kind: chase, step: audit-2026/data-access, rung: firm}\n\n# a comment\n- {date: 2026-10-21, kind: call}\n',
    '- {date: 2026-11-02, kind: survey, score: 9, with: [ada, bob], in: true, note: "a \\"quoted\\" word \\u00e9"}',
  ])('reads %s', (text) => {
    expect(agree(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a word that YAML reads as nothing', '- {date: 2026-10-12, kind: null}'],
    ['a number with a leading zero', '- {date: 2026-10-12, kind: survey, score: 012}'],
    ['a key twice', '- {date: 2026-10-12, kind: call, kind: call}'],
    ['a plain text', '- {date: 2026-10-12, kind: call, note: spoke to Ada}'],
    ['single quotes', "- {date: 2026-10-12, kind: call, note: 'spoke'}"],
    ['a comment behind', '- {date: 2026-10-12, kind: call} # spoke'],
    ['several lines', '- date: 2026-10-12\n  kind: call'],
    ['a comma at the end', '- {date: 2026-10-12, kind: call, }'],
    ['carriage returns', '- {date: 2026-10-12, kind: call}\r\n'],
    ['a control character', '- {date: 2026-10-12, kind: call, note: "\u0007"}'],
    ['a tab', '- {date: 2026-10-12, kind: call, note: "a\tb"}'],
    ['a conflict marker', '<<<<<<< HEAD\n- {date: 2026-10-12, kind: call}'],
    ['an escape of YAML alone', '- {date: 2026-10-12, kind: call, note: "\\x41"}'],
  ])('leaves %s to the full parser', (_, text) => {
    expect(readLogLines(text)).toBeUndefined();
  });

  it('says the same as the full parser, or nothing, whatever the lines are', () => {
    const piece = fc.constantFrom(
      'date',
      'kind',
      'note',
      'with',
      'in',
      ': ',
      ', ',
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      '- ',
      '# ',
      '\n',
      '2026-10-12',
      'true',
      'null',
      'ada',
      '9',
      '0x1',
      '1.5',
      '~',
      '&a',
      '*a',
      '!t',
      "'",
      ' ',
      'é',
      '\u00a0',
      '|',
      '%',
      '@',
      '<<',
      '=',
      '/',
      '-',
    );
    const good = fc.constantFrom(
      'call',
      'check-in',
      'audit/step',
      'true',
      '9',
      '2026-10-12',
      '[ada, bob]',
      '[a]',
      '"x, y"',
    );
    const odd = fc.constantFrom('null', 'no', '09', '1e3', '~', '[]', 'x y', '-', 'on');
    const quoted = fc.string({ unit: 'grapheme' }).map((each) => JSON.stringify(each));
    const value = fc.oneof(
      { weight: 12, arbitrary: good },
      { weight: 1, arbitrary: odd },
      { weight: 4, arbitrary: quoted },
    );
    const key = fc.constantFrom('date', 'kind', 'note', 'with', 'in', 'score', 'y');
    const pairs = fc.uniqueArray(fc.tuple(key, value), { minLength: 1, maxLength: 4, selector: ([name]) => name });
    const line = fc
      .oneof(
        { weight: 9, arbitrary: pairs },
        { weight: 1, arbitrary: fc.array(fc.tuple(key, value), { maxLength: 3 }) },
      )
      .map((written) => `- {${written.map(([name, text]) => `${name}: ${text}`).join(', ')}}`);
    const text = fc.oneof(
      fc.array(line, { maxLength: 4 }).map((lines) => lines.join('\n')),
      fc.array(piece, { maxLength: 14 }).map((parts) => `- {${parts.join('')}}`),
    );
    let answered = 0;
    fc.assert(
      fc.property(text, (each) => {
        if (agree(each)) answered += 1;
      }),
      { numRuns: 3000 },
    );
    expect(answered).toBeGreaterThan(100);
  });
});
