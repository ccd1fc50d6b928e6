// A file of comma-separated values as a table with lines to point at. Owns its separators, encodings and the words for what
// is wrong with one; the only user of csv-parse. Knows nothing of clients.
import { CsvError, type Info, parse } from 'csv-parse/sync';
import { refusal } from '../outcome.ts';
import { decodeText } from '../source/read/decode.ts';

export type CsvRow = {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
};
export type CsvTable = {
  readonly headers: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly separator: Separator;
};

export type Separator = ',' | ';' | '\t' | '|';
const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|'];
export const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/** `file` is what the person calls it. Throws a refusal for what is no table. */
export function parseCsv(bytes: Uint8Array, file: string): CsvTable {
  const whole = textOf(bytes, file);
  const named = /^sep=(.)\n/.exec(whole);
  // Excel's own first line; as an empty one it keeps the numbers of the others.
  const text = named ? whole.slice(named[0].length - 1) : whole;
  const separator = SEPARATORS.find((each) => each === named?.[1]) ?? separatorOf(text);
  const rows = readRows(text, separator, file);
  const [first, ...rest] = rows;
  if (first === undefined) throw refusal(`${file} is empty`);
  const headers = first.cells.map((cell) => cell.trim());
  refuseTwins(headers, `${file}:${first.line}`);
  return { headers, rows: rest.filter((row) => row.cells.some((cell) => cell.trim() !== '')), separator };
}

function textOf(bytes: Uint8Array, file: string): string {
  const help = 'save it as UTF-8: in Excel, "CSV UTF-8 (comma delimited)"';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text.replace(/\r\n?/g, '\n');
  } catch {
    // Said below, with the place.
  }
  const { faults, text } = decodeText(bytes);
  const [fault] = faults;
  const line = text.slice(0, fault?.span[0] ?? 0).split('\n').length;
  throw refusal(`${file}:${line}: ${fault?.says ?? 'this is not UTF-8'}`, help);
}

/** The one that the first line has most of, outside of quotes. */
function separatorOf(text: string): Separator {
  const line = text.trimStart().split('\n')[0] ?? '';
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const counted = SEPARATORS.map((each) => ({ each, count: bare.split(each).length }));
  return counted.reduce((best, it) => (it.count > best.count ? it : best)).each;
}

type Parsed = { readonly record: readonly string[]; readonly info: Info };

const FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a cell begins with a quote that is never closed, so nobody knows where it ends',
};

function readRows(text: string, separator: Separator, file: string): readonly CsvRow[] {
  const options = {
    delimiter: separator,
    record_delimiter: '\n',
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    // A quote inside a cell that does not begin with one can only be itself: 12" Records
    relax_quotes: true,
  } as const;
  try {
    return placed(text, parse(text, options) as unknown as readonly Parsed[]);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const good = Number((error as { readonly records?: unknown }).records ?? 0);
    const before = good === 0 ? [] : (parse(text, { ...options, to: good }) as unknown as readonly Parsed[]);
    const end = before.at(-1)?.info.bytes ?? 0;
    throw refusal(`${file}:${lineAfter(new TextEncoder().encode(text), end)}: ${FAULTS[error.code] ?? error.message}`);
  }
}

/** The library counts bytes to the end of each row; the next one begins at the first byte that is no line end. */
function placed(text: string, parsed: readonly Parsed[]): readonly CsvRow[] {
  const bytes = new TextEncoder().encode(text);
  let [line, at] = [1, 0];
  return parsed.map(({ record, info }) => {
    while (bytes[at] === LF) {
      line += 1;
      at += 1;
    }
    const row = { line, cells: record };
    for (; at < info.bytes; at += 1) if (bytes[at] === LF) line += 1;
    return row;
  });
}

const LF = 10;

function lineAfter(bytes: Uint8Array, end: number): number {
  let at = end;
  while (bytes[at] === LF) at += 1;
  return 1 + bytes.subarray(0, at).filter((byte) => byte === LF).length;
}

/** Of two columns of one name nobody knows which is meant. */
function refuseTwins(headers: readonly string[], place: string): void {
  const normal = headers.map((header) => header.toLowerCase());
  const twin = headers.find((header, at) => header !== '' && normal.indexOf(normal[at] ?? '') < at);
  if (twin !== undefined) throw refusal(`${place}: two columns are called \`${twin}\``, 'rename or delete one of them');
}
