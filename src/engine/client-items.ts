// What a client's own file asks for: promises, issues, renewals, billing, the next engagement of a repeating offer.
import type { ClientRecord } from '../book/book.ts';
import { engagementOf } from '../book/plan.ts';
import { addDays, type Day, daysBetween } from '../day.ts';
import type { Engagement } from '../records/client.ts';
import { addOffset } from './calendar.ts';
import type { BillingItem, IssueItem, PromiseItem, RenewalItem, StartItem } from './items.ts';
import { isLeaving } from './quiet.ts';
import { isEnded } from './schedule.ts';
import { lineOf, ownerOf, type Setting } from './setting.ts';

/** An issue open this long is listed. */
const OLD_ISSUE_DAYS = 30;
/** A renewal is listed this long before it, and from then on until the day is changed. */
const RENEWAL_DAYS = 60;

const hasHappened = (day: string | undefined, today: string): boolean => day !== undefined && day <= today;

export function promiseItems(setting: Setting, client: ClientRecord, within: number): readonly PromiseItem[] {
  if (client.promises === undefined) return [];
  const { today } = setting;
  return Object.entries(client.promises)
    .filter(([, promise]) => !hasHappened(promise.kept, today) && promise.by <= addDays(today, within))
    .map(([id, { what, by }]) => ({
      ...lineOf(client, `${client.id}/promise/${id}`, ownerOf(setting, client)),
      promise: id,
      what,
      by,
      days_late: daysBetween(by, today),
    }));
}

/** A younger one is only counted. */
export const isOldIssue = ({ age }: IssueItem): boolean => age >= OLD_ISSUE_DAYS;

/** All that are open. */
export function issueItems(setting: Setting, client: ClientRecord): readonly IssueItem[] {
  if (client.issues === undefined) return [];
  const { today } = setting;
  return Object.entries(client.issues)
    .filter(([, issue]) => !hasHappened(issue.closed, today))
    .map(([id, { what, since, kind }]) => ({
      ...lineOf(client, `${client.id}/issue/${id}`, ownerOf(setting, client)),
      issue: id,
      what,
      since,
      age: daysBetween(since, today),
      kind: kind ?? 'other',
    }));
}

/** The client's own renewal day and those of its running engagements. */
export function renewalItems(setting: Setting, client: ClientRecord): readonly RenewalItem[] {
  if (client.status === 'past') return [];
  const { today } = setting;
  const items: RenewalItem[] = [];
  const add = (date: Day | undefined, engagement: string | null, owner: string | undefined) => {
    const days = date === undefined ? Number.POSITIVE_INFINITY : daysBetween(today, date);
    if (date === undefined || days > RENEWAL_DAYS) return;
    const ref = engagement === null ? client.id : `${client.id}/${engagement}`;
    items.push({ ...lineOf(client, ref, ownerOf(setting, client, owner)), date, days, engagement });
  };
  add(client.renewal, null, undefined);
  for (const id in client.engagements) {
    const engagement = engagementOf(client, id);
    if (engagement && !hasHappened(engagement.ended, today)) add(engagement.renewal, id, engagement.owner);
  }
  return items;
}

export function billingItems(setting: Setting, client: ClientRecord): readonly BillingItem[] {
  const { billing } = client;
  if (billing?.state !== 'disputed') return [];
  return [{ ...lineOf(client, client.id, ownerOf(setting, client)), state: billing.state, note: billing.note ?? null }];
}

/** Repeating offers whose next engagement is due to start by `within` days from today. */
export function startItems(setting: Setting, client: ClientRecord, within: number): readonly StartItem[] {
  const { book, calendar, today } = setting;
  if (client.status !== 'active' || isLeaving(client, today)) return [];
  const offers = new Map<string, Engagement>();
  for (const id in client.engagements) {
    const engagement = engagementOf(client, id);
    const offer = engagement?.offer?.id;
    if (!engagement || offer === undefined || book.offers.get(offer)?.repeats === undefined) continue;
    const known = offers.get(offer);
    offers.set(offer, known && known.started > engagement.started ? known : engagement);
  }
  return [...offers].flatMap(([id, latest]): readonly StartItem[] => {
    const offer = book.offers.get(id);
    if (!offer?.repeats || isLastRound(latest, today)) return [];
    const due = addOffset(calendar, latest.started, '+', offer.repeats);
    if (due > addDays(today, within)) return [];
    return [
      {
        ...lineOf(client, `${client.id}/start/${id}`, ownerOf(setting, client, latest.owner)),
        offer: id,
        offer_name: offer.name,
        due,
        days_late: daysBetween(due, today),
        last_started: latest.started,
      },
    ];
  });
}

/** Nothing follows it by itself: it was cancelled, or it was written to be the last. */
export const isLastRound = (engagement: Engagement, today: Day): boolean =>
  engagement.repeats === 'none' || (engagement.result === 'cancelled' && isEnded(engagement, today));
