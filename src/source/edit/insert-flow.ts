// Adds an entry between the brackets of `{}` or `[]`, as the entries there are written. Offers ways, the best first.
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import { isMap, pairsOf } from '../tree.ts';
import { type Addition, additionInside } from './addition.ts';
import { type Change, insertAt } from './pieces.ts';
import { endOf, indentAt, lineEnd, opensLine, pairEnd, type Reading } from './reading.ts';

/** `at`: the position of the new entry among the others. */
export function insertInBrackets(
  reading: Reading,
  node: YAMLMap | YAMLSeq,
  added: Addition,
  at: number,
): readonly Change[] {
  const { text, eol } = reading;
  const from = node.range?.[0] ?? 0;
  if (text[from] !== '{' && text[from] !== '[') return [];
  const spans = flowSpans(reading, node);
  const entry = additionInside(added);
  if (at === 0) return [[insertAt(spans[0]?.[0] ?? from + 1, `${entry}, `)]];
  const [start, end] = spans[at - 1] as readonly [number, number];
  const before = spans[at - 2]?.[1];
  const gap = before === undefined ? undefined : text.slice(before, start);
  const inline = [insertAt(end, (gap !== undefined && /^,[ ]*$/.test(gap) ? gap : ', ') + entry)];
  if (at < spans.length) return [inline];
  const comma = /^[ \t]*,/.exec(text.slice(end, end + 80))?.[0];
  const ownLine = spans.length > 1 ? opensLine(text, start) : text.slice(from, start).includes('\n');
  if (comma === undefined && !ownLine) return [inline];
  const behind = end + (comma?.length ?? 0);
  if (!ownLine) return [[insertAt(behind, ` ${entry},`)]];
  const rest = lineEnd(text, behind);
  // The closing bracket shares the last entry's line.
  const shared = !/^[ \t]*(?:#.*)?$/.test(text.slice(behind, rest));
  const line = eol + indentAt(text, start) + entry + (comma === undefined ? '' : ',');
  if (shared) return [[insertAt(behind, (comma === undefined ? ',' : '') + line)], inline];
  return comma === undefined
    ? [end === rest ? [insertAt(end, `,${line}`)] : [insertAt(end, ','), insertAt(rest, line)], inline]
    : [[insertAt(rest, line)]];
}

/** From the start to the end of each entry's own text in `{}` or `[]`. */
export function flowSpans(reading: Reading, node: YAMLMap | YAMLSeq): readonly (readonly [number, number])[] {
  if (isMap(node)) return pairsOf(node).map((pair) => [pair.key?.range?.[0] ?? 0, pairEnd(reading, pair)] as const);
  return (node.items as (Node | null)[]).map((each) => [
    each?.range?.[0] ?? 0,
    endOf(reading, each, each?.range?.[1] ?? 0),
  ]);
}
