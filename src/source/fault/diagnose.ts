// The library's first complaint, told as the slip that a person made, where it was made. Knows the library's codes;
// knows no record. Each rule looks at the same site; the first that recognises it speaks.

import type { SourceFault } from '../fault.ts';
import { excerpt, quoteHelp } from '../quote.ts';
import { nameOddSpace, oddSpaceInLine } from '../spaces.ts';
import { MAX_DEPTH } from '../tokens.ts';
import type { LibraryError } from '../tree.ts';
import { BLOCK_RULES } from './diagnose-block.ts';
import { openSite, partsOf, type Rule, type Site } from './site.ts';

export function diagnose(text: string, error: LibraryError): SourceFault {
  const site = openSite(text, error);
  for (const rule of RULES) {
    const fault = rule(site);
    if (fault) return fault;
  }
  const { message } = error;
  const says = `this cannot be read as YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  return { code: 'yaml/syntax', span: error.span, says: excerpt(says, 200) };
}

const syntax = (from: number, to: number, says: string, help?: string): SourceFault => ({
  code: 'yaml/syntax',
  span: [from, Math.max(to, from + 1)],
  says,
  ...(help !== undefined && { help }),
});

/** What git left when only the first marker was deleted. */
function leftoverMarker({ lines, lineNumber }: Site): SourceFault | undefined {
  for (const number of [lineNumber, lineNumber + 1]) {
    const [from, to] = lines.spanOf(number) ?? [0, 0];
    if (/^(={7}$|>{7}( |$)|\|{7}( |$))/.test(lines.textOf(number) ?? ''))
      return { code: 'yaml/merge-conflict', span: [from, to] };
  }
  return undefined;
}

/** `{note: see #12, kind: x}`: the comment swallowed the closing bracket. */
function commentInBrackets({ tokens, error, text }: Site): SourceFault | undefined {
  const comment = tokens.find(
    (token) =>
      token.kind === 'comment' && token.flow > 0 && token.from < error.span[0] && /^#\S.*[}\]]/.test(token.text),
  );
  if (!comment) return undefined;
  const at = tokens.indexOf(comment);
  const bracket = tokens.slice(0, at).findLast((token) => token.kind.endsWith('-start') && token.flow === comment.flow);
  const before = tokens[at - 2];
  const says = `\`${excerpt(comment.text)}\` is read as a comment, so the \`${bracket?.text ?? '{'}\` before it is never closed`;
  const end = comment.from + (/^[^,}\]]*/.exec(comment.text)?.[0].length ?? 1);
  const help =
    before?.kind === 'scalar' ? quoteHelp(text.slice(before.from, end)) : 'put the text with the `#` in quotes';
  return syntax(comment.from, comment.from + comment.text.length, says, help);
}

/** A quoted text that runs on over lines which look like keys or entries. */
function unclosedQuote({ tokens, error, text }: Site): SourceFault | undefined {
  const missing = error.message.startsWith('Missing closing');
  const open = tokens.find(
    (token) =>
      /quoted-scalar$/.test(token.kind) &&
      token.from <= error.span[0] &&
      (/\n[ \t]*(?:- |[\w"'-]+:(?:\s|$))/.test(token.text) ||
        (missing && token.from + token.text.length >= error.span[0])),
  );
  if (!open) return undefined;
  const mark = open.text[0] as string;
  const end = open.text.indexOf('\n') < 0 ? open.text.length : open.text.indexOf('\n');
  const shown = open.text.slice(0, end).trimEnd();
  // In brackets the quote took the closing ones with it.
  const first = open.flow > 0 ? shown.slice(0, 200).replace(/[}\]]+$/, '') : shown;
  const help =
    first.length < 100 ? `close it where the text ends: \`${first}${mark}\`` : 'close it where the text ends';
  const from = text[open.from] === mark ? open.from : error.span[0];
  return syntax(from, from + 1, `the quote \`${mark}\` that opens here is never closed`, help);
}

function tabIndent({ error, line }: Site): SourceFault | undefined {
  const help = 'indent with spaces; most editors can replace the tabs of a file at once';
  const indent = /^ *(\t[ \t]*)/.exec(line.text);
  if (indent) {
    const to = line.span[0] + indent[0].length;
    return syntax(
      to - (indent[1] as string).length,
      to,
      'a tab stands in the indentation; YAML allows only spaces there',
      help,
    );
  }
  if (error.code !== 'TAB_AS_INDENT') return undefined;
  return syntax(error.span[0], error.span[1], 'a tab stands before what begins here; YAML allows only spaces', help);
}

function oddSpace({ error, lines, lineNumber }: Site): SourceFault | undefined {
  const last = Math.min(lines.lineOf(error.span[1]), lineNumber + 5);
  for (let number = Math.max(1, lineNumber - 1); number <= last; number++) {
    const { span, text } = partsOf(lines, number);
    const found = oddSpaceInLine(text);
    if (!found) continue;
    const says = `${nameOddSpace(text[found[0]] as string)} stands where only ordinary spaces may`;
    const at = [span[0] + found[0], span[0] + found[1]] as const;
    return { code: 'yaml/encoding', span: at, says, help: 'replace it by an ordinary space, or delete it' };
  }
  return undefined;
}

