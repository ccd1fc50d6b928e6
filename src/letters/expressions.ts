// What stands between the braces of a template, in our own terms: a variable, a function call, a text. Owns which of
// Handlebars' forms a template may use; says nothing of values.
import { findFunction, type TemplateFunction } from './functions.ts';
import { SIGNATURE_FROM, SIGNATURE_TO } from './parse.ts';
import type { Variable } from './variable.ts';
import { findVariable } from './variables.ts';

/** Something with a value. */
export type Expression =
  | { readonly kind: 'variable'; readonly variable: Variable; readonly node: hbs.AST.Node }
  /** `this`: the entry of the list whose block it stands in. */
  | { readonly kind: 'entry'; readonly node: hbs.AST.Node }
  /** `@first` and `@last` of such a list. */
  | { readonly kind: 'position'; readonly node: hbs.AST.Node }
  | { readonly kind: 'text'; readonly text: string; readonly node: hbs.AST.Node }
  | {
      readonly kind: 'call';
      readonly call: TemplateFunction;
      readonly parts: readonly Expression[];
      readonly node: hbs.AST.Node;
    }
  | { readonly kind: 'fault'; readonly fault: ExpressionFault; readonly node: hbs.AST.Node };

export type ExpressionFault =
  | { readonly what: 'variable'; readonly name: string }
  | { readonly what: 'function'; readonly name: string }
  | { readonly what: 'syntax'; readonly says: string; readonly help?: string };

const isPath = (node: hbs.AST.Node): node is hbs.AST.PathExpression => node.type === 'PathExpression';

/** A value as it stands alone, or among the arguments of a call. */
export function readExpression(node: hbs.AST.Node): Expression {
  if (isPath(node)) return readPath(node);
  if (node.type === 'StringLiteral' || node.type === 'NumberLiteral' || node.type === 'BooleanLiteral') {
    return { kind: 'text', text: String((node as hbs.AST.StringLiteral).value), node };
  }
  if (node.type === 'SubExpression') return readCall(node as hbs.AST.SubExpression);
  return syntax(node, 'this is not a value', 'write a variable, or a text in quotes');
}

/** `{{client.name}}`, `{{date step.due}}`, `(default a b)`. */
export function readCall(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression): Expression {
  const { path, params, hash } = node;
  const name = isPath(path) ? path.original : '';
  const call = isPath(path) && path.depth === 0 && !path.data ? findFunction(name) : undefined;
  const pairs = hash as hbs.AST.Hash | undefined;
  if (pairs && pairs.pairs.length > 0) {
    return syntax(
      pairs.pairs[0] ?? node,
      'no function takes a named argument',
      'write the values alone, as in `{{date step.due}}`',
    );
  }
  if (!call) {
    if (params.length === 0 && node.type === 'MustacheStatement') return readExpression(path);
    return { kind: 'fault', fault: { what: 'function', name }, node: path };
  }
  if (params.length !== call.arity) {
    const takes = call.arity === 1 ? 'one value' : 'two values';
    return syntax(path, `\`${call.name}\` takes ${takes}`, `write \`${call.example}\``);
  }
  return { kind: 'call', call, parts: params.map(readExpression), node };
}

function readPath(node: hbs.AST.PathExpression): Expression {
  const { original, data, depth, parts } = node;
  if (data) {
    const isPosition = original === '@first' || original === '@last';
    return isPosition
      ? { kind: 'position', node }
      : { kind: 'fault', fault: { what: 'variable', name: original }, node };
  }
  if (original === 'this') return { kind: 'entry', node };
  const name = parts.join('.');
  const variable = depth === 0 && original === name ? findVariable(name) : undefined;
  return variable
    ? { kind: 'variable', variable, node }
    : { kind: 'fault', fault: { what: 'variable', name: original }, node };
}

const syntax = (node: hbs.AST.Node, says: string, help: string): Expression => ({
  kind: 'fault',
  fault: { what: 'syntax', says, help },
  node,
});

/** `if`, `unless` and `each`; undefined for a block of any other name. */
export type BlockName = 'if' | 'unless' | 'each';
export function blockName(node: hbs.AST.BlockStatement): BlockName | undefined {
  const name = isPath(node.path) ? node.path.original : '';
  return name === 'if' || name === 'unless' || name === 'each' ? name : undefined;
}

/** Pieces of template that any template may take in. */
export const PARTIALS: ReadonlyMap<string, { readonly text: string; readonly what: string }> = new Map([
  [
    'signature',
    {
      text: `${SIGNATURE_FROM}{{#if me.signature}}{{me.signature}}{{else}}{{me.name}}\n{{practice.name}}{{/if}}${SIGNATURE_TO}\n`,
      what: 'how letters end: the signature of who sends, else their name and that of the practice',
    },
  ],
  [
    'greeting',
    {
      text: '{{#if reader.first_name}}Hi {{reader.first_name}},{{else}}{{#if reader.name}}Hello {{reader.name}},{{else}}Hello,{{/if}}{{/if}}\n',
      what: 'how letters begin: `Hi Ada,`, for a surname alone `Hello Dr. Weber,`, without a person `Hello,`',
    },
  ],
]);

export const partialName = (node: hbs.AST.PartialStatement): string =>
  isPath(node.name as hbs.AST.Node) ? (node.name as hbs.AST.PathExpression).original : '';
