// A text that is about to be edited: its tree, its data, its tokens. Owns how places are measured in it: where a value's
// content ends, where the colon and the dash stand. Changes nothing.
import type { Document, Node, Pair, YAMLSeq } from 'yaml';
import type { SourceFault } from '../fault.ts';
import { parseYaml } from '../read/parse.ts';
import { walkDocument } from '../read/walk.ts';
import { type Token, tokensOf, tooDeepAt } from '../tokens.ts';
import { composeText, isBlank, isMap, isScalar, isSeq, pairsOf } from '../tree.ts';

export type Entry = Pair<Node, Node | null>;

export type Reading = {
  readonly text: string;
  readonly document: Document | undefined;
  readonly root: Node | null;
  readonly value: unknown;
  readonly faults: readonly SourceFault[];
  /** The line end of new lines. */
  readonly eol: string;
  /** Cut when first asked for. */
  tokens(): readonly Token[];
};

/** `text` without a byte order mark. */
export function readText(text: string): Reading | { readonly unreadable: SourceFault } {
  if (tooDeepAt(text) !== undefined || /^[ \t]*%/m.test(text)) {
    const parsed = parseYaml(text);
    if (parsed.failed) return { unreadable: parsed.faults[0] as SourceFault };
  }
  let tree: ReturnType<typeof composeText> | undefined;
  try {
    tree = composeText(text);
  } catch {
    tree = undefined;
  }
  if (!tree || tree.errors.length > 0 || tree.second !== undefined) {
    return { unreadable: parseYaml(text).faults[0] ?? { code: 'yaml/syntax', span: [0, 1] } };
  }
  const { document } = tree;
  const walked = document ? walkDocument(text, document) : { value: null, faults: [], failed: false };
  if (walked.failed) return { unreadable: walked.faults[0] as SourceFault };
  let tokens: readonly Token[] | undefined;
  return {
    text,
    document,
    root: (document?.contents ?? null) as Node | null,
    value: walked.value,
    faults: walked.faults,
    eol: /\r?\n/.exec(text)?.[0] ?? '\n',
    tokens: () => {
      tokens ??= [...tokensOf(text)];
      return tokens;
    },
  };
}

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** The end of the line's text: before its CR LF or LF. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** The start of the next line; the end of the text on the last. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

export const columnOf = (text: string, at: number): number => at - lineStart(text, at);

/** Nothing but blanks stands before it on its line. */
export const opensLine = (text: string, at: number): boolean => /^[ \t]*$/.test(text.slice(lineStart(text, at), at));

/** The line's own blanks, or as many spaces as its first column has characters before it. */
export function indentAt(text: string, at: number): string {
  const before = text.slice(lineStart(text, at), at);
  return /^[ \t]*$/.test(before) ? before : ' '.repeat(before.length);
}

/** The offset of the `:`; `undefined` for `? key`, and for a key in `{}` that has none. */
export function colonOf(reading: Reading, pair: Entry): number | undefined {
  const end = pair.key?.range?.[1];
  if (end === undefined || pair.value === null) return undefined;
  const at = end + (/^[ \t]*/.exec(reading.text.slice(end, end + 200))?.[0].length ?? 0);
  return reading.text[at] === ':' ? at : undefined;
}

/** The offsets of a block list's dashes, one for each entry. */
export function dashesOf(reading: Reading, list: YAMLSeq): readonly number[] {
  const [from, , to] = list.range ?? [0, 0, 0];
  const column = columnOf(reading.text, from);
  return reading
    .tokens()
    .filter(
      (token) =>
        token.kind === 'seq-item-ind' &&
        token.from >= from &&
        token.from < Math.max(to, from + 1) &&
        columnOf(reading.text, token.from) === column,
    )
    .map((token) => token.from);
}

export const isBlockScalar = (node: unknown): boolean => isScalar(node) && node.type?.startsWith('BLOCK') === true;

/** `|+` counts the blank lines after it to its text. */
function keepsBlankLines(text: string, node: Node): boolean {
  return isBlockScalar(node) && /^[|>]\d?\+/.test(text.slice(node.range?.[0] ?? 0, (node.range?.[0] ?? 0) + 3));
}

export function pairEnd(reading: Reading, pair: Entry): number {
  const colon = colonOf(reading, pair);
  return endOf(reading, pair.value, colon === undefined ? (pair.key?.range?.[1] ?? 0) : colon + 1);
}

/** Where a value's own text ends, without the blanks and comments behind it; `blank` for one that has no text. */
export function endOf(reading: Reading, node: Node | null, blank: number): number {
  const { text } = reading;
  if (!node?.range) return blank;
  const [from, to] = node.range;
  if (isBlank(node)) return node.tag !== undefined || (isScalar(node) && node.anchor !== undefined) ? from : blank;
  if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0) {
    if (isMap(node)) return pairEnd(reading, pairsOf(node).at(-1) as Entry);
    const last = node.items.at(-1) as Node | null;
    return endOf(reading, last, isBlank(last) ? (dashesOf(reading, node).at(-1) ?? from) + 1 : to);
  }
  if (!isBlockScalar(node) || keepsBlankLines(text, node)) return to;
  return withoutBlankLines(text, from, to);
}

/** Back from `to` over line ends and blank lines. */
export function withoutBlankLines(text: string, from: number, to: number): number {
  let at = to;
  for (;;) {
    const start = lineStart(text, at);
    if (start <= from || !/^[ \t]*\r?$/.test(text.slice(start, at))) return at;
    at = lineEnd(text, start - 1);
  }
}

/** The start of the line at `from`, or of the comments directly above it in the same column; never the file's header. */
export function commentedFrom(text: string, from: number): number {
  const column = columnOf(text, from);
  let at = lineStart(text, from);
  const own = at;
  while (at > 0) {
    const above = lineStart(text, at - 1);
    const comment = /^([ \t]*)#/.exec(text.slice(above, at));
    if (!comment || comment[1]?.length !== column) return at;
    at = above;
  }
  return own;
}