/** Where a text stands in brackets it ends at a comma or bracket; elsewhere at the line's end. */
function valueAt(site: Site): { readonly span: readonly [number, number]; readonly key: string | undefined } {
  const { text, error, line, brackets } = site;
  if (brackets.length === 0) return { span: line.value, key: line.key };
  const rest = text.slice(error.span[0], line.span[1]);
  const length = /^[^,}\]]*/.exec(rest)?.[0].trimEnd().length ?? 0;
  const key = /([\w-]+):[ \t]*$/.exec(text.slice(Math.max(0, error.span[0] - 200), error.span[0]))?.[1];
  return { span: [error.span[0], error.span[0] + length], key };
}

function badStart(site: Site): SourceFault | undefined {
  const { error, text } = site;
  if (error.code !== 'BAD_SCALAR_START') return undefined;
  const { span, key } = valueAt(site);
  const mark = text[error.span[0]] ?? '';
  const says = `a text that begins with ${mark === '`' ? 'a backquote' : `\`${mark}\``} must be in quotes`;
  return syntax(error.span[0], error.span[0] + 1, says, quoteHelp(text.slice(error.span[0], span[1]), key));
}

function templateStart({ error, text, line, brackets }: Site): SourceFault | undefined {
  const from = text.lastIndexOf('{{', error.span[0]);
  if (from < line.span[0] || from > line.span[1]) return undefined;
  const value = text.slice(...line.value);
  const says = 'a value that begins with `{{` must be in quotes';
  if (value.startsWith('{{')) return syntax(line.value[0], line.value[1], says, quoteHelp(value, line.key));
  const inBrackets = /(?:[{[,]|:)[ \t]*$/.test(text.slice(line.span[0], text.indexOf('{{', line.span[0])));
  if (inBrackets) return syntax(from, from + 2, says, 'put the text in double quotes');
  // `{note: hello {{name}}}`
  if (brackets.length === 0 || error.span[0] > from + 1) return undefined;
  return syntax(
    from,
    from + 2,
    'inside `{ }` and `[ ]` a text with `{{` must be in quotes',
    'put the text in double quotes',
  );
}

/** `"Acme" Ltd`, `'It's here'`, `[x] foo`, `*bold* text`. */
function textAfterValue(site: Site): SourceFault | undefined {
  const { error, text, line } = site;
  if (!/ at node end$|token at node end/.test(error.message) && !error.message.startsWith('Unexpected scalar'))
    return undefined;
  if (error.span[0] < line.value[0]) return undefined;
  const value = text.slice(...line.value);
  const mark = value[0] ?? '';
  const rest = excerpt(text.slice(error.span[0], line.value[1]));
  const help = quoteHelp(mark === "'" && value.endsWith("'") ? value.slice(1, -1) : value, line.key);
  if (site.brackets.length > 0) {
    return syntax(
      error.span[0],
      error.span[1],
      `\`${excerpt(text.slice(...error.span))}\` stands after a value; a comma or quotes are missing`,
      'if it is all one text, put it in double quotes',
    );
  }
  if (mark === "'" && value.endsWith("'")) {
    return syntax(error.span[0] - 1, error.span[0], 'this apostrophe ends the quoted text', help);
  }
  if (mark === '"' || mark === "'")
    return syntax(error.span[0], line.value[1], `\`${rest}\` follows the closing quote`, help);
  if (mark === '[' || mark === '{') {
    return syntax(
      error.span[0],
      line.value[1],
      `\`${rest}\` follows the closing bracket; a text that begins with \`${mark}\` must be in quotes`,
      help,
    );
  }
  if (mark === '*') return syntax(line.value[0], line.value[1], 'a text that begins with `*` must be in quotes', help);
  return undefined;
}

function propertyMark(site: Site): SourceFault | undefined {
  const { error, text, line } = site;
  const known =
    /^(BAD_ALIAS|ALIAS_PROPS|MULTIPLE_ANCHORS|MULTIPLE_TAGS|BAD_PROP_ORDER|TAG_RESOLVE_FAILED|BAD_COLLECTION_TYPE)$/;
  const spaced = error.message.startsWith('Tags and anchors');
  if (!known.test(error.code) && !spaced) return undefined;
  const at = /[&*!]/.test(text[error.span[0]] ?? '') ? error.span[0] : line.value[0];
  const mark = text[at] ?? '';
  if (!/[&*!]/.test(mark)) return undefined;
  const help = quoteHelp(text.slice(at, line.value[1]), at === line.value[0] ? line.key : undefined);
  return syntax(at, at + 1, `a text that begins with \`${mark}\` must be in quotes`, help);
}

function badEscape({ error, text }: Site): SourceFault | undefined {
  if (error.code !== 'BAD_DQ_ESCAPE') return undefined;
  const from = error.span[0];
  const says = `\`${text.slice(from, from + 2)}\` means nothing inside double quotes`;
  return syntax(from, from + 2, says, 'write `\\\\` for one `\\`, or put the text in single quotes');
}

function tooDeep({ error }: Site): SourceFault | undefined {
  if (error.code !== 'RESOURCE_EXHAUSTION') return undefined;
  return { code: 'yaml/too-deep', span: error.span, args: { limit: MAX_DEPTH } };
}

const RULES: readonly Rule[] = [
  leftoverMarker,
  tooDeep,
  commentInBrackets,
  unclosedQuote,
  tabIndent,
  oddSpace,
  badStart,
  templateStart,
  badEscape,
  ...BLOCK_RULES,
  textAfterValue,
  propertyMark,
];
