// The check of a template before anyone is written to: every name and form in it, taken branch or not. Knows no values.
import type { Problem } from '../problem/problem.ts';
import { nearest } from '../problem/suggest.ts';
import {
  blockName,
  type Expression,
  type ExpressionFault,
  PARTIALS,
  partialName,
  readCall,
  readExpression,
} from './expressions.ts';
import { type Form, FUNCTIONS } from './functions.ts';
import { markdownExcess } from './limits.ts';
import { parseTemplate, type SyntaxFault, type Tree } from './parse.ts';
import type { TemplateText } from './texts.ts';
import { findVariable, GROUPS, namesIn, VARIABLE_NAMES } from './variables.ts';

export function checkText(template: TemplateText): readonly Problem[] {
  const problems = checkTemplate(template);
  const excess = template.isMarkdown && problems.length === 0 ? markdownExcess(template.text) : undefined;
  return excess ? [syntaxProblem(template, excess)] : problems;
}

const syntaxProblem = ({ placeOf }: TemplateText, { says, help, span }: SyntaxFault): Problem => ({
  code: 'template/syntax',
  args: { says, ...(help === undefined ? {} : { help }) },
  place: placeOf(span),
});

function checkTemplate(template: TemplateText): readonly Problem[] {
  const { text, placeOf } = template;
  // Most texts hold no template at all.
  if (!text.includes('{{') && !/[\uFDD0-\uFDD3]/.test(text)) return [];
  const parsed = parseTemplate(text);
  if ('fault' in parsed) return [syntaxProblem(template, parsed.fault)];
  const problems: Problem[] = [];
  const report: Report = (node, problem) => problems.push({ ...problem, place: placeOf(parsed.spanOf(node)) });
  checkTree(parsed.tree, false, report);
  return problems;
}

type Report = (node: { readonly loc: hbs.AST.SourceLocation }, problem: Omit<Problem, 'place'>) => void;

const syntax = (says: string, help: string): Omit<Problem, 'place'> => ({
  code: 'template/syntax',
  args: { says, help },
});

function checkTree(tree: Tree, isInList: boolean, report: Report): void {
  for (const node of tree.body) checkStatement(node, isInList, report);
}

function checkStatement(node: hbs.AST.Statement, isInList: boolean, report: Report): void {
  switch (node.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    case 'MustacheStatement': {
      const expression = readCall(node as hbs.AST.MustacheStatement);
      const form = checkExpression(expression, isInList, report);
      if (expression.kind === 'text') report(node, syntax('this text stands alone', 'write it without the braces'));
      if (expression.kind === 'position')
        report(node, syntax('`@first` and `@last` are conditions', 'write `{{#if @first}}`'));
      if (form === 'flag' && expression.kind === 'variable') {
        const { name } = expression.variable;
        report(expression.node, syntax(`\`${name}\` is a condition`, `use it as \`{{#if ${name}}}...{{/if}}\``));
      }
      if (form === 'list' && expression.kind === 'variable') {
        const { name } = expression.variable;
        report(
          expression.node,
          syntax(`\`${name}\` is a list`, `write \`{{list ${name}}}\` or \`{{#each ${name}}}- {{this}}{{/each}}\``),
        );
      }
      return;
    }
    case 'BlockStatement':
      checkBlock(node as hbs.AST.BlockStatement, isInList, report);
      return;
    case 'PartialStatement':
      checkPartial(node as hbs.AST.PartialStatement, report);
      return;
    default:
      report(
        node,
        syntax('templates have no such part', 'write variables, functions, `{{#if}}`, `{{#unless}}` and `{{#each}}`'),
      );
  }
}

function checkBlock(node: hbs.AST.BlockStatement, isInList: boolean, report: Report): void {
  const name = blockName(node);
  const [param, ...more] = node.params;
  const inner = name === 'each' || isInList;
  if (name === undefined) {
    const written = (node.path as hbs.AST.PathExpression).original;
    const isKnown = findVariable(written) !== undefined;
    const suggestion = nearest(written, ['if', 'unless', 'each']);
    const help = isKnown ? `write \`{{#if ${written}}}...{{/if}}\`` : 'the blocks are `#if`, `#unless` and `#each`';
    report(node.path, {
      code: 'template/unknown-helper',
      args: { name: `#${written}`, ...(suggestion === undefined || isKnown ? { help } : {}) },
      ...(suggestion === undefined || isKnown ? {} : { suggestion }),
    });
  } else if (!param || more.length > 0 || (node.hash as hbs.AST.Hash | undefined)?.pairs.length) {
    const example = name === 'each' ? '{{#each segment.promises}}' : `{{#${name} partner.name}}`;
    report(node.path, syntax(`\`#${name}\` takes one value`, `write \`${example}\``));
  } else {
    const expression = readExpression(param);
    const form = checkExpression(expression, isInList, report);
    if (name === 'each' && form !== undefined && form !== 'list') {
      report(param, syntax('`#each` needs a list, and this is none', 'write `{{#if ...}}` for a single value'));
    }
  }
  if (node.program?.blockParams?.length) {
    report(node.path, syntax('`as |...|` is not known here', 'the entry is called `{{this}}`'));
  }
  if (node.program) checkTree(node.program, inner, report);
  if (node.inverse) checkTree(node.inverse, isInList, report);
}

