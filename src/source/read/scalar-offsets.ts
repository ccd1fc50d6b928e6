// Which source characters each character of a scalar's value came from: escapes, folded lines and indentation undone.
// Follows the library's own reading step by step, and says nothing where it cannot repeat it exactly.
import type { Scalar } from 'yaml';
import type { Span } from '../path.ts';

/** A piece of the value and the source it stands for; a piece is one character unless source and value are the same. */
type Piece = { readonly value: string; readonly from: number; readonly to: number };

/** Longer texts are not followed: the patterns below take the square of a run of blanks. */
const LONGEST = 10_000;

/** The source of `[from, to)` in the scalar's value, counted in UTF-16 units; `undefined` when it cannot be known. */
export function spanWithin(text: string, node: Scalar, [from, to]: readonly [number, number]): Span | undefined {
  const pieces = piecesOf(text, node);
  if (!pieces) return undefined;
  let [start, end] = [undefined as number | undefined, undefined as number | undefined];
  let at = 0;
  let last = pieces.at(-1)?.to ?? node.range?.[0] ?? 0;
  for (const piece of pieces) {
    const next = at + piece.value.length;
    const same = piece.to - piece.from === piece.value.length;
    if (start === undefined && from < next) start = same ? piece.from + Math.max(0, from - at) : piece.from;
    if (to <= next && to > at && end === undefined) end = same ? piece.from + (to - at) : piece.to;
    at = next;
  }
  start ??= last;
  last = Math.max(start, end ?? (to > from ? last : start));
  return [start, last];
}

function piecesOf(text: string, node: Scalar): readonly Piece[] | undefined {
  if (!node.range || node.range[1] - node.range[0] > LONGEST) return undefined;
  const [from, to] = node.range;
  const value = node.source ?? '';
  const type = node.type ?? 'PLAIN';
  // How many line feeds end a block text is its header's business; the characters before them are the same.
  const same = type.startsWith('BLOCK') ? withoutLastBreaks : (whole: string) => whole;
  for (const pieces of readings(text, type, from, to)) {
    if (same(pieces.map((piece) => piece.value).join('')) === same(value)) return pieces;
  }
  return undefined;
}

function withoutLastBreaks(value: string): string {
  let length = value.length;
  while (value[length - 1] === '\n') length--;
  return value.slice(0, length);
}

function* readings(text: string, type: string, from: number, to: number): Generator<readonly Piece[]> {
  if (type === 'PLAIN') yield foldedPieces(text, from, to, false);
  else if (type === 'QUOTE_SINGLE') yield foldedPieces(text, from + 1, to - 1, true);
  else if (type === 'QUOTE_DOUBLE') yield doubleQuotedPieces(text, from, to);
  else yield* blockReadings(text, type === 'BLOCK_FOLDED', from, to);
}

