// Notes on a screen break between words, and lose neither a word nor a colour.
import { expect, test } from 'vitest';
import { type Block, line, paint, span } from '../../src/terminal/ink.ts';
import { reflow } from '../../src/terminal/reflow.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import { loadFolder } from '../support/story.ts';
import { memoryWorld, runDeliver } from '../support/world.ts';

const texts = (block: Block): readonly string[] => paint(block, 0).split('\n').slice(0, -1);

test('a line that fits is the same line', () => {
  const block = [line(span('!', 'yellow'), ' short')];
  expect(reflow(block, 7)).toEqual(block);
});

test.each([
  [[line('one two three four')], 9, ['one two', '  three', '  four']],
  [[line('  one two three')], 9, ['  one two', '    three']],
  [[line('one  ', span('two', 'dim'))], 7, ['one', '  two']],
  // A word that changes its colour is one word; one that is too long stays whole.
  [[line('a ', span('dra', 'dim'), 'ft')], 6, ['a', '  draft']],
  [[line('draft: drafts/tern-chase-firm.eml (kept)')], 20, ['draft:', '  drafts/tern-chase-firm.eml', '  (kept)']],
  // Wide letters, and what a terminal would obey, count as they are shown.
  [[line('日本 日本 x')], 6, ['日本', '  日本', '  x']],
  [[line('a\u001b b c')], 6, ['a\\x1b', '  b c']],
])('%j at %i columns', (block, columns, expected) => {
  expect(texts(reflow(block, columns))).toEqual(expected);
});

const NORTHLIGHT = loadFolder('examples/northlight');

test.each([
  ['a note', ['email', 'brindle', 'survey']],
  ['a refused command line', ['email', 'brindle', 'nothing-like-it']],
])('%s breaks between words on a terminal, and not in a pipe', async (_, argv) => {
  const screen = await runDeliver(memoryWorld({ files: NORTHLIGHT, terminal: { columns: 50 } }), argv);
  const pipe = await runDeliver(memoryWorld({ files: NORTHLIGHT }), argv);
  const rows = screen.stderr.split('\n');
  expect(rows.length).toBeGreaterThan(pipe.stderr.split('\n').length);
  expect(rows.filter((row) => displayWidth(row) > 50)).toEqual([]);
  expect(screen.stderr.replace(/\s+/g, ' ')).toBe(pipe.stderr.replace(/\s+/g, ' '));
});
