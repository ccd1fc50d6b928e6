// Takes a key or list entry out, with the comments that are its own. Offers ways to do it, the best first; which of them
// is right, the proof says.
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import { isMap, pairsOf } from '../tree.ts';
import { flowSpans } from './insert-flow.ts';
import { type Change, cut, insertAt } from './pieces.ts';
import {
  commentedFrom,
  dashesOf,
  endOf,
  lineEnd,
  lineStart,
  nextLine,
  opensLine,
  pairEnd,
  type Reading,
  withoutBlankLines,
} from './reading.ts';
import { leadEnd, type Stop } from './seek.ts';

/** The last of `stops` goes; the one above it is a map or list. */
export function remove(reading: Reading, stops: readonly Stop[], comments: 'take' | 'keep'): readonly Change[] {
  const above = stops.at(-2)?.node as YAMLMap | YAMLSeq;
  const stop = stops.at(-1) as Stop;
  if (above.flow) return removeInBrackets(reading, above, stop.at);
  const { text } = reading;
  const span = blockSpan(reading, above, stop.at);
  if (!span) return [];
  const [start, end] = span;
  if (above.items.length === 1) return removeLast(reading, stops.slice(0, -1), span);
  if (!opensLine(text, start)) {
    // `- first: 1`: the next one takes its place behind the dash.
    const next = blockSpan(reading, above, stop.at + 1);
    const between = next ? text.slice(end, next[0]) : '#';
    return next && /^[ \t]*(?:#.*)?(?:\r?\n[ \t]*)+$/.test(between) ? [[cut(start, next[0])]] : [];
  }
  const alone = wholeLines(text, lineStart(text, start), end);
  if (comments === 'keep') return [alone];
  const changes = [wholeLines(text, commentedFrom(text, start), end)];
  if (commentedFrom(text, start) < lineStart(text, start)) changes.push(alone);
  return changes;
}

/** An entry's own text, from its key or dash. */
function blockSpan(reading: Reading, above: YAMLMap | YAMLSeq, at: number): readonly [number, number] | undefined {
  if (isMap(above)) {
    const pair = pairsOf(above)[at];
    const start = pair?.key?.range?.[0];
    return pair && start !== undefined ? [start, pairEnd(reading, pair)] : undefined;
  }
  const dash = dashesOf(reading, above)[at];
  return dash === undefined ? undefined : [dash, endOf(reading, above.items[at] as Node | null, dash + 1)];
}

/** From the line at `from` to the end of the line at `to`; on the last line without a line end, with the one before. */
function wholeLines(text: string, from: number, to: number): Change {
  const end = to > 0 && text[to - 1] === '\n' ? to : nextLine(text, to);
  if (end < text.length || text.endsWith('\n') || from === 0) return [cut(from, end)];
  return [cut(lineEnd(text, from - 1), end)];
}

/** The only entry: its map or list becomes `{}` or `[]`. */
function removeLast(reading: Reading, stops: readonly Stop[], span: readonly [number, number]): readonly Change[] {
  const { text } = reading;
  const stop = stops.at(-1) as Stop;
  const empty = isMap(stop.node) ? '{}' : '[]';
  const [start, end] = span;
  const inPlace: Change = [{ from: start, to: withoutBlankLines(text, start, end), text: empty }];
  const lead = stops.length > 1 ? leadEnd(reading, stops.at(-2), stop) : undefined;
  if (lead === undefined || !opensLine(text, start)) return [inPlace];
  return [[insertAt(lead, ` ${empty}`), ...wholeLines(text, commentedFrom(text, start), end)], inPlace];
}

function removeInBrackets(reading: Reading, above: YAMLMap | YAMLSeq, at: number): readonly Change[] {
  const { text } = reading;
  const open = above.range?.[0] ?? 0;
  const close = (above.range?.[1] ?? 0) - 1;
  if (!/[{[]/.test(text[open] ?? '')) return [];
  const spans = flowSpans(reading, above);
  const [start, end] = spans[at] as readonly [number, number];
  const before = spans[at - 1];
  const next = spans[at + 1];
  if (!before && !next) {
    const isBare = !text.slice(open + 1, start).includes('#') && !text.slice(end, close).includes('#');
    return [
      isBare ? [cut(open + 1, close)] : [cut(start, end + (/^[ \t]*,/.exec(text.slice(end, close))?.[0].length ?? 0))],
    ];
  }
  const changes: Change[] = [];
  const comma = /^[ \t]*,/.exec(text.slice(end, close))?.[0].length ?? 0;
  if (opensLine(text, start) && /^[ \t]*(?:#.*)?$/.test(text.slice(end + comma, lineEnd(text, end + comma)))) {
    if (comma > 0) changes.push([cut(lineStart(text, start), nextLine(text, end + comma))]);
    else if (before && !text.slice(before[1], start).includes('#')) changes.push([cut(before[1], lineEnd(text, end))]);
    else if (before)
      changes.push([
        cut(before[1], text.indexOf(',', before[1]) + 1),
        cut(lineEnd(text, lineStart(text, start) - 1), lineEnd(text, end)),
      ]);
  }
  if (next && !text.slice(end, next[0]).includes('#')) changes.push([cut(start, next[0])]);
  if (before && !text.slice(before[1], start).includes('#')) changes.push([cut(before[1], end)]);
  return changes;
}
