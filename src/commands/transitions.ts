// `transitions`: whom to let go, with every reason, and the transitions that are under way.
import type { Command, Input } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import type { Day } from '../day.ts';
import { settingOf } from '../engine/setting.ts';
import {
  type Candidate,
  type PartnerRoom,
  type Transitions,
  transitionsOf,
  type UnderWay,
} from '../engine/transitions.ts';
import type { Outcome } from '../outcome.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { roomWords } from '../terminal/partners.ts';
import { padToWidth } from '../terminal/width.ts';
import { count, isText, longDate, wrap } from '../terminal/words.ts';

type Known = Transitions['known'];

export const command: Command = {
  name: 'transitions',
  arguments: [],
  options: [],
  about:
    'Ranks clients by what speaks for letting them go: fit, hours against fees, their late steps, segment. You decide.',
  examples: [{ line: 'deliver transitions', what: 'once a quarter' }],
  depth: () => 'core',
  run,
};

function run({ practice, view }: Input): Outcome {
  const { book, today } = practice;
  const found = transitionsOf(settingOf(book, today));
  const { complete, problems, notes, exit } = completenessOf(practice);
  const nextWidth = view.columns === undefined ? undefined : view.columns - 'Next: '.length;
  const partner = (id: string | null) => (id === null ? null : (book.partners.get(id)?.name ?? id));
  return {
    kind: 'outcome',
    text: [
      line(span('To think about', 'bold')),
      ...(found.candidates.length === 0
        ? [
            line(
              found.known.clients === 0
                ? '  nobody: there is no active client'
                : '  nobody: nothing speaks against any',
            ),
          ]
        : found.candidates.flatMap((it) => candidateLines(it, view.columns))),
      ...unknownLines(found.known, view.columns),
      ...(found.under_way.length === 0
        ? []
        : [
            line(),
            line(span('Under way', 'bold')),
            ...found.under_way.flatMap((it) => underWayLines(it, today, partner(it.partner), view.columns)),
          ]),
      ...(found.partners.length === 0
        ? []
        : [
            line(),
            line(span('Partners', 'bold')),
            ...found.partners.flatMap((it) =>
              wrap(`  ${it.name}: ${roomOfPartner(it, today)}`, view.columns, '    ').map((text) => line(text)),
            ),
          ]),
      ...(found.candidates[0]
        ? [
            line(),
            ...wrap(`deliver offboard ${found.candidates[0].client}, when you have decided`, nextWidth, '  ').map(
              (text, i) => line(...(i === 0 ? [span('Next:', 'bold'), ' '] : []), text),
            ),
          ]
        : []),
    ],
    notes,
    data: {
      schema: 'deliver.transitions/1',
      today,
      complete,
      ...found,
      problems,
    },
    problems: [],
    exit,
  };
}

/** Silence is no praise: what was never written down speaks neither for nor against. */
function unknownLines({ clients, without_fit: fit, without_value: value }: Known, columns: number | undefined): Block {
  const missing = [fit > 0 && `fit for ${fit}`, value > 0 && `fees and hours for ${value}`].filter(isText);
  if (missing.length === 0) return [];
  const text = `  not written: ${missing.join(', ')} of ${count(clients, 'client')}`;
  return wrap(text, columns, '    ').map((row) => line(span(row, 'dim')));
}

function roomOfPartner({ agreed, room }: PartnerRoom, today: Day): string {
  if (agreed === null) return 'has not agreed yet';
  if (agreed > today) return `agrees only from ${longDate(agreed, today)}`;
  return room === null ? 'room without a limit' : roomWords(room, today);
}

/** `  31.2  Gorse Garden` and what speaks for it, each with its points. */
function candidateLines(it: Candidate, columns: number | undefined): Block {
  const reasons = it.reasons.map((reason) => `${reason.text} (${reason.points})`).join('; ');
  const head = `${padToWidth(it.points.toFixed(1), 6, 'left')}  `;
  const [first = '', ...rest] = wrap(
    `${it.client_name}: ${reasons}`,
    columns === undefined ? undefined : columns - head.length,
    '  ',
  );
  return [line(head, first), ...rest.map((text) => line(' '.repeat(head.length), text))];
}

function underWayLines(it: UnderWay, today: Day, partner: string | null, columns: number | undefined): Block {
  const left = it.days_left ?? 0;
  const days = left > 0 ? `, in ${count(left, 'day')}` : left < 0 ? `, ${count(-left, 'day')} ago` : ', today';
  const facts = [
    it.reason,
    it.last_day === null ? 'no last day' : `last day ${longDate(it.last_day, today)}${days}`,
    partner === null ? 'no partner' : `to ${partner}`,
    it.engagement === null ? undefined : `${it.closed} of ${it.closed + it.open} steps closed`,
    it.check === null ? undefined : `check ${longDate(it.check, today)}`,
  ];
  return wrap(`  ${it.client_name}: ${facts.filter((fact) => fact !== undefined).join(' · ')}`, columns, '    ').map(
    (text) => line(text),
  );
}
