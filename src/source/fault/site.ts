// What a person wrote where the library stopped: the line taken apart, and the brackets and quotes open there.
import type { SourceFault } from '../fault.ts';
import type { Lines } from '../lines.ts';
import { openLines } from '../lines.ts';
import type { Span } from '../path.ts';
import { type Token, tokensOf } from '../tokens.ts';
import type { LibraryError } from '../tree.ts';

export type Site = {
  readonly text: string;
  readonly error: LibraryError;
  readonly lines: Lines;
  readonly line: LinePart;
  /** Of the error's line. */
  readonly lineNumber: number;
  /** All tokens that begin before the end of the error's line, a few thousand at most before it. */
  readonly tokens: readonly Token[];
  /** Brackets open where the error is, outermost first. */
  readonly brackets: readonly Token[];
};

/** One slip that a person makes; undefined where it was another. */
export type Rule = (site: Site) => SourceFault | undefined;

/** `  - key: value`, by offsets in the whole text; a part that is missing is empty. */
export type LinePart = {
  readonly span: Span;
  readonly text: string;
  readonly content: Span;
  readonly key: string | undefined;
  /** Where the colon of `key` stands. */
  readonly colon: number | undefined;
  /** From the value's first character to the line's end or its comment. */
  readonly value: Span;
};

/** Longer lines are taken apart only so far: the patterns below are not linear. */
const LONGEST = 2000;

export function openSite(text: string, error: LibraryError): Site {
  const lines = openLines(text);
  // The end of the text after its last line end shows nothing.
  const offset = Math.min(error.span[0], text.trimEnd().length);
  const lineNumber = lines.lineOf(offset);
  const end = lines.spanOf(lineNumber)?.[1] ?? text.length;
  const tokens: Token[] = [];
  const brackets: Token[] = [];
  for (const token of tokensOf(text)) {
    if (token.from > end) break;
    tokens.push(token);
    if (token.from >= error.span[0]) continue;
    if (token.kind === 'flow-map-start' || token.kind === 'flow-seq-start') brackets.push(token);
    if (token.kind === 'flow-map-end' || token.kind === 'flow-seq-end') brackets.pop();
  }
  return { text, error, lines, line: partsOf(lines, lineNumber), lineNumber, tokens, brackets };
}

export function partsOf(lines: Lines, number: number): LinePart {
  const span = lines.spanOf(number) ?? [0, 0];
  const text = (lines.textOf(number) ?? '').slice(0, LONGEST);
  const head = /^[ \t]*(?:-[ \t]+)*/.exec(text)?.[0].length ?? 0;
  const comment = /(?:^|[ \t])#/.exec(text.slice(head));
  const rest = text.slice(head, comment && !/["']/.test(text) ? head + comment.index : undefined).trimEnd();
  const match = /^("[^"]*"|'[^']*'|[^\s"'{[][^:]*):(?:[ \t]+|$)/.exec(rest);
  const from = span[0] + head;
  const content: Span = [from, from + rest.length];
  const value: Span = [from + (match?.[0].length ?? 0), content[1]];
  return {
    span,
    text,
    content,
    key: match?.[1]?.trim(),
    colon: match ? from + match[0].trimEnd().length - 1 : undefined,
    value,
  };
}

/** The nearest line below `number` that is neither blank nor a comment. */
export function nextLine(lines: Lines, number: number): LinePart | undefined {
  for (let at = number + 1; at <= lines.count && at < number + 200; at++) {
    if (/^\s*[^\s#]/.test(lines.textOf(at)?.slice(0, LONGEST) ?? '')) return partsOf(lines, at);
  }
  return undefined;
}

export function previousLine(lines: Lines, number: number): LinePart | undefined {
  for (let at = number - 1; at >= 1 && at > number - 200; at--) {
    if (/^\s*[^\s#]/.test(lines.textOf(at)?.slice(0, LONGEST) ?? '')) return partsOf(lines, at);
  }
  return undefined;
}
