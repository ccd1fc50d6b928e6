// One letter to one client: rendered whole, or what keeps it from being whole. The way to it for every command.
import type { EmailRecord } from '../book/book.ts';
import type { Problem } from '../problem/problem.ts';
import { checkText } from './check.ts';
import { damagedConditions, unmetIn } from './conditions.ts';
import type { Facts } from './facts.ts';
import { fill, toLine } from './fill.ts';
import type { Manner } from './functions.ts';
import { damageTo } from './homes.ts';
import { toHtml } from './html.ts';
import { lookThrough, oncePerCause, problemOf } from './lacking.ts';
import { markdownExcess } from './limits.ts';
import { toPlain } from './plain.ts';
import { type Found, findCopy, findRecipient, type Recipient } from './recipients.ts';
import { bodyText, ccTexts, emailTexts, subjectText, type TemplateText } from './texts.ts';

export type Letter = {
  readonly template: string;
  readonly to: Recipient;
  readonly cc: readonly Recipient[];
  /** One line. */
  readonly subject: string;
  /** Plain text; lines end with LF, the last one too. */
  readonly text: string;
  /** The same as a page. */
  readonly html: string;
  /** The variables it prints. */
  readonly printed: ReadonlySet<string>;
};

/**
 * Whole, or what is in the way. `isHeld`: nothing is missing or wrong, it only does not fit what the records say, so a person
 * may want it all the same.
 */
export type Rendered<T> = { readonly letter: T } | { readonly problems: readonly Problem[]; readonly isHeld: boolean };

export const mannerOf = ({ book, today, locale }: Facts): Manner => ({
  locale,
  currency: book.practice?.currency,
  today,
});

/** `force`: it is wanted although the records speak against it. */
export function renderLetter(facts: Facts, email: EmailRecord, force: 'anyway' | undefined): Rendered<Letter> {
  const manner = mannerOf(facts);
  const seen = examine(emailTexts(email), facts, manner);
  if (seen.wrong.length > 0) return { problems: seen.wrong, isHeld: false };
  const main = findRecipient(facts, { file: email.file, path: ['to'] });
  const nobody = problemsOf([main]);
  const damaged = [
    ...seen.damaged,
    ...damagedConditions(email, facts),
    ...nobody.filter(({ code }) => code !== 'letter/missing-value'),
  ];
  if (damaged.length > 0) return { problems: [...new Set(damaged)], isHeld: false };
  const { held, lacking: unknown } = unmetIn(email, facts);
  if (force === undefined && held.length > 0) return { problems: held, isHeld: true };
  const lacking = oncePerCause([...(force === undefined ? unknown : []), ...seen.lacking, ...nobody], facts);
  if (lacking.length > 0) return { problems: lacking, isHeld: false };
  if (force === undefined && seen.contradicted.length > 0) return { problems: seen.contradicted, isHeld: true };
  const copies = ccTexts(email).map((each) =>
    findCopy(facts, toLine(fill(each.text, facts, manner)), each.placeOf([0, each.text.length])),
  );
  if (problemsOf(copies).length > 0 || 'problem' in main) return { problems: problemsOf(copies), isHeld: false };
  const body = fill(bodyText(email).text, facts, manner);
  const excess = markdownExcess(body.marked);
  if (excess) {
    const { says, help } = excess;
    return {
      problems: [{ code: 'template/syntax', args: { says, help }, place: { file: email.file } }],
      isHeld: false,
    };
  }
  return {
    letter: {
      template: email.id,
      to: main.recipient,
      cc: copies.flatMap((found) => ('recipient' in found ? [found.recipient] : [])),
      subject: toLine(fill(subjectText(email).text, facts, manner)),
      text: toPlain(body),
      html: toHtml(body, manner.locale),
      printed: seen.printed,
    },
  };
}

/** What is in the way of rendering some texts, the worst first. */
export type Examined = {
  /** Of the templates themselves; then nothing else is known. */
  readonly wrong: readonly Problem[];
  /** Errors in the records that they use. */
  readonly damaged: readonly Problem[];
  readonly lacking: readonly Problem[];
  /** What they would say against the records. */
  readonly contradicted: readonly Problem[];
  readonly printed: ReadonlySet<string>;
};

export function examine(texts: readonly TemplateText[], facts: Facts, manner: Manner): Examined {
  const wrong = texts.flatMap(checkText);
  if (wrong.length > 0) return { wrong, damaged: [], lacking: [], contradicted: [], printed: new Set() };
  const looked = texts.map((each) => lookThrough(each, facts, manner));
  const printed = new Set(looked.flatMap((each) => [...each.printed]));
  return {
    wrong,
    damaged: [...new Set([...localeDamage(facts), ...looked.flatMap((each) => each.damaged)])],
    lacking: looked.flatMap((each) => each.lacking),
    contradicted: looked
      .flatMap((each) => each.contradicted)
      .filter(({ unless }) => unless === undefined || !printed.has(unless))
      .map(({ unless: _, ...problem }) => problem),
    printed,
  };
}

/** Days and amounts of every letter are in the words of a locale. */
function localeDamage(facts: Facts): readonly Problem[] {
  const removal = damageTo(facts, 'practice', 'locale');
  return removal ? [problemOf(removal, '`locale`')] : [];
}

const problemsOf = (found: readonly Found[]): readonly Problem[] =>
  found.flatMap((each) => ('problem' in each ? [each.problem] : []));
