// What to know before this one letter goes out: that it went out before, and what it says that the records do not bear out.
import type { EmailRecord } from '../book/book.ts';
import { addMonths, formatFullDay } from '../day.ts';
import { isMade, stepNamedBy } from '../engine/contact.ts';
import { namedLetter } from '../engine/letter-note.ts';
import { isEnded } from '../engine/schedule.ts';
import type { Touch } from '../records/touches.ts';
import { type Caution, caution } from './caution.ts';
import { isReminder } from './conditions.ts';
import type { Facts } from './facts.ts';
import type { Letter } from './letter.ts';

/** The same words twice within so many months are noticed. */
const MONTHS = 12;

export const cautionsAbout = (facts: Facts, email: EmailRecord, letter: Letter): readonly Caution[] =>
  [repeated(facts, email, letter), notAgreed(facts, letter), lateForecast(facts, letter)].filter(
    (each) => each !== undefined,
  );

/** The same letter to the same person. A reminder, or an invitation that comes each time, is meant to be sent again. */
function repeated(facts: Facts, email: EmailRecord, { to }: Letter): Caution | undefined {
  const { book, client, today, schedule, step, contact } = facts;
  const isInvitation = Object.values(book.service.touches ?? {}).some((kind) => kind.email === email.id);
  if (isInvitation || isReminder(email, facts) || facts.to === 'partner') return undefined;
  const since = addMonths(today, -MONTHS);
  const isOfOther = (touch: Touch): boolean => {
    const named = touch.step === undefined ? undefined : stepNamedBy(book, client, touch.step);
    if (!named || !schedule || email.line !== undefined) return false;
    return named.engagement !== schedule.id || named.step !== step?.plan.id;
  };
  const last = (book.logs.get(client.id)?.touches ?? [])
    .filter((it) => isMade(it, today) && it.date > since && namedLetter(it) === email.id && !isOfOther(it))
    .filter((it) => it.with === undefined || contact === undefined || it.with.includes(contact))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .at(-1);
  return last && caution('repeat', client.id, `\`${email.id}\` went to ${to.name} on ${formatFullDay(last.date)}`);
}

/** A partner is named who has not agreed to take anyone over. */
function notAgreed({ book, client, partner: id, to, today }: Facts, { printed }: Letter): Caution | undefined {
  const partner = id === undefined ? undefined : book.partners.get(id);
  const isNamed = to === 'partner' || [...printed].some((name) => name.startsWith('partner.'));
  if (!partner || !isNamed || (partner.agreed !== undefined && partner.agreed <= today)) return undefined;
  return caution('partner', client.id, `${partner.name} has not agreed to take clients over (${partner.file}: agreed)`);
}

/** The day promised at first is named, and the plan does not bear it out. A day that was moved holds the letter back. */
function lateForecast({ client, schedule, today }: Facts, { printed }: Letter): Caution | undefined {
  if (!schedule || !printed.has('engagement.promised') || isEnded(schedule.engagement, today)) return undefined;
  const { promised, forecastEnd, id } = schedule;
  if (promised === undefined || forecastEnd === undefined || forecastEnd <= promised) return undefined;
  return caution(
    'forecast',
    `${client.id}/${id}`,
    `it names ${formatFullDay(promised)} as the end, and the forecast is ${formatFullDay(forecastEnd)}`,
  );
}
