import { describe, expect, it } from 'vitest';
import { fromSource } from '../../src/problem/from-source.ts';
import { renderGithub, renderPretty, renderUnix } from '../../src/problem/print.ts';
import type { Problem } from '../../src/problem/problem.ts';
import { toReport } from '../../src/problem/report.ts';
import { countsOf, summaryOf } from '../../src/problem/summary.ts';
import { parseYaml } from '../../src/source/read/parse.ts';
import { paint } from '../../src/terminal/ink.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import { expectLinear } from '../support/pace.ts';

const FILE = 'clients/acme.yaml';

const says = (place: Omit<Problem['place'], 'file'>, suggestion?: string, words = 'not so'): Problem => ({
  code: 'shape/bad-value',
  args: { says: words },
  place: { file: FILE, ...place },
  ...(suggestion !== undefined && { suggestion }),
});

function pretty(text: string | undefined, ...problems: readonly Problem[]): string {
  const texts = (file: string) => (file === FILE ? text : undefined);
  return paint(renderPretty(toReport(problems, texts), texts), 0);
}

describe('renderPretty', () => {
  it('is the sample of the command line design', () => {
    const problem: Problem = {
      code: 'shape/unknown-key',
      args: { key: 'segmnet' },
      place: { file: FILE, path: ['segmnet'], on: 'key' },
      suggestion: 'segment',
    };
    expect(pretty('since: 2024-03-01\nname: Acme Ltd\nsegmnet: B\n', problem)).toBe(`\
clients/acme.yaml:3:1: error: unknown key \`segmnet\` [shape/unknown-key]
  2 | name: Acme Ltd
  3 | segmnet: B
    | ^^^^^^^ did you mean \`segment\`?
`);
  });

  it('shows help and the other place, and a blank line between problems', () => {
    const text = 'name: Acme\n\nname: Again\nphone: 12345678901234567890\n';
    expect(pretty(text, ...parseYaml(text).faults.map((fault) => fromSource(FILE, fault)))).toBe(`\
clients/acme.yaml:3:1: error: \`name\` stands here a second time [yaml/duplicate-key]
  3 | name: Again
    | ^^^^
  help: keep one of them
  note: clients/acme.yaml:1:1: it stands here first

clients/acme.yaml:4:8: error: \`12345678901234567890\` is too large to be kept exactly [yaml/syntax]
  3 | name: Again
  4 | phone: 12345678901234567890
    |        ^^^^^^^^^^^^^^^^^^^^
  help: if it is text, put it in quotes: \`"12345678901234567890"\`
`);
  });

  it('aligns numbers of different length', () => {
    const text = `${'a: 1\n'.repeat(9)}b: x\n`;
    expect(pretty(text, says({ path: ['b'] }))).toContain('\n   9 | a: 1\n  10 | b: x\n     |    ^\n');
  });

  it.each([
    ['tabs', 'a:\tx\ty z\n', [5, 6], 'a:  x   y z', '        ^'],
    ['control characters', 'a: \x1b[31m y\n', [9, 10], 'a: \\x1b[31m y', '            ^'],
    ['a bidirectional override', 'a: \u202ex y\n', [6, 7], 'a: \\u202ex y', '           ^'],
    ['wide characters', 'a: 日本 x\n', [6, 7], 'a: 日本 x', '        ^'],
    ['a wide character itself', 'a: 日本 x\n', [4, 5], 'a: 日本 x', '     ^^'],
    ['combining characters', 'a: e\u0301e\u0301 x\n', [8, 9], 'a: e\u0301e\u0301 x', '      ^'],
    ['emoji', 'a: 👩‍💻 x\n', [9, 10], 'a: 👩‍💻 x', '      ^'],
    ['nothing', 'a: x\n', [2, 2], 'a: x', '  ^'],
    ['the end of the file', 'a: x\n', [5, 6], 'a: x', '    ^'],
    ['more than a line', 'a: |  \n  x\n', [3, 9], 'a: |  ', '   ^'],
    ['CRLF', 'a: x\r\nb: y\r\n', [3, 6], 'a: x', '   ^'],
  ] as const)('marks what it should with %s', (_, text, span, shown, carets) => {
    const [, line, caret] = pretty(text, says({ span })).split('\n');
    expect(line).toBe(`  1 | ${shown}`);
    expect(caret).toBe(`    | ${carets}`);
  });

  it.each([0, 3, 60, 400, 795])('windows a long line around column %d', (at) => {
    const text = `${Array.from({ length: 80 }, (_, n) => `word${String(n).padStart(2, '0')}日本`).join('')}\n`;
    const span = [at, at + 5] as const;
    const [, line, caret] = pretty(text, says({ span })).split('\n') as [string, string, string];
    expect(displayWidth(line)).toBeLessThanOrEqual(106);
    const width = (part: string) => displayWidth(part);
    const from = caret.indexOf('^');
    const marked = [...line].reduce((kept, c, n, all) => {
      const column = width(all.slice(0, n).join(''));
      return column >= from && column < caret.length ? kept + c : kept;
    }, '');
    expect(marked).toBe(text.slice(...span));
  });

  it('has a header only where there is no text', () => {
    const problem: Problem = {
      code: 'file/not-readable',
      args: { says: 'this is a folder', help: 'move it' },
      place: { file: FILE },
    };
    expect(pretty(undefined, problem)).toBe(
      'clients/acme.yaml:1:1: error: this is a folder [file/not-readable]\n  help: move it\n',
    );
  });

  it('keeps the suggestion where there is no frame', () => {
    expect(pretty(undefined, says({}, 'this'))).toBe(
      'clients/acme.yaml:1:1: error: not so, did you mean `this`? [shape/bad-value]\n',
    );
  });

  it('cannot be forged by data', () => {
    const forged = 'x\nclients/zed.yaml:1:1: error: \x1b[2J';
    expect(pretty('a: x\n', says({ path: ['a'] }, forged, forged)).split('\n')).toHaveLength(4);
  });

  it('takes no longer than a line is long', () => {
    const problem = says({ span: [9_000, 9_010] });
    expectLinear((words) => pretty(`a: ${'日本 '.repeat(words)}\n`, problem), 100_000);
  });
});

