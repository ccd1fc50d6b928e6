// The variables about the work: offer, engagement, its last move and hold, step, issue, invoice, and the days of a letter.
import { formatSpokenDay } from '../day.ts';
import { addOffset } from '../engine/calendar.ts';
import { checkOf } from '../engine/checklist.ts';
import { offboardingOf } from '../engine/hand-over.ts';
import { isEnded } from '../engine/schedule.ts';
import type { Facts } from './facts.ts';
import { asks, doneSince, finishedBy, latePayment, nextSteps, openPromises } from './told.ts';
import { type Contradiction, listOr, row, type Variable } from './variable.ts';

const offer = ({ offer: named }: Facts) => named;
const engagement = ({ schedule }: Facts) => schedule?.engagement;
const step = (facts: Facts) => facts.step?.plan;
const issue = ({ client, issue: id }: Facts) => (id === undefined ? undefined : client.issues?.[id]);
const moves = ({ schedule }: Facts) =>
  (schedule?.engagement.moves ?? []).toSorted((a, b) => (a.date === b.date ? a.at - b.at : a.date < b.date ? -1 : 1));
const invoiceHome = (key: string) => ['invoice', key] as const;

/** A promise that has passed while the work goes on, or a new one that the plan does not bear out. */
function promiseBroken(facts: Facts): Contradiction | undefined {
  const { schedule, today, client, locale } = facts;
  const promised = schedule?.promised;
  if (!schedule || promised === undefined || isEnded(schedule.engagement, today)) return undefined;
  const ref = `${client.id}/${schedule.id}`;
  const help = `deliver move ${ref} --promised DAY --why TEXT`;
  if (promised < today) return { says: `was ${promised}, which has passed, and ${ref} is not finished`, help };
  const { forecastEnd } = schedule;
  return moves(facts).length > 0 && forecastEnd !== undefined && forecastEnd > promised
    ? {
        says: `is ${promised}, and ${ref} is forecast to end on ${formatSpokenDay(forecastEnd, locale, today)}`,
        help: `${help}, or name the day with \`{{date engagement.forecast}}\``,
        unless: 'engagement.forecast',
      }
    : undefined;
}

function checkDay({ setting, client, today }: Facts) {
  const lastDay = client.leaving?.last_day;
  if (lastDay === undefined) return undefined;
  const { day, is_closed } = checkOf(setting, client, offboardingOf(setting, client), lastDay);
  return is_closed || day < today ? undefined : day;
}

