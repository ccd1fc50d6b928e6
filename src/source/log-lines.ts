// Touch-log lines in the tool's own form, read directly: most of a practice is such lines. Any other line sends its whole
// file to the full parser. Knows no record type; what it answers is what the full parser would.

/** A flow map on one line: keys, and values that are a bare word, a number, true, a list of words or a double-quoted text. */
const LINE = /^- \{(.*)\}$/;
const PAIR = /([a-z_]+): (?:(\[[a-z0-9, -]*\])|("(?:[^"\\]|\\.)*")|([^\s,[\]{}"'][^,[\]{}"]*))(?:, |$)/y;
/** Nothing that YAML could take for a number, a truth, nothing, a tag, an anchor or a comment. */
const WORD = /^[a-z][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^(?:0|[1-9]\d{0,5})$/;
const RESERVED = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n']);
/** Characters that the reader of texts has something to say about. */
const ODD = /[^\x20-\x7e\u00a1-\u05ff\u2010-\u2027\u2030-\u205e\u20a0-\u2bff\u{1f000}-\u{1faff}]/u;

const isWord = (text: string): boolean => WORD.test(text) && !RESERVED.has(text);

/** The list of touches; `undefined` as soon as anything is not in the own form. */
export function readLogLines(text: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  if (text === '' || ODD.test(text.replaceAll('\n', ''))) return undefined;
  const entries: Readonly<Record<string, unknown>>[] = [];
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('# ')) continue;
    const inner = LINE.exec(line)?.[1];
    const entry = inner === undefined ? undefined : readPairs(inner);
    if (!entry) return undefined;
    entries.push(entry);
  }
  return entries.length === 0 ? undefined : entries;
}

function readPairs(inner: string): Readonly<Record<string, unknown>> | undefined {
  const entry: Record<string, unknown> = Object.create(null);
  PAIR.lastIndex = 0;
  let at = 0;
  while (at < inner.length) {
    PAIR.lastIndex = at;
    const match = PAIR.exec(inner);
    if (!match) return undefined;
    const [whole, key = '', list, quoted, bare] = match;
    const value =
      list !== undefined ? readList(list) : quoted !== undefined ? readQuoted(quoted) : readBare(bare ?? '');
    if (value === undefined || Object.hasOwn(entry, key) || !WORD.test(key) || RESERVED.has(key)) return undefined;
    entry[key] = value;
    at += whole.length;
    // A comma after the last pair is another form.
    if (at === inner.length && whole.endsWith(', ')) return undefined;
  }
  return at === 0 ? undefined : entry;
}

function readList(text: string): readonly string[] | undefined {
  const words = text.slice(1, -1).split(', ');
  return words.every(isWord) ? words : undefined;
}

/** JSON's escapes mean the same in YAML; anything else in a string is for the full parser. */
function readQuoted(text: string): string | undefined {
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function readBare(text: string): string | number | true | undefined {
  if (DAY.test(text) || isWord(text)) return text;
  if (text === 'true') return true;
  return NUMBER.test(text) ? Number(text) : undefined;
}
