// `touch`: log a contact with a client, one line.

import { type ClientRecord, findKind, kindIds, scoredIds } from '../book/book.ts';
import { brokenWork } from '../book/standing-steps.ts';
import { happenedOn } from '../changes/days.ts';
import { authorOf, logFile, touchEdit } from '../changes/edits.ts';
import { pairsIn, scoreFrom, TOOK, tookIn } from '../changes/measures.ts';
import { type Next, sayChange } from '../changes/next.ts';
import { askForClient, type Command, type Input, one, type Practice, textOption } from '../command.ts';
import { agendaOf } from '../engine/agenda.ts';
import { contactsOf, countsFor } from '../engine/contact.ts';
import { currentRung, rungsOf } from '../engine/ladder.ts';
import { quietBy } from '../engine/quiet.ts';
import { settingOf } from '../engine/setting.ts';
import { runningSchedules } from '../engine/step-items.ts';
import { rulesOf, standingOf } from '../engine/touch-items.ts';
import { type Ask, changing, type Outcome, refusal, UsageError } from '../outcome.ts';
import { line } from '../terminal/ink.ts';
import { longDate } from '../terminal/words.ts';
import { findContactId, findKindId, findRungId } from '../typed/ids.ts';
import { findTemplateId } from '../typed/letter-request.ts';
import { findClient, findTarget, findWithin, type Target } from '../typed/reference.ts';
import { causeOf } from '../typed/resolve.ts';

export const command: Command = {
  name: 'touch',
  arguments: [
    { name: '<client>', what: 'who' },
    { name: '<kind>', what: 'a kind of touch: call, email, check-in, review ...' },
    { name: '[note]', what: 'what was said' },
  ],
  options: [
    { flags: '--with <contacts>', what: 'whom, by their ids: ada,bob' },
    { flags: '--in', what: 'they contacted us' },
    { flags: '--no-reply', what: 'with --in: it asks for no answer' },
    { flags: '--score <number>', what: 'the overall score of a survey, 0 to 10' },
    { flags: '--scores <scores>', what: 'scores of a survey by standard or promise: reply=8,phone=10' },
    TOOK,
    { flags: '--letter <letter>', what: 'the letter that was sent: one of emails/, or one that is built in' },
    { flags: '--step <step>', what: 'the step it was about' },
    { flags: '--rung <rung>', what: 'the reminder that was sent; default: the current one' },
    { flags: '--on <day>', what: 'the day it happened' },
  ],
  about: 'Appends one line to the log of the client. Cadences count from it.',
  examples: [
    { line: 'deliver touch acme check-in "Happy; wants a second workshop"', what: 'today' },
    { line: 'deliver touch acme call --with ada --on yesterday', what: 'with one contact' },
    { line: 'deliver touch acme chase --step acme/data-access', what: 'the reminder that is due' },
  ],
  changes: true,
  ofClient: 'client',
  depth: () => 'core',
  run,
};

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const written = one(input, 'client');
  if (written === undefined) return askForClient(practice, 'Whom were you in touch with?');
  const client = findClient(book, today, written);
  const kindWritten = one(input, 'kind');
  if (kindWritten === undefined) {
    const choices = offeredKinds(practice).map((id) => ({
      value: id,
      label: `${id}  ${findKind(book, id)?.title ?? ''}`,
    }));
    return { kind: 'ask', argument: 'kind', question: `What kind of contact with ${client.name}?`, choices };
  }
  const kind = findKindId(book, kindWritten);
  const day = happenedOn(practice, options);
  const asksNothing = options.reply === false;
  if (asksNothing && options.in !== true)
    throw new UsageError('--no-reply is for a contact that came in', 'use it with --in');
  const step = stepNamed(practice, client, textOption(options, 'step')) ?? onlyChased(practice, client, kind);
  const letter = textOption(options, 'letter');
  const touch = {
    date: day,
    kind,
    with: contactsNamed(practice, client, textOption(options, 'with')),
    by: options.in === true ? undefined : authorOf(book, practice.who()),
    in: options.in === true ? (true as const) : undefined,
    reply: asksNothing ? ('none' as const) : undefined,
    step: step && `${step.engagement}/${step.id}`,
    rung: rungNamed(practice, client, kind, step, textOption(options, 'rung')),
    score: scoreOf(textOption(options, 'score')),
    scores: scoresOf(practice, textOption(options, 'scores')),
    took: tookIn(options),
    letter: letter === undefined ? undefined : findTemplateId(book, 'email', letter),
    note: one(input, 'note'),
  };
  const log = book.logs.get(client.id)?.touches ?? [];
  const isRepeated = log.some(
    (it) =>
      it.date === day && it.kind === kind && it.note === touch.note && it.in === touch.in && it.step === touch.step,
  );
  const notes = isRepeated ? [line(`the log has such a line already; a note would tell them apart`)] : [];
  const title = findKind(book, kind)?.title ?? kind;
  return changing(
    [touchEdit(client, touch)],
    (after, at) =>
      sayChange('touch', {
        changed: [
          {
            what: `${client.name}: ${title}, ${longDate(day, today)}`,
            at: at(logFile(client), [after.book.logs.get(client.id)?.touches.at(-1)?.at ?? 0]),
          },
        ],
        next: nextContact(after, client.id, kind),
      }),
    notes,
  );
}

