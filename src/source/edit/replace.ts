// Puts a value in the place of another, or of none. Offers ways to do it, the best first; which of them is right, the
// proof says.
import type { Node } from 'yaml';
import { isBlank, isMap, isScalar, isSeq } from '../tree.ts';
import { type Addition, additionFlow, additionInside, additionLines, isFolded, isWord } from './addition.ts';
import type { Data } from './data.ts';
import { blockLines, emitFlow, emitInline, entryLines, pairLines, type Quotes, type Steps } from './emit.ts';
import { endOfEntry, linesAt } from './insert.ts';
import { type Change, cut, insertAt, type Piece } from './pieces.ts';
import { columnOf, endOf, isBlockScalar, lineEnd, lineStart, type Reading, withoutBlankLines } from './reading.ts';
import { leadEnd, type Stop } from './seek.ts';

/** Nothing, `~`, `null`, `{}` or `[]`: what a first key or entry may be put into. */
export const isFillable = (node: Node | null): boolean =>
  isMap(node) || isSeq(node)
    ? node.items.length === 0
    : isBlank(node) || (isScalar(node) && node.type === 'PLAIN' && node.value === null);

/** Puts a first key or entry where nothing stands. */
export function fill(reading: Reading, stops: readonly Stop[], added: Addition): readonly Change[] {
  const { text, eol } = reading;
  const stop = stops.at(-1) as Stop;
  const blank = isBlank(stop.node);
  const [from, to] = stop.node?.range ?? [text.length, text.length];
  if (stops.length === 1) {
    const lines = additionLines(added);
    if (blank) return [[linesAt(text, text.length, lines, eol), ...lineEnded(text, eol)]];
    return [[{ from, to, text: lines.join(eol) }], ...fillInside(stop.node, added)];
  }
  const lead = leadEnd(reading, stops.at(-2), stop);
  const flow = emitFlow(additionFlow(added), added.quotes);
  const inline: readonly Change[] = blank
    ? lead === undefined
      ? []
      : [[insertAt(lead, ` ${flow}`)]]
    : [[{ from, to, text: flow }], ...fillInside(stop.node, added)];
  if (stop.inFlow || !stop.pair || lead === undefined) return inline;

  const column = columnOf(text, stop.pair.key?.range?.[0] ?? 0);
  const step = added.keys.length > 0 ? added.steps.map : added.steps.list;
  const lines = additionLines(added).map((line) => line && ' '.repeat(column + step) + line);
  const rest = blank ? [] : [cut(lead, to)];
  const below: Change = [...rest, linesAt(text, endOfEntry(text, blank ? lead : to, column), lines, eol)];
  const oneLine = isFolded(added) ? added.keys.length === 1 : added.form === 'entry' && isWord(added.value);
  return oneLine ? [...inline, below] : [below, ...inline];
}

const lineEnded = (text: string, eol: string): readonly Piece[] =>
  text === '' || text.endsWith('\n') ? [] : [insertAt(text.length, eol)];

/** Where comments stand between the brackets. */
const fillInside = (node: Node | null, added: Addition): readonly Change[] =>
  isMap(node) || isSeq(node) ? [[insertAt((node.range?.[0] ?? 0) + 1, additionInside(added))]] : [];

/** What a value is written as: behind its colon or dash, and on the lines below. */
type Written = { readonly tail: string; readonly below: readonly string[] };
type Manner = { readonly style: 'flow' | 'block'; readonly quotes: Quotes; readonly steps: Steps };

export function replace(reading: Reading, stops: readonly Stop[], value: Data, manner: Manner): readonly Change[] {
  const { text, eol } = reading;
  const stop = stops.at(-1) as Stop;
  const { node } = stop;
  const lead = leadEnd(reading, stops.at(-2), stop);
  if (stops.length === 1) return replaceAll(reading, node, value, manner);
  if (stop.inFlow) {
    const flow = emitFlow(value, manner.quotes);
    if (isBlank(node)) return lead === undefined ? [] : [[insertAt(lead, ` ${flow}`)]];
    return node?.range ? [[{ from: node.range[0], to: node.range[1], text: flow }]] : [];
  }
  if (lead === undefined) return [];
  const column = columnOf(text, stop.pair?.key?.range?.[0] ?? lead - 1);
  const written = writtenAs(value, stop.pair ? 'key' : 'entry', manner);
  const below = written.below.map((line) => eol + (line && ' '.repeat(column) + line)).join('');
  if (isBlank(node) || !node?.range) {
    return [joined(insertAt(lead, written.tail), insertAt(lineEnd(text, lead), below))];
  }
  const [from] = node.range;
  if (isBlockScalar(node)) {
    const mark = /^[|>][-+\d]*/.exec(text.slice(from, from + 5))?.[0].length ?? 1;
    const body = lineEnd(text, from);
    const end = Math.max(body, withoutBlankLines(text, from, node.range[1]));
    const head = written.tail === '' ? cut(lead, from + mark) : replaced(from, from + mark, written.tail);
    return [joined(head, { from: body, to: end, text: below })];
  }
  const end = withoutBlankLines(text, from, endOf(reading, node, lead));
  const onLaterLine = lineStart(text, from) > lead;
  if ((isMap(node) || isSeq(node)) && !node.flow && onLaterLine) {
    return [joined(insertAt(lead, written.tail), { from: lineEnd(text, lead), to: end, text: below })];
  }
  const head = written.tail === '' ? cut(lead, end) : replaced(from, end, written.tail);
  return [joined(head, insertAt(lineEnd(text, end), below))];
}

const replaced = (from: number, to: number, tail: string): Piece => ({ from, to, text: tail.trimStart() });

const joined = (...pieces: readonly Piece[]): Change =>
  pieces.filter((piece) => piece.text !== '' || piece.to > piece.from);

function writtenAs(value: Data, as: 'key' | 'entry', manner: Manner): Written {
  const { style, quotes, steps } = manner;
  const lines = as === 'key' ? pairLines('k', value, style, steps, quotes) : entryLines(value, style, steps, quotes);
  const [head, ...below] = lines as [string, ...string[]];
  return { tail: head.slice(as === 'key' ? 2 : 1), below };
}

function replaceAll(reading: Reading, node: Node | null, value: Data, manner: Manner): readonly Change[] {
  const { text, eol } = reading;
  const lines =
    manner.style === 'block' ? blockLines(value, manner.steps, manner.quotes) : [emitInline(value, manner.quotes)];
  if (isBlank(node) || !node?.range) return [[linesAt(text, text.length, lines, eol), ...lineEnded(text, eol)]];
  const end = withoutBlankLines(text, node.range[0], endOf(reading, node, node.range[1]));
  return [[{ from: node.range[0], to: end, text: lines.join(eol) }]];
}
