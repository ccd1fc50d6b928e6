// template/*: every text of every e-mail and script of the practice, read as the template it is. Removes nothing: what a
// letter says puts no date in doubt.
import { checkText } from '../letters/check.ts';
import { emailTexts, scriptTexts } from '../letters/texts.ts';
import type { Rule } from './rule.ts';

export const templates: Rule = ({ emails, scripts }) =>
  [...[...emails.values()].flatMap(emailTexts), ...[...scripts.values()].flatMap(scriptTexts)].flatMap((text) =>
    checkText(text).map((problem) => ({ problem })),
  );