const offeredKinds = ({ book }: Practice): readonly string[] =>
  kindIds(book).filter((id) => findKind(book, id)?.retired !== true);

const contactsNamed = (
  { book, today }: Practice,
  client: ClientRecord,
  written: string | undefined,
): readonly string[] | undefined => written?.split(',').map((part) => findContactId(book, today, client, part.trim()));

const scoreOf = (written: string | undefined): number | undefined =>
  written === undefined ? undefined : scoreFrom(written, '--score 9');

function scoresOf({ book }: Practice, written: string | undefined): Readonly<Record<string, number>> | undefined {
  if (written === undefined) return undefined;
  const pairs = pairsIn(written, scoredIds(book), 'standard or promise');
  if (pairs.length === 0) throw new UsageError('--scores is empty', 'write --scores reply=8,phone=10');
  return Object.fromEntries(pairs.map(([id, score]) => [id, scoreFrom(score, `--scores ${id}=8`)]));
}

function stepNamed({ book, today }: Practice, client: ClientRecord, written: string | undefined): Target | undefined {
  if (written === undefined) return undefined;
  return findWithin(book, today, client, written, { kinds: ['step'], noun: 'step', includeEnded: true });
}

/** A reminder without its step is about the only one that is due. */
function onlyChased(practice: Practice, client: ClientRecord, kind: string): Target | undefined {
  if (kind !== 'chase') return undefined;
  const { book, today } = practice;
  const due = agendaOf(settingOf(book, today), { within: 7, client: client.id }).waiting.filter(
    (it) => it.chase !== null,
  );
  const [only] = due;
  if (due.length > 1)
    throw new UsageError(
      `several reminders to ${client.name} are due: ${due.map((it) => it.ref).join(', ')}`,
      'say which: --step STEP',
    );
  const broken = only && brokenWork(book, client, today);
  if (broken)
    throw refusal(
      `another reminder to ${client.name} may be due, in ${broken.ref}: ${causeOf(broken.lost)}`,
      `name the step: --step ${only.ref}`,
    );
  return only && findTarget(book, today, [only.ref], { kinds: ['step'], noun: 'step' });
}

/** The rung as it is given; of a reminder about a step the one that is current. */

function rungNamed(
  practice: Practice,
  client: ClientRecord,
  kind: string,
  step: Target | undefined,
  written: string | undefined,
): string | undefined {
  if (written !== undefined && kind !== 'chase')
    throw new UsageError('--rung is for a reminder', `deliver touch ${client.id} chase --rung ${written}`);
  const { book, today } = practice;
  const schedule = step && runningSchedules(settingOf(book, today), client).find((it) => it.id === step.engagement);
  const chased = schedule?.steps.find((it) => it.plan.id === step?.id);
  if (written !== undefined) {
    const all = Object.keys(ladderOf(practice));
    const ladder = schedule && chased ? rungsOf(book, schedule, chased).map((it) => it.rung) : all;
    return findRungId(book, { ladder, all }, written);
  }
  if (kind !== 'chase' || !schedule || !chased) return undefined;
  return currentRung(book, book.logs.get(client.id), schedule, chased, today)?.rung;
}

const ladderOf = ({ book }: Practice) => (book.service.chase === 'none' ? {} : (book.service.chase ?? {}));

/** When the client is next due a contact that this one counted for. */
function nextContact({ book, today }: Practice, clientId: string, kind: string): Next | undefined {
  const client = book.clients.get(clientId);
  if (!client) return undefined;
  const setting = settingOf(book, today);
  const contacts = contactsOf(book, client, today);
  const due = rulesOf(setting, client)
    .filter((rule) => countsFor(book, kind, rule.kind) && quietBy(client, rule.kind, rule.level, today) !== 'leaving')
    .flatMap((rule) => {
      const standing = standingOf(setting, client, rule, contacts);
      return standing ? [{ kind: rule.kind, day: standing.due }] : [];
    })
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))[0];
  return (
    due && {
      ref: `${client.id}/touch/${due.kind}`,
      text: `${findKind(book, due.kind)?.title ?? due.kind} due ${longDate(due.day, today)}`,
    }
  );
}
