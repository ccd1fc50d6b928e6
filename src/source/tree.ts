// The only place that runs the YAML library: text to its document trees. Knows how the library counts and names things;
// decides nothing about what is wrong.
import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Parser,
  type YAMLMap,
} from 'yaml';
import type { Span } from './path.ts';

export type LibraryError = { readonly code: string; readonly span: Span; readonly message: string };

export type Tree = {
  /** The first document; `undefined` for a text of blanks and comments only. */
  readonly document: Document.Parsed | undefined;
  /** Where a second document begins. */
  readonly second: number | undefined;
  /** By place; only the first few of a text that is all errors. */
  readonly errors: readonly LibraryError[];
};

const OPTIONS = {
  uniqueKeys: false,
  prettyErrors: false,
  merge: false,
  resolveKnownTags: false,
  schema: 'core',
} as const;
/** The library's time grows with the square of its errors. */
const ENOUGH_ERRORS = 5;

/** The caller has checked the depth (`tooDeepAt`): composing is recursive. */
export function composeText(text: string): Tree {
  const composer = new Composer(OPTIONS);
  const documents: Document.Parsed[] = [];
  let second: number | undefined;
  let seen = 0;
  let broken = 0;
  for (const token of new Parser().parse(text)) {
    if (token.type === 'document' && seen++ > 0) {
      second = token.offset;
      break;
    }
    if (token.type === 'error' && broken++ > ENOUGH_ERRORS) break;
    for (const document of composer.next(token)) documents.push(document as Document.Parsed);
  }
  const stream = composer.streamInfo();
  for (const document of composer.end(false, text.length)) documents.push(document as Document.Parsed);
  const document = documents[0];
  const found = [...(document?.errors ?? []), ...(document ? [] : stream.errors)];
  const errors = found
    .map((each): LibraryError => ({ code: each.code, span: [each.pos[0], each.pos[1]], message: each.message }))
    .sort((a, b) => a.span[0] - b.span[0]);
  return { document, second, errors };
}

/** A key as text: `1` and `"1"` are the same key, `2026-12-25` is never a date. `undefined` for a map or list as key. */
export function keyText(key: unknown): string | undefined {
  if (key === null || key === undefined) return '';
  if (!isScalar(key)) return undefined;
  return key.source ?? String(key.value ?? '');
}

/** The node's own text, without the blanks and comments the library counts to it. */
export function contentSpan(text: string, node: Node | null | undefined): Span | undefined {
  if (!node?.range) return undefined;
  const [from, to] = node.range;
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last = node.items.at(-1);
    const end = isPair(last)
      ? pairSpan(text, last as Pair<Node, Node | null>)?.[1]
      : contentSpan(text, last as Node | null)?.[1];
    const first = node.items[0];
    const start = isMap(node) ? pairSpan(text, first as Pair<Node, Node | null> | undefined)?.[0] : from;
    return [Math.min(from, start ?? from), end ?? to];
  }
  // A block text's range runs to the next content.
  if (isScalar(node) && node.type?.startsWith('BLOCK')) return [from, from + text.slice(from, to).trimEnd().length];
  return [from, to];
}

/** From the key to the end of its value. */
function pairSpan(text: string, pair: Pair<Node, Node | null> | undefined): Span | undefined {
  if (!pair) return undefined;
  const key = contentSpan(text, pair.key);
  const value = contentSpan(text, pair.value);
  if (!key) return value;
  return [key[0], Math.max(key[1], value?.[1] ?? key[1])];
}

/** Nothing is written there: `key:` or `- ` alone. */
export const isBlank = (node: unknown): boolean =>
  node === null || node === undefined || (isScalar(node) && node.source === '' && node.type === 'PLAIN');

export const pairsOf = (map: YAMLMap): readonly Pair<Node, Node | null>[] => map.items as Pair<Node, Node | null>[];

export { isAlias, isMap, isScalar, isSeq };
