// What a letter lacks before it can be complete: the values it would print and that are not there, branch by branch as it
// will be rendered. Knows no text that is printed.
import type { Problem } from '../problem/problem.ts';
import { blockName, type Expression, PARTIALS, partialName, readCall, readExpression } from './expressions.ts';
import type { Facts } from './facts.ts';
import type { Manner, Value } from './functions.ts';
import { adviceFor } from './homes.ts';
import { parseTemplate, type Span, type Tree } from './parse.ts';
import type { TemplateText } from './texts.ts';

/** Empty when the text can be rendered whole. The text has passed `checkText`. */
export function lackingIn({ text, placeOf }: TemplateText, facts: Facts, manner: Manner): readonly Problem[] {
  const parsed = parseTemplate(text);
  if ('fault' in parsed) return [];
  const found = new Map<string, Problem>();
  const look = (tree: Tree, spanOf: (node: hbs.AST.Node) => Span): void => {
    walk(
      tree,
      facts,
      manner,
      (node, says, help) => {
        const place = placeOf(spanOf(node));
        found.set(JSON.stringify([place, says]), { code: 'letter/missing-value', args: { says, help }, place });
      },
      (partial) => {
        const piece = parseTemplate(PARTIALS.get(partialName(partial))?.text ?? '');
        // What a piece lacks is said where it is taken in.
        if ('tree' in piece) look(piece.tree, () => spanOf(partial));
      },
    );
  };
  look(parsed.tree, parsed.spanOf);
  return [...found.values()];
}

/** Which engagement, or which step, is one question, however many values hang on it. */
export const oncePerCause = (problems: readonly Problem[], { lacks }: Facts): readonly Problem[] => {
  const causes: ReadonlySet<unknown> = new Set([lacks.engagement, lacks.step].filter((cause) => cause !== ''));
  return problems.filter(
    ({ args }, i) => !causes.has(args.help) || problems.findIndex((each) => each.args.help === args.help) === i,
  );
};

type Miss = (node: hbs.AST.Node, says: string, help: string) => void;

function walk(
  tree: Tree,
  facts: Facts,
  manner: Manner,
  miss: Miss,
  takeIn: (partial: hbs.AST.PartialStatement) => void,
): void {
  const inner = (part: Tree | undefined): void => {
    if (part) walk(part, facts, manner, miss, takeIn);
  };
  for (const node of tree.body) {
    if (node.type === 'MustacheStatement') need(readCall(node as hbs.AST.MustacheStatement), facts, manner, miss);
    if (node.type === 'PartialStatement') takeIn(node as hbs.AST.PartialStatement);
    if (node.type !== 'BlockStatement') continue;
    const block = node as hbs.AST.BlockStatement;
    const condition = readExpression(block.params[0] as hbs.AST.Node);
    const isThere = condition.kind === 'position' ? undefined : isPresent(condition, facts);
    const holds = isThere === undefined ? undefined : isThere === (blockName(block) !== 'unless');
    if (holds !== false) inner(block.program);
    if (holds !== true) inner(block.inverse);
  }
}

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

function need(expression: Expression, facts: Facts, manner: Manner, miss: Miss): void {
  if (expression.kind === 'variable') {
    const { name, home, key } = expression.variable;
    if (!isPresent(expression, facts)) miss(expression.node, `\`${name}\` has no value`, adviceFor(facts, home, key));
    return;
  }
  if (expression.kind !== 'call') return;
  const { call, parts } = expression;
  const value = valueIn(expression, facts);
  if (value === undefined) {
    const last = parts[call.takes === undefined ? parts.length - 1 : 0];
    if (last) need(last, facts, manner, miss);
    return;
  }
  const [first] = parts;
  if (first?.kind === 'call') need(first, facts, manner, miss);
  const refusal = call.refuses?.(value, manner);
  if (refusal && first) {
    const name = first.kind === 'variable' ? `\`${first.variable.name}\`` : 'this value';
    miss(first.node, `${name} ${refusal.says}`, refusal.help);
  }
}
