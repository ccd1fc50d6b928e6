// The plain part of YAML, read directly, ten times as fast as the full parser: block maps and lists, words, numbers,
// quoted texts, `{}` and `[]` on one line, `|` texts, comments. At anything else it gives up, and then the full parser
// reads the file and says what is wrong with it. What this reader answers is what the full parser would, without a fault.

/** Characters that the reader of texts has something to say about, and tabs and carriage returns. */
const ODD = /[^\n\x20-\x7e\u00a1-\u05ff\u2010-\u2027\u2030-\u205e\u20a0-\u2bff\u{1f000}-\u{1faff}]/u;
const KEY = /^[A-Za-z0-9][\w.-]{0,100}$/;
const DEEPEST = 20;

/** Where a reading stands: lines without their ends, and the next one. */
type Reader = { readonly lines: readonly string[]; at: number; readonly keys: Words; readonly values: Words };

/**
 * Words read before, each where its length and some of its characters put it; another there is forgotten. Nearly every
 * key, kind and name of a file has been read before: then it is known to be plain, and its text is there already.
 */
type Words = (string | undefined)[];
const newWords = (): Words => new Array<string | undefined>(128).fill(undefined);

const placeOf = (line: string, from: number, to: number): number =>
  (line.charCodeAt(from) * 5 + line.charCodeAt(to - 1) * 11 + line.charCodeAt((from + to) >> 1) * 3 + to - from) & 127;

const findWord = (words: Words, place: number, line: string, from: number, to: number): string | undefined => {
  const word = words[place];
  return word !== undefined && word.length === to - from && line.startsWith(word, from) ? word : undefined;
};

/** Told apart from every value. */
const GIVEN_UP = Symbol('given up');
type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };
type Answer = Plain | typeof GIVEN_UP;

/**
 * Makes maps in which nothing is but their own keys. Those of `Object.create(null)` are dictionaries to V8: ten times as
 * slow to fill and to read, and four times as large.
 */
function BareMap(): void {}
BareMap.prototype = Object.create(null);
const newMap = BareMap as unknown as new () => Record<string, Plain>;

