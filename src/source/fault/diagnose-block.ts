// The part of the diagnosis that is about structure: colons, dashes, indentation, brackets, block texts.

import type { SourceFault } from '../fault.ts';
import { excerpt, quoteHelp } from '../quote.ts';
import { type LinePart, nextLine, previousLine, type Rule, type Site } from './site.ts';

const syntax = (from: number, to: number, says: string, help?: string): SourceFault => ({
  code: 'yaml/syntax',
  span: [from, Math.max(to, from + 1)],
  says,
  ...(help !== undefined && { help }),
});

const textOf = (site: Site, part: readonly [number, number]): string => site.text.slice(...part);

/** `> 50%`, `| text`: a block text's mark with text behind it. */
const blockMark: Rule = (site) => {
  const { error, line } = site;
  if (!/^Not a YAML token|^Block scalar header/.test(error.message)) return undefined;
  const value = textOf(site, line.value);
  const mark = value[0] ?? '';
  if (mark !== '|' && mark !== '>') return undefined;
  const help = `${quoteHelp(value, line.key)}; or begin the text on the next line, indented`;
  return syntax(line.value[0], line.value[1], `nothing may follow \`${mark}\` on its line`, help);
};

const colonInText: Rule = (site) => {
  const { error, line, text } = site;
  if (error.code !== 'BLOCK_AS_IMPLICIT_KEY' || !error.message.startsWith('Nested')) return undefined;
  const value = textOf(site, line.value);
  const colon = value.search(/:(\s|$)/);
  if (colon >= 0) {
    const at = line.value[0] + colon;
    return syntax(at, at + 1, 'a text with `: ` in it must be in quotes', quoteHelp(value, line.key));
  }
  if (value.startsWith('? '))
    return syntax(
      line.value[0],
      line.value[0] + 1,
      'a text that begins with `? ` must be in quotes',
      quoteHelp(value, line.key),
    );
  const below = nextLine(site.lines, site.lineNumber);
  if (!below || line.key === undefined) return undefined;
  const says = `\`${excerpt(below.key ?? text.slice(...below.content))}\` is indented deeper than \`${excerpt(line.key)}\`, which has a value already`;
  const help =
    'keys that belong together begin in the same column; a long text goes in quotes, or on the lines below `key: |`';
  return syntax(below.content[0], below.content[0] + (below.key?.length ?? 1), says, help);
};

/** A line among keys that is none: no colon, no space after it, a dash, or the text of a block that is not indented. */
const noKey: Rule = (site) => {
  const { error, line } = site;
  const known =
    error.code === 'MULTILINE_IMPLICIT_KEY' ||
    error.message.startsWith('Implicit map keys') ||
    error.code === 'BAD_INDENT';
  if (!known || site.brackets.length > 0) return undefined;
  const content = textOf(site, line.content);
  const start = site.text.slice(line.span[0], line.content[1]).trimStart();
  const glued = /^([A-Za-z_][\w-]*):([^\s/:].*)/.exec(content);
  if (glued) {
    const at = line.content[0] + (glued[1] as string).length;
    return syntax(
      at,
      at + 1,
      'a space is missing after this `:`',
      `write \`${glued[1]}: ${excerpt(glued[2] as string)}\``,
    );
  }
  const dash = /^-([A-Za-z"'{[].*)/.exec(content);
  if (dash) {
    return syntax(
      line.content[0],
      line.content[0] + 1,
      'a space is missing after this `-`',
      `write \`- ${excerpt(dash[1] as string)}\``,
    );
  }
  const above = previousLine(site.lines, site.lineNumber);
  const mark = above && /(?:^|\s)([|>])[+-]?\d?[+-]?$/.exec(textOf(site, above.content));
  if (mark && indentOf(above) >= indentOf(line)) {
    const says = `the text under \`${mark[1]}\` must be indented deeper than the line above`;
    return syntax(line.content[0], line.content[1], says, 'put two more spaces before each line of the text');
  }
  const header = site.tokens.findLastIndex((token) => token.kind === 'block-scalar-header');
  const block = header < 0 ? undefined : site.tokens.slice(header).find((token) => token.kind === 'scalar');
  if (block && block.from + block.text.length === line.span[0] && indentOf(line) > 0 && error.code === 'BAD_INDENT') {
    const says = `this line is indented less than the text under \`${site.tokens[header]?.text}\` above it`;
    return syntax(line.content[0], line.content[1], says, 'indent all lines of the text as far as its first');
  }
  if (error.code === 'BAD_INDENT') return undefined;
  if (/^-(\s|$)/.test(start)) {
    const at = line.span[1] - line.text.trimStart().length;
    return syntax(at, at + 1, 'a list entry stands here among keys', 'put it under its key, or give it one');
  }
  if (line.key !== undefined) return undefined;
  const says = `no \`:\` follows \`${excerpt(content)}\`, so it is no key`;
  const help = `write \`${excerpt(content)}: …\`; if it belongs to the text above, indent it and put that text in quotes`;
  return syntax(line.content[0], line.content[1], says, help);
};

const indentOf = (part: LinePart): number => /^ */.exec(part.text)?.[0].length ?? 0;

const badIndent: Rule = (site) => {
  const { error, line } = site;
  if (error.code !== 'BAD_INDENT' || !error.message.startsWith('All mapping')) return undefined;
  const above = previousLine(site.lines, site.lineNumber);
  const shown = line.key ?? textOf(site, line.content);
  const inList = above && /^\s*- /.test(above.text) && !/^\s*- /.test(line.text);
  const says = inList
    ? `\`${excerpt(shown)}\` is neither part of the list above nor in the column of a key`
    : `the indentation of \`${excerpt(shown)}\` fits no line above it`;
  return syntax(
    line.content[0],
    line.content[0] + shown.length,
    says,
    'keys that belong together begin in the same column',
  );
};

/** What stands left of the first line, or is a key in a file that is a list. */
const outsideRoot: Rule = (site) => {
  const { error, line } = site;
  if (
    !/^Unexpected scalar|^Unexpected map-value-ind|^Unexpected seq-item-ind|^Unexpected block-seq-ind/.test(
      error.message,
    )
  )
    return undefined;
  if (error.message.includes('on same line with key')) {
    const value = textOf(site, line.value);
    const help = `begin the list on the next line; ${quoteHelp(value, line.key, 'if it is text, put it in quotes')}`;
    return syntax(line.value[0], line.value[1], 'a list cannot begin on the line of its key', help);
  }
  if (error.span[0] !== line.content[0] || site.brackets.length > 0) return undefined;
  const shown = line.key ?? textOf(site, line.content);
  const first = nextLine(site.lines, 0);
  const list = first !== undefined && /^\s*- /.test(first.text);
  const says =
    list && line.key !== undefined
      ? `\`${excerpt(shown)}\` is a key, and this file is a list`
      : `\`${excerpt(shown)}\` is indented less than the first line`;
  const help =
    list && line.key !== undefined
      ? 'indent it to belong to the entry above, or begin it with `- `'
      : 'lines that belong together begin in the same column';
  return syntax(line.content[0], line.content[0] + shown.length, says, help);
};

const strayBracket: Rule = ({ error, text }) => {
  if (!/flow-(map|seq)-end|^Unexpected (flow|comma)/.test(error.message) && !/^Unexpected [,}\]:]/.test(error.message))
    return undefined;
  const mark = text[error.span[0]] ?? '';
  if (mark === '}' || mark === ']') {
    const open = mark === '}' ? '{' : '[';
    return syntax(
      error.span[0],
      error.span[0] + 1,
      `this \`${mark}\` closes nothing`,
      `delete it, or write the \`${open}\` before it; a text with brackets goes in quotes`,
    );
  }
  if (mark === ',') return syntax(error.span[0], error.span[0] + 1, 'nothing stands before this comma', 'delete it');
  return undefined;
};

