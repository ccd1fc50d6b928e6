// A review as lines on a screen: a client's changes one after the other, those of other records below each other. Owns the
// layout; the sentences are made elsewhere.
import { type Block, escapeHostile, type Line, line, span } from '../terminal/ink.ts';
import { cutToWidth, displayWidth } from '../terminal/width.ts';
import { count, unbroken, wrap } from '../terminal/words.ts';
import { clip, type Said } from './change.ts';
import type { Group } from './review.ts';

/** Lines of a letter on a terminal. */
const MOST_LINES = 12;

/** `columns` undefined: not a terminal, nothing is wrapped, cut or left out. */
export function renderReview(groups: readonly Group[], columns: number | undefined): Block {
  return groups.flatMap((group) => {
    const title = escapeHostile(titleOf(group));
    const [only] = group.entries;
    const isOne = group.entries.length === 1 && only?.lines === undefined;
    const body = group.of === 'client' || isOne ? flow(title, group, columns) : list(title, group, columns);
    return body;
  });
}

/** `Acme Ltd`, `Offer audit, Marketing audit` */
export function titleOf({ of, id, title }: Group): string {
  const named = (noun: string): string => `${noun} ${clip(id)}${title === id ? '' : `, ${clip(title, 40)}`}`;
  switch (of) {
    case 'client':
      return clip(title, 40);
    case 'offer':
      return named('Offer');
    case 'past-offer':
      return named('Frozen offer');
    case 'partner':
      return named('Partner');
    case 'script':
      return named('Script');
    case 'email':
      return named('Email');
    default:
      return title;
  }
}

/** The sentence, and what it does to running work. */
export const sentence = ({ text, effect }: Said): string =>
  effect === undefined || effect.text === '' ? text : `${text}: ${effect.text}`;

/** `Acme Ltd: report done 20 Nov · segment B -> A`; a change stays on one line where it fits. */
function flow(title: string, { entries }: Group, columns: number | undefined): Block {
  const texts = entries.map((it, i) => escapeHostile(sentence(it)) + (i < entries.length - 1 ? ' ·' : ''));
  const room = columns === undefined ? Number.POSITIVE_INFINITY : columns - INDENT.length;
  const parts = texts.map((text) => (displayWidth(text) <= room ? unbroken(text) : text));
  const [first = '', ...rest] = wrap(`${unbroken(title)}: ${parts.join(' ')}`, columns, INDENT);
  const head = first.startsWith(`${title}:`) ? headed(title, first.slice(title.length)) : line(first);
  return [head, ...rest.map((text) => line(text))];
}

const INDENT = '  ';
const headed = (title: string, rest: string): Line => line(span(title, 'bold'), rest);

function list(title: string, { entries }: Group, columns: number | undefined): Block {
  return [
    ...wrap(`${title}:`, columns, INDENT).map((text) => line(span(text, 'bold'))),
    ...entries.flatMap((entry) => [
      ...wrap(`${INDENT}${escapeHostile(sentence(entry))}`, columns, `${INDENT}${INDENT}`).map((text) => line(text)),
      ...changedLines(entry, columns),
    ]),
  ];
}

function changedLines({ lines = [] }: Said, columns: number | undefined): Block {
  const most = columns === undefined ? lines.length : MOST_LINES;
  const left = lines.length - most;
  return [
    ...lines.slice(0, most).map(({ sign, text }): Line => {
      const whole = `${INDENT}${sign} ${escapeHostile(text)}`;
      const shown = columns === undefined ? whole : cutToWidth(whole, columns);
      return line(span(shown, sign === '-' ? 'red' : 'green'));
    }),
    ...(left > 0 ? [line(`${INDENT}and ${count(left, 'more line')}`)] : []),
  ];
}

const NOUNS: Readonly<Record<Group['of'], readonly [one: string, many: string]>> = {
  client: ['client', 'clients'],
  offer: ['offer', 'offers'],
  'past-offer': ['frozen offer', 'frozen offers'],
  service: ['the service model', ''],
  practice: ['the practice', ''],
  partner: ['partner', 'partners'],
  script: ['script', 'scripts'],
  email: ['email', 'emails'],
};

/** `2 clients, 1 offer and the service model` */
export function whatChanged(groups: readonly Group[]): string {
  const kinds = [...new Set(groups.map((it) => it.of))];
  const parts = kinds.map((of) => {
    const [one, many] = NOUNS[of];
    return many === '' ? one : count(groups.filter((it) => it.of === of).length, one, many);
  });
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
