// A template's text to its tree, by one isolated Handlebars. Owns what is wrong with a text that cannot be read, as
// offsets in it. Knows no variables, no records and no files.
import Handlebars from 'handlebars';
import { templateExcess } from './limits.ts';

/** Without the parts that reach outside: nothing is logged, and no name is looked up that a person computed. */
export const handlebars = Handlebars.create();
for (const name of ['log', 'lookup', 'with']) handlebars.unregisterHelper(name);

export type Tree = hbs.AST.Program;
/** Offsets [from, to) in the template's text, UTF-16 units. */
export type Span = readonly [number, number];

export type Parsed =
  | { readonly tree: Tree; readonly spanOf: (node: { readonly loc: hbs.AST.SourceLocation }) => Span }
  | { readonly fault: SyntaxFault };
export type SyntaxFault = { readonly says: string; readonly help?: string; readonly span: Span };

/** Marks the places of values while a letter is put together; Unicode keeps these out of all text. */
export const VALUE_FROM = '\uFDD0';
export const VALUE_TO = '\uFDD1';
/** And where the signature begins and ends. */
export const SIGNATURE_FROM = '\uFDD2';
export const SIGNATURE_TO = '\uFDD3';

export function parseTemplate(text: string): Parsed {
  const reserved = text.search(/[\uFDD0-\uFDD3]/);
  if (reserved >= 0) {
    return { fault: { says: 'invalid character', span: [reserved, reserved + 1] } };
  }
  const excess = templateExcess(text);
  if (excess) return { fault: excess };
  const offsetOf = offsetsIn(text);
  try {
    const tree = handlebars.parse(text);
    return { tree, spanOf: ({ loc }) => [offsetOf(loc.start), offsetOf(loc.end)] };
  } catch (error) {
    return { fault: diagnose(text, error, offsetOf) };
  }
}

type Position = { readonly line: number; readonly column: number };

/** Lines as Handlebars counts them: from 1, ended by CR LF, LF or CR; columns from 0. */
function offsetsIn(text: string): (position: Position) => number {
  const starts = [0, ...Array.from(text.matchAll(/\r\n?|\n/g), (match) => match.index + match[0].length)];
  return ({ line, column }) => Math.min((starts[line - 1] ?? text.length) + column, text.length);
}

const TAG = /\\?\{\{(?:!--[\s\S]*?--\}\}|!?[^{}]*(?:\{[^{}]*\})?\}\}\}?)?/g;

/** The likeliest cause first; the parser's own place when there is no better one. */
function diagnose(text: string, error: unknown, offsetOf: (position: Position) => number): SyntaxFault {
  const unclosed = unclosedTag(text);
  if (unclosed) return unclosed;
  const thrown = error as { readonly message?: string; readonly lineNumber?: number; readonly column?: number };
  const mismatch = /^(\S+) doesn't match (\S+)/.exec(thrown.message ?? '');
  if (mismatch && thrown.lineNumber !== undefined && thrown.column !== undefined) {
    const at = offsetOf({ line: thrown.lineNumber, column: thrown.column });
    const [, opened = '', closed = ''] = mismatch;
    return {
      says: `\`{{#${opened}}}\` is closed by \`{{/${closed}}}\``,
      help: `write \`{{/${opened}}}\` where it ends`,
      span: [at, at + opened.length],
    };
  }
  const block = unbalancedBlock(text);
  if (block) return block;
  const place = (handlebars as unknown as { readonly Parser?: ParserState }).Parser?.lexer?.yylloc;
  const at = place ? offsetOf({ line: place.first_line, column: place.first_column }) : 0;
  return {
    says: 'this is not understood',
    help: 'write a variable `{{client.name}}`, a function `{{date step.due}}`, or a condition `{{#if x}}...{{/if}}`',
    span: tagAround(text, at),
  };
}

/** What the generated parser leaves behind of the place where it stopped. */
type ParserState = {
  readonly lexer?: { readonly yylloc?: { readonly first_line: number; readonly first_column: number } };
};

function unclosedTag(text: string): SyntaxFault | undefined {
  for (const match of text.matchAll(TAG)) {
    const [found] = match;
    if (found.startsWith('\\') || found.endsWith('}}')) continue;
    const line = /^[^\r\n]*/.exec(text.slice(match.index))?.[0] ?? '';
    return {
      says: '`{{` is not closed',
      help: 'close it with `}}`; two braces that are meant as text are written `\\{{`',
      span: [match.index, match.index + Math.max(2, line.trimEnd().length)],
    };
  }
  return undefined;
}

/** The first block that is never closed, or the first end that closes nothing. */
function unbalancedBlock(text: string): SyntaxFault | undefined {
  const open: { readonly name: string; readonly tag: string; readonly at: number }[] = [];
  for (const match of text.matchAll(TAG)) {
    const [tag] = match;
    const [, sign, name = ''] = /^\{\{~?([#/])\s*([^\s}~]+)/.exec(tag) ?? [];
    if (sign === '#') open.push({ name, tag, at: match.index });
    if (sign === '/' && open.pop() === undefined) {
      return { says: `\`${tag}\` closes nothing`, help: 'delete it', span: [match.index, match.index + tag.length] };
    }
  }
  const last = open.at(-1);
  return (
    last && {
      says: `\`${last.tag}\` is never closed`,
      help: `write \`{{/${last.name}}}\` where it ends`,
      span: [last.at, last.at + last.tag.length],
    }
  );
}

function tagAround(text: string, at: number): Span {
  const from = text.lastIndexOf('{{', at);
  const to = text.indexOf('}}', Math.max(from, 0));
  return from < 0 || to < 0 ? [at, Math.min(at + 1, text.length)] : [from, to + 2];
}
