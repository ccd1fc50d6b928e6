// `sent`: a letter was sent. The step is done or the reminder answered, and the contact logged, in one change.
import { type ClientRecord, findKind } from '../book/book.ts';
import { happenedOn } from '../changes/days.ts';
import { authorOf, clientEdit, logFile, touchEdit } from '../changes/edits.ts';
import { type Next, nextInEngagement, sayChange } from '../changes/next.ts';
import { findStep, isStill } from '../changes/steps.ts';
import { type Command, type Input, type Practice, textOption, wordsOf } from '../command.ts';
import type { Day } from '../day.ts';
import { contactsOf, countsFor } from '../engine/contact.ts';
import { currentRung } from '../engine/ladder.ts';
import { dueLetters } from '../engine/outbox.ts';
import { settingOf } from '../engine/setting.ts';
import { stepOwner } from '../engine/step-items.ts';
import { rulesOf, standingOf } from '../engine/touch-items.ts';
import { findEmail } from '../letters/built-in.ts';
import { letterFacts } from '../letters/facts.ts';
import { type Ask, changing, type Outcome, refusal } from '../outcome.ts';
import { longDate } from '../terminal/words.ts';
import { findClient, findTarget, type Target, type Wanted } from '../typed/reference.ts';

export const command: Command = {
  name: 'sent',
  arguments: [{ name: '<ref...>', what: 'a step or a kind of touch, as `outbox` names it' }],
  options: [
    { flags: '--on <day>', what: 'the day it was sent' },
    { flags: '--note <text>', what: 'what to remember of it' },
  ],
  about:
    'A step of ours with an e-mail is done, or a reminder is answered, and the log of the client says which letter went out, as the kind of touch its template names (`email` when it names none). An invitation to a review is not the review: that stays due.',
  examples: [
    { line: 'deliver sent acme/welcome', what: 'the step is done' },
    { line: 'deliver sent acme/data-access', what: 'the reminder that was due is answered' },
    { line: 'deliver sent acme/touch/review', what: 'the invitation is logged' },
  ],
  changes: true,
  ofClient: 'ref',
  depth: () => 'core',
  run,
};

const WANTED: Wanted = { kinds: ['step', 'touch'], includeEnded: true, noun: 'step or touch' };

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
  const where = (it: Target): boolean => it.kind === 'touch' || isStill(practice, it, 'open');
  const target = findTarget(book, today, words, { ...WANTED, where });
  return target.kind === 'touch' ? sentContact(input, target, day, note) : sentStep(input, target, day, note);
}

/** A letter that goes with a kind of touch. It is that contact only where its template says so: an invitation is no review. */
function sentContact({ practice }: Input, target: Target, day: Day, note: string | undefined): Outcome {
  const { book, today } = practice;
  const client = findClient(book, today, target.client ?? '');
  const wanted = findKind(book, target.id);
  const title = wanted?.title ?? target.id;
  if (wanted?.email === undefined)
    throw refusal(`${target.ref} has no e-mail`, `deliver touch ${client.id} ${target.id} logs the contact`);
  const touch = {
    date: day,
    by: authorOf(book, practice.who()),
    ...letterTouch(practice, client, wanted.email, undefined, note),
  };
  const isIt = countsFor(book, touch.kind, target.id);
  return changing([touchEdit(client, touch)], (after, at) =>
    sayChange('sent', {
      changed: [
        {
          what: `${client.name}: ${isIt ? title : `letter for ${title}`}, sent ${longDate(day, today)}`,
          at: at(logFile(client), [lastLine(after, client.id)]),
        },
      ],
      next: isIt ? undefined : stillDue(after, client.id, target.id),
    }),
  );
}

/** What the letter was for is still to come. */
function stillDue({ book, today }: Practice, clientId: string, kind: string): Next | undefined {
  const setting = settingOf(book, today);
  const client = book.clients.get(clientId);
  const rule = client && rulesOf(setting, client).find((it) => it.kind === kind);
  const standing = client && rule && standingOf(setting, client, rule, contactsOf(book, client, today));
  return (
    standing && {
      ref: `${clientId}/touch/${kind}`,
      text: `${findKind(book, kind)?.title ?? kind} due ${longDate(standing.due, today)}`,
    }
  );
}

/** What the log says of a letter: its kind, which it was, and whom it went to where that is one of theirs. */
function letterTouch(
  practice: Practice,
  client: ClientRecord,
  template: string,
  step: { readonly engagement: string; readonly step: string } | undefined,
  note: string | undefined,
) {
  const { book, today } = practice;
  const email = findEmail(book, template);
  const facts = email && letterFacts(book, today, client, email, { person: practice.who(), step });
  const contact = facts && facts.to !== 'partner' ? facts.contact : undefined;
  return {
    kind: email?.touch ?? 'email',
    with: contact !== undefined && Object.hasOwn(client.contacts ?? {}, contact) ? [contact] : undefined,
    letter: template,
    note,
  };
}

/** Where the line just written stands in the log. */
const lastLine = (after: Practice, client: string): number => after.book.logs.get(client)?.touches.at(-1)?.at ?? 0;

/** Our step is done; of the client's step the reminder is answered. */
function sentStep({ practice }: Input, named: Target, day: Day, note: string | undefined): Outcome {
  const { book, today } = practice;
  const { setting, client, schedule, step, target } = findStep(practice, [named.ref], 'open');
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
  if (rung && rung.email === undefined)
    throw refusal(
      `the reminder of ${target.ref} that is due (${rung.rung}) has no e-mail`,
      `deliver touch ${client.id} chase --step ${target.ref} logs it`,
    );
  const about = { engagement: schedule.id, step: step.plan.id };
  const letter = letterTouch(practice, client, (rung ? rung.email : step.plan.email) ?? '', about, note);
  const kind = rung ? 'chase' : letter.kind;
  const touch = {
    ...letter,
    date: day,
    kind,
    by: authorOf(book, practice.who()),
    step: `${schedule.id}/${step.plan.id}`,
    rung: rung?.rung,
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
