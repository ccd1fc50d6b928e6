// letter/language: a practice that does not speak English uses letters that come with the program, which do.
import type { Book } from '../book/book.ts';
import { offerSteps } from '../book/plan.ts';
import { builtInRecord } from '../letters/built-in.ts';
import { languageOf } from '../letters/language.ts';
import type { Ladder } from '../records/service.ts';
import type { Rule } from './rule.ts';

export const letterLanguage: Rule = (book) => {
  const locale = book.practice?.locale;
  if (locale === undefined) return [];
  const foreign = [...usedLetters(book)]
    .filter((id) => !book.emails.has(id) && book.builtIn.emails.has(id))
    .filter((id) => languageOf(builtInRecord('email', id)?.language ?? locale) !== languageOf(locale))
    .toSorted();
  const [first] = foreign;
  if (first === undefined) return [];
  const says = `the practice writes in \`${locale}\`, and these letters that come with the program are in English: ${foreign.join(', ')}`;
  const help = `write your own: deliver new email ${first}`;
  return [
    { problem: { code: 'letter/language', args: { says, help }, place: { file: 'deliver.yaml', path: ['locale'] } } },
  ];
};

/** Letters that a step of an offer, a reminder or a kind of touch names. */
function usedLetters(book: Book): ReadonlySet<string> {
  const ofLadder = (ladder: Ladder | undefined): readonly (string | undefined)[] =>
    ladder === undefined || ladder === 'none' ? [] : Object.values(ladder).map((rung) => rung.email);
  const named = [
    ...[...book.offers.values()].flatMap((offer) =>
      offerSteps(offer).flatMap((step) => [step.email, ...ofLadder(step.chase)]),
    ),
    ...ofLadder(book.service.chase),
    ...Object.values(book.service.touches ?? {}).map((kind) => kind.email),
  ];
  return new Set(named.filter((id) => id !== undefined));
}
