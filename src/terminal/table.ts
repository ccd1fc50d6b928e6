// Plain tables for looking things up. The only user of cli-table3; knows widths, not what the cells mean.
import Table from 'cli-table3';
import { type Block, escapeHostile, type Line, span } from './ink.ts';
import { cutToWidth, displayWidth } from './width.ts';

export type Column = {
  readonly key: string;
  readonly title: string;
  /** Given up first, from the right, when the screen is too narrow. */
  readonly optional?: true;
};
export type Cell = string | number | null;
export type TableRow = Readonly<Record<string, Cell>>;

const GAP = 2;
const SHORTEST = 8;
const LEAST_WIDEST = 20;
const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
} as const;

const textOf = (cell: Cell | undefined): string =>
  escapeHostile(
    String(cell ?? '')
      .trim()
      .replace(/\s*\n\s*/g, ' '),
  );

/** On a terminal optional columns go until the table fits, then the widest is cut; elsewhere everything is there. */
export function renderTable(columns: readonly Column[], rows: readonly TableRow[], width: number | undefined): Block {
  const shown = width === undefined ? columns : fitting(columns, rows, width);
  const widths = shown.map((column) => naturalWidth(column, rows));
  const over = width === undefined ? 0 : Math.max(0, total(widths) - width);
  const widest = widths.indexOf(Math.max(...widths));
  const cellOf = (column: Column, row: TableRow, i: number): string => {
    const text = textOf(row[column.key]);
    return i === widest && over > 0 ? cutToWidth(text, Math.max(SHORTEST, (widths[i] ?? 0) - over)) : text;
  };
  const table = new Table({
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
    colAligns: shown.map((column) => (rows.some((row) => typeof row[column.key] === 'number') ? 'right' : 'left')),
  });
  table.push(
    shown.map((column) => column.title),
    ...rows.map((row) => shown.map((column, i) => cellOf(column, row, i))),
  );
  const lines = table
    .toString()
    .split('\n')
    .map((text) => text.trimEnd());
  return lines.map((text, i): Line => (i === 0 ? [span(text, 'bold')] : [text]));
}

const naturalWidth = (column: Column, rows: readonly TableRow[]): number =>
  rows.reduce((most, row) => Math.max(most, displayWidth(textOf(row[column.key]))), displayWidth(column.title));

const total = (widths: readonly number[]): number => widths.reduce((sum, each) => sum + each + GAP, -GAP);

function fitting(columns: readonly Column[], rows: readonly TableRow[], width: number): readonly Column[] {
  const widths = columns.map((column) => naturalWidth(column, rows));
  // The widest is cut before a column is given up.
  const spare = Math.max(0, Math.max(...widths) - LEAST_WIDEST);
  if (total(widths) - spare <= width) return columns;
  const last = columns.findLastIndex((column) => column.optional);
  return last < 0 ? columns : fitting(columns.toSpliced(last, 1), rows, width);
}