export const WORK_VARIABLES: readonly Variable[] = [
  row('offer.name', 'text', 'what they bought', ['offer', 'name'], (facts) => offer(facts)?.name),
  row('offer.outcome', 'text', 'what they get from it', ['offer', 'outcome'], (facts) => offer(facts)?.outcome),
  row('offer.price', 'amount', 'what it costs', ['offer', 'price'], (facts) => offer(facts)?.price),
  row('offer.right_fit', 'list', 'what a client needs for it', ['offer', 'right_fit'], (facts) =>
    listOr(offer(facts)?.right_fit?.map((it) => it.text)),
  ),
  row(
    'engagement.started',
    'day',
    'when the work started',
    ['engagement', 'started'],
    (facts) => engagement(facts)?.started,
  ),
  row(
    'engagement.promised',
    'day',
    'the day promised now',
    ['engagement', 'promised'],
    ({ schedule }) => schedule?.promised,
    promiseBroken,
  ),
  row(
    'engagement.promised_before',
    'day',
    'the day promised before it was last moved',
    ['engagement', 'moves'],
    (facts) => (moves(facts).length === 0 ? undefined : (moves(facts).at(-2)?.promised ?? engagement(facts)?.promised)),
  ),
  row('engagement.forecast', 'day', 'the day it is likely to end', ['engagement', 'steps'], ({ schedule, today }) =>
    schedule && isEnded(schedule.engagement, today) ? undefined : schedule?.forecastEnd,
  ),
  row('engagement.ended', 'day', 'the day it ended', ['engagement', 'ended'], (facts) => engagement(facts)?.ended),
  row(
    'engagement.done',
    'list',
    'steps they see that were done since the last letter, with days',
    ['engagement', 'steps'],
    (facts) => listOr(doneSince(facts)),
  ),
  row(
    'engagement.next',
    'list',
    'the next three steps they see: what, when, and who does it',
    ['engagement', 'steps'],
    (facts) => listOr(nextSteps(facts)),
  ),
  row('engagement.asks', 'list', 'what we wait for from them, with days', ['engagement', 'steps'], (facts) =>
    listOr(asks(facts)),
  ),
  row('engagement.finishes', 'list', 'what will be finished by the last day', ['engagement', 'steps'], (facts) =>
    listOr(finishedBy(facts, 'finished')),
  ),
  row('engagement.drops', 'list', 'what will not be finished by the last day', ['engagement', 'steps'], (facts) =>
    listOr(finishedBy(facts, 'dropped')),
  ),
  row(
    'move.tell_client',
    'text',
    'what they are told about why it was last moved',
    ['engagement', 'moves.*.tell_client'],
    (facts) => moves(facts).at(-1)?.tell_client,
  ),
  row(
    'engagement.moved_because',
    'text',
    'the former name of `move.tell_client`',
    ['engagement', 'moves.*.tell_client'],
    (facts) => moves(facts).at(-1)?.tell_client,
  ),
  row(
    'hold.tell_client',
    'text',
    'what they are told about why the work stands still',
    ['engagement', 'holds.*.tell_client'],
    ({ schedule }) => schedule?.hold?.tell_client,
  ),
  row(
    'step.title',
    'text',
    'the step: `client_title`, else `title`',
    ['step', 'title'],
    (facts) => step(facts)?.clientTitle,
  ),
  row('step.due', 'day', 'when it is due', ['step', 'due'], (facts) => facts.step?.due),
  row(
    'step.you_get',
    'text',
    'what they get for it',
    ['step', 'expect.you_get'],
    (facts) => step(facts)?.expect?.you_get,
  ),
  row(
    'step.we_need',
    'text',
    'what we need from them',
    ['step', 'expect.we_need'],
    (facts) => step(facts)?.expect?.we_need,
  ),
  row(
    'step.if_late',
    'text',
    'what it means when it is late',
    ['step', 'expect.if_late'],
    (facts) => step(facts)?.expect?.if_late,
  ),
  row(
    'step.if_on_time',
    'text',
    'what it brings when it is on time',
    ['step', 'expect.if_on_time'],
    (facts) => step(facts)?.expect?.if_on_time,
  ),
  row('step.resources', 'list', 'links and papers that go with it', ['step', 'resources'], (facts) =>
    listOr(Object.values(step(facts)?.resources ?? {})),
  ),
  row('issue.what', 'text', 'what is wrong', ['issue', 'what'], (facts) => issue(facts)?.what),
  row('issue.since', 'day', 'since when', ['issue', 'since'], (facts) => issue(facts)?.since),
  row(
    'issue.tell_client',
    'text',
    'what they are told about it',
    ['issue', 'tell_client'],
    (facts) => issue(facts)?.tell_client,
  ),
  row(
    'invoice.what',
    'text',
    'the payment that is late',
    invoiceHome('title'),
    (facts) => latePayment(facts)?.plan.clientTitle,
  ),
  row('invoice.due', 'day', 'when it was due', invoiceHome('due'), (facts) => latePayment(facts)?.due),
  row(
    'invoice.we_need',
    'text',
    'what has to be paid, and how',
    invoiceHome('expect.we_need'),
    (facts) => latePayment(facts)?.plan.expect?.we_need,
  ),
  row(
    'invoice.if_late',
    'text',
    'what it means while it is open',
    invoiceHome('expect.if_late'),
    (facts) => latePayment(facts)?.plan.expect?.if_late,
  ),
  row('invoice.resources', 'list', 'links and papers that go with it', invoiceHome('resources'), (facts) =>
    listOr(Object.values(latePayment(facts)?.plan.resources ?? {})),
  ),
  row('open_promises', 'list', 'what we promised and have not kept yet, with days', ['client', 'promises'], (facts) =>
    listOr(openPromises(facts)),
  ),
  row(
    'check_day',
    'day',
    'when we ask how the hand-over went: the day of that step of the exit, while it is ahead',
    ['client', 'leaving.last_day'],
    checkDay,
  ),
  row('line', 'text', 'what was written for this letter alone', ['line', ''], ({ line }) => line),
  row('today', 'day', 'the day it is', ['clock', ''], ({ today }) => today),
  row('next_workday', 'day', 'the next working day after today', ['clock', ''], ({ setting, today }) =>
    addOffset(setting.calendar, today, '+', { n: 1, unit: 'bd' }),
  ),
];
