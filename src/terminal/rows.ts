// The lines of a report laid out in columns: when, who, what, reference. Owns widths and cutting; knows no section.
import { type Block, type Line, type Span, type Style, span } from './ink.ts';
import { cutToWidth, displayWidth, padToWidth } from './width.ts';
import { wrap } from './words.ts';

export type Fact = {
  readonly text: string;
  /** The higher the longer it is kept. */
  readonly weight: number;
  /** What joins it to the fact before; a middle dot by default. */
  readonly glue?: ', ' | ' ';
};

export type Row = {
  /** `11d`, `Mon`, or nothing. */
  readonly when: string;
  readonly whenStyle: Style;
  /** Never cut. Empty when `what` says who. */
  readonly who: string;
  /** Cut first when the line is too long. */
  readonly what: string;
  /** Behind `what`; the less telling ones give way before the title does. */
  readonly facts: readonly Fact[];
  /** Behind the facts and never left out: on lines of its own below where it does not fit. */
  readonly kept?: string;
  /** Never cut. */
  readonly ref: string;
};

export type Section = { readonly title: string; readonly rows: readonly Row[] };

const MARGIN = 2;
const GAP = '  ';
/** Below this many columns an entry takes two lines. */
const NARROW = 60;
/** A title is not cut shorter than this while there are facts to leave out. */
const SHORTEST_TITLE = 12;
const LEAST_TITLE = 8;
/** Lines of a section on a terminal. */
const MOST_ROWS = 5;

const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);

const detail = (facts: readonly Fact[]): string =>
  facts.map((fact, i) => `${fact.glue && (i > 0 || fact.glue === ' ') ? fact.glue : ' · '}${fact.text}`).join('');

/**
 * Sections one under the other, their columns in line. `columns` undefined: not a terminal, nothing is cut or capped;
 * `isCapped` false: nothing is capped.
 */
export function renderSections(
  sections: readonly Section[],
  columns: number | undefined,
  cap: 'capped' | 'all',
): Block {
  const filled = sections.filter((section) => section.rows.length > 0);
  const most = columns === undefined || cap === 'all' ? Number.POSITIVE_INFINITY : MOST_ROWS;
  const shown = filled.map((section) => ({
    ...section,
    rows: section.rows.slice(0, most),
    hidden: Math.max(0, section.rows.length - most),
  }));
  const rows = shown.flatMap((section) => section.rows);
  const widths = measure(rows, columns);
  return shown.flatMap((section) => [
    [span(section.title, 'bold')],
    ...section.rows.flatMap((row) => renderRow(row, widths, columns)),
    ...(section.hidden > 0 ? [[`${' '.repeat(MARGIN)}and ${section.hidden} more`]] : []),
  ]);
}

type Widths = { readonly when: number; readonly who: number; readonly what: number };

function measure(rows: readonly Row[], columns: number | undefined): Widths {
  const when = MARGIN + Math.max(3, widest(rows.map((row) => row.when)));
  const who = widest(rows.filter((row) => row.who !== '').map((row) => row.who));
  const wanted = widest(rows.map((row) => wholeText(row, who)));
  const ref = widest(rows.map((row) => row.ref));
  const room = columns === undefined ? wanted : columns - when - GAP.length * 3 - who - ref;
  return { when, who, what: Math.max(0, Math.min(wanted, room)) };
}

/** What a row says beside its client; one without a client column begins there, and so counts for less. */
const wholeText = (row: Row, who: number): string => {
  const text = row.what + detail(withKept(row).facts);
  return row.who === '' ? text.slice(0, Math.max(0, text.length - who - GAP.length)) : text;
};

/** What must not be left out as the last of the facts. */
const withKept = (row: Row): Row =>
  row.kept === undefined ? row : { ...row, facts: [...row.facts, { text: row.kept, weight: 9 }] };

function renderRow(row: Row, widths: Widths, columns: number | undefined): Block {
  const whole = withKept(row);
  const block = renderOne(whole, widths, columns);
  const isWhole = block.some((each) => textOf(each).includes(whole.what + detail(whole.facts)));
  if (row.kept === undefined || isWhole) return block;
  const indent = ' '.repeat(widths.when) + GAP;
  const below = wrap(indent + row.kept, columns, indent).map((text): Line => [text]);
  return [...renderOne(row, widths, columns), ...below];
}

const textOf = (line: Line): string => line.map((part) => (typeof part === 'string' ? part : part.text)).join('');

function renderOne(row: Row, widths: Widths, columns: number | undefined): Block {
  if (columns !== undefined && (columns < NARROW || widths.what < SHORTEST_TITLE))
    return renderNarrow(row, widths, columns);
  const lead = row.who === '' ? 0 : widths.who + GAP.length;
  const column = widths.who + GAP.length + widths.what - lead;
  // A long line may run on to its own reference, past the column where the others stand.
  const room = columns === undefined ? column : columns - widths.when - GAP.length * 2 - lead - displayWidth(row.ref);
  const who = row.who === '' ? '' : padToWidth(row.who, widths.who) + GAP;
  const text = fitted(row, Math.max(column, room));
  return [[when(row, widths), GAP, who, padToWidth(text, column), GAP, span(row.ref, 'dim')]];
}

const when = (row: Row, widths: Widths): Span => span(padToWidth(row.when, widths.when, 'left'), row.whenStyle);

/** Two lines: who, and the reference where it fits beside; then what. Three where names are long. */
function renderNarrow(row: Row, widths: Widths, columns: number): Block {
  const indent = ' '.repeat(widths.when) + GAP;
  const room = Math.max(1, columns - indent.length);
  const refFits = displayWidth(row.who) + GAP.length + displayWidth(row.ref) <= room;
  if (row.who === '') {
    return [
      [when(row, widths), GAP, fitted(row, room)],
      [indent, span(row.ref, 'dim')],
    ];
  }
  if (refFits) {
    const first: Line = [when(row, widths), GAP, row.who, GAP, span(row.ref, 'dim')];
    return [first, [indent, fitted(row, room)]];
  }
  const left = room - displayWidth(row.ref) - GAP.length;
  const head: Line = [when(row, widths), GAP, row.who];
  const ref = span(row.ref, 'dim');
  // A title that would hardly be there goes on a line of its own.
  if (left < LEAST_TITLE) return [head, [indent, fitted(row, room)], [indent, ref]];
  return [head, [indent, fitted(row, left), GAP, ref]];
}

/** Facts go, the least telling first, while the title would be cut short; then the title is cut. */
function fitted(row: Row, room: number): string {
  const widthOf = (facts: readonly Fact[]) => displayWidth(detail(facts));
  const shortest = Math.min(SHORTEST_TITLE, displayWidth(row.what));
  let facts = row.facts;
  const isTooLong = () => {
    const title = facts.length > 1 ? shortest : Math.min(LEAST_TITLE, shortest);
    return facts.length > 0 && title + widthOf(facts) > room;
  };
  while (isTooLong()) {
    const least = facts.reduce((low, fact) => (fact.weight < low.weight ? fact : low));
    facts = facts.filter((fact) => fact !== least);
  }
  // Facts are left out whole, for half a date says something else; only the title is cut.
  const whole = row.what + detail(facts);
  return displayWidth(whole) <= room ? whole : cutToWidth(row.what, Math.max(1, room - widthOf(facts))) + detail(facts);
}
