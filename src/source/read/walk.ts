// A document tree as plain data, and what is wrong with it although the library read it. Keys are their source text;
// maps have no prototype, so `__proto__` and `constructor` are keys like any other, and list their keys as they are written.
// Knows no record type.
import type { Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { inOrder } from '../../order.ts';
import { strayParts } from '../fault/stray.ts';
import type { SourceFault } from '../fault.ts';
import type { DataPath, Span } from '../path.ts';
import { excerpt, quoted, quoteHelp } from '../quote.ts';
import { nameOddSpace, oddEdge } from '../spaces.ts';
import { contentSpan, isAlias, isBlank, isMap, isScalar, isSeq, keyText, pairsOf } from '../tree.ts';
import { type Aliases, openAliases } from './aliases.ts';

export type Walked = { readonly value: unknown; readonly faults: readonly SourceFault[]; readonly failed: boolean };

type Walk = {
  readonly text: string;
  readonly aliases: Aliases;
  /** The data is what was written, but for `path` when the fault has one. */
  readonly report: (fault: SourceFault) => void;
  /** Nothing here can be trusted. */
  readonly fail: (fault: SourceFault) => void;
};

export function walkDocument(text: string, document: Document): Walked {
  const faults: SourceFault[] = [];
  const fatal: SourceFault[] = [];
  const aliases = openAliases(text);
  const walk: Walk = { text, aliases, report: (fault) => faults.push(fault), fail: (fault) => fatal.push(fault) };
  const value = toData(walk, document.contents as Node | null, [], 'top');
  // One cause: a text that fails is reported for that alone.
  const first = fatal[0];
  if (first) return { value: undefined, faults: [first], failed: true };
  return { value, faults: [...faults, ...aliases.unused()], failed: false };
}

type Position = 'top' | 'entry' | 'flow';

function toData(walk: Walk, node: Node | null, path: DataPath, position: Position): unknown {
  if (node === null || node === undefined) return null;
  if (isAlias(node)) {
    const outcome = walk.aliases.follow(node, path);
    if ('fault' in outcome) {
      walk.fail(outcome.fault);
      return null;
    }
    return outcome.data;
  }
  const tag = node.tag === undefined ? undefined : tagFault(walk, node, path);
  if (tag) walk.report(tag);
  const done = walk.aliases.enter(node, path);
  const data = isMap(node)
    ? mapData(walk, node, path)
    : isSeq(node)
      ? listData(walk, node, path)
      : scalarData(walk, node as Scalar, path, position);
  done(data);
  return data;
}

function listData(walk: Walk, list: YAMLSeq, path: DataPath): readonly unknown[] {
  const position = list.flow ? 'flow' : 'entry';
  return (list.items as (Node | null)[]).map((each, at) => toData(walk, each, [...path, at], position));
}

function mapData(walk: Walk, map: YAMLMap, path: DataPath): unknown {
  const template = templateText(walk, map, path);
  if (template !== undefined) return template;
  const data: Record<string, unknown> = Object.create(null);
  const places = new Map<string, Span>();
  const strays = map.flow && map.tag === undefined ? strayParts(walk.text, map, path) : undefined;
  for (const fault of strays?.faults ?? []) walk.report(fault);
  for (const fault of strays?.fatal ?? []) walk.fail(fault);
  for (const pair of pairsOf(map)) {
    if (strays?.pairs.has(pair)) continue;
    const key = plainKey(walk, pair, path);
    if (key === undefined) continue;
    const span = contentSpan(walk.text, pair.key) ?? ([map.range?.[0] ?? 0, (map.range?.[0] ?? 0) + 1] as const);
    const first = places.get(key);
    if (first) {
      const related = [{ span: first, says: 'first used here' }];
      walk.report({ code: 'yaml/duplicate-key', span, args: { key }, path: [...path, key], related });
      continue;
    }
    places.set(key, span);
    data[key] = toData(walk, pair.value, [...path, key], map.flow ? 'flow' : 'entry');
  }
  return inOrder(data, () => [...places.keys()]);
}

/** `{{name}}` unquoted is a map with a map as its key; it was meant as text, and becomes that. */
function templateText(walk: Walk, map: YAMLMap, path: DataPath): string | undefined {
  const first = pairsOf(map)[0];
  if (!map.flow || !map.range || !isMap(first?.key) || walk.text[map.range[0] + 1] !== '{') return undefined;
  const text = walk.text.slice(map.range[0], map.range[1]);
  const says = 'a value that begins with `{{` must be in quotes';
  walk.report({
    code: 'yaml/syntax',
    span: [map.range[0], map.range[1]],
    says,
    help: quoteHelp(text, lastKey(path)),
    path,
  });
  return text;
}

const lastKey = (path: DataPath): string | undefined => {
  const last = path.at(-1);
  return typeof last === 'string' ? last : undefined;
};

function plainKey(walk: Walk, pair: Pair<Node, Node | null>, path: DataPath): string | undefined {
  const { key } = pair;
  const span = contentSpan(walk.text, key) ?? contentSpan(walk.text, pair.value) ?? [0, 1];
  const text = keyText(key);
  if (text === undefined || isAlias(key)) {
    const what = isAlias(key) ? 'an alias' : isSeq(key) ? 'a list' : 'a map';
    walk.fail({
      code: 'yaml/syntax',
      span,
      says: `${what} used as a key; a key must be a word`,
      help: 'if it is text, put it in quotes',
    });
    return undefined;
  }
  if (key?.tag !== undefined) walk.fail(tagFault(walk, key, [...path, text]));
  if (isBlank(key)) {
    walk.fail({
      code: 'yaml/syntax',
      span: [span[0], span[0] + 1],
      says: 'no key before this `:`',
      help: quoteHelp(`: ${excerpt(scalarSource(pair.value))}`),
    });
    return undefined;
  }
  if (isScalar(key) && key.type === 'PLAIN') {
    if (text === '<<') {
      const help = 'write the keys out where they are needed';
      walk.fail({ code: 'yaml/alias', span, says: 'merge keys (`<<`) are not supported', help });
      return undefined;
    }
    const edge = oddEdge(text);
    if (edge) walk.fail(oddSpaceFault(span, text, edge));
    const bracket = /^([\w-]+) ?([{[])/.exec(text);
    if (bracket) {
      const at = span[0] + bracket[0].length - 1;
      const says = `a \`:\` is missing before this \`${bracket[2]}\``;
      walk.fail({ code: 'yaml/syntax', span: [at, at + 1], says, help: `write \`${bracket[1]}: ${bracket[2]}…\`` });
    }
  }
  return text;
}

const scalarSource = (node: unknown): string => (isScalar(node) ? (node.source ?? '') : '');

function oddSpaceFault(span: Span, text: string, edge: readonly [number, number], path?: DataPath): SourceFault {
  const [from, to] = span[1] - span[0] === text.length ? [span[0] + edge[0], span[0] + edge[1]] : span;
  const says = `${nameOddSpace(text[edge[0]] as string)} where only ordinary spaces are allowed`;
  const help = 'replace it with an ordinary space, or delete it';
  return { code: 'yaml/encoding', span: [from, to], says, help, ...(path && { path }) };
}

function scalarData(walk: Walk, node: Scalar, path: DataPath, position: Position): unknown {
  const span = contentSpan(walk.text, node) ?? [0, 0];
  if (node.type !== 'PLAIN') return node.source ?? String(node.value ?? '');
  swallowed(walk, node, span, path);
  if (node.tag !== undefined) return node.source ?? '';
  const { value } = node;
  if (typeof value === 'number') return numberData(walk, node, value, span, path);
  if (typeof value !== 'string') return value ?? null;
  const edge = oddEdge(value);
  if (edge) {
    walk.report(oddSpaceFault(span, value, edge, path));
    return edge[0] === 0 ? value.slice(edge[1]) : value.slice(0, edge[0]);
  }
  if (position !== 'flow') {
    runTogether(walk, span, position);
    entryInText(walk, span, path);
  }
  return value;
}

function numberData(walk: Walk, node: Scalar, value: number, span: Span, path: DataPath): unknown {
  const source = node.source ?? String(value);
  const written = /\d/.test(source);
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value;
  const says = written
    ? `\`${excerpt(source)}\` is too large to be kept exactly`
    : `\`${source}\` is not a number that a record can hold`;
  walk.report({
    code: 'yaml/syntax',
    span,
    says,
    help: `if it is text, put it in quotes: \`${quoted(excerpt(source))}\``,
    path,
  });
  return source;
}

/** `Offer #12 for you` is `Offer` and a comment. A blank after the `#` is how comments are written. */
function swallowed(walk: Walk, node: Scalar, span: Span, path: DataPath): void {
  const pattern = isBlank(node) ? /[ \t]*(#[^\s#=*~_!-][^\r\n]*)/y : /[ \t]+(#[^\s#=*~_!-][^\r\n]*)/y;
  pattern.lastIndex = span[1];
  const match = pattern.exec(walk.text);
  if (!match) return;
  const comment = match[1] as string;
  const from = span[1] + match[0].length - comment.length;
  const value = walk.text.slice(...span);
  const left = isBlank(node) ? 'the value is empty' : `the value is only \`${excerpt(value)}\``;
  walk.report({
    code: 'yaml/comment-swallowed',
    span: [from, from + comment.trimEnd().length],
    says: `\`${excerpt(comment)}\` is read as a comment, so ${left}`,
    help: `${quoteHelp(`${value}${match[0]}`, lastKey(path))}; for a comment, write \`# \` with a space`,
    path,
  });
}

/** A text on lines of its own that looks like `key:value` or `-item`: the space was forgotten. */
function runTogether(walk: Walk, span: Span, position: Position): void {
  const { text } = walk;
  const lineStart = text.lastIndexOf('\n', span[0] - 1) + 1;
  if (position === 'entry' && text.slice(lineStart, span[0]).trim() !== '') return;
  const shown = text.slice(span[0], Math.min(span[1], span[0] + 500));
  const key = /^([A-Za-z][\w-]*):([^\s/:][^\r\n]*)/.exec(shown);
  if (key) {
    const at = span[0] + (key[1] as string).length;
    const fix = `${key[1]}: ${excerpt(key[2] as string)}`;
    walk.fail({
      code: 'yaml/syntax',
      span: [at, at + 1],
      says: 'a space is missing after this `:`',
      help: `write \`${fix}\``,
    });
    return;
  }
  const dash = /^-([A-Za-z"'{[][^\r\n]*)/.exec(shown);
  if (!dash) return;
  const says = 'a space is missing after this `-`';
  walk.fail({
    code: 'yaml/syntax',
    span: [span[0], span[0] + 1],
    says,
    help: `write \`- ${excerpt(dash[1] as string)}\``,
  });
}

/** A line that begins with a dash but continues the text above: the entry is indented too far. */
function entryInText(walk: Walk, span: Span, path: DataPath): void {
  const written = walk.text.slice(...span);
  const match = /\n[ \t]*(- [^\r\n]*)/.exec(written);
  if (!match) return;
  const entry = match[1] as string;
  const from = span[0] + match.index + match[0].length - entry.length;
  walk.report({
    code: 'yaml/syntax',
    span: [from, from + entry.trimEnd().length],
    says: `this is read as a continuation of the text \`${excerpt(written)}\`, not as a list entry`,
    help: 'entries of a list begin in the same column; a text with line breaks goes below `key: |`',
    path,
  });
}

function tagFault(walk: Walk, node: Node, path: DataPath): SourceFault {
  const { text } = walk;
  const end = contentSpan(text, node) ?? [0, 0];
  let from = text.lastIndexOf('!', end[0]);
  while (from > 0 && /[^\s,[\]{}]/.test(text[from - 1] as string)) from--;
  from = Math.max(0, from);
  const to = from + (/^[^\s,[\]{}]*/.exec(text.slice(from, from + 200))?.[0].length ?? 1);
  const tag = text.slice(from, to);
  const help = isScalar(node) ? quoteHelp(text.slice(from, end[1]), lastKey(path)) : `delete \`${excerpt(tag)}\``;
  return {
    code: 'yaml/syntax',
    span: [from, to],
    says: `\`${excerpt(tag)}\` is a YAML tag, and records have none`,
    help,
    path,
  };
}
