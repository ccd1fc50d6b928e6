// A letter as plain text: what its HTML says, without the marks of Markdown. Links are "label: address", quotations indented.
import { type Filled, replaceMarks } from './fill.ts';
import { bareTarget, type Part, readParts, safeTarget, type Token, type Tokens } from './markdown.ts';

/** Lines end with LF, the last one too. */
export function toPlain(filled: Filled): string {
  const text = readParts(filled)
    .map((part) => ({ part, text: blocks(part.tokens, filled) }))
    .filter((each) => each.text !== '')
    .reduce((all, { part, text: each }) => (all === '' ? each : `${all}${gapBefore(part)}${each}`), '');
  return `${text.replace(/(?<![ \t])[ \t]+$/gm, '').replace(/^\n+|(?<!\n)\n+$/g, '')}\n`;
}

const gapBefore = ({ isApart }: Part): string => (isApart ? '\n\n' : '\n');

function blocks(tokens: readonly Token[], filled: Filled): string {
  return tokens
    .map((token) => block(token, filled))
    .filter((text) => text !== '')
    .join('\n\n');
}

function block(token: Token, filled: Filled): string {
  switch (token.type) {
    case 'space':
    case 'hr':
    case 'def':
      return '';
    case 'heading':
    case 'paragraph':
      return inline(token.tokens ?? [], filled);
    case 'text':
      return token.tokens ? inline(token.tokens, filled) : plainValue(decode(token.text), filled);
    case 'blockquote':
      return indented(blocks(token.tokens ?? [], filled), '    ');
    case 'code':
      return indented(plainValue(token.text, filled), '    ');
    case 'list':
      return list(token as Tokens.List, filled);
    case 'table':
      return table(token as Tokens.Table, filled);
    default:
      return plainValue(token.raw.trimEnd(), filled);
  }
}

function list({ items, ordered, start, loose }: Tokens.List, filled: Filled): string {
  return items
    .map((item, i) => {
      const mark = ordered ? `${Number(start || 1) + i}. ` : '- ';
      const box = item.task ? (item.checked ? '[x] ' : '[ ] ') : '';
      const own = item.tokens.filter((it) => it.type !== 'checkbox');
      const text = loose ? blocks(own, filled) : own.map((it) => block(it, filled)).join('\n');
      const width = ' '.repeat(mark.length);
      return `${mark}${box}${indented(text, width).slice(width.length)}`;
    })
    .join(loose ? '\n\n' : '\n');
}

function table({ header, rows }: Tokens.Table, filled: Filled): string {
  const cells = [header, ...rows].map((row) => row.map((cell) => inline(cell.tokens, filled).replace(/\n/g, ' ')));
  const widths = header.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function inline(tokens: readonly Token[], filled: Filled): string {
  return tokens
    .map((token): string => {
      switch (token.type) {
        case 'br':
          return '\n';
        case 'strong':
        case 'em':
        case 'del':
          return inline(token.tokens ?? [], filled);
        case 'link':
          return link(token as Tokens.Link, filled);
        case 'escape':
        case 'codespan':
        case 'image':
          return plainValue(decode(token.text), filled);
        case 'checkbox':
          return '';
        case 'text':
          return token.tokens ? inline(token.tokens, filled) : plainValue(decode(token.text), filled);
        default:
          return plainValue(token.raw, filled);
      }
    })
    .join('');
}

function link({ href, tokens }: Tokens.Link, filled: Filled): string {
  const label = inline(tokens, filled);
  const target = safeTarget(filled, href);
  if (target === undefined) return label;
  const address = bareTarget(target);
  return label === address || label === target || `http://${label}` === target ? label : `${label}: ${address}`;
}

const plainValue = (text: string, filled: Filled): string =>
  replaceMarks({ ...filled, marked: text }, (value) => value);

const indented = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : `${by}${line}`))
    .join('\n');

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  euro: '€',
  pound: '£',
  ndash: '–',
  mdash: '—',
  hellip: '…',
};

/** Entities, which HTML shows as characters. */
const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0x1f && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
