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
  /** The other way round; the end of the line where it has fewer columns. */
  offsetOf(position: Position): number;
};

/** Offsets at which a character of two units ends; none in nearly every text. */
function pairsIn(text: string): readonly number[] {
  const ends: number[] = [];
  for (const { index } of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) ends.push(index + 2);
  return ends;
}

/** How many of these numbers, which ascend, are at most so large. */
function countUpTo(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function openLines(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  let known: readonly number[] | undefined;
  const pairs = (): readonly number[] => {
    known ??= pairsIn(text);
    return known;
  };

  const lineOf = (offset: number): number => Math.max(1, countUpTo(starts, offset));
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
    return { line, column: columnAt(from, Math.min(Math.max(offset, from), to)) };
  };
  const columnAt = (from: number, offset: number): number =>
    1 + offset - from - (countUpTo(pairs(), offset) - countUpTo(pairs(), from));
  const offsetOf = ({ line, column }: Position): number => {
    const [from, to] = spanOf(line) ?? [text.length, text.length];
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (columnAt(from, middle) <= column) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return { count: starts.length, lineOf, spanOf, textOf, positionOf, offsetOf };
}
