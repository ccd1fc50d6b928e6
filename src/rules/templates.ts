// template/*: every text of every e-mail and script of the practice, read as the template it is, and what is left of another
// program in it. Removes nothing: what a letter says puts no date in doubt.
import { checkText } from '../letters/check.ts';
import { foreignIn } from '../letters/foreign.ts';
import { emailTexts, scriptTexts } from '../letters/texts.ts';
import type { Rule } from './rule.ts';

export const templates: Rule = () => ({
  inPractice: ({ book }) =>
    [...[...book.emails.values()].flatMap(emailTexts), ...[...book.scripts.values()].flatMap(scriptTexts)].flatMap(
      (text) => [...checkText(text), ...foreignIn(text)].map((problem) => ({ problem })),
    ),
});
