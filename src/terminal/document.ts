// A document on a terminal: words wrapped, tables fitted, bars drawn. Knows what a document is made of, not what it is about.
import type { Bar, Cell, Column, Document, Block as Part, Section, Text, Tone } from '../show/document.ts';
import { type Block, escapeHostile, type Line, line, type Span, type Style, span } from './ink.ts';
import { cutToWidth, displayWidth, padToWidth } from './width.ts';
import { unbroken, wrap } from './words.ts';

export type Sheet = {
  /** Undefined where nothing is cut. */
  readonly columns: number | undefined;
  /** Whether bars may be drawn with block characters. */
  readonly hasBlocks: boolean;
};

const STYLES: Readonly<Record<Tone, Style>> = {
  plain: 'plain',
  strong: 'bold',
  bad: 'red',
  good: 'green',
  quiet: 'dim',
};

export function renderDocument({ title, sections }: Document, sheet: Sheet): Block {
  return [...words(title, 'bold', sheet, '', '  '), ...sections.flatMap((each) => sectionBlock(each, sheet))];
}

function sectionBlock({ title, blocks }: Section, sheet: Sheet): Block {
  const indent = title === undefined ? '' : '  ';
  return [
    line(),
    ...(title === undefined ? [] : words(title, 'bold', sheet, '', '  ')),
    ...blocks.flatMap((part) => partBlock(part, sheet, indent)),
  ];
}

function partBlock(part: Part, sheet: Sheet, indent: string): Block {
  switch (part.kind) {
    case 'text':
      return words(part.text.text, STYLES[part.text.tone], sheet, indent, indent);
    case 'list':
      return part.items.flatMap((item) => words(item.text, STYLES[item.tone], sheet, indent, `${indent}  `));
    case 'next': {
      const label = 'Next: ';
      const why = part.why === undefined ? '' : `  (${part.why})`;
      const width = sheet.columns === undefined ? undefined : sheet.columns - label.length;
      return wrap(`${part.command}${why}`, width, '  ').map((row, at) =>
        at === 0 ? line(span('Next:', 'bold'), ` ${row.trimEnd()}`) : line(' '.repeat(label.length), row.trimEnd()),
      );
    }
    case 'table':
      return tableBlock(part, sheet, indent);
  }
}

const words = (text: string, style: Style, { columns }: Sheet, indent: string, hanging: string): Block =>
  wrap(indent + escapeHostile(text), columns, hanging).map((row) => line(span(row, style)));

type TablePart = Extract<Part, { readonly kind: 'table' }>;

const GAP = 2;
const LONGEST_BAR = 20;
const SHORTEST_BAR = 4;
const SHORTEST_CUT = 8;
/** Below this a row that does not fit takes two lines, and nothing is cut. */
const NARROW = 60;

function tableBlock(table: TablePart, sheet: Sheet, indent: string): Block {
  const room = sheet.columns === undefined ? undefined : sheet.columns - indent.length;
  if (room !== undefined && room < NARROW && isCutShort(fitted(table, room), room))
    return stacked(table, sheet, indent);
  const { columns, rows } = room === undefined ? table : fitting(table, room);
  const widths = widthsOf({ ...table, columns, rows }, room);
  const head: Block = table.hasHead
    ? [
        line(
          indent,
          span(joined(columns.map((each, at) => padded(each.title, widths[at] ?? 0, each))).trimEnd(), 'bold'),
        ),
      ]
    : [];
  return [...head, ...rows.map((row) => rowLine(row, columns, widths, sheet, indent))];
}

const fitted = (table: TablePart, room: number): TablePart => ({ ...table, ...fitting(table, room) });

/** Each row as its first cell, and the others below it. */
function stacked({ rows }: TablePart, sheet: Sheet, indent: string): Block {
  return rows.flatMap(([first, ...others]): Block => {
    const rest = others.filter((cell): cell is Text => !isDrawn(cell) && cell.text !== '');
    const tone = rest.find((cell) => cell.tone === 'bad')?.tone ?? 'plain';
    const below = rest.map(({ text }) => unbroken(oneLine(text))).join('  ');
    return [
      ...(first && !isDrawn(first) ? words(first.text, STYLES[first.tone], sheet, indent, `${indent}  `) : []),
      ...wrap(`${indent}  ${below}`, sheet.columns, `${indent}  `).map((row) =>
        line(span(row.trimEnd(), STYLES[tone])),
      ),
    ];
  });
}

