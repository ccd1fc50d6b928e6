// What the quick reader reads within a line: keys, words, numbers, quoted texts, `{}` and `[]`. Knows no other line.

/** Told apart from every value. */
export const GIVEN_UP = Symbol('given up');
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };
export type Answer = Plain | typeof GIVEN_UP;

/**
 * A map in which nothing is but its own keys. What `Object.create(null)` makes is a dictionary to V8, far slower to fill
 * and to read than an object that a constructor made, and several times as large.
 */
export const BareMap = Bare as unknown as new () => Record<string, Plain>;
function Bare(): void {}
Bare.prototype = Object.create(null);

/** A value deeper than this is for the full parser. */
export const DEEPEST = 20;

const [SPACE, QUOTE, APOSTROPHE, COMMA] = [32, 34, 39, 44];
const [LIST_OPENS, LIST_CLOSES, MAP_OPENS, MAP_CLOSES] = [91, 93, 123, 125];

/** A map with keys that are numbers has an order that takes the full parser to keep. */
const KEY = /^(?!\d+$)[A-Za-z0-9][\w.-]{0,100}$/;

/**
 * Words read before, each where its length and some of its characters put it; another there is forgotten. Nearly every
 * key, kind and name of a file has been read before: then it is known to be plain, and its text already exists.
 */
type Words = (string | undefined)[];
const PLACES = 128;
const newWords = (): Words => new Array<string | undefined>(PLACES).fill(undefined);

/** The words that one reading has met so far. */
export type Vocabulary = { readonly keys: Words; readonly values: Words };
export const newVocabulary = (): Vocabulary => ({ keys: newWords(), values: newWords() });

const placeOf = (line: string, from: number, to: number): number =>
  (line.charCodeAt(from) * 5 + line.charCodeAt(to - 1) * 11 + line.charCodeAt((from + to) >> 1) * 3 + to - from) %
  PLACES;

const findWord = (words: Words, place: number, line: string, from: number, to: number): string | undefined => {
  const word = words[place];
  return word !== undefined && word.length === to - from && line.startsWith(word, from) ? word : undefined;
};

/** The key at `from`, with a colon behind it that ends the line or has a space behind it. */
export function readKey({ keys }: Vocabulary, line: string, from: number): string | undefined {
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

// To look for a character behind the end costs more than to ask where the end is.
export const skipSpaces = (line: string, from: number): number => {
  let at = from;
  while (at < line.length && line.charCodeAt(at) === SPACE) at++;
  return at;
};

const AMBIGUOUS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const NUMBER = /^(?:0|[1-9]\d{0,9})(?:\.\d{1,5})?$/;
/** Every number of YAML that begins with a digit looks like this. */
const NUMERIC = /^(?:[\d._]*(?:e[+-]?[\d_]*)?|0[xob].*)$/i;

/** A letter or `(`: with such a character begins a word. */
const beginsWord = (first: number): boolean =>
  (first >= 97 && first <= 122) || (first >= 65 && first <= 90) || (first >= 0xc0 && first <= 0x24f) || first === 40;

/** A plain scalar. */
export function readWord(text: string): Answer {
  const first = text.charCodeAt(0);
  if (beginsWord(first)) {
    if (text.length > 5 || !AMBIGUOUS.test(text)) return text;
    return text === 'true' ? true : text === 'false' ? false : GIVEN_UP;
  }
  if (!(first >= 48 && first <= 57)) return GIVEN_UP;
  if (NUMBER.test(text)) return Number(text);
  return NUMERIC.test(text) ? GIVEN_UP : text;
}

/** A value in brackets or quotes, on one line. */
export type Flow = { readonly line: string; at: number };

/** Whether such a value begins there. */
export function beginsFlow(line: string, at: number): boolean {
  const first = line.charCodeAt(at);
  return first === MAP_OPENS || first === LIST_OPENS || first === QUOTE || first === APOSTROPHE;
}

export function readFlow(words: Vocabulary, flow: Flow, depth: number): Answer {
  if (depth > DEEPEST) return GIVEN_UP;
  switch (flow.line.charCodeAt(flow.at)) {
    case MAP_OPENS:
      return readFlowMap(words, flow, depth);
    case LIST_OPENS:
      return readFlowList(words, flow, depth);
    case QUOTE:
      return readQuoted(flow);
    case APOSTROPHE:
      return readApostrophes(flow);
    default:
      return readFlowWord(words, flow);
  }
}

function readFlowMap(words: Vocabulary, flow: Flow, depth: number): Answer {
  const { line } = flow;
  const map = new BareMap();
  flow.at = skipSpaces(line, flow.at + 1);
  if (line.charCodeAt(flow.at) === MAP_CLOSES) {
    flow.at++;
    return map;
  }
  for (;;) {
    const key = readKey(words, line, flow.at);
    if (key === undefined || map[key] !== undefined) return GIVEN_UP;
    flow.at = skipSpaces(line, flow.at + key.length + 1);
    const value = readFlow(words, flow, depth + 1);
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

function readFlowList(words: Vocabulary, flow: Flow, depth: number): Answer {
  const { line } = flow;
  const list: Plain[] = [];
  flow.at = skipSpaces(line, flow.at + 1);
  if (line.charCodeAt(flow.at) === LIST_CLOSES) {
    flow.at++;
    return list;
  }
  for (;;) {
    const value = readFlow(words, flow, depth + 1);
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

function readFlowWord({ values }: Vocabulary, flow: Flow): Answer {
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
