// How large and how nested a template may be: both libraries that read it call themselves once a level, and take long over
// one endless paragraph. Owns the limits and what is said of a text beyond them; a letter is a page, so none meets them.

/** Characters of the text, the second not included. */
type Span = readonly [number, number];

export type Excess = { readonly says: string; readonly help: string; readonly span: Span };

const MOST_LEVELS = 20;
const MOST_CHARACTERS = 100_000;
const MOST_IN_PARAGRAPH = 10_000;

const tooDeep = (what: string, span: Span): Excess => ({
  says: `${what} are nested more than ${MOST_LEVELS} levels deep`,
  help: 'no letter needs that; look for something that is never closed',
  span,
});

/** Blocks, and calls within calls, beyond what is read. One `{{else if}}` after another is a level each. */
export function templateExcess(text: string): Excess | undefined {
  if (text.length > MOST_CHARACTERS) return tooLong('text', MOST_CHARACTERS, MOST_CHARACTERS, text.length);
  /** For each open block the levels it stands for. */
  const blocks: number[] = [];
  let levels = 0;
  for (const { index, 0: tag } of text.matchAll(/\{\{(?!!)[^{}]*/g)) {
    const [, sign, name] = /^\{\{~?\s*([#^/]?)\s*([\w-]*)/.exec(tag) ?? [];
    if (sign === '#') {
      blocks.push(1);
      levels += 1;
    } else if (sign === '/') levels -= blocks.pop() ?? 0;
    else if (name === 'else' && /^\{\{~?\s*else\s+\w/.test(tag) && blocks.length > 0) {
      blocks.push((blocks.pop() ?? 0) + 1);
      levels += 1;
    }
    const calls = deepestCall(tag);
    if (levels > MOST_LEVELS) return tooDeep('blocks', [index, index + tag.length]);
    if (calls > MOST_LEVELS) return tooDeep('calls', [index, index + 2]);
  }
  return undefined;
}

function deepestCall(tag: string): number {
  let [open, most] = [0, 0];
  for (const bracket of tag.match(/[()]/g) ?? []) {
    open += bracket === '(' ? 1 : -1;
    most = Math.max(most, open);
  }
  return most;
}

const tooLong = (what: string, most: number, from: number, to: number): Excess => ({
  says: `this ${what} is longer than ${most.toLocaleString('en')} characters`,
  help: 'a letter is a page or two; attach anything longer, or link to it',
  span: [from, to],
});

const MARKS = /(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$))[ \t]*/y;

/** Quotations and lists within each other, and paragraphs, beyond what is read. */
export function markdownExcess(text: string): Excess | undefined {
  if (text.length > MOST_CHARACTERS) return tooLong('text', MOST_CHARACTERS, MOST_CHARACTERS, text.length);
  /** Columns in which the text of the open list entries begins. */
  let columns: number[] = [];
  let [from, paragraph] = [0, 0];
  for (const line of text.split('\n')) {
    if (line.trim() === '') paragraph = from + line.length + 1;
    else {
      const indent = line.search(/[^ \t]/);
      columns = columns.filter((column) => column <= indent);
      let quotes = 0;
      MARKS.lastIndex = indent;
      for (let at = indent; MARKS.test(line); at = MARKS.lastIndex) {
        if (line[at] === '>') quotes += 1;
        else columns.push(MARKS.lastIndex);
        if (columns.length + quotes > MOST_LEVELS) return tooDeep('lists and quotations', [from + at, from + at + 1]);
      }
      if (from + line.length - paragraph > MOST_IN_PARAGRAPH)
        return tooLong('paragraph', MOST_IN_PARAGRAPH, paragraph, from + line.length);
    }
    from += line.length + 1;
  }
  return undefined;
}
