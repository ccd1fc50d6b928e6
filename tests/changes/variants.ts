// The clients and logs of an example as other hands would have written them: line ends, comments, styles. The data stay the same.
import { isCollection, parseDocument, stringify, visit } from 'yaml';

export type Variant = {
  readonly name: string;
  /** Where an entry has lines of its own for its keys or its brackets, one more key is one more line. */
  readonly isSpread?: true;
  readonly rewrite: (text: string) => string;
};

const withComments =
  (gap: string) =>
  (text: string): string =>
    text
      .trimEnd()
      .split('\n')
      .flatMap((line, at) => {
        if (/^\s*(#|$)/.test(line)) return [line];
        const above = at % 3 === 1 ? [`${/^ */.exec(line)?.[0]}# line ${at}: keep this`] : [];
        const beside = at % 2 === 0 && !line.includes(' #') ? `${line}${gap}# ${at}, "this" too` : line;
        return [...above, beside];
      })
      .concat('# the last word', '')
      .join('\n');

const block = (text: string): string => {
  const document = parseDocument(text);
  visit(document, {
    Collection: (_, node) => {
      node.flow = false;
    },
  });
  return document.toString({ lineWidth: 0, indent: 4 });
};

const flow =
  (lineWidth: number) =>
  (text: string): string => {
    const document = parseDocument(stringify(parseDocument(text).toJS()));
    const { contents } = document;
    for (const item of isCollection(contents) ? contents.items : []) {
      const value = item !== null && typeof item === 'object' && 'value' in item ? item.value : item;
      if (isCollection(value)) value.flow = true;
    }
    return document.toString({ lineWidth });
  };

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

export const VARIANTS: readonly Variant[] = [
  { name: 'as they are', rewrite: (text) => text },
  { name: 'CRLF', rewrite: crlf },
  { name: 'a byte order mark', rewrite: (text) => `\ufeff${text}` },
  { name: 'no newline at the end', rewrite: (text) => text.trimEnd() },
  { name: 'comments everywhere', rewrite: withComments('  ') },
  { name: 'comments after tabs', rewrite: withComments('\t') },
  {
    name: 'all of it: a byte order mark, CRLF, comments, no newline at the end',
    rewrite: (text) => `\ufeff${crlf(withComments('\t  ')(text)).trimEnd()}`,
  },
  { name: 'block style, four spaces', isSpread: true, rewrite: block },
  { name: 'block style with comments', isSpread: true, rewrite: (text) => withComments(' ')(block(text)) },
  { name: 'flow style, one line a key', rewrite: flow(0) },
  { name: 'flow style over several lines', isSpread: true, rewrite: flow(60) },
  {
    name: 'blank lines between entries',
    rewrite: (text) => text.replaceAll(/\n(?=\S|\s+(?:- )?[\w-]+: \{)/g, '\n\n'),
  },
];
