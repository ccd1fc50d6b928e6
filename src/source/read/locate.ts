// Data paths to places in the text. Parses when first asked, so a file without problems never pays for it.
// Knows no file names and no line:column as printed.
import type { Document, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { type Lines, openLines } from '../lines.ts';
import type { DataPath, Span } from '../path.ts';
import { tooDeepAt } from '../tokens.ts';
import { composeText, contentSpan, isAlias, isBlank, isMap, isScalar, isSeq, keyText, pairsOf } from '../tree.ts';
import { spanWithin } from './scalar-offsets.ts';

export type { DataPath, Span } from '../path.ts';

export type Located = {
  readonly text: string;
  readonly lines: Lines;
  /**
   * The offsets of a key or value, `within` counting UTF-16 units of a scalar's value. Where the path ends early: the
   * scalar it ends at (short forms), or the nearest key above, or the first key of the list entry or the file.
   * `undefined` for a text without any.
   */
  locate(path: DataPath, on?: 'key' | 'value', within?: readonly [number, number]): Span | undefined;
  /** A value as it is written: quotes, comment-free, its first line indented by nothing. */
  sourceText(path: DataPath): string | undefined;
  /** The value at `path` begins and ends on one line; for a missing one, true. */
  isOneLine(path: DataPath): boolean;
  /** The keys of the map at `path` as they stand; JavaScript puts keys like `10` first. */
  keysOf(path: DataPath): readonly string[];
};

/** As far as the path leads. `pair` is the nearest pair above `node`, `entry` the nearest list entry below that. */
type Found = {
  readonly node: Node | null;
  readonly pair: Entry | undefined;
  readonly entry: Node | undefined;
  /** Path elements that lead to nothing. */
  readonly missing: number;
};
type Entry = Pair<Node, Node | null>;

/** `composed`: the text as who has edited it read it already. */
export function openText(text: string, composed?: Document): Located {
  let document: Document | undefined | null = composed ?? null;
  let lines: Lines | undefined;
  const keys = new WeakMap<YAMLMap, Map<string, Entry>>();

  const root = (): Node | null => {
    if (document === null) document = composeSafely(text);
    return (document?.contents ?? null) as Node | null;
  };
  const pairOf = (map: YAMLMap, key: string): Entry | undefined => {
    let index = keys.get(map);
    if (!index) {
      index = new Map();
      for (const pair of pairsOf(map)) {
        const name = keyText(pair.key);
        if (name !== undefined && !index.has(name)) index.set(name, pair);
      }
      keys.set(map, index);
    }
    return index.get(key);
  };
  const resolved = (node: Node | null): Node | null =>
    isAlias(node) && document ? ((node.resolve(document as Document) as Node | undefined) ?? null) : node;

  const find = (path: DataPath): Found => {
    let found: Found = { node: root(), pair: undefined, entry: undefined, missing: path.length };
    for (const [at, element] of path.entries()) {
      const node = resolved(found.node);
      const missing = path.length - at - 1;
      if (isMap(node)) {
        const pair = pairOf(node, String(element));
        if (!pair) return found;
        found = { node: pair.value, pair, entry: undefined, missing };
      } else if (isSeq(node)) {
        if (typeof element !== 'number' || element >= node.items.length) return found;
        const item = node.items[element] as Node | null;
        found = { node: item, pair: found.pair, entry: item ?? undefined, missing };
      } else if (element === 0 && node !== null) {
        // `with: ada` where a list may stand.
        found = { ...found, missing };
      } else return found;
    }
    return found;
  };

  const firstKey = (node: Node | null | undefined): Span | undefined => {
    if (isMap(node)) return contentSpan(text, pairsOf(node)[0]?.key);
    if (isSeq(node)) return firstKey(node.items[0] as Node | null) ?? contentSpan(text, node.items[0] as Node | null);
    return contentSpan(text, node);
  };
  /** Where something is missing. */
  const nearest = (found: Found): Span | undefined => {
    const keySpan = contentSpan(text, found.pair?.key);
    return found.entry ? (firstKey(found.entry) ?? keySpan) : (keySpan ?? firstKey(found.node));
  };

  const locate: Located['locate'] = (path, on = 'value', within) => {
    const found = find(path);
    if (found.missing > 0) {
      const short = isScalar(found.node) && !isBlank(found.node) ? contentSpan(text, found.node) : undefined;
      return short ?? nearest(found);
    }
    if (path.length === 0) return firstKey(found.node);
    if (on === 'key' && typeof path.at(-1) === 'string') return nearest(found);
    if (isBlank(found.node)) return nearest(found);
    if (within && isScalar(found.node)) {
      const exact = spanWithin(text, found.node as Scalar, within);
      if (exact) return exact;
    }
    return contentSpan(text, found.node) ?? nearest(found);
  };

  return {
    text,
    get lines() {
      lines ??= openLines(text);
      return lines;
    },
    locate,
    sourceText(path) {
      const found = find(path);
      const span = found.missing > 0 || isBlank(found.node) ? undefined : contentSpan(text, found.node);
      return span && text.slice(...span);
    },
    isOneLine(path) {
      const found = find(path);
      const span = found.missing > 0 ? undefined : contentSpan(text, found.node);
      return span === undefined || !text.slice(...span).includes('\n');
    },
    keysOf(path) {
      const found = find(path);
      const node = found.missing > 0 ? null : resolved(found.node);
      return isMap(node) ? [...new Set(pairsOf(node).map((pair) => keyText(pair.key) ?? ''))] : [];
    },
  };
}

function composeSafely(text: string): Document | undefined {
  if (tooDeepAt(text) !== undefined) return undefined;
  try {
    return composeText(text).document;
  } catch {
    return undefined;
  }
}
