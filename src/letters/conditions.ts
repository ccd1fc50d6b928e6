// When a letter may be written: what each condition of `only_if` asks, and why one does not hold. And the reminder that
// nobody should get who has answered. Knows no text of a letter.
import type { EmailRecord } from '../book/book.ts';
import { formatFullDay } from '../day.ts';
import { stepNamedBy } from '../engine/contact.ts';
import { rungsOf } from '../engine/ladder.ts';
import { OFFBOARDING } from '../engine/partners.ts';
import { isEnded, type ScheduledStep } from '../engine/schedule.ts';
import { stepOwner } from '../engine/step-items.ts';
import type { Problem } from '../problem/problem.ts';
import { LETTER_CONDITIONS, type LetterCondition } from '../records/email.ts';
import { hasAnswered } from './answers.ts';
import { isLaterThan } from './contacts.ts';
import type { Facts } from './facts.ts';
import { damageTo, type Home } from './homes.ts';
import { problemOf } from './lacking.ts';

/** Why a condition does not hold; `lacks` where that cannot be known before something is named. */
type Because = string | { readonly lacks: string };
/** Undefined when it holds. */
type Unmet = (facts: Facts) => Because | undefined;

const when = (holds: boolean, otherwise: string): string | undefined => (holds ? undefined : otherwise);

const UNMET: Readonly<Record<LetterCondition, Unmet>> = {
  leaving: ({ client }) => when(client.leaving !== undefined, `${client.name} is not leaving`),
  'not-leaving': ({ client }) => when(client.leaving === undefined, `${client.name} is leaving`),
  active: ({ client }) => when(client.status === 'active', `${client.name} is ${named(client.status)}`),
  'not-prospect': ({ client }) => when(client.status !== 'prospect', `${client.name} is a prospect`),
  delivered: notDelivered,
  running: ({ running, client }) =>
    when(
      running.some((it) => it.engagement.offer?.id !== OFFBOARDING),
      `nothing runs for ${client.name}`,
    ),
  overdue: (facts) => stepUnmet(facts, (step) => notOverdue(facts, step)),
  'not-overdue': (facts) =>
    stepUnmet(facts, (step) =>
      when(notOverdue(facts, step) !== undefined, `${step.plan.title} was due on ${dayIn(step)}`),
    ),
  waiting: (facts) =>
    stepUnmet(facts, (step) => {
      const owner = facts.schedule && stepOwner(facts.setting, facts.client, facts.schedule, step);
      if (owner !== 'client') return `${step.plan.title} is not a step of the client`;
      return when(step.state !== 'closed', closedWords(step));
    }),
  partner: ({ partner }) => when(partner !== undefined, 'no partner is named'),
  'no-partner': ({ partner, book }) =>
    when(partner === undefined, `a partner is named: ${book.partners.get(partner ?? '')?.name ?? partner}`),
  issue: ({ issue, client, lacks, today }) => {
    if (issue !== undefined) return undefined;
    const isOpen = Object.values(client.issues ?? {}).some((it) => isLaterThan(it.closed, today));
    return isOpen ? { lacks: lacks.issue } : lacks.issue;
  },
  score: ({ book, client, today }) =>
    when(
      (book.logs.get(client.id)?.touches ?? []).some((it) => it.score !== undefined && it.date <= today),
      `${client.name} has given no score yet`,
    ),
};

const named = (status: string): string => (status === 'prospect' ? 'a prospect' : 'a past client');

const dayIn = ({ due }: ScheduledStep): string => (due === undefined ? 'no day' : formatFullDay(due));

const closedWords = ({ plan, closed }: ScheduledStep): string =>
  `${plan.title} was ${plan.skipped === undefined ? 'done' : 'skipped'} on ${closed === undefined ? '' : formatFullDay(closed)}`;

const stepUnmet = ({ step, lacks }: Facts, unmet: (step: ScheduledStep) => string | undefined): Because | undefined =>
  step === undefined ? { lacks: lacks.step } : unmet(step);

function notOverdue({ today }: Facts, step: ScheduledStep): string | undefined {
  if (step.state === 'closed') return closedWords(step);
  if (step.due === undefined) return `${step.plan.title} has no due day`;
  return when(step.due < today, `${step.plan.title} is not overdue: it is due on ${formatFullDay(step.due)}`);
}

/** What is made for a client; what is said, sent and billed around it is not. */
const WORK = new Set(['task', 'meeting', 'document', 'form', 'access', 'homework']);

