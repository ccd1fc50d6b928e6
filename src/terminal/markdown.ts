// A person's text inside a Markdown document: it stays that text, and never becomes markup, HTML or an entity.
import { escapeHostile } from './ink.ts';

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** On one line. */
export const escapeMarkdown = (text: string): string =>
  escapeHostile(flat(text)).replace(/[\\`*_{}[\]<>#|&~$]/g, '\\$&');

/** As code, in which nothing can be escaped. */
export const markdownCode = (text: string): string => `\`${escapeHostile(flat(text)).replaceAll('`', "'")}\``;
