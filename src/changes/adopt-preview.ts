// What moving an engagement to another version would do, calculated on the practice as it would be: steps, days, the promise.

import type { Practice } from '../command.ts';
import { type Day, daysBetween } from '../day.ts';
import { type Schedule, scheduleOf } from '../engine/schedule.ts';
import { settingOf } from '../engine/setting.ts';
import { planWords } from '../review/offer.ts';
import { aboutOf } from '../review/sides.ts';
import { splice } from '../source/edit/splice.ts';
import { parseYaml } from '../source/read/parse.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { count, fromTo, longDate, wrap } from '../terminal/words.ts';
import type { Adoption } from './adopt.ts';
import { clientEdit } from './edits.ts';

export type DayMove = { readonly step: string; readonly from: Day | undefined; readonly to: Day | undefined };

/** `late`: the days since it should have been done, when it comes. */
export type Added = { readonly step: string; readonly due: Day | undefined; readonly late: number };

export type Preview = {
  /** One sentence for each step that is added, gone, renamed or planned otherwise. */
  readonly steps: readonly string[];
  readonly moves: readonly DayMove[];
  /** The open steps that the new version brings. */
  readonly added: readonly Added[];
  readonly end: { readonly from: Day | undefined; readonly to: Day | undefined };
  readonly promised: { readonly from: Day | undefined; readonly to: Day | undefined };
  /** The forecast end is later than what is promised then. */
  readonly isLate: boolean;
};

/** Undefined when the edits cannot be made: why is said when they are tried. */
export function previewOf(practice: Practice, schedule: Schedule, adoption: Adoption): Preview | undefined {
  const { client, id } = schedule;
  const text = practice.textOf(client.file);
  const edit = clientEdit(practice.book, client, adoption.edits);
  const spliced = splice(text ?? '', adoption.edits, edit.kind === 'edit' ? edit.orderOf : undefined);
  if ('refused' in spliced) return undefined;
  const after = practice.reopen(new Map([[client.file, spliced.text]]));
  const { calendar } = settingOf(after.book, after.today);
  const moved = after.book.clients.get(client.id);
  const now = moved && scheduleOf(after.book, calendar, after.today, moved, id);
  if (!now) return undefined;
  const { steps } = now;
  const old = new Map(schedule.steps.map((it) => [it.plan.id, it]));
  const moves = steps
    .filter((it) => it.state !== 'closed')
    .flatMap((it): readonly DayMove[] => {
      const was = old.get(adoption.names.get(it.plan.id) ?? it.plan.id);
      return !was || was.due === it.due ? [] : [{ step: it.plan.id, from: was.due, to: it.due }];
    });
  const added = steps
    .filter((it) => it.state !== 'closed' && !old.has(adoption.names.get(it.plan.id) ?? it.plan.id))
    .map(
      ({ plan, due }): Added => ({
        step: plan.id,
        due,
        late: due === undefined ? 0 : Math.max(0, daysBetween(due, after.today)),
      }),
    );
  return {
    steps: stepWords(practice, adoption),
    moves,
    added,
    end: { from: schedule.forecastEnd, to: now.forecastEnd },
    promised: { from: schedule.promised, to: now.promised },
    isLate: now.promised !== undefined && now.forecastEnd !== undefined && now.forecastEnd > now.promised,
  };
}

function stepWords(practice: Practice, { old, offer, names }: Adoption): readonly string[] {
  const dataOf = (file: string): unknown => parseYaml(practice.textOf(file) ?? '').value;
  const side = { book: practice.book, errors: [] };
  const about = aboutOf(side, side, practice.today, { before: old.id, after: offer.id });
  return planWords(dataOf(old.file), dataOf(offer.file), about, names).map((it) => it.text);
}

/** A sentence about one step. */
export type StepSaid = { readonly step: string; readonly text: string };

function keptWords({ kept }: Adoption, today: Day): readonly StepSaid[] {
  return kept.map(({ id, closed, how }) => ({
    step: id,
    text:
      closed === undefined
        ? `${id} is not in the new version and stays as a step of this engagement, open`
        : `${id} is not in the new version; that it was ${how} ${longDate(closed, today)} stays`,
  }));
}

