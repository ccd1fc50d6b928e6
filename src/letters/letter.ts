// One letter to one client: rendered whole, or what keeps it from being whole. The way to it for every command.
import type { EmailRecord } from '../book/book.ts';
import { DEFAULT_LOCALE } from '../money.ts';
import type { Place, Problem } from '../problem/problem.ts';
import { checkText } from './check.ts';
import type { Facts } from './facts.ts';
import { fill, toLine, toText } from './fill.ts';
import type { Manner } from './functions.ts';
import { toHtml } from './html.ts';
import { lackingIn, oncePerCause } from './lacking.ts';
import { type Found, findCopy, findRecipient, type Recipient } from './recipients.ts';
import { bodyText, ccTexts, emailTexts, subjectText, type TemplateText } from './texts.ts';

export type Letter = {
  readonly template: string;
  readonly to: Recipient;
  readonly cc: readonly Recipient[];
  /** One line. */
  readonly subject: string;
  /** Markdown as the template is written; lines end with LF, the last one too. */
  readonly text: string;
  /** The same as a page. */
  readonly html: string;
};

export type Rendered<T> = { readonly letter: T } | { readonly problems: readonly Problem[] };

export const mannerOf = ({ book, today }: Facts): Manner => ({
  locale: book.practice?.locale ?? DEFAULT_LOCALE,
  currency: book.practice?.currency,
  today,
});

/** `to` replaces the template's: a contact's id, or `partner`. The facts' contact is the one it names. */
export function renderLetter(facts: Facts, email: EmailRecord, to?: string): Rendered<Letter> {
  const manner = mannerOf(facts);
  const main = findRecipient(facts, to ?? email.to);
  const problems = [...faultsIn(emailTexts(email), facts, manner), ...lackOf(main, { file: email.file, path: ['to'] })];
  if (problems.length > 0) return { problems };
  const copies = ccTexts(email).map((each) => ({
    each,
    found: findCopy(facts, toLine(fill(each.text, facts, manner))),
  }));
  const lacking = copies.flatMap(({ each, found }) => lackOf(found, each.placeOf([0, each.text.length])));
  if (lacking.length > 0 || 'lacks' in main) return { problems: lacking };
  const body = fill(bodyText(email).text, facts, manner);
  return {
    letter: {
      template: email.id,
      to: main.recipient,
      cc: copies.flatMap(({ found }) => ('recipient' in found ? [found.recipient] : [])),
      subject: toLine(fill(subjectText(email).text, facts, manner)),
      text: `${toText(body)
        .replace(/^\s*\n/, '')
        .trimEnd()}\n`,
      html: toHtml(body, manner.locale),
    },
  };
}

/** What is wrong with the templates; only when nothing is, what they lack. */
export function faultsIn(texts: readonly TemplateText[], facts: Facts, manner: Manner): readonly Problem[] {
  const wrong = texts.flatMap(checkText);
  if (wrong.length > 0) return wrong;
  return oncePerCause(
    texts.flatMap((each) => lackingIn(each, facts, manner)),
    facts,
  );
}

const lackOf = (found: Found, place: Place): readonly Problem[] =>
  'lacks' in found
    ? [{ code: 'letter/missing-value', args: { says: 'nobody to write to', help: found.lacks }, place }]
    : [];
