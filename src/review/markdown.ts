// A review as Markdown for a pull request. Data are shown as they are written: no name or note can become a heading, a
// link, HTML, or call for a person.
import { escapeHostile } from '../terminal/ink.ts';
import { escapeMarkdown } from '../terminal/markdown.ts';
import { sentence, titleOf } from './print.ts';
import type { Group } from './review.ts';

export function toMarkdown(heading: string, groups: readonly Group[], others: readonly string[]): readonly string[] {
  return [
    `## ${escapeForReview(heading)}`,
    ...groups.flatMap((group) => [
      '',
      `### ${escapeForReview(titleOf(group))}`,
      '',
      ...group.entries.flatMap((entry) => [
        `- ${escapeForReview(sentence(entry))}`,
        ...fenced((entry.lines ?? []).map(({ sign, text }) => `${sign} ${escapeHostile(text)}`)),
      ]),
    ]),
    ...(others.length === 0 ? [] : ['', ...others.map(escapeForReview)]),
  ];
}

/** Lines inside a fence that none of them can close, as a part of the list entry above. */
function fenced(lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const longest = Math.max(0, ...lines.flatMap((text) => (text.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return ['', `  ${fence}diff`, ...lines.map((text) => `  ${text}`), `  ${fence}`, ''];
}

/** A character that takes no room: it parts what GitHub would make a link of. */
const GAP = '&#8203;';

/** Any text as that text, where GitHub would make a link of it or call somebody too. */
export const escapeForReview = (text: string): string =>
  escapeMarkdown(text)
    .replace(/#/g, `#${GAP}`)
    .replace(/@/g, `@${GAP}`)
    .replace(/:\/\//g, `:${GAP}//`)
    .replace(/(www)\./gi, `$1${GAP}.`)
    .replace(/(GH)-(?=\d)/gi, `$1${GAP}-`)
    .replace(/^(?:[-+=]|\d+(?=[.)]))/, (sign) => (/\d/.test(sign) ? `${sign}\\` : `\\${sign}`));