function rowLine(
  row: readonly Cell[],
  columns: readonly Column[],
  widths: readonly number[],
  sheet: Sheet,
  indent: string,
): Line {
  const last = row.findLastIndex((cell) => isDrawn(cell) || cell.text !== '');
  const parts = row.slice(0, last + 1).flatMap((cell, at): readonly (string | Span)[] => {
    const width = widths[at] ?? 0;
    const gap = at === 0 ? [] : [' '.repeat(GAP)];
    const own = isDrawn(cell) ? barSpans(cell, width, sheet) : [cellSpan(cell, width, columns[at], at === last)];
    return [...gap, ...own];
  });
  return line(indent, ...parts);
}

const isDrawn = (cell: Cell): cell is Bar => 'share' in cell;

function cellSpan({ text, tone }: Text, width: number, column: Column | undefined, isLast: boolean): Span {
  const words = padded(cutToWidth(oneLine(text), width), width, column);
  return span(isLast && column?.align !== 'right' ? words.trimEnd() : words, STYLES[tone]);
}

const oneLine = (text: string): string => escapeHostile(text.trim().replace(/\s*\n\s*/g, ' '));

const padded = (text: string, width: number, column: Column | undefined): string =>
  padToWidth(text, width, column?.align === 'right' ? 'left' : 'right');

const joined = (cells: readonly string[]): string => cells.join(' '.repeat(GAP));

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Filled up to the share, the rest shown as empty; what goes over the whole is the last of it, in red. */
function barSpans({ share }: Bar, width: number, { hasBlocks }: Sheet): readonly Span[] {
  const filled = Math.max(0, Math.min(share, 1)) * width;
  const style: Style = share > 1 ? 'red' : 'plain';
  if (!hasBlocks) {
    const marks = Math.min(width, filled > 0 ? Math.max(1, Math.round(filled)) : 0);
    return [span('#'.repeat(marks), style), span('.'.repeat(width - marks), 'dim')];
  }
  const eighths = Math.round(filled * 8);
  const bar = '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
  return [span(bar, style), span('░'.repeat(width - displayWidth(bar)), 'dim')];
}

function widthsOf({ columns, rows, hasHead }: TablePart, room: number | undefined): readonly number[] {
  const natural = columns.map((column, at) => naturalWidth(column, rows, at, hasHead));
  if (room === undefined) return natural;
  // Bars give way first, then the longest text.
  const bars = columns.map((_, at) => rows.some((row) => row[at] && isDrawn(row[at])));
  const shorter = natural.map((width, at) => {
    const spare = room - total(natural.filter((__, other) => other !== at)) - GAP;
    return bars[at] ? Math.max(SHORTEST_BAR, Math.min(width, spare)) : width;
  });
  const over = total(shorter) - room;
  if (over <= 0) return shorter;
  const longest = shorter.indexOf(Math.max(...shorter.filter((_, at) => !bars[at])));
  return shorter.map((width, at) => (at === longest ? Math.max(SHORTEST_CUT, width - over) : width));
}

function naturalWidth(column: Column, rows: readonly (readonly Cell[])[], at: number, hasHead: boolean): number {
  return rows.reduce(
    (most, row) => {
      const cell = row[at];
      if (cell === undefined) return most;
      return Math.max(most, isDrawn(cell) ? LONGEST_BAR : displayWidth(oneLine(cell.text)));
    },
    hasHead ? displayWidth(column.title) : 0,
  );
}

const total = (widths: readonly number[]): number => widths.reduce((sum, each) => sum + each + GAP, -GAP);

/** Without its last optional columns where it would not fit otherwise. */
function fitting(table: TablePart, room: number): Pick<TablePart, 'columns' | 'rows'> {
  const { columns, rows } = table;
  if (total(widthsOf(table, room)) <= room && !isCutShort(table, room)) return { columns, rows };
  const last = columns.findLastIndex((column) => column.isOptional);
  if (last < 0) return { columns, rows };
  return fitting(
    { ...table, columns: columns.toSpliced(last, 1), rows: rows.map((row) => row.toSpliced(last, 1)) },
    room,
  );
}

/** Something would be cut that has an optional neighbour. */
const isCutShort = (table: TablePart, room: number): boolean =>
  table.columns.some((_, at) => {
    const widths = widthsOf(table, room);
    return table.rows.some((row) => {
      const cell = row[at];
      return cell !== undefined && !isDrawn(cell) && displayWidth(oneLine(cell.text)) > (widths[at] ?? 0);
    });
  });
