// What an offer usually looks like on a calendar: the milestones at their usual days, and the planned days of its steps, from
// a first day that nobody has agreed to yet. Never the dates of real work.
import type { ClientRecord, OfferRecord } from '../../book/book.ts';
import type { Day } from '../../day.ts';
import type { Due } from '../../records/languages.ts';
import { addOffset } from '../calendar.ts';
import { type Schedule, scheduleOf } from '../schedule.ts';
import type { Setting } from '../setting.ts';

export type Usual = {
  readonly schedule: Schedule;
  readonly milestones: Readonly<Record<string, Day>>;
};

const ID = 'imagined';

/** As if `client` started the offer on that day and nothing else; `undefined` when the offer cannot be trusted. */
export function usualCourse(
  setting: Setting,
  client: ClientRecord,
  offer: OfferRecord,
  started: Day,
): Usual | undefined {
  const { book, calendar, today } = setting;
  let milestones: Readonly<Record<string, Day>> = {};
  for (;;) {
    const engagement = { offer: { id: offer.id, version: offer.version }, started, milestones };
    const imagined: ClientRecord = { ...client, engagements: { [ID]: engagement } };
    const schedule = scheduleOf(book, calendar, today, imagined, ID);
    if (!schedule) return undefined;
    const known = milestones;
    const found = Object.entries(offer.milestones).flatMap(([id, { usual }]): readonly (readonly [string, Day])[] => {
      const day = usual === undefined || known[id] !== undefined ? undefined : dayOf(setting, schedule, known, usual);
      return day === undefined ? [] : [[id, day]];
    });
    if (found.length === 0) return { schedule, milestones };
    milestones = { ...milestones, ...Object.fromEntries(found) };
  }
}

function dayOf(
  { calendar }: Setting,
  { engagement, plan, steps }: Schedule,
  milestones: Usual['milestones'],
  usual: Due,
): Day | undefined {
  if (usual.kind === 'day') return usual.day;
  const { anchor, sign, offset } = usual;
  const step = steps[plan.places.get(anchor) ?? -1];
  const from = anchor === 'start' ? engagement.started : (milestones[anchor] ?? step?.planned);
  return from && addOffset(calendar, from, sign, offset);
}

/** Somebody who might become a client. */
export const ANYBODY: ClientRecord = { id: '', file: '', name: '', status: 'active' };
