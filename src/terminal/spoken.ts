// A conversation laid out to be read aloud, or as Markdown. Its texts are rendered already.
import type { Spoken } from '../letters/spoken.ts';
import { type Block, type Line, line, span } from './ink.ts';
import { escapeMarkdown } from './markdown.ts';
import { wrap } from './words.ts';

/** Longer lines are hard to keep when you look up from them. */
export const WIDEST = 80;

export function readAloud(spoken: Spoken, columns: number | undefined): Block {
  const width = Math.min(columns ?? WIDEST, WIDEST);
  const text = (
    says: string,
    indent: number,
    lead = '',
    style: 'plain' | 'dim' | 'yellow' = 'plain',
  ): readonly Line[] =>
    paragraphs(says).flatMap((paragraph, i) => {
      const first = i === 0 ? lead : ' '.repeat(lead.length);
      const rows = wrap(paragraph, Math.max(20, width - indent - lead.length), '');
      return [
        ...(i === 0 ? [] : [line()]),
        ...rows.map((row, j) => line(' '.repeat(indent), span(j === 0 ? first : ' '.repeat(lead.length), style), row)),
      ];
    });
  const list = (title: string, entries: readonly string[]): Block =>
    entries.length === 0 ? [] : [line(), line(span(title, 'bold')), ...entries.flatMap((each) => text(each, 2, '- '))];
  return [
    line(span(spoken.title, 'bold')),
    ...(spoken.goal === undefined ? [] : text(spoken.goal, 0, 'Goal: ', 'dim')),
    ...list('Before', spoken.prepare),
    ...spoken.beats.flatMap(
      (beat, i): Block => [
        line(),
        line(span(`${i + 1}. ${beat.name ?? 'Then'}`, 'bold')),
        ...(beat.say === undefined ? [] : text(beat.say, 3)),
        ...(beat.ask === undefined ? [] : text(beat.ask, 3, 'Ask: ', 'dim')),
        ...(beat.listenFor.length === 0
          ? []
          : [line('   ', span('Listen for:', 'dim')), ...beat.listenFor.flatMap((each) => text(each, 5, '- '))]),
        ...beat.answers.flatMap(
          (answer): Block => [
            ...text(`${answer.they}:`, 3, 'If they ', 'yellow'),
            ...(answer.say === undefined ? [] : text(answer.say, 5)),
            ...(answer.ask === undefined ? [] : text(answer.ask, 5, 'Ask: ', 'dim')),
          ],
        ),
      ],
    ),
    ...list('Avoid', spoken.avoid),
    ...list('Afterwards', spoken.afterwards),
    ...(spoken.emails.length === 0 ? [] : [line(), ...text(spoken.emails.join(', '), 0, 'Letters: ', 'dim')]),
  ];
}

const paragraphs = (says: string): readonly string[] =>
  says.split(/\n[ \t]*\n/).map((each) => each.replace(/\s+/g, ' ').trim());

/** Lines of Markdown. The texts are read aloud, so nothing in them is markup. */
export function spokenMarkdown(spoken: Spoken): readonly string[] {
  const list = (title: string, entries: readonly string[]): readonly string[] =>
    entries.length === 0 ? [] : ['', `## ${title}`, '', ...entries.map((each) => `- ${escapeMarkdown(each)}`)];
  return [
    `# ${escapeMarkdown(spoken.title)}`,
    ...(spoken.goal === undefined ? [] : ['', `*${escapeMarkdown(spoken.goal)}*`]),
    ...list('Before', spoken.prepare),
    ...spoken.beats.flatMap((beat, i) => [
      '',
      `## ${i + 1}. ${escapeMarkdown(beat.name ?? 'Then')}`,
      ...(beat.say === undefined ? [] : ['', ...quoted(beat.say)]),
      ...(beat.ask === undefined ? [] : ['', ...quoted(beat.ask)]),
      ...(beat.listenFor.length === 0
        ? []
        : ['', 'Listen for:', '', ...beat.listenFor.map((each) => `- ${escapeMarkdown(each)}`)]),
      ...beat.answers.flatMap((answer) => [
        '',
        `**If they ${escapeMarkdown(answer.they)}:**`,
        ...[answer.say, answer.ask].flatMap((each) => (each === undefined ? [] : ['', ...quoted(each)])),
      ]),
    ]),
    ...list('Avoid', spoken.avoid),
    ...list('Afterwards', spoken.afterwards),
    ...(spoken.emails.length === 0 ? [] : ['', `Letters: ${spoken.emails.map(escapeMarkdown).join(', ')}`]),
  ];
}

const quoted = (says: string): readonly string[] =>
  says.split('\n').map((each) => `> ${escapeMarkdown(each)}`.trimEnd());
