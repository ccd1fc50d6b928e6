// YAML text to plain data and what is wrong with it. Knows no record type; the first cause that makes the whole text
// unreadable is reported alone.
import { diagnose } from '../fault/diagnose.ts';
import type { SourceFault } from '../fault.ts';
import { MAX_DEPTH, tooDeepAt } from '../tokens.ts';
import { composeText, type Tree } from '../tree.ts';
import { walkDocument } from './walk.ts';

export type Parsed = {
  /** Plain data; `null` for a text of blanks and comments, `undefined` when it failed. Maps have no prototype. */
  readonly value: unknown;
  readonly faults: readonly SourceFault[];
  /** No part of the text can be trusted. A fault of a text that did not fail names by its `path` what cannot. */
  readonly failed: boolean;
};

export function parseYaml(text: string): Parsed {
  const deep = tooDeepAt(text);
  if (deep !== undefined) return failure({ code: 'yaml/too-deep', span: [deep, deep + 1], args: { limit: MAX_DEPTH } });
  const directive = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*(%[^\r\n]*)/.exec(text);
  if (directive) {
    const from = directive[0].length - (directive[1] as string).length;
    const says = 'a line that begins with `%` is a directive, which records do not have';
    return failure({ code: 'yaml/syntax', span: [from, directive[0].length], says, help: 'delete the line' });
  }
  let tree: Tree;
  try {
    tree = composeText(text);
  } catch (error) {
    // The library gave up; whatever it met, it is the text's fault and not a reason to stop the program.
    const says = `this cannot be read as YAML${error instanceof RangeError ? ': it nests too deeply' : ''}`;
    return failure({ code: 'yaml/syntax', span: [0, 1], says });
  }
  const first = tree.errors[0];
  if (first) return failure(diagnose(text, first));
  if (tree.second !== undefined)
    return failure({ code: 'yaml/several-documents', span: [tree.second, lineEnd(text, tree.second)] });
  if (!tree.document) return { value: null, faults: [], failed: false };
  return walkDocument(text, tree.document);
}

const lineEnd = (text: string, from: number): number => {
  const end = text.slice(from).search(/\r?\n/);
  return end < 0 ? text.length : from + end;
};

const failure = (fault: SourceFault): Parsed => ({ value: undefined, faults: [fault], failed: true });
