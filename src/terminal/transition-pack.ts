// The transition pack in its order: its six parts as one document for the screen, and each sheet as a file. Knows no folder.
import { formatMailbox } from '../letters/mail.ts';
import type { Spoken } from '../letters/spoken.ts';
import type { Sealed } from '../letters/transition.ts';
import { type Block, escapeHostile, type Line, line, span } from './ink.ts';
import { type Paper, paperBlock, paperMarkdown } from './paper.ts';
import { readAloud, spokenMarkdown, WIDEST } from './spoken.ts';
import { displayWidth } from './width.ts';
import { lowerFirst, wrap } from './words.ts';

export type Sheet = {
  /** The end of its file's name, without a dot. */
  readonly name: string;
  readonly title: string;
  /** The template it is made from, and whether that is the program's. */
  readonly template: string | null;
  readonly isBuiltIn: boolean;
} & (
  | { readonly kind: 'letter'; readonly text: Sealed }
  | { readonly kind: 'spoken'; readonly text: Spoken }
  | { readonly kind: 'paper'; readonly text: Paper }
  /** Why it cannot be written. */
  | { readonly kind: 'refused'; readonly because: readonly string[] }
);

/** One part of the pack; without sheets it says why there are none, with them perhaps when to use them. */
export type Part = {
  readonly part: string;
  readonly title: string;
  readonly sheets: readonly Sheet[];
  readonly says?: string;
};

export const packBlock = (parts: readonly Part[], columns: number | undefined): Block =>
  parts.flatMap((part, i) => [
    ...(i === 0 ? [] : [line()]),
    ...partBlock(part, `${i + 1} of ${parts.length}`, columns),
  ]);

const partBlock = ({ title, sheets, says }: Part, number: string, columns: number | undefined): Block => [
  ...heading(`${number} · ${title}`, '=', columns),
  ...(says === undefined ? [] : wrap(says, columns ?? WIDEST, '').map((row) => line(row))),
  ...(says === undefined || sheets.length === 0 ? [] : [line()]),
  ...sheets.flatMap(
    (sheet, i): Block => [
      ...(i === 0 ? [] : [line(), ...heading(sheet.title, '-', columns)]),
      ...sheetBlock(sheet, columns),
    ],
  ),
];

/** Underlined, so that it is one without colour too. */
function heading(text: string, under: '=' | '-', columns: number | undefined): Block {
  const rows = wrap(text, columns, '');
  const widest = Math.max(...rows.map((row) => displayWidth(escapeHostile(row))));
  return [
    ...rows.map((row) => line(span(row, 'bold'))),
    line(span(under.repeat(Math.min(widest, columns ?? WIDEST)), 'dim')),
  ];
}

function sheetBlock(sheet: Sheet, columns: number | undefined): Block {
  switch (sheet.kind) {
    case 'spoken':
      return readAloud(sheet.text, columns);
    case 'letter':
      return letterBlock(sheet.text, columns);
    case 'paper':
      return paperBlock(sheet.text, columns);
    case 'refused':
      return [
        ...wrap(`Refused: ${lowerFirst(sheet.title)} cannot be written.`, columns, '').map((row) =>
          line(span(row, 'yellow')),
        ),
        ...sheet.because.flatMap((text) => wrap(`  ${text}`, columns, '    ').map((row) => line(row))),
      ];
  }
}

/** Its head, then its text; a line of a list goes on under its first word. Whole where there is no screen. */
function letterBlock({ letter, lacks }: Sealed, columns: number | undefined): Block {
  const head = (name: string, text: string): readonly Line[] =>
    wrap(`${name} ${text}`, columns, '  ').map((row, i) =>
      i === 0 && row.startsWith(name) ? line(span(name, 'dim'), row.slice(name.length)) : line(row),
    );
  const hanging = (row: string): string => ' '.repeat(/^\s*(?:[-*]|\d+\.|>)\s+/.exec(row)?.[0].length ?? 0);
  return [
    ...head('To:', formatMailbox(letter.to)),
    ...(letter.cc.length === 0 ? [] : head('Cc:', letter.cc.map(formatMailbox).join(', '))),
    ...head('Subject:', letter.subject),
    ...lacks.flatMap((each) => lackLines(each, columns)),
    line(),
    ...letter.text
      .replace(/\n$/, '')
      .replaceAll('\t', '    ')
      .split('\n')
      .flatMap((row) =>
        columns === undefined ? [line(row)] : wrap(row, columns, hanging(row)).map((each) => line(each)),
      ),
  ];
}

const lackLines = (it: Sealed['lacks'][number], columns: number | undefined): Block =>
  wrap(`${it.name} has no email address; write it in ${it.written}`, columns, '  ').map((row) =>
    line(span(row, 'yellow')),
  );

/** What its file that is no mail holds; undefined for one that is refused. */
export function sheetText(sheet: Sheet): string | undefined {
  switch (sheet.kind) {
    case 'spoken':
      return `${spokenMarkdown(sheet.text).join('\n')}\n`;
    case 'paper':
      return paperMarkdown(sheet.text);
    case 'letter': {
      const { letter } = sheet.text;
      const cc = letter.cc.length === 0 ? [] : [`Cc: ${letter.cc.map(formatMailbox).join(', ')}`];
      const head = [`To: ${formatMailbox(letter.to)}`, ...cc, `Subject: ${letter.subject}`];
      return `${head.map(escapeHostile).join('\n')}\n\n${letter.text}`;
    }
    case 'refused':
      return undefined;
  }
}
