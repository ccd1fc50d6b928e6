// A document as Markdown, for notes and pull requests. Whatever stands in the files stays text.
import { type Block, type Cell, type Document, isBar, type Section } from './document.ts';

export const toMarkdown = ({ title, sections }: Document): string =>
  `${[`# ${plain(title)}`, ...sections.flatMap(sectionLines)].join('\n\n')}\n`;

const sectionLines = ({ title, blocks }: Section): readonly string[] => [
  ...(title === undefined ? [] : [`## ${plain(title)}`]),
  ...blocks.map(blockText),
];

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return plain(block.text.text);
    case 'list':
      return block.items.map(({ text }) => `- ${plain(text)}`).join('\n');
    case 'next':
      return `Next: ${code(block.command)}${block.why === undefined ? '' : ` (${plain(block.why)})`}`;
    case 'table': {
      const { columns, rows } = block;
      // A bar says what stands beside it.
      const kept = columns.flatMap((_, at) => (rows.some((row) => row[at] && !isBar(row[at])) ? [at] : []));
      const head = kept.map((at) => plain(columns[at]?.title ?? ''));
      const rule = kept.map((at) => (columns[at]?.align === 'right' ? '---:' : '---'));
      return [head, rule, ...rows.map((row) => kept.map((at) => cellText(row[at])))].map(tableRow).join('\n');
    }
  }
}

const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function cellText(cell: Cell | undefined): string {
  if (cell === undefined || isBar(cell)) return '';
  const words = plain(cell.text).replaceAll('|', '\\|');
  return words !== '' && (cell.tone === 'bad' || cell.tone === 'strong') ? `**${words}**` : words;
}

/** Names of records and what people wrote, with nothing left that Markdown or HTML would obey. */
function plain(words: string): string {
  return words
    .split(/(`[^`\n]+`)/)
    .map((part, at) => (at % 2 === 1 ? part : escaped(part)))
    .join('');
}

const escaped = (words: string): string =>
  words
    .replace(/[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, ' ')
    .replace(/[\\*_[\]<>~#]/g, (mark) => `\\${mark}`)
    .replaceAll('&', '&amp;')
    .replace(/^(\d+)([.)])(?=\s)/, '$1\\$2')
    .replace(/^([-+])(?=\s)/, '\\$1');

const code = (words: string): string => {
  const longest = Math.max(0, ...[...words.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${words}${fence}` : `${fence} ${words} ${fence}`;
};
