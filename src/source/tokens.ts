// The text as the YAML lexer cuts it, with offsets; and how deep it nests, asked before anything recursive sees it.
import { CST, Lexer } from 'yaml';

export type Token = {
  readonly kind: string;
  readonly text: string;
  readonly from: number;
  /** Brackets open around it; an opening bracket counts itself, a closing one does not. */
  readonly flow: number;
};

/** Deeper than any record, far from the stack's end. */
export const MAX_DEPTH = 100;

const INDICATORS: ReadonlySet<string> = new Set(['seq-item-ind', 'explicit-key-ind', 'map-value-ind']);
const SILENT: ReadonlySet<string> = new Set(['doc-mode', 'flow-error-end']);

/** Lazily, so that a caller may stop early. Scalars come as kind `scalar`. */
export function* tokensOf(text: string): Generator<Token> {
  let from = 0;
  let flow = 0;
  let atScalar = false;
  for (const source of new Lexer().lex(text)) {
    const kind = atScalar ? 'scalar' : (CST.tokenType(source) ?? 'unknown');
    if (!atScalar && kind === 'scalar') {
      atScalar = true;
      continue;
    }
    if (!atScalar && SILENT.has(kind)) {
      if (kind === 'flow-error-end') flow = 0;
      continue;
    }
    atScalar = false;
    if (kind === 'flow-map-start' || kind === 'flow-seq-start') flow++;
    if (kind === 'flow-map-end' || kind === 'flow-seq-end') flow = Math.max(0, flow - 1);
    yield { kind, text: source, from, flow };
    from += source.length;
  }
}

/** The offset at which `text` first nests deeper than MAX_DEPTH. */
export function tooDeepAt(text: string): number | undefined {
  return mayBeDeep(text) ? exactlyTooDeepAt(text) : undefined;
}

/** Cheap and generous: counts brackets and indicators wherever they stand, in prose and quotes too. */
function mayBeDeep(text: string): boolean {
  let brackets = 0;
  const indents: number[] = [];
  for (const line of text.split('\n')) {
    const indent = line.search(/[^ ]/);
    if (indent < 0) continue;
    for (let at = line.search(/[[{]/); at >= 0 && at < line.length; at++) {
      if (line[at] === '[' || line[at] === '{') brackets++;
    }
    const indicators = line.length < 3 ? 1 : (line.match(/[-?:](?=\s|$)/g)?.length ?? 0);
    while (indents.length > 0 && (indents.at(-1) as number) >= indent) indents.pop();
    indents.push(indent);
    if (brackets + indents.length + indicators > MAX_DEPTH) return true;
  }
  return false;
}

/**
 * Collections that are open at each indicator: one a bracket, one a column that an indicator or a key opened. Inside
 * brackets only what a wrong `a: b: c` adds to them is counted.
 */
function exactlyTooDeepAt(text: string): number | undefined {
  let columns: number[] = [];
  let [lineStart, flow, extra, node] = [0, 0, 0, 0];
  let [nodeSeen, entrySeen] = [false, false];
  for (const token of tokensOf(text)) {
    if (token.kind === 'newline') {
      nodeSeen = false;
    } else if (token.kind === 'doc-start' || token.kind === 'doc-end') {
      columns = [];
    } else if (token.kind.startsWith('flow-') || token.kind === 'comma') {
      flow = token.flow;
      nodeSeen = false;
      entrySeen = false;
      if (flow === 0) extra = 0;
    } else if (INDICATORS.has(token.kind)) {
      if (flow > 0) {
        if (entrySeen) extra++;
        entrySeen = true;
      } else {
        const column = (token.kind === 'map-value-ind' && nodeSeen ? node : token.from) - lineStart;
        while (columns.length > 0 && (columns.at(-1) as number) >= column) columns.pop();
        columns.push(column);
      }
      nodeSeen = false;
    } else if (token.kind !== 'space' && token.kind !== 'comment') {
      if (!nodeSeen) node = token.from;
      nodeSeen = true;
    }
    if (columns.length + flow + extra > MAX_DEPTH) return token.from;
    const breaks = token.text.lastIndexOf('\n');
    if (breaks >= 0) lineStart = token.from + breaks + 1;
  }
  return undefined;
}
