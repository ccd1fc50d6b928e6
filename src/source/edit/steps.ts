// How far a text indents its maps and lists. Knows nothing of edits.
import type { Node, YAMLMap, YAMLSeq } from 'yaml';
import { isBlank, isMap, isSeq, pairsOf } from '../tree.ts';
import type { Steps } from './emit.ts';
import { columnOf, type Reading } from './reading.ts';

/** Columns that maps and lists of this text are indented by, the nearest example first. */
export function stepsOf(reading: Reading, near: readonly (Node | null)[]): Steps {
  const places = [...near].reverse().concat(reading.root);
  const map = first(places, (node) => stepIn(reading, node, 'map')) ?? 2;
  return { map, list: first(places, (node) => stepIn(reading, node, 'list')) ?? map };
}

function first<In, Out>(all: readonly In[], find: (each: In) => Out | undefined): Out | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function stepIn(reading: Reading, node: Node | null, kind: 'map' | 'list'): number | undefined {
  if (!(isMap(node) || isSeq(node)) || node.flow) return undefined;
  if (isSeq(node)) return first(node.items as (Node | null)[], (each) => stepIn(reading, each, kind));
  const own = first(pairsOf(node), (pair): number | undefined => {
    const { value } = pair;
    const fits = kind === 'map' ? isMap(value) : isSeq(value);
    if (!fits || !value || (value as YAMLMap | YAMLSeq).flow || isBlank(value) || !pair.key?.range) return undefined;
    const step = columnOf(reading.text, value.range?.[0] ?? 0) - columnOf(reading.text, pair.key.range[0]);
    return step >= (kind === 'map' ? 1 : 0) ? step : undefined;
  });
  return own ?? first(pairsOf(node), (pair) => stepIn(reading, pair.value, kind));
}