/** What becomes of all that is written of steps. */
export const writtenWords = (adoption: Adoption, today: Day): readonly StepSaid[] => [
  ...renamedWords(adoption),
  ...mergedWords(adoption),
  ...keptWords(adoption, today),
];

const mergedWords = ({ merged }: Adoption): readonly StepSaid[] =>
  merged.map((step) => ({
    step,
    text: `${step} was a step of its own and is the one of the new version now; what is written of it stays`,
  }));

const renamedWords = ({ renamed }: Adoption): readonly StepSaid[] =>
  renamed.map(({ from, to }) => ({ step: to, text: `what is written of ${from} is written of ${to} now` }));

const range = (from: Day | undefined, to: Day | undefined, today: Day): string => {
  if (from !== undefined && to !== undefined) return fromTo(from, to, today);
  return to === undefined
    ? `${from === undefined ? 'no day' : longDate(from, today)} -> no day`
    : `gets ${longDate(to, today)}`;
};

export const moveWords = ({ step, from, to }: DayMove, today: Day): string => `${step} ${range(from, to, today)}`;

const addedWords = ({ step, due, late }: Added, today: Day): string => {
  if (due === undefined) return `${step} has no day yet`;
  return `${step} due ${longDate(due, today)}${late === 0 ? '' : `, ${count(late, 'day')} late from the first day`}`;
};

/** New steps whose day has passed, and how to be rid of those that nobody needs now. */
export function lateWords({ added }: Preview, ref: string): readonly string[] {
  const late = added.filter((it) => it.late > 0);
  const [first] = late;
  if (!first) return [];
  const what = `${count(late.length, 'new step is', 'new steps are')} late from the first day`;
  return [`${what}; leave out what is not needed: deliver skip ${ref}/${first.step} --why TEXT`];
}

/** When it ends, and whether that breaks what was promised. */
export function endWords({ end, promised, isLate }: Preview, ref: string, today: Day): readonly string[] {
  const isSame = end.from === end.to;
  const when =
    end.to === undefined
      ? 'the end cannot be calculated'
      : isSame
        ? `${longDate(end.to, today)} as before`
        : range(end.from, end.to, today);
  const word =
    promised.to === undefined
      ? ''
      : isLate
        ? `, later than promised (${longDate(promised.to, today)}): deliver move ${ref} --promised DAY --why TEXT`
        : `, promised ${longDate(promised.to, today)}`;
  const moved =
    promised.from === promised.to
      ? []
      : [`the promised end moves by the new target: ${range(promised.from, promised.to, today)}`];
  return [`forecast end ${when}${word}`, ...moved];
}

/** For the screen, before the question. */
export function renderPreview(
  {
    preview,
    adoption,
    ref,
    name,
    today,
  }: {
    readonly preview: Preview;
    readonly adoption: Adoption;
    readonly ref: string;
    readonly name: string;
    readonly today: Day;
  },
  columns: number | undefined,
): Block {
  const { old, offer } = adoption;
  const section = (title: string, texts: readonly string[]): Block =>
    texts.length === 0
      ? []
      : [
          line(span(title, 'bold')),
          ...texts.flatMap((text) => wrap(`  ${text}`, columns, '    ').map((each) => line(each))),
        ];
  return [
    ...wrap(
      `${name}: ${ref} from version ${old.version} to version ${offer.version} of ${offer.name}`,
      columns,
      '  ',
    ).map((text) => line(span(text, 'bold'))),
    ...section('Steps', preview.steps.length === 0 ? ['the same in both versions'] : preview.steps),
    ...section(
      'What is written of them',
      writtenWords(adoption, today).map((it) => it.text),
    ),
    ...section('New steps', [...preview.added.map((it) => addedWords(it, today)), ...lateWords(preview, ref)]),
    ...section(
      'Days that move',
      preview.moves.map((move) => moveWords(move, today)),
    ),
    ...section('End', endWords(preview, ref, today)),
  ];
}
