// Lines of a log in the form in which the program writes them are read at once. Whatever is read so is what the YAML library
// and the shape make of it, without a problem; anything else is left to them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { practiceFiles } from '../../bench/practice.mjs';
import { accept, DOUBT } from '../../src/records/accept.ts';
import { touchesType } from '../../src/records/touches.ts';
import { parseYaml } from '../../src/source/read/parse.ts';
import { runs } from '../support/runs.ts';

const readLines = (text: string): unknown => touchesType.direct?.(text);

/** What the long way makes of it; undefined where it has anything to say. */
function longWay(text: string): unknown {
  const { value, faults, failed } = parseYaml(text);
  const record = failed || faults.length > 0 ? DOUBT : accept(touchesType.shape, value);
  return record === DOUBT ? undefined : record;
}

/** Equal to the last key and the order of the keys, for it is kept as JSON. */
function expectEqual(text: string): void {
  const read = readLines(text);
  if (read !== undefined) expect(JSON.stringify(read)).toBe(JSON.stringify(longWay(text)));
}

const FOLDER = 'examples/northlight/touches';
const LOGS = [
  ...readdirSync(FOLDER).map((name) => readFileSync(join(FOLDER, name), 'utf8')),
  ...[...practiceFiles(40)].flatMap(([name, text]) => (name.startsWith('touches/') ? [text] : [])),
];
const LINES = [...new Set(LOGS.flatMap((text) => text.split('\n')).filter((line) => line.startsWith('- {')))];

describe('lines of a log', () => {
  it('are read at once as they are written by the program', () => {
    for (const text of LOGS) expectEqual(text);
    expect(LOGS.filter((text) => readLines(text) === undefined).length).toBeLessThan(LOGS.length / 5);
    const all =
      '# Log calls the same day.\n\n- {date: 2026-11-23, kind: chase, with: [ada, bo], by: sam, in: true, ' +
      'step: audit/report, rung: firm, score: 9, note: "Café: \'yes\', {soon} # maybe"}\n# The end\n';
    expect(readLines(all)).toEqual([
      {
        date: '2026-11-23',
        kind: 'chase',
        with: ['ada', 'bo'],
        by: 'sam',
        in: true,
        step: 'audit/report',
        rung: 'firm',
        score: 9,
        note: "Café: 'yes', {soon} # maybe",
        at: 0,
      },
    ]);
    expectEqual(all);
  });

  it.each([
    ['no such day', '- {date: 2026-02-30, kind: call}'],
    ['a word that is none', '- {date: 2026-02-03, kind: yes}'],
    ['a word that is none in a list', '- {date: 2026-02-03, kind: call, with: [ada, null]}'],
    ['a number', '- {date: 2026-02-03, kind: call, with: 7}'],
    ['a number that is octal for some', '- {date: 2026-02-03, kind: call, score: 07}'],
    ['an escape', '- {date: 2026-02-03, kind: call, note: "a \\x1b b"}'],
    ['a blank note', '- {date: 2026-02-03, kind: call, note: " "}'],
    ['a blank at the end of a note', '- {date: 2026-02-03, kind: call, note: "Yes "}'],
    ['a tab', '- {date: 2026-02-03, kind: call, note: "a\tb"}'],
    ['a control character', '- {date: 2026-02-03, kind: call, note: "a\u0085b"}'],
    ['an unknown key', '- {date: 2026-02-03, kind: call, nota: "a"}'],
    ['a key twice', '- {date: 2026-02-03, kind: call, kind: call}'],
    ['nothing but a comment', '# Nothing yet.'],
    ['something after the last line', '- {date: 2026-02-03, kind: call}\nx'],
    ['another document', '- {date: 2026-02-03, kind: call}\n--- \n- {date: 2026-02-03, kind: call}'],
    ['a directive', '%YAML 1.2\n- {date: 2026-02-03, kind: call}'],
    ['a line end of Windows', '- {date: 2026-02-03, kind: call}\r'],
    ['an indent', '  - {date: 2026-02-03, kind: call}'],
  ])('are left to the long way: %s', (_, text) => {
    expect(readLines(`${text}\n`)).toBeUndefined();
  });

  it('mean the same whatever becomes of them', () => {
    const piece = fc.constantFrom(
      '',
      ' ',
      ', ',
      ': ',
      '"',
      "'",
      '#',
      ' #',
      '{',
      '}',
      '[',
      ']',
      '\n',
      '\\',
      '-',
      '- ',
      '~',
      '!',
      '&a ',
      '*a',
      'é',
      '\u2028',
      '\u00a0',
      '\u{1f600}',
      '0',
      'true',
      'null',
      'no',
      'in: true',
      'with: ',
      'score: 3',
      'x: 1',
      '%',
      '|',
      '>',
      '?',
      '@',
      '`',
      '...',
      '---',
    );
    const edit = fc.record({ at: fc.nat(), length: fc.nat(4), text: piece });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LINES, '# A word', '', '#'), { minLength: 1, maxLength: 3 }),
        fc.array(edit, { maxLength: 2 }),
        (lines, edits) => {
          let text = `${lines.join('\n')}\n`;
          for (const { at, length, text: put } of edits) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + put + text.slice(from + length);
          }
          expectEqual(text);
        },
      ),
      { numRuns: runs(20_000) },
    );
  });
});
