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
  const before = lines.textOf(reported.line - 1)?.slice(0, REACH);
  const block: Line[] = [];
  if (before !== undefined && before.trim() !== '') {
    block.push(numbered(reported.line - 1, gutter, cutToWidth(shown(before), WIDTH)));
  }
  const marked = marks(reported, text, lines);
  block.push(numbered(reported.line, gutter, marked.text));
  const carets = `${' '.repeat(marked.from)}`;
  const hint = reported.suggestion === null ? '' : ` did you mean \`${reported.suggestion}\`?`;
  const caret = span('^'.repeat(Math.max(1, marked.to - marked.from)), style);
  block.push(line(span(`${' '.repeat(gutter)} | `, 'dim'), carets, caret, ...(hint ? [span(hint, style)] : [])));
  return block;
}

const numbered = (number: number, gutter: number, text: string): Line =>
  line(span(`${String(number).padStart(gutter)} | `, 'dim'), text);

/** The line as shown, and the columns that carets go under. Only what is near the place is looked at. */
function marks(
  { line: number, column, end_line, end_column }: Reported,
  text: string,
  lines: Lines,
): { readonly text: string; readonly from: number; readonly to: number } {
  const start = lines.spanOf(number)?.[0] ?? 0;
  const from = lines.offsetOf({ line: number, column }) - start;
  const isLong = end_line > number;
  const to = isLong ? text.length : lines.offsetOf({ line: number, column: end_column }) - start;
  const first = whole(text, Math.max(0, from - REACH));
  const near = text.slice(first, whole(text, from + REACH));
  const marked = text.slice(first, Math.min(Math.max(from, to), first + near.length));
  const before = displayWidth(shown(text.slice(first, from)));
  const end = displayWidth(shown(isLong ? marked.trimEnd() : marked));
  return windowAround(shown(near), before, Math.max(end, before), WIDTH);
}

/** Not in the middle of a character of two units. */
const whole = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at);

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
