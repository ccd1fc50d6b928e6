// The two forms of a letter say the same: plain text without marks, HTML with its style in place. And what goes along.
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { runs } from '../support/runs.ts';
import { memoryWorld, runDeliver } from '../support/world.ts';
import { dataOf, deliver, world } from './practice.ts';
import { BASE, SITUATIONS } from './situations.ts';

/** What a person reads of a page: a link is its text and where it leads. */
const wordsOf = (html: string): string =>
  html
    .replace(/^[\s\S]*<body[^>]*>/, '')
    .replace(/<a href="(?:mailto:)?([^"]*)"[^>]*>([\s\S]*?)<\/a>/g, (_, address: string, label: string) =>
      label.replace(/<[^>]*>/g, '') === address ? label : `${label}: ${address}`,
    )
    .replace(/<\/?(?:strong|em|del|code)[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();

/** The same of the plain text, without the marks of lists that HTML draws. */
const wordsIn = (text: string): string =>
  text
    .replace(/^ *(?:- |\d+\. )/gm, '')
    .replace(/\s+/g, ' ')
    .trim();

const PIECES = [
  'Some **bold** and _slanted_ words.',
  'A [link](https://x.example/a?b=1&c=2) and <https://y.example>.',
  'Write to [me](mailto:ida@hazelhart.example) or {{me.email}}.',
  'Two\nlines, 3 \\* 4 & `code`.',
  '> {{offer.outcome}}\n> Said twice.',
  '- one\n- two {{client.name}}\n  - deeper',
  '1. first\n2. second',
  '1. first\n\n2. second',
  '# A heading',
  '| A | B |\n|---|---|\n| x | {{money offer.price}} |',
  '- [x] done\n- [ ] open',
  '~~gone~~ {{#if contact.phone}}{{contact.phone}}{{else}}no phone{{/if}}',
  '[no](javascript:alert(1)) way',
  '{{#each segment.promises}}\n- {{this}}\n{{/each}}',
  'Best wishes,\n\n{{> signature}}',
];

test('the two forms say the same, in every order of their parts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(PIECES, { minLength: 1 }), async (pieces) => {
      const { text, html } = await dataOf(world({}, { body: pieces.join('\n\n') }), 'email', 'acme', 'hello');
      expect(wordsIn(text)).toBe(wordsOf(html));
      expect(text).not.toMatch(/\*\*|^>|^#|\]\(|[\uFDD0-\uFDD3]/m);
    }),
    { numRuns: runs(60) },
  );
});

describe('plain text', () => {
  test.each([
    ['See [the list](https://x.example).', 'See the list: https://x.example.'],
    ['[x@y.example](mailto:x@y.example)', 'x@y.example'],
    ['> one\n> two', '    one\n    two'],
    ['- a\n\n- b', '- a\n\n- b'],
    ['&amp; &euro; &#8364; &nope;', '& € € &nope;'],
    ['Bye,\n{{> signature}}', 'Bye,\nIda Hart\nHazel & Hart'],
    ['---', ''],
  ])('%j', async (body, printed) => {
    const { text } = await dataOf(world({}, { body: `x\n\n${body}` }), 'email', 'acme', 'hello');
    expect(text).toBe(`x\n${printed === '' ? '' : `\n${printed}\n`}`);
  });
});

describe('HTML', () => {
  const htmlOf = async (body: string) => (await dataOf(world({}, { body }), 'email', 'acme', 'hello')).html;

  test('is styled in place, with the fonts of the system, as wide as one reads', async () => {
    const html = await htmlOf('x');
    expect(html).toContain('max-width:600px');
    expect(html).toContain('font-family:system-ui');
    expect(html).not.toMatch(/<style|<link|class=|src=/);
  });

  test('sets the signature off', async () => {
    expect(await htmlOf('Bye,\n\n{{> signature}}')).toMatch(
      /<div style="[^"]*border-top[^"]*">\n<p [^>]*>Ida Hart<br>\nHazel &amp; Hart<\/p>\n<\/div>/,
    );
  });

  test('addresses in values are links, and nothing else becomes one', async () => {
    const html = await htmlOf('{{me.email}}');
    expect(html).toContain('<a href="mailto:ida@hazelhart.example"');
  });
});

test('the note goes along with the hand-over, and the draft carries it', async () => {
  const leaving = SITUATIONS.find((it) => it.name === 'leaving, a partner takes over');
  const on = memoryWorld({ files: { ...BASE, ...leaving?.files }, today: '2026-11-23' });
  const { exit, stderr } = await runDeliver(on, ['email', 'acme', 'hand-over', '--eml', 'x.eml', '--open']);
  expect(exit).toBe(0);
  expect(stderr).toContain('Attached: hand-over-acme.txt\n');
  const draft = await PostalMime.parse(on.contents.get('/practice/x.eml') as Uint8Array);
  expect(draft.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
    ['hand-over-acme.txt', 'text/plain'],
  ]);
  const note = new TextDecoder().decode(draft.attachments[0]?.content as ArrayBuffer);
  expect(note).toMatch(/^Hand-over note: Acme Ltd\r?\n=+\r?\n/);
  expect(note).toContain('Ada Lovelace');
  // A link could not carry it, so the draft itself is opened.
  expect(on.desk.opened).toEqual(['/tmp/deliver/acme-hand-over.eml']);
});

describe('the same letter again', () => {
  const sent = (day: string, who = 'ada') => ({
    'emails/thanks.md': '---\nsubject: Thanks\nline: What for?\n---\n{{line}}\n',
    'touches/acme.yaml': `- {date: ${day}, kind: email, with: ${who}, letter: thanks}\n`,
  });
  test.each([
    ['2026-08-03', 'ada', true],
    ['2025-11-24', 'ada', true],
    ['2025-11-23', 'ada', false],
    ['2026-08-03', 'bob', false],
  ])('sent on %s to %s: warned %s', async (day, who, isWarned) => {
    const { exit, stderr } = await deliver(world(sent(day, who)), 'email', 'acme', 'thanks', '--line', 'You waited.');
    expect(exit).toBe(0);
    expect(stderr.includes('`thanks` went to Ada Lovelace on')).toBe(isWarned);
  });
});

test('a line for a letter that has no place for one is a slip', async () => {
  const { exit, stderr } = await deliver(world({}), 'email', 'acme', 'hello', '--line', 'x');
  expect(exit).toBe(2);
  expect(stderr).toContain('has no place for a personal line');
});
