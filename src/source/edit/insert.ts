// Adds a key or a list entry of a block, as new lines beside what stands there. Offers ways to do it, the best first;
// which of them is right, the proof says.
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import { isMap, isSeq, keyText, pairsOf } from '../tree.ts';
import { type Addition, additionLines } from './addition.ts';
import { insertInBrackets } from './insert-flow.ts';
import { type Change, insertAt, type Piece } from './pieces.ts';
import {
  commentedFrom,
  dashesOf,
  type Entry,
  endOf,
  indentAt,
  isBlockScalar,
  lineEnd,
  nextLine,
  opensLine,
  pairEnd,
  type Reading,
} from './reading.ts';

/** Into a map or list that has entries. `order`: the format's order of the map's keys. */
export function insertIn(
  reading: Reading,
  node: YAMLMap | YAMLSeq,
  added: Addition,
  order: readonly string[] | undefined,
): readonly Change[] {
  const at = isMap(node) ? placeInOrder(node, added.keys[0] as string, order) : node.items.length;
  if (node.flow) return insertInBrackets(reading, node, added, at);
  return at === 0 ? [insertFirst(reading, node, added)] : insertAfter(reading, node, added, at - 1);
}

/** The position for a new key: behind the nearest that goes before it, else before the first that follows. */
function placeInOrder(map: YAMLMap, key: string, order: readonly string[] | undefined): number {
  const end = map.items.length;
  const rankOf = new Map(order?.map((each, at) => [each, at]));
  const rank = rankOf.get(key);
  if (rank === undefined) return end;
  const ranks = pairsOf(map).map((pair) => rankOf.get(keyText(pair.key) ?? '') ?? -1);
  const nearest = ranks.reduce((most, each) => (each < rank ? Math.max(most, each) : most), -1);
  if (nearest >= 0) return ranks.lastIndexOf(nearest) + 1;
  const follower = ranks.findIndex((each) => each > rank);
  return follower < 0 ? end : follower;
}

/** The offsets at which the entries begin: keys or dashes. */
const startsOf = (reading: Reading, node: YAMLMap | YAMLSeq): readonly number[] =>
  isMap(node) ? pairsOf(node).map((pair) => pair.key?.range?.[0] ?? 0) : dashesOf(reading, node);

function insertAfter(reading: Reading, node: YAMLMap | YAMLSeq, added: Addition, previous: number): readonly Change[] {
  const { text, eol } = reading;
  const starts = startsOf(reading, node);
  const first = starts[0] ?? node.range?.[0] ?? 0;
  const indent = indentAt(text, first);
  const lines = withDashSpace(reading, node, additionLines(added), starts).map((line) => line && indent + line);
  const value = isMap(node) ? pairsOf(node)[previous]?.value : (node.items[previous] as Node | null);
  const end = isMap(node)
    ? pairEnd(reading, pairsOf(node)[previous] as Entry)
    : endOf(reading, value ?? null, (starts[previous] ?? 0) + 1);
  const places = [endOfEntry(text, end, indent.length)];
  // Blank lines below a block text may belong to it.
  const deepest = deepestLast(value ?? null);
  if (deepest && isBlockScalar(deepest)) places.push(deepest.range?.[1] ?? end);
  return places.map((at) => [linesAt(text, at, lines, eol)]);
}

/** New lines behind the line that ends at `at`, or before the line that begins there. */
export function linesAt(text: string, at: number, lines: readonly string[], eol: string): Piece {
  if (at > 0 && text[at - 1] === '\n') return insertAt(at, lines.map((line) => line + eol).join(''));
  return insertAt(at, (at === 0 ? '' : eol) + lines.join(eol) + (at === 0 ? eol : ''));
}

/** The end of an entry's last line; comments below it that are indented deeper than its key belong to it. */
export function endOfEntry(text: string, end: number, column: number): number {
  if (end > 0 && text[end - 1] === '\n') return end;
  let at = lineEnd(text, end);
  for (;;) {
    const next = nextLine(text, at);
    const comment = /^([ \t]*)#/.exec(text.slice(next, lineEnd(text, next)));
    if (next >= text.length || !comment || (comment[1] as string).length <= column) return at;
    at = lineEnd(text, next);
  }
}

function deepestLast(node: Node | null): Node | null {
  if (isMap(node) && !node.flow) return deepestLast(pairsOf(node).at(-1)?.value ?? null);
  if (isSeq(node) && !node.flow) return deepestLast((node.items.at(-1) as Node | null | undefined) ?? null);
  return node;
}

/** `-   a` keeps its three spaces. */
function withDashSpace(
  reading: Reading,
  node: YAMLMap | YAMLSeq,
  lines: readonly string[],
  dashes: readonly number[],
): readonly string[] {
  if (!isSeq(node) || lines.length !== 1) return lines;
  const space = /^-( +)[^\s#]/.exec(reading.text.slice(dashes.at(-1) ?? 0, (dashes.at(-1) ?? 0) + 20))?.[1];
  return space ? lines.map((line) => line.replace(/^- /, `-${space}`)) : lines;
}

/** Before a map's first key, above the comments that belong to it. */
function insertFirst(reading: Reading, node: YAMLMap | YAMLSeq, added: Addition): Change {
  const { text, eol } = reading;
  const first = startsOf(reading, node)[0] ?? 0;
  const indent = indentAt(text, first);
  const lines = additionLines(added);
  if (opensLine(text, first)) {
    return [insertAt(commentedFrom(text, first), lines.map((line) => (line && indent + line) + eol).join(''))];
  }
  return [insertAt(first, lines.map((line, at) => (at === 0 ? line : indent + line) + eol).join('') + indent)];
}
