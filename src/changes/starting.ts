// What beginning an engagement has in common wherever it begins: its id, its usual end, and what is tight about it.
import type { ClientRecord, OfferRecord } from '../book/book.ts';
import type { Practice } from '../command.ts';
import { type Day, formatFullDay, yearOf } from '../day.ts';
import { addOffset } from '../engine/calendar.ts';
import { scheduleOf } from '../engine/schedule.ts';
import { settingOf } from '../engine/setting.ts';
import { refusal, UsageError } from '../outcome.ts';
import { findOfferId } from '../typed/ids.ts';
import { chosenId } from './edits.ts';

/** What is asked for, else the offer, then the offer and the year, then with a number. */
export function newEngagementId(
  client: ClientRecord,
  offer: { readonly id: string },
  started: Day,
  written?: string | undefined,
): string {
  const taken = new Set(Object.keys(client.engagements ?? {}));
  if (written !== undefined) {
    chosenId(written);
    if (taken.has(written)) throw refusal(`${client.id}/${written} is there already`, 'choose another --id');
    return written;
  }
  const year = `${offer.id}-${yearOf(started)}`;
  const free = [offer.id, year].find((id) => !taken.has(id));
  if (free !== undefined) return free;
  for (let n = 2; ; n++) if (!taken.has(`${year}-${n}`)) return `${year}-${n}`;
}

/** The end that the offer's target gives. */
export function usualEnd({ book, today }: Practice, offer: Pick<OfferRecord, 'target'>, started: Day): Day | undefined {
  const { calendar } = settingOf(book, today);
  return offer.target === undefined ? undefined : addOffset(calendar, started, '+', offer.target);
}

/** What is tight from the first day: steps whose day has passed, and an end that is forecast past the promise. */
export function tightIn({ book, today }: Practice, clientId: string, id: string): readonly string[] {
  const client = book.clients.get(clientId);
  const schedule = client && scheduleOf(book, settingOf(book, today).calendar, today, client, id);
  if (!schedule) return [];
  const late = schedule.steps.filter((step) => step.startsLate).map((step) => step.plan.id);
  const slips = (schedule.slip ?? 0) > 0 && schedule.forecastEnd;
  return [
    ...(late.length === 0
      ? []
      : [`${late.join(', ')} ${late.length === 1 ? 'starts' : 'start'} late: due before the first day`]),
    ...(slips ? [`by its steps it ends on ${formatFullDay(slips)}, after the promise`] : []),
  ];
}

/** The offer as it is sold now. */
export function offerNamed({ book }: Practice, written: string): OfferRecord {
  const [word = '', version] = written.split('@');
  const found = book.offers.get(findOfferId(book, word));
  if (!found) throw new Error(`no offer ${word}`);
  if (version === undefined || String(found.version) === version) return found;
  throw new UsageError(
    `${found.name} is sold in version ${found.version} now, not ${version}`,
    `deliver start CLIENT ${found.id}`,
  );
}
