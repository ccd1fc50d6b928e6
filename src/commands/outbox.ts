// `outbox`: every letter that is due to be written, as a list or as drafts in a folder. One that cannot be written stops no other.
import { filesBehind } from '../book/behind.ts';
import { type Command, type Input, one, type Practice, textOption } from '../command.ts';
import { completenessOf } from '../completeness.ts';
import { type DueLetter, dueLetters } from '../engine/outbox.ts';
import { settingOf } from '../engine/setting.ts';
import { findEmail } from '../letters/built-in.ts';
import { type Caution, cautionsFor } from '../letters/caution.ts';
import { letterFacts } from '../letters/facts.ts';
import { NO_LINE } from '../letters/homes.ts';
import { renderLetter } from '../letters/letter.ts';
import { cautionsAbout } from '../letters/letter-cautions.ts';
import { formatMailbox, toMail } from '../letters/mail.ts';
import { type Effect, type Outcome, UsageError } from '../outcome.ts';
import { attachmentsFor } from '../pack/attachments.ts';
import { type Block, line, span } from '../terminal/ink.ts';
import { renderTable, type TableRow } from '../terminal/table.ts';
import { wrap } from '../terminal/words.ts';
import { cautionNotesOf, notesOf, reasonsOf } from '../typed/letter-request.ts';
import { findClient } from '../typed/reference.ts';
import type { Mail } from '../world.ts';

export const command: Command = {
  name: 'outbox',
  arguments: [{ name: '[client]', what: 'one client only' }],
  options: [
    { flags: '--to <folder>', what: 'write each letter there as a draft' },
    { flags: '--force', what: 'write over drafts that are there, edited or not' },
  ],
  about:
    'Steps with an email that are due or late, reminders, and contacts made by mail. A draft keeps its name from day to day, and one that is there is left alone, for you may have edited it. `deliver sent REF` marks a letter as sent.',
  examples: [
    { line: 'deliver outbox', what: 'what is to be written' },
    { line: 'deliver outbox --to drafts', what: 'all of it as drafts for the mail program' },
  ],
  depth: () => 'core',
  run,
};

/** A letter that can be written, or why it cannot; one that is held only does not fit what the records say just now. */
type Written = DueLetter & { readonly file: string; readonly cautions: readonly Caution[] } & (
    | { readonly mail: Mail; readonly to: string; readonly reason?: undefined; readonly isHeld: false }
    | { readonly mail?: undefined; readonly to?: undefined; readonly reason: string; readonly isHeld: boolean }
  );

function run(input: Input): Outcome {
  const { practice, options } = input;
  const { book, today } = practice;
  const named = one(input, 'client');
  const folder = textOption(options, 'to');
  if (folder === undefined && options.force === true) throw new UsageError('--force needs --to FOLDER');
  const client = named === undefined ? undefined : findClient(book, today, named);
  const letters = dueLetters(settingOf(book, today), client?.id).map((each) => write(practice, each));
  const refusals = letters.filter(isRefused);
  const whole = completenessOf(practice, client && filesBehind(book, client, ['emails']));
  const how = options.force === true ? 'replace' : 'keep';
  const effects = letters.flatMap((each): readonly Effect[] =>
    folder === undefined || !each.mail
      ? []
      : [{ kind: 'draft', mail: each.mail, path: `${folder.replace(/\/+$/, '')}/${each.file}`, how }],
  );
  return {
    kind: 'outcome',
    text: render(letters, input.view.columns),
    notes: [
      ...cautionNotesOf(
        practice,
        letters.map((each) => each.client),
      ),
      ...letters.flatMap((each) => notesOf(each.client, each.cautions)),
      ...whole.notes,
    ],
    data: {
      schema: 'deliver.outbox/1',
      today,
      complete: whole.complete && refusals.length === 0,
      letters: letters.map((each) => ({
        ref: each.ref,
        client: each.client.id,
        template: each.template,
        why: each.why,
        step: each.step ? `${each.step.engagement}/${each.step.step}` : null,
        rung: each.rung ?? null,
        file: each.file,
        to: each.to ?? null,
        subject: each.mail?.subject ?? null,
        refused: each.reason ?? null,
        held: each.isHeld,
        cautions: [...cautionsFor(book, today, each.client), ...each.cautions],
      })),
      problems: whole.problems,
    },
    problems: [],
    exit: refusals.length > 0 ? 1 : whole.exit,
    ...(effects.length === 0 ? {} : { effects }),
  };
}