/** Plain and single-quoted: line ends become a space or line feeds; `''` is one quote. */
function foldedPieces(text: string, from: number, to: number, quotes: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  const pattern = quotes ? /''|[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*/g : /[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*/g;
  const source = text.slice(from, to);
  let at = 0;
  for (const match of source.matchAll(pattern)) {
    if (match.index > at)
      pieces.push({ value: source.slice(at, match.index), from: from + at, to: from + match.index });
    at = match.index + match[0].length;
    const breaks = match[0].split('\n').length - 1;
    const value = match[0] === "''" ? "'" : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
    pieces.push({ value, from: from + match.index, to: from + at });
  }
  if (at < source.length) pieces.push({ value: source.slice(at), from: from + at, to });
  return pieces;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};
const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function doubleQuotedPieces(text: string, from: number, to: number): readonly Piece[] {
  const pieces: Piece[] = [];
  const end = to - 1;
  const pattern =
    /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r?\n[ \t]*|[\s\S])|[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*/y;
  let plain = from + 1;
  const flush = (upTo: number) => {
    if (upTo > plain) pieces.push({ value: text.slice(plain, upTo), from: plain, to: upTo });
  };
  for (let at = from + 1; at < end; ) {
    pattern.lastIndex = at;
    const character = text[at] as string;
    const match = /[\\ \t\r\n]/.test(character) ? pattern.exec(text) : null;
    if (!match || at + match[0].length > end) {
      at++;
      continue;
    }
    flush(at);
    pieces.push({ value: unescaped(match[0]), from: at, to: at + match[0].length });
    at += match[0].length;
    plain = at;
  }
  flush(end);
  return pieces;
}

function unescaped(source: string): string {
  if (source[0] !== '\\') {
    const breaks = source.split('\n').length - 1;
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
  }
  const mark = source[1] as string;
  if (mark === '\n' || mark === '\r') return '';
  if (source.length > 2 && CODE_LENGTHS[mark] === source.length - 2) {
    const code = Number.parseInt(source.slice(2), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : source;
  }
  return ESCAPES[mark] ?? source;
}

/** The indentation to take away is not always in the text (`|2`, blank first lines), so each that may be is tried. */
function* blockReadings(text: string, folded: boolean, from: number, to: number): Generator<readonly Piece[]> {
  const headerEnd = text.indexOf('\n', from);
  if (headerEnd < 0 || headerEnd >= to) {
    yield [];
    return;
  }
  const lines: Span[] = [];
  for (let at = headerEnd + 1; at < to; ) {
    const end = text.indexOf('\n', at);
    const stop = end < 0 || end >= to ? to : end;
    lines.push([at, text[stop - 1] === '\r' && stop > at ? stop - 1 : stop]);
    at = stop + 1;
  }
  const first = lines.find(([start, stop]) => text.slice(start, stop).trim() !== '');
  const deepest = first ? (/^ */.exec(text.slice(...first))?.[0].length ?? 0) : 0;
  for (let indent = deepest; indent >= 0; indent--) {
    yield folded ? foldedBlock(text, lines, indent) : literalBlock(text, lines, indent);
  }
}

const bodyOf = (text: string, [from, to]: Span, indent: number): Span => {
  const blanks = /^ */.exec(text.slice(from, to))?.[0].length ?? 0;
  return [from + Math.min(indent, blanks), to];
};

function literalBlock(text: string, lines: readonly Span[], indent: number): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const line of lines) {
    const [from, to] = bodyOf(text, line, indent);
    if (to > from) pieces.push({ value: text.slice(from, to), from, to });
    pieces.push({ value: '\n', from: to, to: to + (text[to] === '\r' ? 2 : 1) });
  }
  return pieces;
}

function foldedBlock(text: string, lines: readonly Span[], indent: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let sep = '';
  let sepAt: Span = [lines[0]?.[0] ?? 0, lines[0]?.[0] ?? 0];
  let more = false;
  let started = false;
  for (const line of lines) {
    const [from, to] = bodyOf(text, line, indent);
    const body = text.slice(from, to);
    const next: Span = [to, to + (text[to] === '\r' ? 2 : 1)];
    if (!started && body === '') {
      pieces.push({ value: '\n', from: next[0], to: next[1] });
      continue;
    }
    if (/^[ \t]/.test(body)) {
      if (sep === ' ') sep = '\n';
      else if (!more && sep === '\n') sep = '\n\n';
      pieces.push({ value: sep, from: sepAt[0], to: from }, { value: body, from, to });
      [sep, sepAt, more] = ['\n', next, true];
    } else if (body === '') {
      if (sep === '\n') pieces.push({ value: '\n', from: next[0], to: next[1] });
      else [sep, sepAt] = ['\n', next];
    } else {
      pieces.push({ value: sep, from: sepAt[0], to: from }, { value: body, from, to });
      [sep, sepAt, more] = [' ', next, false];
    }
    started = true;
  }
  pieces.push({ value: '\n', from: sepAt[0], to: sepAt[1] });
  return pieces;
}
