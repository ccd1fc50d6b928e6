// A letter's Markdown as HTML for a mail program. Only what Markdown itself makes becomes HTML; raw HTML is shown as text,
// and links lead to the web or to an address, nowhere else.
import { Marked, type Tokens } from 'marked';
import { type Filled, replaceMarks } from './fill.ts';

const SAFE_LINK = /^(?:https?:\/\/|mailto:)/i;

const escapeHtml = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');

/** The body as a whole page, in the language of the practice. */
export function toHtml(filled: Filled, locale: string): string {
  const plain = (text: string): string => replaceMarks({ ...filled, marked: text }, (value) => value);
  const renderer = {
    html: ({ text }: Tokens.HTML | Tokens.Tag): string => escapeHtml(text),
    link(
      this: { readonly parser: { parseInline(tokens: Tokens.Generic[]): string } },
      { href, tokens }: Tokens.Link,
    ): string {
      const target = plain(href).trim();
      const text = this.parser.parseInline(tokens);
      return SAFE_LINK.test(target) ? `<a href="${escapeHtml(encodeLink(target))}">${text}</a>` : text;
    },
    image: ({ text }: Tokens.Image): string => escapeHtml(text),
    checkbox: ({ checked }: Tokens.Checkbox): string => (checked ? '[x] ' : '[ ] '),
  };
  const body = new Marked({ gfm: true, async: false, renderer }).parse(filled.marked) as string;
  const whole = replaceMarks({ ...filled, marked: body }, (value) => escapeHtml(value).replace(/\n/g, '<br>\n'));
  return `<!DOCTYPE html>\n<html lang="${escapeHtml(locale)}">\n<head><meta charset="utf-8"></head>\n<body dir="auto">\n${whole}</body>\n</html>\n`;
}

/** Blanks and control characters have no place in an address of the web. */
const encodeLink = (target: string): string => target.replace(/[\s\x00-\x1f\x7f]/g, (each) => encodeURIComponent(each));
