// Random files as people write them, for the properties: a model of nodes, and how each is laid out.
import fc from 'fast-check';

type Layout = {
  readonly step: 1 | 2 | 3 | 4 | 8;
  readonly listStep: 0 | 2 | 4;
  readonly eol: '\n' | '\r\n';
  readonly bom: boolean;
  readonly finalNewline: boolean;
};
type Part =
  | { readonly kind: 'single'; readonly source: string }
  | { readonly kind: 'text'; readonly mark: string; readonly lines: readonly string[] }
  | { readonly kind: 'map' | 'list'; readonly parts: readonly Line[]; readonly flow: 'no' | 'one line' | 'lines' }
  | { readonly kind: 'empty'; readonly source: '' | '{}' | '[]' | '~' };
type Line = { readonly key: string; readonly part: Part; readonly above: readonly string[]; readonly comment: string };

const single = fc.constantFrom(
  'Acme Ltd',
  'a',
  '12',
  '2026-11-20',
  'true',
  '"q, x"',
  "'it''s'",
  '2w',
  '1.5',
  '"tab\\t"',
);
const aComment = fc.constantFrom('', '', '', '', '  # why', '\t# tab', ' # a: b - c', ' # "x');
const above = fc.constantFrom<readonly string[]>(
  [],
  [],
  [],
  [],
  [''],
  ['#> note'],
  ['#> one', '#> two'],
  ['', '#> after'],
  ['#outer'],
  ['#>> deeper'],
);
const keys = ['name', 'steps', 'report', 'why', 'done', 'with', 'x', '"q k"', '2026-12-25', 'on'];

const { part } = fc.letrec<{ part: Part; line: Line }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('single' as const), source: single }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('empty' as const), source: fc.constantFrom('', '', '{}', '[]', '~') }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('text' as const),
        mark: fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '|  # text'),
        lines: fc.array(fc.constantFrom('Some words', '# no comment', '', 'a: b', '  more'), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom('map' as const, 'map' as const, 'list' as const),
        parts: fc.array(tie('line'), { minLength: 1, maxLength: 4 }),
        flow: fc.constantFrom('no' as const, 'no' as const, 'one line' as const, 'lines' as const),
      }),
    },
  ),
  line: fc.record({ key: fc.constantFrom(...keys), part: tie('part'), above, comment: aComment }),
}));

export const anyFile: fc.Arbitrary<string> = fc
  .record({
    top: fc.record({
      kind: fc.constantFrom('map' as const, 'map' as const, 'list' as const),
      parts: fc.array(fc.record({ key: fc.constantFrom(...keys), part, above, comment: aComment }), {
        minLength: 1,
        maxLength: 5,
      }),
      flow: fc.constant('no' as const),
    }),
    layout: fc.record<Layout>({
      step: fc.constantFrom(2, 2, 1, 3, 4, 8),
      listStep: fc.constantFrom(2, 0, 4),
      eol: fc.constantFrom('\n', '\n', '\r\n'),
      bom: fc.constantFrom(false, false, true),
      finalNewline: fc.constantFrom(true, true, false),
    }),
    header: fc.constantFrom('', '', '# header\n', '# header\n\n', '\n', '---\n'),
    footer: fc.constantFrom('', '', '# the end\n', '\n\n', '  # odd\n'),
  })
  .map(({ top, layout, header, footer }) => {
    const text = `${header}${print(top, 0, layout).join('\n')}\n${footer}`;
    const ended = layout.finalNewline ? text : text.replace(/\n+$/, '');
    return (layout.bom ? '\ufeff' : '') + ended.replaceAll('\n', layout.eol);
  });

function print(top: Part & { kind: 'map' | 'list' }, indent: number, layout: Layout): readonly string[] {
  const pad = ' '.repeat(indent);
  const seen = new Set<string>();
  return top.parts.flatMap((line): readonly string[] => {
    if (top.kind === 'map' && seen.has(line.key)) return [];
    seen.add(line.key);
    const lead = top.kind === 'map' ? `${line.key}:` : '-';
    const comments = line.above.map((each) =>
      each === ''
        ? ''
        : each.startsWith('#>>')
          ? `${pad}    ${each.replace('>>', '')}`
          : each === '#outer'
            ? each
            : pad + each.replace('>', ''),
    );
    return [...comments, ...printValue(lead, line, indent, layout).map((each, at) => (at === 0 ? pad + each : each))];
  });
}

function printValue(lead: string, line: Line, indent: number, layout: Layout): readonly string[] {
  const { part: each, comment } = line;
  if (each.kind === 'single') return [`${lead} ${each.source}${comment}`];
  if (each.kind === 'empty') return [(each.source === '' ? lead : `${lead} ${each.source}`) + comment];
  const inner = indent + layout.step;
  if (each.kind === 'text') {
    const lines = each.lines.map((text, at) =>
      text === '' ? '' : ' '.repeat(inner) + (at === 0 ? text.trimStart() : text),
    );
    return [`${lead} ${each.mark}`, ...(lines[0] === '' ? [`${' '.repeat(inner)}start`] : []), ...lines];
  }
  if (each.flow === 'no') {
    if (lead === '-' && each.kind === 'map' && comment === '') {
      const lines = print(
        { ...each, parts: each.parts.map((it, at) => (at === 0 ? { ...it, above: [] } : it)) },
        indent + 2,
        layout,
      );
      return [`- ${(lines[0] as string).trimStart()}`, ...lines.slice(1)];
    }
    const deeper = each.kind === 'list' && lead !== '-' ? layout.listStep : layout.step;
    return [lead + comment, ...print(each, indent + deeper, layout)];
  }
  const parts = flowParts(each);
  const [open, close] = each.kind === 'map' ? ['{', '}'] : ['[', ']'];
  if (each.flow === 'one line') return [`${lead} ${open}${parts.join(', ')}${close}${comment}`];
  const pad = ' '.repeat(indent + layout.step);
  const ended = each.parts.length % 2 === 0 ? '' : ',';
  const lines = parts.map(
    (it, at) => `${pad}${it}${at === parts.length - 1 ? ended : ','}${each.parts[at]?.comment ?? ''}`,
  );
  return [`${lead} ${open}`, ...lines, `${' '.repeat(indent + 1)}${close}${comment}`];
}

function flowParts(each: Part & { kind: 'map' | 'list' }): readonly string[] {
  const seen = new Set<string>();
  return each.parts.flatMap((line) => {
    if (each.kind === 'map' && seen.has(line.key)) return [];
    seen.add(line.key);
    return [(each.kind === 'map' ? `${line.key}: ` : '') + flowValue(line.part)];
  });
}

function flowValue(each: Part): string {
  if (each.kind === 'single') return each.source;
  if (each.kind === 'empty') return each.source === '' ? '~' : each.source;
  if (each.kind === 'text') return JSON.stringify(each.lines.join('\n'));
  return each.kind === 'map' ? `{ ${flowParts(each).join(', ')} }` : `[${flowParts(each).join(',')}]`;
}