function checkPartial(node: hbs.AST.PartialStatement, report: Report): void {
  const name = partialName(node);
  if (!PARTIALS.has(name)) {
    const suggestion = nearest(name, PARTIALS.keys());
    const help = `there is only \`{{> ${[...PARTIALS.keys()].join('}}`, `{{> ')}}}\``;
    report(node.name as hbs.AST.Node, {
      code: 'template/unknown-partial',
      args: { name, ...(suggestion === undefined ? { help } : {}) },
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  } else if (node.params.length > 0 || (node.hash as hbs.AST.Hash | undefined)?.pairs.length) {
    report(node.name as hbs.AST.Node, syntax('a piece takes no values', `write \`{{> ${name}}}\``));
  }
}

/** The form of its value; undefined where it has none that is known. */
function checkExpression(expression: Expression, isInList: boolean, report: Report): Form | undefined {
  const { node } = expression;
  if (expression.kind === 'fault') {
    report(node, faultOf(expression.fault));
    return undefined;
  }
  if (expression.kind === 'variable') return expression.variable.form;
  if (expression.kind === 'text') return 'text';
  if (expression.kind === 'entry' || expression.kind === 'position') {
    if (!isInList) report(node, syntax('this means something only inside `{{#each}}`', 'write the name of a variable'));
    return expression.kind === 'entry' ? 'text' : undefined;
  }
  const { call, parts } = expression;
  const forms = parts.map((part) => checkExpression(part, isInList, report));
  const [first] = forms;
  const isRefused =
    call.takes === undefined
      ? first === 'list' || first === 'flag'
      : first !== undefined && !call.takes.includes(first);
  if (isRefused && parts[0]) {
    const wanted = call.takes?.[0] === undefined ? 'a single value' : ARTICLES[call.takes[0]];
    const found = first === undefined ? 'something else' : ARTICLES[first];
    report(
      parts[0].node,
      syntax(`\`${call.name}\` needs ${wanted}, and this is ${found}`, `write it as in \`${call.example}\``),
    );
  }
  return call.takes === undefined ? (first ?? undefined) : 'text';
}

const ARTICLES: Readonly<Record<Form, string>> = {
  text: 'text',
  day: 'a day',
  number: 'a number',
  amount: 'an amount of money',
  list: 'a list',
  flag: 'a condition',
};

function faultOf(fault: ExpressionFault): Omit<Problem, 'place'> {
  if (fault.what === 'syntax') {
    return {
      code: 'template/syntax',
      args: { says: fault.says, ...(fault.help === undefined ? {} : { help: fault.help }) },
    };
  }
  if (fault.what === 'function') {
    const suggestion = nearest(
      fault.name,
      FUNCTIONS.map((each) => each.name),
    );
    const help = `the functions are ${FUNCTIONS.map((each) => `\`${each.name}\``).join(', ')}`;
    return {
      code: 'template/unknown-helper',
      args: { name: fault.name, ...(suggestion === undefined ? { help } : {}) },
      ...(suggestion === undefined ? {} : { suggestion }),
    };
  }
  return unknownVariable(fault.name);
}

function unknownVariable(name: string): Omit<Problem, 'place'> {
  const bare = name.replace(/^(?:\.\.?\/|this[./])+/, '');
  const sameEnd = VARIABLE_NAMES.filter((each) => each.includes('.') && each.endsWith(`.${bare.replace(/^.*\./, '')}`));
  const suggestion =
    findVariable(bare)?.name ??
    (GROUPS.includes(bare) ? namesIn(bare)[0] : undefined) ??
    nearest(bare, VARIABLE_NAMES) ??
    (sameEnd.length === 1 ? sameEnd[0] : undefined);
  const [group = ''] = bare.split('.');
  const known = GROUPS.includes(group) ? namesIn(group).join(', ') : undefined;
  const help = known === undefined ? `they begin with ${GROUPS.join(', ')}; or \`today\`` : `there is ${known}`;
  return {
    code: 'template/unknown-variable',
    args: { name, ...(suggestion === undefined ? { help } : {}) },
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
