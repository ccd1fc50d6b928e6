// No text of the data means anything in Markdown: rendered, it is that text again and nothing else.
import fc from 'fast-check';
import { Marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { escapeForReview } from '../../src/review/markdown.ts';
import { runs } from '../support/runs.ts';

const PIECES = [
  ...[
    '*',
    '_',
    '`',
    '~~',
    '[a](b)',
    '![x](y)',
    '<b>',
    '</script>',
    '<!--',
    '&amp;',
    '&#64;',
    '# ',
    '## ',
    '- ',
    '+ ',
    '> ',
  ],
  ...['1. ', '2) ', '- [ ] ', '===', '---', '| a | b |', '\\', '@sam', '#12', 'owner/repo#3', 'GH-12', '$x$', ':tada:'],
  ...[
    'https://evil.example',
    'www.evil.example',
    'javascript:alert(1)',
    'sam@evil.example',
    '{{x}}',
    '\n',
    '\n\n',
    '    ',
  ],
  ...['word', 'Ünïcødé', '多谢', '🎉', '!', '(', ')', '"', "'"],
];
const anyText = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));

const GAP = '\u200b';
const unescaped = (html: string): string =>
  html
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

describe('text in Markdown', () => {
  test('is that text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const html = new Marked({ gfm: true }).parse(`- ${escapeForReview(text)}\n`) as string;
        const flat = text.replace(/\s+/g, ' ').trim();
        const inside = /^<ul>\n<li>([\s\S]*)<\/li>\n<\/ul>\n$/.exec(html)?.[1] ?? html;
        expect(inside).not.toMatch(/<(?!\/?p>)/);
        expect(
          unescaped(inside.replace(/<\/?p>/g, ''))
            .replaceAll(GAP, '')
            .trim(),
        ).toBe(flat);
      }),
      { seed: 20261122, numRuns: runs(1000) },
    );
  });

  test('calls for nobody and names no issue', () => {
    for (const text of ['@sam', 'a @sam-o b', '#12', 'owner/repo#3', 'GH-12', 'https://x.example', 'www.x.example']) {
      const html = unescaped(new Marked({ gfm: true }).parse(escapeForReview(text)) as string);
      expect(html).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\./);
    }
  });
});
