// What a letter tells of the work: done since the last letter, what comes next and who does it, what we wait for, what will
// be finished by the last day. Lists of ready texts in the words of the letter. Internal steps never appear.
import { type Day, formatSpokenDay, maxDay } from '../day.ts';
import { isMade } from '../engine/contact.ts';
import { namedLetter } from '../engine/letter-note.ts';
import { OFFBOARDING } from '../engine/partners.ts';
import type { Schedule, ScheduledStep } from '../engine/schedule.ts';
import { stepOwner } from '../engine/step-items.ts';
import type { Facts } from './facts.ts';
import { isEnglish } from './language.ts';
import { firstNameOf } from './person.ts';
import { latePayments } from './work.ts';

type At = { readonly schedule: Schedule; readonly step: ScheduledStep };

const NEXT_STEPS = 3;

/** The work it is about, else all that runs; never the exit. */
function schedulesOf({ running, schedule }: Facts): readonly Schedule[] {
  if (schedule && schedule.engagement.offer?.id !== OFFBOARDING) return [schedule];
  return running.filter((it) => it.engagement.offer?.id !== OFFBOARDING);
}

const visibleSteps = (schedules: readonly Schedule[]): readonly At[] =>
  schedules.flatMap((schedule) =>
    schedule.steps.filter((step) => !step.plan.internal).map((step) => ({ schedule, step })),
  );

const isOpen = ({ step }: At): boolean => step.state !== 'closed';

/** The day of the last letter that went to this client; undefined when none is known of. */
function lastLetter({ book, client, today }: Facts): Day | undefined {
  const days = (book.logs.get(client.id)?.touches ?? [])
    .filter((it) => isMade(it, today) && namedLetter(it) !== undefined)
    .map((it) => it.date);
  return days.length === 0 ? undefined : maxDay(days[0] as Day, ...days);
}

/** Steps that the client sees and that were done since the last letter, the first one first. */
export function doneSince(facts: Facts): readonly string[] {
  const since = lastLetter(facts);
  return visibleSteps(schedulesOf(facts))
    .flatMap(({ step }) => (step.plan.done !== undefined && step.closed ? [{ step, day: step.closed }] : []))
    .filter(({ day }) => since === undefined || day >= since)
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    .map(({ step, day }) => `${step.plan.clientTitle} (${formatSpokenDay(day, facts.locale, facts.today)})`);
}

/** The next three steps that the client sees: what, when it will be, and who does it. */
export const nextSteps = (facts: Facts): readonly string[] =>
  visibleSteps(schedulesOf(facts))
    .filter((it) => isOpen(it) && it.step.rule !== undefined)
    .flatMap((it) => (it.step.forecast === undefined ? [] : [{ ...it, day: it.step.forecast }]))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    .slice(0, NEXT_STEPS)
    .map((it) => {
      const who = whoDoes(facts, it);
      const day = formatSpokenDay(it.day, facts.locale, facts.today);
      return `${it.step.plan.clientTitle}: ${day}${who === undefined ? '' : ` (${who})`}`;
    });

/** As the reader would be told: you, me, or a first name. */
function whoDoes(facts: Facts, { schedule, step }: At): string | undefined {
  const { book, client, person, setting, locale } = facts;
  const owner = stepOwner(setting, client, schedule, step);
  if (owner === null) return undefined;
  if (owner === 'client') {
    const asked = step.plan.contact ?? facts.contact;
    const name = firstNameOf(asked === undefined ? undefined : client.contacts?.[asked]) ?? client.name;
    return isEnglish(locale) && asked === facts.contact ? 'you' : name;
  }
  if (owner === 'partner') {
    const partner = book.partners.get(schedule.engagement.partner ?? client.leaving?.partner ?? '');
    return partner?.contact?.name ?? partner?.name;
  }
  const ours = book.practice?.people[owner];
  return owner === person && isEnglish(locale) ? 'me' : (firstNameOf(ours) ?? ours?.name);
}

/** What we wait for from the client and could have now, with its day. */
export const asks = (facts: Facts): readonly string[] =>
  visibleSteps(schedulesOf(facts))
    .filter(
      ({ schedule, step }) =>
        step.state === 'ready' && stepOwner(facts.setting, facts.client, schedule, step) === 'client',
    )
    .toSorted((a, b) => ((a.step.due ?? '9') < (b.step.due ?? '9') ? -1 : 1))
    .map(({ step }) => {
      const { due, plan } = step;
      const what = (plan.expect?.we_need ?? plan.clientTitle).trim().replace(/\.$/, '');
      return due === undefined ? what : `${what}${byDay(facts, due)}`;
    });

function byDay({ locale, today }: Facts, due: Day): string {
  const day = formatSpokenDay(due, locale, today);
  if (!isEnglish(locale)) return `: ${day}`;
  return due < today ? ` (it was due ${day})` : `, by ${day}`;
}

/** What will, or will not, be finished by the last day; undefined without one. */
export function finishedBy(facts: Facts, wanted: 'finished' | 'dropped'): readonly string[] {
  const { client, setting, running } = facts;
  const lastDay = client.leaving?.last_day;
  if (lastDay === undefined) return [];
  return visibleSteps(running.filter((it) => it.engagement.offer?.id !== OFFBOARDING))
    .filter((it) => {
      const owner = stepOwner(setting, client, it.schedule, it.step);
      return isOpen(it) && owner !== 'client' && owner !== 'partner';
    })
    .filter(({ step }) => (step.forecast !== undefined && step.forecast <= lastDay) === (wanted === 'finished'))
    .map(({ step }) => step.plan.clientTitle);
}

/** What we promised and have not kept yet, with its day. */
export const openPromises = (facts: Facts): readonly string[] =>
  Object.values(facts.client.promises ?? {})
    .filter(({ kept }) => kept === undefined || kept > facts.today)
    .toSorted((a, b) => (a.by < b.by ? -1 : 1))
    .map(({ what, by }) => `${what.trim().replace(/\.$/, '')}${byDay(facts, by)}`);

/** The payment that is late; none while a bill is in dispute. */
export function latePayment(facts: Facts): ScheduledStep | undefined {
  const { setting, client, running, schedule, step } = facts;
  if (client.billing?.state === 'disputed') return undefined;
  const late = latePayments(setting, client, schedule ? [schedule] : running);
  const named = step && late.find((it) => it.step === step);
  return named?.step ?? (late.length === 1 && step?.plan.kind !== 'payment' ? late[0]?.step : undefined);
}

const MOST_QUESTIONS = 5;

/** What a survey asks about: the standards and the promises of the client's segment, those that nothing measures first. */
export function surveyQuestions({ book, client }: Facts): readonly string[] {
  const standards = Object.values(book.service.standards ?? {}).map((it) => ({
    text: it.promise,
    isMeasured: it.measure !== undefined,
  }));
  const promises = (book.service.segments?.[client.segment ?? '']?.promises ?? []).map(({ text }) => ({
    text,
    isMeasured: false,
  }));
  const all = [...standards, ...promises];
  return [...all.filter((it) => !it.isMeasured), ...all.filter((it) => it.isMeasured)]
    .slice(0, MOST_QUESTIONS)
    .map(({ text }) => text.trim());
}
