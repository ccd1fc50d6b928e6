// A letter's Markdown as HTML for a mail program, styled in place, since many strip style sheets. Only what Markdown itself
// makes becomes HTML; raw HTML is shown as text, and links lead to the web or to an address, nowhere else.
import { type Filled, replaceMarks } from './fill.ts';
import { printerWith, readParts, safeTarget, type Token, type Tokens } from './markdown.ts';

const escapeHtml = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');

const STYLES = {
  page: "max-width:600px;margin:0;padding:8px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1f1f1f",
  p: 'margin:0 0 16px',
  heading: 'margin:24px 0 12px;font-size:18px;line-height:1.3',
  blockquote: 'margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #c8c8c8',
  list: 'margin:0 0 16px;padding:0 0 0 24px',
  item: 'margin:0 0 6px',
  code: 'margin:0 0 16px;padding:0 0 0 16px;white-space:pre-wrap',
  table: 'margin:0 0 16px;border-collapse:collapse',
  cell: 'padding:4px 12px 4px 0;text-align:left;vertical-align:top',
  link: 'color:#0b57d0',
  signature: 'margin:24px 0 0;padding:12px 0 0;border-top:1px solid #dcdcdc;font-size:14px;color:#5a5a5a',
} as const;

const styled = (tag: string, style: keyof typeof STYLES, inner: string): string =>
  `<${tag} style="${STYLES[style].replace(/"/g, '&quot;')}">${inner}</${tag}>\n`;

type Context = {
  readonly parser: { parse(tokens: Tokens.Generic[]): string; parseInline(tokens: Tokens.Generic[]): string };
};

/** The body as a whole page, in the language of the letter. */
export function toHtml(filled: Filled, locale: string): string {
  const print = printerFor(filled);
  const body = readParts(filled)
    .map(({ tokens, isSignature }) => {
      const html = print(tokens);
      return isSignature ? `<div style="${STYLES.signature}">\n${html}</div>\n` : html;
    })
    .join('');
  const whole = replaceMarks({ ...filled, marked: body }, (value) => valueHtml(value));
  const head = '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">';
  return `<!DOCTYPE html>\n<html lang="${escapeHtml(locale)}">\n<head>${head}</head>\n<body dir="auto">\n<div style="${STYLES.page}">\n${whole}</div>\n</body>\n</html>\n`;
}

function printerFor(filled: Filled): (tokens: readonly Token[]) => string {
  return printerWith({
    html: ({ text }: Tokens.HTML | Tokens.Tag): string => escapeHtml(text),
    paragraph(this: Context, { tokens }: Tokens.Paragraph): string {
      return styled('p', 'p', this.parser.parseInline(tokens));
    },
    heading(this: Context, { tokens, depth }: Tokens.Heading): string {
      return styled(`h${depth}`, 'heading', this.parser.parseInline(tokens));
    },
    blockquote(this: Context, { tokens }: Tokens.Blockquote): string {
      return styled('blockquote', 'blockquote', `\n${this.parser.parse(tokens)}`);
    },
    list(this: Context, { items, ordered, start }: Tokens.List): string {
      const inner = items.map((item) => styled('li', 'item', this.parser.parse(item.tokens))).join('');
      const first = ordered && start !== 1 && start !== '' ? ` start="${start}"` : '';
      const tag = ordered ? 'ol' : 'ul';
      return `<${tag}${first} style="${STYLES.list}">\n${inner}</${tag}>\n`;
    },
    code: ({ text }: Tokens.Code): string => styled('pre', 'code', escapeHtml(text)),
    table(this: Context, { header, rows }: Tokens.Table): string {
      const row = (cells: readonly Tokens.TableCell[], tag: string): string =>
        `<tr>\n${cells.map((cell) => styled(tag, 'cell', this.parser.parseInline(cell.tokens))).join('')}</tr>\n`;
      return styled('table', 'table', `\n${row(header, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}`);
    },
    link(this: Context, { href, tokens }: Tokens.Link): string {
      const target = safeTarget(filled, href);
      const text = this.parser.parseInline(tokens);
      if (target === undefined) return text;
      // A link in a link would be none: addresses in its values stay text.
      return anchor(
        target,
        replaceMarks({ ...filled, marked: text }, (value) => lines(escapeHtml(value))),
      );
    },
    image: ({ text }: Tokens.Image): string => escapeHtml(text),
    checkbox: ({ checked }: Tokens.Checkbox): string => (checked ? '[x] ' : '[ ] '),
  });
}

const anchor = (target: string, html: string): string =>
  `<a href="${escapeHtml(encodeLink(target))}" style="${STYLES.link}">${html}</a>`;

const ADDRESS = /https?:\/\/[^\s<>"'`\\]*[^\s<>"'`\\.,;:!?)\]}]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;

/** An address in a value is a link, as it would be in the template. */
function valueHtml(value: string): string {
  let [html, at] = ['', 0];
  for (const match of value.matchAll(ADDRESS)) {
    const [found] = match;
    const target = /^https?:/i.test(found) ? found : `mailto:${found}`;
    html += `${escapeHtml(value.slice(at, match.index))}${anchor(target, escapeHtml(found))}`;
    at = match.index + found.length;
  }
  return lines(html + escapeHtml(value.slice(at)));
}

const lines = (html: string): string => html.replace(/\n/g, '<br>\n');

/** Blanks and control characters have no place in an address of the web. */
const encodeLink = (target: string): string => target.replace(/[\s\x00-\x1f\x7f]/g, (each) => encodeURIComponent(each));