describe('toReport', () => {
  const texts = () => '\tü: [😀x]\nb: 1\n';
  it('counts characters, ends where the span ends, and fills every public field', () => {
    expect(toReport([says({ span: [7, 8] })], texts)).toEqual([
      {
        code: 'shape/bad-value',
        severity: 'error',
        message: 'not so',
        file: FILE,
        line: 1,
        column: 7,
        end_line: 1,
        end_column: 8,
        help: null,
        suggestion: null,
        related: [],
      },
    ]);
  });
  it('sorts by file, line, column and code, and drops repeats', () => {
    const at = (file: string, span: readonly [number, number], code: Problem['code'] = 'shape/bad-value'): Problem => ({
      code,
      args: { says: '' },
      place: { file, span },
    });
    const reported = toReport(
      [at('b', [10, 11]), at('b', [0, 1]), at('a', [10, 11]), at('b', [0, 1]), at('b', [0, 1], 'due/syntax')],
      texts,
    );
    expect(reported.map((each) => `${each.file}:${each.line}:${each.column} ${each.code}`)).toEqual([
      'a:2:1 shape/bad-value',
      'b:1:1 due/syntax',
      'b:1:1 shape/bad-value',
      'b:2:1 shape/bad-value',
    ]);
  });
  it('resolves data paths in the front matter of a letter', () => {
    const letter = '---\nsubject: Hi\ncc: nobody\n---\nBody: x\n';
    const [reported] = toReport(
      [{ ...says({ path: ['cc'] }), place: { file: 'emails/hi.md', path: ['cc'] } }],
      () => letter,
    );
    expect(reported).toMatchObject({ line: 3, column: 5, end_column: 11 });
  });
  it('counts a byte order mark as none and stays in a text that does not parse', () => {
    expect(toReport([says({ path: ['a'] })], () => 'b: {\na: x')).toMatchObject([{ line: 2, column: 4 }]);
  });
});

describe('renderUnix and renderGithub', () => {
  const reported = toReport(
    [
      {
        code: 'shape/unknown-key',
        args: { key: 'segmnet', help: 'say 100%,\nplease: now' },
        place: { file: 'a,b:c.yaml', span: [0, 7] },
        suggestion: 'segment',
      },
      { code: 'step/no-due', args: { step: 'x' }, place: { file: FILE } },
    ],
    () => 'segmnet: B\n',
  );
  it('unix: one line each, the suggestion in it', () => {
    expect(paint(renderUnix(reported), 0)).toBe(`\
a,b:c.yaml:1:1: error: unknown key \`segmnet\`, did you mean \`segment\`? [shape/unknown-key]
clients/acme.yaml:1:1: warning: step \`x\` has no due day [step/no-due]
`);
  });
  it('github: workflow commands, escaped', () => {
    expect(paint(renderGithub(reported, 'work/practice/'), 0)).toBe(`\
::error file=work/practice/a%2Cb%3Ac.yaml,line=1,col=1,endLine=1,endColumn=8,title=shape/unknown-key::unknown key \`segmnet\`, did you mean \`segment\`?%0Asay 100%25,%0Aplease: now
::warning file=work/practice/clients/acme.yaml,line=1,col=1,endLine=1,endColumn=1,title=step/no-due::step \`x\` has no due day
`);
  });
  it('summaryOf', () => {
    expect(summaryOf(countsOf(reported, 41))).toBe('1 error, 1 warning in 2 of 41 files');
    expect(summaryOf({ errors: 2, warnings: 0, files: 1, faulty: 1 })).toBe('2 errors in 1 of 1 file');
    expect(summaryOf({ errors: 0, warnings: 1, files: 41, faulty: 1 })).toBe('1 warning in 1 of 41 files');
    expect(summaryOf({ errors: 0, warnings: 0, files: 41, faulty: 0 })).toBe('no problems in 41 files');
    expect(summaryOf({ errors: 0, warnings: 0, files: 1, faulty: 0 })).toBe('no problems in 1 file');
  });
});
