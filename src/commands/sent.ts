// `sent`: a letter was sent. The step is done or the reminder answered, and the contact logged, in one change.
import { findKind } from '../book/book.ts';
import { happenedOn } from '../changes/days.ts';
import { authorOf, clientEdit, logFile, touchEdit } from '../changes/edits.ts';
import { nextInEngagement, sayChange } from '../changes/next.ts';
import { findStep } from '../changes/steps.ts';
import { type Command, type Input, type Practice, textOption, wordsOf } from '../command.ts';
import type { Day } from '../day.ts';
import { currentRung } from '../engine/ladder.ts';
import { dueLetters } from '../engine/outbox.ts';
import { settingOf } from '../engine/setting.ts';
import { stepOwner } from '../engine/step-items.ts';
import { findEmail } from '../letters/built-in.ts';
import { type Ask, changing, type Outcome, refusal } from '../outcome.ts';
import { longDate } from '../terminal/words.ts';
import { findClient, findExact, findTarget, type Wanted } from '../typed/reference.ts';

export const command: Command = {
  name: 'sent',
  arguments: [{ name: '<ref...>', what: 'a step or a kind of touch, as `outbox` names it' }],
  options: [
    { flags: '--on <day>', what: 'the day it was sent' },
    { flags: '--note <text>', what: 'what to remember of it' },
  ],
  about:
    'A step of ours with an e-mail is done, a reminder is answered, a contact is logged: whatever the letter was for, with one line in the log of the client.',
  examples: [
    { line: 'deliver sent acme/welcome', what: 'the step is done' },
    { line: 'deliver sent acme/data-access', what: 'the reminder that was due is answered' },
    { line: 'deliver sent acme/touch/review', what: 'the contact is logged' },
  ],
  changes: true,
  ofClient: 'ref',
  depth: () => 'core',
  run,
};

const WANTED: Wanted = { kinds: ['step', 'touch'], noun: 'step or touch' };

function run(input: Input): Outcome | Ask {
  const { practice, options } = input;
  const { book, today } = practice;
  const words = wordsOf(input, 'ref');
  if (words.length === 0) {
    const choices = dueLetters(settingOf(book, today), undefined).map((it) => ({
      value: it.ref,
      label: `${it.ref}  ${it.why}`,
    }));
    return { kind: 'ask', argument: 'ref', question: 'Which letter was sent?', choices };
  }
  const day = happenedOn(practice, options);
  const note = textOption(options, 'note');
  const isTouch = words.join('/').split('/')[1] === 'touch' || findExact(book, today, words, WANTED)?.kind === 'touch';
  return isTouch ? sentContact(input, words, day, note) : sentStep(input, words, day, note);
}

/** A kind of touch: its line in the log. */
function sentContact({ practice }: Input, words: readonly string[], day: Day, note: string | undefined): Outcome {
  const { book, today } = practice;
  const target = findTarget(book, today, words, { kinds: ['touch'], noun: 'touch' });
  const client = findClient(book, today, target.client ?? '');
  const title = findKind(book, target.id)?.title ?? target.id;
  const touch = { date: day, kind: target.id, by: authorOf(book, practice.who()), note };
  return changing([touchEdit(client, touch)], (after, at) =>
    sayChange('sent', {
      changed: [
        {
          what: `${client.name}: ${title}, sent ${longDate(day, today)}`,
          at: at(logFile(client), [lastLine(after, client.id)]),
        },
      ],
    }),
  );
}

/** Where the line just written stands in the log. */
const lastLine = (after: Practice, client: string): number => after.book.logs.get(client)?.touches.at(-1)?.at ?? 0;

/** Our step is done; of the client's step the reminder is answered. */
function sentStep({ practice }: Input, words: readonly string[], day: Day, note: string | undefined): Outcome {
  const { book, today } = practice;
  const { setting, client, schedule, step, target } = findStep(practice, words, 'open');
  const owner = stepOwner(setting, client, schedule, step);
  const isTheirs = owner === 'client' || owner === 'partner';
  const rung = isTheirs ? currentRung(book, book.logs.get(client.id), schedule, step, day) : undefined;
  if (isTheirs && !rung)
    throw refusal(
      `no reminder of ${target.ref} is due`,
      `deliver touch ${client.id} chase --step ${target.ref} logs one all the same`,
    );
  if (!isTheirs && step.plan.email === undefined)
    throw refusal(`${target.ref} has no e-mail`, `deliver done ${target.ref}`);
  if (!isTheirs && step.waitsFor.length > 0)
    throw refusal(`${target.ref} waits for ${step.waitsFor.join(', ')}`, 'close that first');
  if (day < schedule.engagement.started)
    throw refusal(`${client.id}/${schedule.id} started on ${schedule.engagement.started}, after ${day}`);
  const kind = rung ? 'chase' : (findEmail(book, step.plan.email ?? '')?.touch ?? 'email');
  const touch = {
    date: day,
    kind,
    by: authorOf(book, practice.who()),
    step: `${schedule.id}/${step.plan.id}`,
    rung: rung?.rung,
    note,
  };
  const path = [...step.plan.progressPath, 'done'];
  const edits = rung ? [] : [clientEdit(book, client, [{ kind: 'set' as const, path, value: day }])];
  const said = rung ? `reminder (${rung.rung}) of ${step.plan.title}` : step.plan.title;
  return changing([...edits, touchEdit(client, touch)], (after, at) =>
    sayChange('sent', {
      changed: [
        {
          what: `${client.name}: ${said}, sent ${longDate(day, today)}`,
          at: rung ? at(logFile(client), [lastLine(after, client.id)]) : at(client.file, path),
        },
        ...(rung
          ? []
          : [
              {
                what: `logged: ${findKind(book, kind)?.title ?? kind}`,
                at: at(logFile(client), [lastLine(after, client.id)]),
              },
            ]),
      ],
      next: nextInEngagement(after, client.id, schedule.id),
    }),
  );
}
