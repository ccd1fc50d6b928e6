// The lines of source under a problem's header, with carets. Tabs are expanded, what a terminal would obey is escaped,
// and long lines are windowed, before anything is measured.
import type { Lines } from '../source/lines.ts';
import { type Block, escapeHostile, type Line, line, type Style, span } from '../terminal/ink.ts';
import { clustersOf, cutToWidth, displayWidth, windowAround } from '../terminal/width.ts';
import type { Reported } from './report.ts';

const WIDTH = 100;
const TAB = 4;
/** A line is shown at most from here to there around the place; measuring a line of a megabyte takes seconds. */
const REACH = 2000;

/** Empty when the place's line does not exist. */
export function frameOf(reported: Reported, lines: Lines, style: Style): Block {
  const text = lines.textOf(reported.line);
  if (text === undefined) return [];
  const gutter = Math.max(3, String(reported.line).length + 2);
  const before = lines.textOf(reported.line - 1);
  const block: Line[] = [];
  if (before !== undefined && before.trim() !== '') {
    block.push(numbered(reported.line - 1, gutter, cutToWidth(shown(before.slice(0, REACH)), WIDTH)));
  }
  const marked = marks(reported, text);
  block.push(numbered(reported.line, gutter, marked.text));
  const carets = `${' '.repeat(marked.from)}`;
  const hint = reported.suggestion === null ? '' : ` did you mean \`${reported.suggestion}\`?`;
  const caret = span('^'.repeat(Math.max(1, marked.to - marked.from)), style);
  block.push(line(span(`${' '.repeat(gutter)} | `, 'dim'), carets, caret, ...(hint ? [span(hint, style)] : [])));
  return block;
}

const numbered = (number: number, gutter: number, text: string): Line =>
  line(span(`${String(number).padStart(gutter)} | `, 'dim'), text);

/** The line as shown, and the columns that carets go under. */
function marks(
  reported: Reported,
  text: string,
): { readonly text: string; readonly from: number; readonly to: number } {
  const characters = [...text];
  const from = Math.min(reported.column - 1, characters.length);
  const to =
    reported.end_line > reported.line
      ? trimmedLength(characters)
      : Math.min(reported.end_column - 1, characters.length);
  const first = Math.max(0, from - REACH);
  const near = characters.slice(first, from + REACH);
  const head = shown(near.slice(0, from - first).join(''));
  const start = displayWidth(head);
  const end = displayWidth(shown(near.slice(0, Math.max(from, to) - first).join('')));
  return windowAround(shown(near.join('')), start, Math.max(end, start), WIDTH);
}

const trimmedLength = (characters: readonly string[]): number => {
  let length = characters.length;
  while (length > 0 && /\s/.test(characters[length - 1] as string)) length--;
  return length;
};

/** Tabs to the next stop, hostile characters as escapes. */
function shown(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  let out = '';
  let column = 0;
  for (const cluster of clustersOf(text)) {
    const part = cluster === '\t' ? ' '.repeat(TAB - (column % TAB)) : escapeHostile(cluster);
    out += part;
    column += displayWidth(part);
  }
  return out;
}