/** Plain data, maps without prototype; `undefined` when the full parser must read it. */
export function readPlain(text: string): { readonly value: unknown } | undefined {
  if (ODD.test(text)) return undefined;
  const reader: Reader = { lines: text.split('\n'), at: 0, keys: newWords(), values: newWords() };
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

const [SPACE, QUOTE, HASH, APOSTROPHE, COMMA, DASH, COLON] = [32, 34, 35, 39, 44, 45, 58];
const [LIST_OPENS, LIST_CLOSES, MAP_OPENS, BAR, MAP_CLOSES] = [91, 93, 123, 124, 125];

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
    const isMap = line.charCodeAt(from) !== MAP_OPENS && readKey(reader, line, from) !== undefined;
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

/** The key at `from`, with a colon behind it that ends the line or has a space behind it. */
function readKey({ keys }: Reader, line: string, from: number): string | undefined {
  const to = line.indexOf(':', from);
  if (to <= from || !(to + 1 === line.length || line.charCodeAt(to + 1) === SPACE)) return undefined;
  const place = placeOf(line, from, to);
  const known = findWord(keys, place, line, from, to);
  if (known !== undefined) return known;
  const key = line.slice(from, to);
  if (!KEY.test(key)) return undefined;
  keys[place] = key;
  return key;
}

/** The first key stands at `from` of the present line. */
function readMap(reader: Reader, from: number, indent: number, depth: number): Answer {
  if (depth > DEEPEST) return GIVEN_UP;
  const map = new newMap();
  for (;;) {
    const line = reader.lines[reader.at] as string;
    const key = readKey(reader, line, from);
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

// To look for a character behind the end costs more than to ask where the end is.
const skipSpaces = (line: string, from: number): number => {
  let at = from;
  while (at < line.length && line.charCodeAt(at) === SPACE) at++;
  return at;
};

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
  const first = line.charCodeAt(from);
  if (first === MAP_OPENS || first === LIST_OPENS || first === QUOTE || first === APOSTROPHE) {
    const flow: Flow = { line, at: from };
    const value = readFlow(reader, flow, depth);
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

const AMBIGUOUS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const NUMBER = /^(?:0|[1-9]\d{0,9})(?:\.\d{1,5})?$/;
/** Every number of YAML that begins with a digit looks like this. */
const NUMERIC = /^(?:[\d._]*(?:e[+-]?[\d_]*)?|0[xob].*)$/i;

/** A letter or `(`: with such a character begins a word. */
const beginsWord = (first: number): boolean =>
  (first >= 97 && first <= 122) || (first >= 65 && first <= 90) || (first >= 0xc0 && first <= 0x24f) || first === 40;

/** A plain scalar. */
function readWord(text: string): Answer {
  const first = text.charCodeAt(0);
  if (beginsWord(first)) {
    if (text.length > 5 || !AMBIGUOUS.test(text)) return text;
    return text === 'true' ? true : text === 'false' ? false : GIVEN_UP;
  }
  if (!(first >= 48 && first <= 57)) return GIVEN_UP;
  if (NUMBER.test(text)) return Number(text);
  return NUMERIC.test(text) ? GIVEN_UP : text;
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

/** A value in brackets or quotes, on one line. */
type Flow = { readonly line: string; at: number };

function readFlow(reader: Reader, flow: Flow, depth: number): Answer {
  if (depth > DEEPEST) return GIVEN_UP;
  switch (flow.line.charCodeAt(flow.at)) {
    case MAP_OPENS:
      return readFlowMap(reader, flow, depth);
    case LIST_OPENS:
      return readFlowList(reader, flow, depth);
    case QUOTE:
      return readQuoted(flow);
    case APOSTROPHE:
      return readApostrophes(flow);
    default:
      return readFlowWord(reader, flow);
  }
}

function readFlowMap(reader: Reader, flow: Flow, depth: number): Answer {
  const { line } = flow;
  const map = new newMap();
  flow.at = skipSpaces(line, flow.at + 1);
  if (line.charCodeAt(flow.at) === MAP_CLOSES) {
    flow.at++;
    return map;
  }
  for (;;) {
    const key = readKey(reader, line, flow.at);
    if (key === undefined || map[key] !== undefined) return GIVEN_UP;
    flow.at = skipSpaces(line, flow.at + key.length + 1);
    const value = readFlow(reader, flow, depth + 1);
    if (value === GIVEN_UP) return GIVEN_UP;
    map[key] = value;
    const next = line.charCodeAt(flow.at);
    if (next === MAP_CLOSES) {
      flow.at++;
      return map;
    }
    if (next !== COMMA || line.charCodeAt(flow.at + 1) !== SPACE) return GIVEN_UP;
    flow.at = skipSpaces(line, flow.at + 1);
  }
}

function readFlowList(reader: Reader, flow: Flow, depth: number): Answer {
  const { line } = flow;
  const list: Plain[] = [];
  flow.at = skipSpaces(line, flow.at + 1);
  if (line.charCodeAt(flow.at) === LIST_CLOSES) {
    flow.at++;
    return list;
  }
  for (;;) {
    const value = readFlow(reader, flow, depth + 1);
    if (value === GIVEN_UP) return GIVEN_UP;
    list.push(value);
    const next = line.charCodeAt(flow.at);
    if (next === LIST_CLOSES) {
      flow.at++;
      return list;
    }
    if (next !== COMMA || line.charCodeAt(flow.at + 1) !== SPACE) return GIVEN_UP;
    flow.at = skipSpaces(line, flow.at + 1);
  }
}

/** Up to a comma or a closing bracket. */
const FLOW_WORD = /[^,[\]{}"#:]+(?=[,\]}])/y;

function readFlowWord({ values }: Reader, flow: Flow): Answer {
  const { line, at: from } = flow;
  FLOW_WORD.lastIndex = from;
  if (!FLOW_WORD.test(line)) return GIVEN_UP;
  flow.at = FLOW_WORD.lastIndex;
  const place = placeOf(line, from, flow.at);
  const known = findWord(values, place, line, from, flow.at);
  if (known !== undefined) return known;
  const text = line.slice(from, flow.at).trimEnd();
  const value = readWord(text);
  if (value === text) values[place] = text;
  return value;
}

/** JSON's escapes mean the same in YAML; anything else in such a text is for the full parser. */
const QUOTED = /"(?:[^"\\]|\\.)*"/y;

function readQuoted(flow: Flow): Answer {
  const { line, at: from } = flow;
  const to = line.indexOf('"', from + 1);
  if (to < 0) return GIVEN_UP;
  const text = line.slice(from + 1, to);
  if (text.includes('\\')) return readEscaped(flow);
  flow.at = to + 1;
  return text;
}

function readEscaped(flow: Flow): Answer {
  QUOTED.lastIndex = flow.at;
  const text = QUOTED.exec(flow.line)?.[0];
  if (text === undefined) return GIVEN_UP;
  flow.at += text.length;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : GIVEN_UP;
  } catch {
    return GIVEN_UP;
  }
}

const APOSTROPHES = /'((?:[^']|'')*)'(?!')/y;

function readApostrophes(flow: Flow): Answer {
  APOSTROPHES.lastIndex = flow.at;
  const match = APOSTROPHES.exec(flow.line);
  if (!match) return GIVEN_UP;
  flow.at += match[0].length;
  return (match[1] as string).replaceAll("''", "'");
}
