// template/*: every text of every e-mail and script of the practice, read as the template it is, and what is left of another
// program in it. Removes nothing: what a letter says puts no date in doubt.
import type { EmailRecord } from '../book/book.ts';
import { checkText } from '../letters/check.ts';
import { foreignIn } from '../letters/foreign.ts';
import { emailTexts, scriptTexts } from '../letters/texts.ts';
import type { Breach } from './breach.ts';
import type { Rule } from './rule.ts';

export const templates: Rule = ({ emails, scripts }) => [
  ...[...[...emails.values()].flatMap(emailTexts), ...[...scripts.values()].flatMap(scriptTexts)].flatMap((text) =>
    [...checkText(text), ...foreignIn(text)].map((problem) => ({ problem })),
  ),
  ...[...emails.values()].flatMap(unprintedLine),
];

/** A line that somebody is asked for and nobody reads. */
const unprintedLine = (email: EmailRecord): readonly Breach[] =>
  email.line === undefined || emailTexts(email).some(({ text }) => /\{\{[^}]*\bline\b[^}]*\}\}/.test(text))
    ? []
    : [
        {
          problem: {
            code: 'template/syntax',
            args: {
              says: '`line` asks for a personal line, and the letter does not print it',
              help: 'write `{{line}}` where it belongs, or delete `line`',
            },
            place: { file: email.file, path: ['line'], on: 'key' },
          },
        },
      ];
