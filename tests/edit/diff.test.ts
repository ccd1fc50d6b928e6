// The diff is what git makes of it: applied, it gives the new text.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../src/source/edit/diff.ts';
import { expectLinear } from '../support/pace.ts';

describe('as it reads', () => {
  test('one line in a file', () => {
    const before = 'name: Acme\nsteps:\n  welcome: {done: 2026-10-05}\nended: 1\n';
    const after = before.replace('ended', '  report: {done: 2026-11-20}\nended');
    expect(unifiedDiff('clients/acme.yaml', before, after)).toBe(`--- a/clients/acme.yaml
+++ b/clients/acme.yaml
@@ -1,4 +1,5 @@
 name: Acme
 steps:
   welcome: {done: 2026-10-05}
+  report: {done: 2026-11-20}
 ended: 1
`);
  });

  test('a new file, and one without a final newline', () => {
    expect(unifiedDiff('touches/acme.yaml', undefined, '- a')).toBe(`diff --git a/touches/acme.yaml b/touches/acme.yaml
new file mode 100644
--- /dev/null
+++ b/touches/acme.yaml
@@ -0,0 +1 @@
+- a
\\ No newline at end of file
`);
    expect(unifiedDiff('touches/acme.yaml', 'a\n', undefined)).toBe(`diff --git a/touches/acme.yaml b/touches/acme.yaml
deleted file mode 100644
--- a/touches/acme.yaml
+++ /dev/null
@@ -1 +0,0 @@
-a
`);
  });

  test('two changes far apart are two hunks, near ones one', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at}`);
    const changed = (...places: number[]) => lines.map((line, at) => (places.includes(at) ? 'new' : line)).join('\n');
    const hunks = (diff: string) => diff.match(/^@@.*$/gm);
    expect(hunks(unifiedDiff('x', changed(), changed(3, 20)))).toEqual(['@@ -1,7 +1,7 @@', '@@ -18,7 +18,7 @@']);
    expect(hunks(unifiedDiff('x', changed(), changed(3, 10)))).toEqual(['@@ -1,14 +1,14 @@']);
    expect(hunks(unifiedDiff('x', changed(), changed(3, 11)))).toHaveLength(2);
  });

  test('nothing', () => {
    expect(unifiedDiff('x', 'a', 'a')).toBe('');
  });
});

describe('git apply', () => {
  const text = fc
    .tuple(fc.array(fc.constantFrom('a', 'b', 'c', '', 'd\r', '-- x', '\\ No'), { maxLength: 25 }), fc.boolean())
    .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));
  const longText = fc
    .tuple(text, text)
    .map(([start, end]) => `${start}\n${Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n')}\n${end}`);
  const state = fc.option(fc.oneof(text, longText), { nil: undefined, freq: 8 });

  test('takes it, and the file is the new text', () => {
    // Many files in one patch: one child process for all of them.
    const pairs = fc.sample(fc.tuple(state, state), { numRuns: 400, seed: 20261120 });
    const folder = mkdtempSync(join(tmpdir(), 'deliver-diff-'));
    try {
      const files = pairs
        .map(([before, after], at) => ({ before, after, file: `clients/n ${at}/${at % 7 === 0 ? 'a"b' : 'x'}.yaml` }))
        .filter(({ before, after }) => before !== after);
      for (const { file, before } of files) {
        mkdirSync(join(folder, dirname(file)), { recursive: true });
        if (before !== undefined) writeFileSync(join(folder, file), before);
      }
      const patch = files.map(({ file, before, after }) => unifiedDiff(file, before, after)).join('');
      execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: patch });
      for (const { file, after } of files) {
        const read = () => readFileSync(join(folder, file), 'utf8');
        if (after === undefined) expect(read).toThrow();
        else expect(read()).toBe(after);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('ten thousand lines take no longer than they are many, whether a few or all of them differ', () => {
  const lines = Array.from({ length: 10_000 }, (_, at) => `- {date: 2026-11-20, kind: call, note: "number ${at}"}`);
  const few = lines.map((line, at) => (at % 2000 === 7 ? `${line} # new` : line)).join('\n');
  const all = lines.map((line) => line.replace('call', 'mail')).join('\n');
  expect(unifiedDiff('x', lines.join('\n'), few).match(/^\+-/gm)).toHaveLength(5);
  expect(unifiedDiff('x', lines.join('\n'), all).match(/^\+-/gm)).toHaveLength(10_000);
  const first = (text: string, count: number): string => text.split('\n', count).join('\n');
  for (const other of [few, all])
    expectLinear((count) => unifiedDiff('x', first(lines.join('\n'), count), first(other, count)), 10_000);
});
