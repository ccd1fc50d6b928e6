// The plain part of YAML, read directly, ten times as fast as the full parser: block maps and lists, words, numbers,
// quoted texts, `{}` and `[]` on one line, `|` texts, comments. At anything else it gives up, and then the full parser
// reads the file and says what is wrong with it. What this reader answers is what the full parser would, without a fault.

import {
  type Answer,
  BareMap,
  beginsFlow,
  DEEPEST,
  type Flow,
  GIVEN_UP,
  newVocabulary,
  type Plain,
  readFlow,
  readKey,
  readWord,
  skipSpaces,
  type Vocabulary,
} from './plain-line.ts';

/** Characters that the reader of texts has something to say about, and tabs and carriage returns. */
const ODD = /[^\n\x20-\x7e\u00a1-\u05ff\u2010-\u2027\u2030-\u205e\u20a0-\u2bff\u{1f000}-\u{1faff}]/u;

/** Where a reading stands: lines without their ends, and the next one. */
type Reader = { readonly lines: readonly string[]; at: number; readonly words: Vocabulary };

/** Plain data, maps with no keys but their own; `undefined` when the full parser must read it. */
export function readPlain(text: string): { readonly value: unknown } | undefined {
  if (ODD.test(text)) return undefined;
  const reader: Reader = { lines: text.split('\n'), at: 0, words: newVocabulary() };
  const first = nextIndent(reader);
  if (first !== 0) return undefined;
  const value = readBlock(reader, 0, 0);
  return value === GIVEN_UP || nextIndent(reader) !== -1 ? undefined : { value };
}

/** Goes to the next line that is neither blank nor a comment; the blanks before it, -1 at the end. */
function nextIndent(reader: Reader): number {
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at] as string;
    let indent = 0;
    while (indent < line.length && line.charCodeAt(indent) === SPACE) indent++;
    if (indent < line.length && line.charCodeAt(indent) !== HASH) return indent;
  }
  return -1;
}

const [SPACE, HASH, DASH, COLON, BAR] = [32, 35, 45, 58, 124];

const isEntry = (line: string, at: number): boolean =>
  at + 1 < line.length && line.charCodeAt(at) === DASH && line.charCodeAt(at + 1) === SPACE;

/** What begins on the next line, in the column `indent`. */
function readBlock(reader: Reader, indent: number, depth: number): Answer {
  if (depth > DEEPEST) return GIVEN_UP;
  const line = reader.lines[reader.at] as string;
  return isEntry(line, indent) ? readList(reader, indent, depth) : readMap(reader, indent, indent, depth);
}

function readList(reader: Reader, indent: number, depth: number): Answer {
  const list: Plain[] = [];
  for (;;) {
    const line = reader.lines[reader.at] as string;
    const from = indent + 2;
    const isMap = !beginsFlow(line, from) && readKey(reader.words, line, from) !== undefined;
    const value = isMap ? readMap(reader, from, from, depth + 1) : readInLine(reader, line, from, depth + 1);
    if (value === GIVEN_UP) return GIVEN_UP;
    list.push(value);
    const next = nextIndent(reader);
    if (next < indent) return list;
    if (next > indent) return GIVEN_UP;
    // A map whose value is a list in its own column goes on after it.
    if (!isEntry(reader.lines[reader.at] as string, indent)) return list;
  }
}

/** The first key stands at `from` of the present line. */
function readMap(reader: Reader, from: number, indent: number, depth: number): Answer {
  if (depth > DEEPEST) return GIVEN_UP;
  const map = new BareMap();
  for (;;) {
    const line = reader.lines[reader.at] as string;
    const key = readKey(reader.words, line, from);
    if (key === undefined || map[key] !== undefined) return GIVEN_UP;
    const value = readValue(reader, line, from + key.length + 1, indent, depth + 1);
    if (value === GIVEN_UP) return GIVEN_UP;
    map[key] = value;
    const next = nextIndent(reader);
    if (next < indent) return map;
    if (next > indent || isEntry(reader.lines[reader.at] as string, indent)) return next === indent ? map : GIVEN_UP;
  }
}

/** What follows a key's colon: on the line, or below it. */
function readValue(reader: Reader, line: string, colon: number, indent: number, depth: number): Answer {
  const from = skipSpaces(line, colon);
  if (from < line.length && line.charCodeAt(from) === BAR) return readText(reader, line.slice(from), indent);
  if (!isEnd(line, from)) return readInLine(reader, line, from, depth);
  // A comment of the blank value must be one beyond doubt.
  reader.at++;
  const next = nextIndent(reader);
  if (next > indent) return readBlock(reader, next, depth);
  return next === indent && isEntry(reader.lines[reader.at] as string, indent) ? readList(reader, indent, depth) : null;
}

/** Nothing more but a comment: `# ` after a space. */
function isEnd(line: string, from: number): boolean {
  const at = skipSpaces(line, from);
  if (at >= line.length) return true;
  return line.charCodeAt(at) === HASH && at > from - 1 && line.charCodeAt(at - 1) === SPACE && isComment(line, at);
}

/** One written as people write them; `#12` may be a part of the text. */
const isComment = (line: string, at: number): boolean => at + 1 === line.length || line.charCodeAt(at + 1) === SPACE;

/** One value that ends with its line. */
function readInLine(reader: Reader, line: string, from: number, depth: number): Answer {
  if (beginsFlow(line, from)) {
    const flow: Flow = { line, at: from };
    const value = readFlow(reader.words, flow, depth);
    if (value === GIVEN_UP || !isEnd(line, flow.at)) return GIVEN_UP;
    reader.at++;
    return value;
  }
  let to = line.length;
  for (let hash = line.indexOf('#', from); hash >= 0; hash = line.indexOf('#', hash + 1)) {
    if (line.charCodeAt(hash - 1) !== SPACE) continue;
    if (!isComment(line, hash)) return GIVEN_UP;
    to = hash;
    break;
  }
  while (to > from && line.charCodeAt(to - 1) === SPACE) to--;
  const text = line.slice(from, to);
  if (text.includes(': ') || text.charCodeAt(text.length - 1) === COLON) return GIVEN_UP;
  reader.at++;
  return readWord(text);
}

/** `|` or `|-`, and the lines below it. */
function readText(reader: Reader, header: string, indent: number): Answer {
  if (header !== '|' && header !== '|-') return GIVEN_UP;
  const { lines } = reader;
  const first = lines[reader.at + 1];
  if (first === undefined) return GIVEN_UP;
  const own = skipSpaces(first, 0);
  if (own <= indent || own === first.length) return GIVEN_UP;
  const parts: string[] = [];
  let at = reader.at + 1;
  for (; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line === '') {
      parts.push('');
      continue;
    }
    const blanks = skipSpaces(line, 0);
    if (blanks === line.length) return GIVEN_UP;
    if (blanks >= own) parts.push(line.slice(own));
    else if (blanks > indent) return GIVEN_UP;
    else break;
  }
  // The last line has no end.
  if (at === lines.length && lines.at(-1) !== '') return GIVEN_UP;
  while (parts.at(-1) === '') parts.pop();
  reader.at = at;
  return `${parts.join('\n')}${header === '|' ? '\n' : ''}`;
}
