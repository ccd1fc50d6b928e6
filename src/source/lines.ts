// Offsets to lines and back. A line ends with LF or CR LF; a line's text is without it. Knows nothing of YAML.
import type { Span } from './path.ts';

/** 1-based; the column counts characters (code points), a tab is one. */
export type Position = { readonly line: number; readonly column: number };

export type Lines = {
  readonly count: number;
  /** 1-based line of an offset; offsets past the end are on the last line. */
  lineOf(offset: number): number;
  /** Offsets of a line's text; `undefined` when there is no such line. */
  spanOf(line: number): Span | undefined;
  textOf(line: number): string | undefined;
  positionOf(offset: number): Position;
};

/** Code points, a lone surrogate counted as one. */
function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

export function openLines(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);

  const lineOf = (offset: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
  const spanOf = (line: number): Span | undefined => {
    const from = starts[line - 1];
    if (from === undefined) return undefined;
    let to = (starts[line] ?? text.length + 1) - 1;
    if (starts[line] !== undefined && to > from && text[to - 1] === '\r') to--;
    return [from, to];
  };
  const textOf = (line: number): string | undefined => {
    const span = spanOf(line);
    return span && text.slice(...span);
  };
  const positionOf = (offset: number): Position => {
    const line = lineOf(offset);
    const [from, to] = spanOf(line) as Span;
    return { line, column: 1 + countCharacters(text.slice(from, Math.min(Math.max(offset, from), to))) };
  };
  return { count: starts.length, lineOf, spanOf, textOf, positionOf };
}