const unclosedBracket: Rule = (site) => {
  const { error, text, brackets } = site;
  if (!/ end with a [}\]]$/.test(error.message)) return undefined;
  const close = error.message.at(-1) as string;
  const open = close === '}' ? '{' : '[';
  const bracket =
    brackets.findLast((each) => each.text === open) ??
    site.tokens.findLast((each) => each.text === open && each.from < error.span[0]);
  if (!bracket) return undefined;
  const line = text.slice(bracket.from, site.lines.spanOf(site.lines.lineOf(bracket.from))?.[1]);
  const alone = line.trim() === open;
  const says = alone
    ? `the lines inside this \`${open}\` are not indented`
    : `the \`${open}\` that opens here is never closed`;
  const help = alone
    ? 'indent them deeper than the key'
    : line.length < 100
      ? `close it: \`${line.trim()}${close}\``
      : `write \`${close}\` where it ends`;
  return syntax(bracket.from, bracket.from + 1, says, help);
};

/** `{a: 1 b: 2}`, `{note: call: now}` */
const colonInBrackets: Rule = ({ error, text }) => {
  if (error.code !== 'BLOCK_IN_FLOW') return undefined;
  const [from, to] = error.span;
  const inner = text.slice(from, to).trimEnd();
  const shown = excerpt(inner);
  if (/^- /.test(inner))
    return syntax(
      from,
      from + 1,
      'a list with dashes cannot stand inside brackets',
      'use `[a, b]`, or write it without the brackets',
    );
  const help = `${quoteHelp(inner, undefined, 'if it is one text, put it in quotes')}; if it is two entries, put a comma between them`;
  return syntax(
    from,
    from + Math.max(1, inner.split('\n', 1)[0]?.length ?? 1),
    `\`${shown}\` has a \`: \` of its own; a comma or quotes are missing`,
    help,
  );
};

const missingInBrackets: Rule = ({ error, text }) => {
  if (error.code !== 'MISSING_CHAR' || !error.message.startsWith('Missing')) return undefined;
  if (error.message.startsWith('Missing space after :'))
    return syntax(error.span[0], error.span[0] + 1, 'a space is missing after this `:`');
  if (!error.message.includes('Missing , or :')) return undefined;
  const at = error.span[0] + (/^\s*/.exec(text.slice(error.span[0], error.span[0] + 200))?.[0].length ?? 0);
  return syntax(at, at + 1, 'a comma is missing before this', 'if it is all one text, put it in double quotes');
};

const glueToComment: Rule = ({ error }) => {
  if (!error.message.startsWith('Comments must be separated')) return undefined;
  return syntax(
    error.span[0],
    error.span[0] + 1,
    'a space is missing before this `#`',
    'write ` # ` for a comment; a `#` in a text goes in quotes',
  );
};

const longKey: Rule = ({ error, line }) => {
  if (error.code !== 'KEY_OVER_1024_CHARS') return undefined;
  return syntax(
    line.content[0],
    line.content[0] + 1,
    'this key is longer than 1024 characters',
    'a text with `: ` in it must be in quotes',
  );
};

export const BLOCK_RULES: readonly Rule[] = [
  blockMark,
  colonInText,
  noKey,
  badIndent,
  outsideRoot,
  strayBracket,
  unclosedBracket,
  colonInBrackets,
  missingInBrackets,
  glueToComment,
  longKey,
];
