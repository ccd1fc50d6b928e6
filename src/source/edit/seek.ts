// From a data path to the nodes on the way, and what on the way no edit may touch. Changes nothing.
import type { Node } from 'yaml';
import type { DataPath } from '../path.ts';
import { isAlias, isMap, isSeq, keyText, pairsOf } from '../tree.ts';
import { colonOf, dashesOf, type Entry, type Reading } from './reading.ts';

/** One node on the way. */
export type Stop = {
  readonly node: Node | null;
  /** Its key and value in the map above; its position in the map or list above. */
  readonly pair: Entry | undefined;
  readonly at: number;
  /** Above it stands `{` or `[`. */
  readonly inFlow: boolean;
};

export type Trail = {
  /** From the whole document down. */
  readonly stops: readonly Stop[];
  /** The end of the path that leads to nothing. */
  readonly missing: DataPath;
};

/** `at`: where on the way. */
export type Refused = { readonly reason: string; readonly at: DataPath };

export function seek(reading: Reading, path: DataPath): Trail | Refused {
  const stops: Stop[] = [{ node: reading.root, pair: undefined, at: 0, inFlow: false }];
  for (const [depth, element] of path.entries()) {
    const above = stops.at(-1) as Stop;
    const reason = untouchable(above.node);
    if (reason) return { reason, at: path.slice(0, depth) };
    const next = below(above, element);
    if (!next) return { stops, missing: path.slice(depth) };
    if (next.pair && colonOf(reading, next.pair) === undefined)
      return { reason: 'this key is not written as `key:`', at: path.slice(0, depth + 1) };
    if (next.pair?.key && (isAlias(next.pair.key) || next.pair.key.anchor !== undefined))
      return { reason: 'this key has an anchor or alias', at: path.slice(0, depth + 1) };
    stops.push(next);
  }
  const reason = untouchable((stops.at(-1) as Stop).node);
  return reason ? { reason, at: path } : { stops, missing: [] };
}

function below(above: Stop, element: string | number): Stop | undefined {
  const { node } = above;
  const inFlow = above.inFlow || ((isMap(node) || isSeq(node)) && node.flow === true);
  if (isMap(node)) {
    const key = String(element);
    const at = pairsOf(node).findIndex((pair) => keyText(pair.key) === key);
    const pair = pairsOf(node)[at];
    return pair && { node: pair.value, pair, at, inFlow };
  }
  if (!isSeq(node) || typeof element !== 'number' || element < 0 || element >= node.items.length) return undefined;
  return { node: node.items[element] as Node | null, pair: undefined, at: element, inFlow };
}

function untouchable(node: Node | null): string | undefined {
  if (!node) return undefined;
  if (isAlias(node)) return `\`*${node.source}\` is an alias of another value`;
  if (node.anchor !== undefined) return `the anchor \`&${node.anchor}\` is here, and aliases may point to it`;
  return node.tag === undefined ? undefined : 'this value has a YAML tag';
}

/** Just behind the colon or dash that a stop's value belongs to; `undefined` for the document and in `[]`. */
export function leadEnd(reading: Reading, above: Stop | undefined, stop: Stop): number | undefined {
  if (stop.pair) {
    const colon = colonOf(reading, stop.pair);
    return colon === undefined ? undefined : colon + 1;
  }
  if (!above || !isSeq(above.node) || above.node.flow) return undefined;
  const dash = dashesOf(reading, above.node)[stop.at];
  return dash === undefined ? undefined : dash + 1;
}
