// Coloured lines at the width of a screen: broken between words, each word in its colours. For prose, not for tables or code.
import { type Block, escapeHostile, type Line, type Span, span } from './ink.ts';
import { displayWidth } from './width.ts';

/** `gap`: the spaces before it. A word may change its colour in the middle. */
type Word = { readonly gap: string; readonly pieces: readonly Span[] };

/** Lines that fit stay as they are; the others go on two columns deeper than they began. */
export const reflow = (block: Block, columns: number): Block => block.flatMap((each) => reflowLine(each, columns));

const spansOf = (parts: Line): readonly Span[] =>
  parts.map((part) => (typeof part === 'string' ? span(part, 'plain') : part));

const widthOf = (pieces: readonly Span[]): number =>
  pieces.reduce((sum, { text }) => sum + displayWidth(escapeHostile(text)), 0);

function reflowLine(parts: Line, columns: number): Block {
  const spans = spansOf(parts);
  if (widthOf(spans) <= columns) return [parts];
  const words = wordsIn(spans);
  const indent = `${words[0]?.gap ?? ''}  `;
  const lines: Span[][] = [];
  let used = 0;
  for (const { gap, pieces } of words) {
    const width = widthOf(pieces);
    const last = lines.at(-1);
    const goesOn = last !== undefined && used + gap.length + width <= columns;
    if (goesOn) last.push(span(gap, 'plain'), ...pieces);
    else lines.push([span(last === undefined ? gap : indent, 'plain'), ...pieces]);
    used = goesOn ? used + gap.length + width : (last === undefined ? gap : indent).length + width;
  }
  return lines;
}

function wordsIn(spans: readonly Span[]): readonly Word[] {
  const words: { gap: string; pieces: Span[] }[] = [];
  let gap = '';
  let isApart = true;
  for (const { text, style } of spans) {
    for (const [run] of text.matchAll(/ +|[^ ]+/g)) {
      if (run.startsWith(' ')) {
        gap += run;
        isApart = true;
        continue;
      }
      if (isApart) words.push({ gap, pieces: [span(run, style)] });
      else words.at(-1)?.pieces.push(span(run, style));
      gap = '';
      isApart = false;
    }
  }
  return words;
}
