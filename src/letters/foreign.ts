// Placeholders of other programs in a pasted text: `{name}`, `[[name]]`, `$name`, `{$name}`, `%NAME%`, `<<name>>`, `*|NAME|*`.
// They would be printed as they are.
import type { Problem } from '../problem/problem.ts';
import type { TemplateText } from './texts.ts';

const NAME = '[A-Za-z_][A-Za-z0-9_.]*(?:[ -][A-Za-z0-9_.]+){0,3}';
const FOREIGN = new RegExp(
  [
    `(?<![{$\\\\])\\{\\$?${NAME}\\}(?!\\})`,
    `\\[\\[${NAME}\\]\\]`,
    `<<${NAME}>>`,
    '\\*\\|[A-Z][A-Z0-9_:]*\\|\\*',
    '(?<![\\w$%])%[A-Za-z_][A-Za-z0-9_]*%(?![\\w%])',
    '(?<![\\w$])\\$[A-Z]?[a-z_][A-Za-z0-9_]*',
  ].join('|'),
  'g',
);

/** What people mean by the usual names. */
const MEANT: readonly (readonly [RegExp, string])[] = [
  [/first|vorname/i, 'contact.first_name'],
  [/company|firm|organi[sz]ation|client|account/i, 'client.name'],
  [/mail/i, 'contact.email'],
  [/phone|tel/i, 'contact.phone'],
  [/date|day/i, 'date step.due'],
  [/sender|my|agent|owner/i, 'me.name'],
  [/name/i, 'contact.first_name'],
];

export const foreignIn = ({ text, placeOf }: TemplateText): readonly Problem[] =>
  [...text.replace(/\{\{(?:(?!\{\{)[\s\S])*?\}\}/g, (tag) => ' '.repeat(tag.length)).matchAll(FOREIGN)].map((match) => {
    const [found] = match;
    const meant = MEANT.find(([pattern]) => pattern.test(found))?.[1] ?? 'contact.first_name';
    return {
      code: 'template/foreign-placeholder',
      args: { text: found, help: `write a variable, such as \`{{${meant}}}\`` },
      place: placeOf([match.index, match.index + found.length]),
    };
  });
