// What a letter lacks before it can be complete: the values it would print and that are not there, branch by branch as it
// will be rendered. Knows no text that is printed.
import type { Removal } from '../book/book.ts';
import type { Problem } from '../problem/problem.ts';
import { blockName, type Expression, PARTIALS, partialName, readCall, readExpression } from './expressions.ts';
import type { Facts } from './facts.ts';
import type { Manner, Value } from './functions.ts';
import { adviceFor, damageTo } from './homes.ts';
import { parseTemplate, type Span, type Tree } from './parse.ts';
import type { TemplateText } from './texts.ts';
import type { Variable } from './variable.ts';

/** What one text printed: its problems, and the names of the variables that were asked for. */
export type Looked = {
  readonly lacking: readonly Problem[];
  /** Errors in the data that the text depends on. */
  readonly damaged: readonly Problem[];
  readonly contradicted: readonly (Problem & { readonly unless: string | undefined })[];
  readonly printed: ReadonlySet<string>;
};

/** Nothing lacks, is damaged or contradicted when the text can be rendered whole. The text has passed `checkText`. */
export function lookThrough({ text, placeOf }: TemplateText, facts: Facts, manner: Manner): Looked {
  const lacking = new Map<string, Problem>();
  const damaged = new Map<Removal, Problem>();
  const contradicted = new Map<string, Looked['contradicted'][number]>();
  const printed = new Set<string>();
  const look = (tree: Tree, spanOf: (node: hbs.AST.Node) => Span): void => {
    walk(tree, facts, manner, {
      miss: (node, says, help) => {
        const place = placeOf(spanOf(node));
        lacking.set(JSON.stringify([place, says]), { code: 'letter/missing-value', args: { says, help }, place });
      },
      see: (node, { name, home, key, contradicts }, isPrinted) => {
        const removal = damageTo(facts, home, key);
        if (removal) damaged.set(removal, problemOf(removal, `\`${name}\``));
        if (!isPrinted) return;
        printed.add(name);
        const found = removal ? undefined : contradicts?.(facts);
        if (!found) return;
        const { says, help, unless } = found;
        const args = { says: `\`${name}\` ${says}`, help };
        contradicted.set(name, { code: 'letter/contradicted', args, place: placeOf(spanOf(node)), unless });
      },
      takeIn: (partial) => {
        const piece = parseTemplate(PARTIALS.get(partialName(partial))?.text ?? '');
        // What a piece lacks is said where it is taken in.
        if ('tree' in piece) look(piece.tree, () => spanOf(partial));
      },
    });
  };
  const parsed = parseTemplate(text);
  if ('tree' in parsed) look(parsed.tree, parsed.spanOf);
  return {
    lacking: [...lacking.values()],
    damaged: [...damaged.values()],
    contradicted: [...contradicted.values()],
    printed,
  };
}

/** The error itself, where it is; `what` depends on it. */
export const problemOf = ({ problem, file }: Removal, what: string): Problem =>
  problem ?? {
    code: 'letter/missing-value',
    args: { says: `${what} cannot be read because of an error here`, help: 'deliver validate' },
    place: { file },
  };

/** Which engagement, or which step, is one question, however many values hang on it; the shortest answer will do. */
export function oncePerCause(problems: readonly Problem[], { lacks }: Facts): readonly Problem[] {
  const causes = [lacks.engagement, lacks.step, lacks.issue].filter((cause) => cause !== '');
  const helpOf = ({ args }: Problem): string => String(args.help ?? '');
  const causeOf = (problem: Problem): string | undefined => causes.find((cause) => helpOf(problem).startsWith(cause));
  return problems.filter((problem, i) => {
    const cause = causeOf(problem);
    if (cause === undefined) return true;
    const same = problems.filter((each) => causeOf(each) === cause);
    const shortest = Math.min(...same.map((each) => helpOf(each).length));
    return problems.findIndex((each) => causeOf(each) === cause && helpOf(each).length === shortest) === i;
  });
}

type Watch = {
  readonly miss: (node: hbs.AST.Node, says: string, help: string) => void;
  /** A variable that is printed, or that a condition asks for. */
  readonly see: (node: hbs.AST.Node, variable: Variable, isPrinted: boolean) => void;
  readonly takeIn: (partial: hbs.AST.PartialStatement) => void;
};

function walk(tree: Tree, facts: Facts, manner: Manner, watch: Watch): void {
  const inner = (part: Tree | undefined): void => {
    if (part) walk(part, facts, manner, watch);
  };
  for (const node of tree.body) {
    if (node.type === 'MustacheStatement') need(readCall(node as hbs.AST.MustacheStatement), facts, manner, watch);
    if (node.type === 'PartialStatement') watch.takeIn(node as hbs.AST.PartialStatement);
    if (node.type !== 'BlockStatement') continue;
    const block = node as hbs.AST.BlockStatement;
    const condition = readExpression(block.params[0] as hbs.AST.Node);
    const isList = blockName(block) === 'each';
    for (const variable of variablesIn(condition)) watch.see(condition.node, variable, isList);
    const isThere = condition.kind === 'position' ? undefined : isPresent(condition, facts);
    const holds = isThere === undefined ? undefined : isThere === (blockName(block) !== 'unless');
    if (holds !== false) inner(block.program);
    if (holds !== true) inner(block.inverse);
  }
}

const variablesIn = (expression: Expression): readonly Variable[] =>
  expression.kind === 'variable'
    ? [expression.variable]
    : expression.kind === 'call'
      ? expression.parts.flatMap(variablesIn)
      : [];

/** The value of a variable, or of the first part of a call that has one; undefined for a missing one. */
function valueIn(expression: Expression, facts: Facts): Value | undefined {
  if (expression.kind === 'variable') return expression.variable.value(facts);
  if (expression.kind === 'text') return expression.text;
  // An entry of a list is never empty.
  if (expression.kind === 'entry') return 'entry';
  if (expression.kind !== 'call') return undefined;
  const { call, parts } = expression;
  const wanted = call.takes === undefined ? parts : parts.slice(0, 1);
  return wanted.map((part) => valueIn(part, facts)).find((value) => value !== undefined);
}

const isPresent = (expression: Expression, facts: Facts): boolean => valueIn(expression, facts) !== undefined;

function need(expression: Expression, facts: Facts, manner: Manner, watch: Watch): void {
  if (expression.kind === 'variable') {
    const { node, variable } = expression;
    watch.see(node, variable, true);
    const { name, home, key } = variable;
    if (!isPresent(expression, facts)) watch.miss(node, `\`${name}\` has no value`, adviceFor(facts, home, key));
    return;
  }
  if (expression.kind !== 'call') return;
  const { call, parts } = expression;
  const value = valueIn(expression, facts);
  if (value === undefined) {
    const last = parts[call.takes === undefined ? parts.length - 1 : 0];
    if (last) need(last, facts, manner, watch);
    return;
  }
  const [first] = parts;
  for (const part of call.takes === undefined ? parts : parts.slice(0, 1)) {
    if (part.kind === 'call') need(part, facts, manner, watch);
    if (part.kind === 'variable') watch.see(part.node, part.variable, true);
    // Another one is printed only where this has no value.
    if (isPresent(part, facts)) break;
  }
  const refusal = call.refuses?.(value, manner);
  if (refusal && first) {
    const name = first.kind === 'variable' ? `\`${first.variable.name}\`` : 'this value';
    watch.miss(first.node, `${name} ${refusal.says}`, refusal.help);
  }
}