function notDelivered({ schedule, step, client, today, setting, lacks, running }: Facts): Because | undefined {
  if (!schedule) return running.length > 1 ? { lacks: lacks.engagement } : `nothing was delivered to ${client.name}`;
  const { engagement } = schedule;
  const ref = `${client.id}/${schedule.id}`;
  if (isEnded(engagement, today))
    return when(
      engagement.result !== 'cancelled',
      `${ref} was cancelled on ${formatFullDay(engagement.ended ?? today)}`,
    );
  const after = new Set(step && [step.plan.id, ...schedule.holdsUp(step)]);
  const isAfter = (it: ScheduledStep): boolean => after.has(it.plan.id);
  const isOurs = (it: ScheduledStep): boolean => {
    const owner = stepOwner(setting, client, schedule, it);
    return owner !== 'client' && owner !== 'partner';
  };
  const open = schedule.steps.find(
    (it) => it.state !== 'closed' && !it.plan.internal && WORK.has(it.plan.kind) && isOurs(it) && !isAfter(it),
  );
  return open && `${ref} is not finished: ${open.plan.title} is open`;
}

/** What speaks against a letter: `held` by a condition, or `lacking` what would tell whether one holds. */
export type UnmetConditions = { readonly held: readonly Problem[]; readonly lacking: readonly Problem[] };

/** Each condition that does not hold, at its place in the template; then a reminder that the client has answered. */
export function unmetIn(email: EmailRecord, facts: Facts): UnmetConditions {
  const held: Problem[] = [];
  const lacking: Problem[] = [];
  for (const [i, condition] of (email.only_if ?? []).entries()) {
    const because = UNMET[condition](facts);
    const place = { file: email.file, path: ['only_if', i] };
    if (typeof because === 'string')
      held.push({ code: 'letter/not-now', args: { says: because, help: anyway(condition) }, place });
    else if (because) {
      const says = `cannot tell whether ${LETTER_CONDITIONS[condition]}`;
      lacking.push({ code: 'letter/missing-value', args: { says, help: because.lacks }, place });
    }
  }
  return { held: held.length > 0 ? held : answered(email, facts), lacking };
}

/** Which record tells whether a condition holds. */
const HOMES_OF: Readonly<Record<LetterCondition, readonly [Home, string]>> = {
  leaving: ['client', 'leaving'],
  'not-leaving': ['client', 'leaving'],
  active: ['client', 'status'],
  'not-prospect': ['client', 'status'],
  delivered: ['engagement', ''],
  running: ['engagement', ''],
  overdue: ['step', 'due'],
  'not-overdue': ['step', 'due'],
  waiting: ['step', 'owner'],
  partner: ['client', 'leaving.partner'],
  'no-partner': ['client', 'leaving.partner'],
  issue: ['issue', ''],
  score: ['log', '*.score'],
};

/** Errors that keep anyone from knowing whether its conditions hold, or whether a reminder was answered. */
export function damagedConditions(email: EmailRecord, facts: Facts): readonly Problem[] {
  const homes = (email.only_if ?? []).map((condition) => ({ home: HOMES_OF[condition], what: `\`${condition}\`` }));
  const answers = { home: ['log', ''] as const, what: 'whether they have answered' };
  return [...homes, ...(isReminder(email, facts) ? [answers] : [])].flatMap(({ home, what }) => {
    const removal = damageTo(facts, ...home);
    return removal && (home[0] !== 'log' || removal.path.length <= 1) ? [problemOf(removal, what)] : [];
  });
}

/** A letter of the step's ladder, or one that is logged as a reminder. */
export const isReminder = (email: EmailRecord, { book, schedule, step }: Facts): boolean =>
  email.touch === 'chase' ||
  (schedule !== undefined && step !== undefined && rungsOf(book, schedule, step).some((it) => it.email === email.id));

const anyway = (condition: LetterCondition): string =>
  `this letter is for when ${LETTER_CONDITIONS[condition]}; --anyway writes it all the same`;

/** A reminder of a step whose client wrote since it fell due, or since the last reminder. */
function answered(email: EmailRecord, facts: Facts): readonly Problem[] {
  const { book, client, schedule, step } = facts;
  if (!schedule || !step || step.state === 'closed') return [];
  const rung = rungsOf(book, schedule, step).find((it) => it.email === email.id);
  if (!isReminder(email, facts)) return [];
  const answer = hasAnswered(facts, schedule, step, rung);
  if (!answer) return [];
  const { touch } = answer;
  const about = touch.step !== undefined && stepNamedBy(book, client, touch.step) ? ` about ${touch.step}` : '';
  const note = touch.note === undefined ? '' : `: ${touch.note.trim()}`;
  return [
    {
      code: 'letter/answered',
      args: {
        says: `they wrote on ${formatFullDay(touch.date)}${about}${note}`,
        help: 'answer that first, or use --anyway',
      },
      place: { file: `touches/${client.id}.yaml`, path: [touch.at] },
    },
  ];
}
