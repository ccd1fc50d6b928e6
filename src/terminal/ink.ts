// Coloured text as data. Owns styles and the one place where a person's data is escaped; the only user of chalk.
import { Chalk } from 'chalk';

export type Style = 'plain' | 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'blue';
export type Span = { readonly text: string; readonly style: Style };
/** One line on the screen. A bare string is plain. */
export type Line = readonly (string | Span)[];
export type Block = readonly Line[];

export const span = (text: string, style: Style): Span => ({ text, style });
export const line = (...spans: readonly (string | Span)[]): Line => spans;

/** Control, zero-width and bidirectional characters that could forge or hide what a terminal shows. */
const HOSTILE = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

function escapeOne(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The text with everything a terminal would obey shown as an escape such as `\x1b`. One line stays one line. */
export const escapeHostile = (text: string): string => text.replace(HOSTILE, escapeOne);

/**
 * A text of several lines for a file or a pipe: what a terminal would obey is shown as an escape, while line ends, tabs and
 * the marks of scripts that are written from right to left stay.
 */
export const escapeText = (text: string): string =>
  text.replace(
    /\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g,
    escapeOne,
  );

/** A text as an answer: `plain` for a pipe, and lines for a screen, where tabs are spaces. */
export const textAnswer = (text: string): { readonly text: Block; readonly plain: string } => ({
  text: text
    .replace(/\n$/, '')
    .split('\n')
    .map((each) => [each.replace(/\r$/, '').replaceAll('\t', '    ')]),
  plain: text,
});

/** JSON that is safe on a terminal too: the same characters as `\uXXXX`. */
export const safeJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** chalk's colour level: 0 none, 1 the sixteen colours. */
export function paint(block: Block, level: 0 | 1): string {
  const chalk = new Chalk({ level });
  const styled = (part: string | Span): string => {
    if (typeof part === 'string') return escapeHostile(part);
    const text = escapeHostile(part.text);
    return part.style === 'plain' ? text : chalk[part.style](text);
  };
  return block.map((each) => `${each.map(styled).join('')}\n`).join('');
}
