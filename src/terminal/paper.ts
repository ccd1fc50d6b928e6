// A short paper of headed lists, for the screen, as plain text and as Markdown. Owns its layout; knows no subject.
import { type Block, escapeHostile, line, paint, span } from './ink.ts';
import { escapeMarkdown, markdownCode } from './markdown.ts';
import { displayWidth } from './width.ts';
import { wrap } from './words.ts';

export type Entry = {
  readonly text: string;
  /** A box to tick, and whether it is; without it a plain entry. */
  readonly isTicked?: boolean;
  /** What to type, or the name on the command line. */
  readonly ref?: string | undefined;
};
export type Section = { readonly title: string; readonly entries: readonly Entry[] };
export type Paper = {
  readonly title: string;
  readonly intro: readonly string[];
  readonly sections: readonly Section[];
};

export const entry = (text: string): Entry => ({ text });

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Without its title, which stands above it already. */
export function paperBlock({ intro, sections }: Paper, columns: number | undefined): Block {
  return [
    ...intro.flatMap((text) => wrap(flat(text), columns, '').map((each) => line(each))),
    ...sections
      .filter(({ entries }) => entries.length > 0)
      .flatMap(
        ({ title, entries }, i): Block => [
          ...(i === 0 && intro.length === 0 ? [] : [line()]),
          line(span(title, 'bold')),
          ...entries.flatMap((each) => entryLines(each, columns)),
        ],
      ),
  ];
}

function entryLines({ text, isTicked, ref }: Entry, columns: number | undefined): Block {
  const mark = isTicked === undefined ? '- ' : isTicked ? '[x] ' : '[ ] ';
  const indent = ' '.repeat(2 + mark.length);
  const rows = wrap(`  ${mark}${flat(text)}`, columns, indent);
  if (ref === undefined) return rows.map((row) => line(row));
  const whole = wrap(`${rows.at(-1)}  ${ref.replaceAll(' ', '\u00a0')}`, columns, indent);
  const fits = whole.length === 1;
  return [
    ...rows.slice(0, -1).map((row) => line(row)),
    ...(fits
      ? [line(rows.at(-1) ?? '', '  ', span(ref, 'dim'))]
      : [line(rows.at(-1) ?? ''), ...wrap(`${indent}${ref}`, columns, indent).map((row) => line(span(row, 'dim')))]),
  ];
}

const TEXT_COLUMNS = 76;

/** Plain text with its title, for people who have no program for Markdown. */
export function paperText(paper: Paper): string {
  const title = escapeHostile(flat(paper.title));
  return `${title}\n${'='.repeat(displayWidth(title))}\n\n${paint(paperBlock(paper, TEXT_COLUMNS), 0)}`;
}

/** Lines that end with LF. */
export function paperMarkdown({ title, intro, sections }: Paper): string {
  const lines = [
    `# ${escapeMarkdown(title)}`,
    ...intro.flatMap((text) => ['', escapeMarkdown(text)]),
    ...sections
      .filter(({ entries }) => entries.length > 0)
      .flatMap(({ title: heading, entries }) => [
        '',
        `## ${escapeMarkdown(heading)}`,
        '',
        ...entries.map(({ text, isTicked, ref }) => {
          const box = isTicked === undefined ? '' : isTicked ? '[x] ' : '[ ] ';
          return `- ${box}${escapeMarkdown(text)}${ref === undefined ? '' : ` (${markdownCode(ref)})`}`;
        }),
      ]),
  ];
  return `${lines.join('\n')}\n`;
}
