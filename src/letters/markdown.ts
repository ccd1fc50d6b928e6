// A letter's Markdown, read once for both of its forms: its parts as they follow each other, the signature apart. Owns what
// counts as a link; prints nothing.
import { Marked, type MarkedExtension, type Token, type Tokens } from 'marked';
import { type Filled, replaceMarks } from './fill.ts';
import { SIGNATURE_FROM, SIGNATURE_TO } from './parse.ts';

export type { Token, Tokens };

export type Part = { readonly isSignature: boolean; readonly tokens: readonly Token[]; readonly isApart: boolean };

/** A line break in a letter is one that its writer meant. */
const DIALECT = { gfm: true, breaks: true, async: false } as const;
const reader = new Marked(DIALECT);

type Renderer = NonNullable<MarkedExtension<string, string>['renderer']>;

/** What prints the tokens of a part as this renderer says. */
export function printerWith(renderer: Renderer): (tokens: readonly Token[]) => string {
  const printer = new Marked<string, string>({ ...DIALECT, renderer });
  return (tokens) => printer.parser([...tokens]);
}

const SIGNATURE = new RegExp(`[ \\t]*${SIGNATURE_FROM}([^${SIGNATURE_TO}]*)${SIGNATURE_TO}\\n?`);

/** `isApart`: a blank line stands between it and what comes before. */
export function readParts({ marked }: Filled): readonly Part[] {
  const [before = '', signature, after = ''] = marked.split(SIGNATURE);
  const part = (text: string, isSignature: boolean, above: string): readonly Part[] =>
    text.trim() === ''
      ? []
      : [{ isSignature, tokens: reader.lexer(text), isApart: above === '' || /\n\s*\n$/.test(above) }];
  if (signature === undefined) return part(marked, false, '');
  return [
    ...part(before, false, ''),
    ...part(signature, true, before),
    ...part(after, false, /^\s*\n/.test(after) ? '' : signature),
  ];
}

const SAFE_LINK = /^(?:https?:\/\/|mailto:)/i;

/** Where a link leads: to the web or to an address, nowhere else. */
export function safeTarget(filled: Filled, href: string): string | undefined {
  const target = replaceMarks({ ...filled, marked: href }, (value) => value).trim();
  return SAFE_LINK.test(target) ? target : undefined;
}

/** As a person reads it. */
export const bareTarget = (target: string): string => target.replace(/^mailto:/i, '');
