// template/*: every text of every e-mail and script of the practice, read as the template it is. Removes nothing: what a
// letter says puts no date in doubt.
import type { Book } from '../book/book.ts';
import { checkText } from '../letters/check.ts';
import { emailTexts, scriptTexts } from '../letters/texts.ts';
import type { Breach } from './rule.ts';

export const templates = (book: Book): readonly Breach[] =>
  [...[...book.emails.values()].flatMap(emailTexts), ...[...book.scripts.values()].flatMap(scriptTexts)].flatMap(
    (text) => checkText(text).map((problem) => ({ problem })),
  );
