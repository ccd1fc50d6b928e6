// Problems with their places resolved to line and column, sorted, each once: the form that `--json` shows.
// Knows how a text is opened; prints nothing.

import { type Lines, openLines, type Position } from '../source/lines.ts';
import { yamlPart } from '../source/read/front-matter.ts';
import { type Located, openText, type Span } from '../source/read/locate.ts';
import type { Place, Problem } from './problem.ts';
import { type Code, helpOf, messageOf, type Severity, severityOf } from './words.ts';

/** A public format: fields may be added, never changed. Lines and columns are 1-based, columns in characters. */
export type Reported = {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
  readonly help: string | null;
  readonly suggestion: string | null;
  readonly related: readonly ReportedPlace[];
};

export type ReportedPlace = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
};

/** The decoded text of a file; `undefined` when there is none to show (a folder, a file that cannot be read). */
export type Texts = (file: string) => string | undefined;

type Opened = { readonly lines: Lines; readonly text: string; readonly located: Located };

export const toReport = (problems: readonly Problem[], texts: Texts): readonly Reported[] =>
  reporterOf(texts)(problems);

/** The same for one list of problems after another; each file is opened once. */
export function reporterOf(texts: Texts): (problems: readonly Problem[]) => readonly Reported[] {
  const opened = new Map<string, Opened | undefined>();
  const open = (file: string): Opened | undefined => {
    if (!opened.has(file)) opened.set(file, openFile(file, texts));
    return opened.get(file);
  };
  const resolve = (place: Place) => resolvePlace(place, open(place.file));
  const resolved = ({ code, args, place, suggestion, related }: Problem): Reported => {
    const { start, end } = resolve(place);
    return {
      code,
      severity: severityOf(code),
      message: messageOf(code, args),
      file: place.file,
      line: start.line,
      column: start.column,
      end_line: end.line,
      end_column: end.column,
      help: helpOf(code, args) ?? null,
      suggestion: suggestion ?? null,
      related: (related ?? []).map(({ place: at, message }) => ({ file: at.file, ...resolve(at).start, message })),
    };
  };
  return (problems) => withoutRepeats(problems.map(resolved).toSorted(compare));
}

function openFile(file: string, texts: Texts): Opened | undefined {
  const text = texts(file);
  if (text === undefined) return undefined;
  return { text, lines: openLines(text), located: openText(yamlPart(file, text)) };
}

type Resolved = { readonly start: Position; readonly end: Position };
const TOP: Resolved = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

function resolvePlace(place: Place, opened: Opened | undefined): Resolved {
  if (!opened) return TOP;
  const span = place.span ?? (place.path && opened.located.locate(place.path, place.on, place.within));
  if (!span) return TOP;
  const [from, to] = insideText(opened.text, span);
  return { start: opened.lines.positionOf(from), end: opened.lines.positionOf(to) };
}

/** The end of a text is shown behind its last line, not on the empty one after it. */
function insideText(text: string, [from, to]: Span): Span {
  const last = text.endsWith('\r\n') ? text.length - 2 : text.endsWith('\n') ? text.length - 1 : text.length;
  const start = Math.max(0, Math.min(from, last));
  return [start, Math.max(start, Math.min(to, text.length))];
}

const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

const compare = (a: Reported, b: Reported): number =>
  order(a.file, b.file) ||
  order(a.line, b.line) ||
  order(a.column, b.column) ||
  order(a.code, b.code) ||
  order(a.message, b.message);

function withoutRepeats(sorted: readonly Reported[]): readonly Reported[] {
  const seen = new Set<string>();
  return sorted.filter((each) => {
    const key = JSON.stringify(each);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