/** Stable names: the same letter is the same file tomorrow. */
const fileOf = ({ client, template, step }: DueLetter): string =>
  `${[client.id, template, ...(step ? [step.engagement, step.step] : [])].join('-')}.eml`;

function write(practice: Practice, due: DueLetter): Written {
  const { book, today } = practice;
  const base = { ...due, file: fileOf(due), cautions: [] };
  const email = findEmail(book, due.template);
  if (!email) return { ...base, reason: `the template ${due.template} is missing or has errors`, isHeld: false };
  const facts = letterFacts(book, today, due.client, email, { person: practice.who(), step: due.step });
  const rendered = renderLetter(facts, email, undefined);
  if ('problems' in rendered) {
    const { problems, isHeld } = rendered;
    if (problems.every((each) => each.args.help === NO_LINE))
      return { ...base, reason: `it needs a line of your own: ${commandFor(due)} --line TEXT`, isHeld: true };
    const says = isHeld ? String(problems[0]?.args.says) : reasonsOf(practice, problems)[0];
    return { ...base, reason: says ?? 'it cannot be written', isHeld };
  }
  const sendable = toMail(facts, rendered.letter, attachmentsFor(practice, due.client, email));
  if ('lacks' in sendable)
    return {
      ...base,
      reason: `${sendable.lacks[0]?.name} has no email address; write it in ${sendable.lacks[0]?.written}`,
      isHeld: false,
    };
  const cautions = cautionsAbout(facts, email, rendered.letter);
  return { ...base, cautions, mail: sendable.mail, to: formatMailbox(rendered.letter.to), isHeld: false };
}

const isRefused = ({ reason, isHeld }: Written): boolean => reason !== undefined && !isHeld;

function render(letters: readonly Written[], columns: number | undefined): Block {
  const ready = letters.filter((each) => each.mail !== undefined);
  const refusals = letters.filter(isRefused);
  const held = letters.filter((each) => each.isHeld);
  const rows = ready.map(
    (each): TableRow => ({ ref: each.ref, template: each.template, why: each.why, to: each.to ?? '' }),
  );
  const table = renderTable(
    [
      { key: 'ref', title: 'Reference' },
      { key: 'template', title: 'Letter' },
      { key: 'why', title: 'Why' },
      { key: 'to', title: 'To', optional: true },
    ],
    rows,
    columns,
  );
  return [
    ...(ready.length === 0
      ? [line(refusals.length === 0 ? 'nothing is due to be written' : 'nothing can be written')]
      : table),
    ...withReasons('Refused', refusals, columns),
    ...withReasons('Held back', held, columns),
    ...(held[0] ? [line(`  to write one all the same: ${commandFor(held[0])} --anyway`)] : []),
    ...(ready[0] ? [line(), line(span('Next:', 'bold'), ` ${commandFor(ready[0])}`)] : []),
  ];
}

const commandFor = ({ client, template, step, ref }: DueLetter): string =>
  `deliver email ${client.id} ${template}${step ? ` --step ${ref}` : ''}`;

const withReasons = (title: string, letters: readonly Written[], columns: number | undefined): Block =>
  letters.length === 0
    ? []
    : [
        line(),
        line(span(title, 'bold')),
        ...letters.flatMap((each) =>
          wrap(`  ${each.ref}  ${each.template}: ${each.reason}`, columns, '    ').map((text) =>
            line(span(text, 'yellow')),
          ),
        ),
      ];
