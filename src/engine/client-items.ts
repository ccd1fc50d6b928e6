// What a client's own file asks for: promises, issues, renewals, billing, the next engagement of a repeating offer.
import type { ClientRecord } from '../book/book.ts';
import { addDays, daysBetween } from '../day.ts';
import { addOffset } from './calendar.ts';
import type { BillingItem, FutureEntry, IssueItem, PromiseItem, RenewalItem, StartItem } from './items.ts';
import { lineOf, ownerOf, type Setting } from './setting.ts';

/** An issue open this long is listed. */
const OLD_ISSUE_DAYS = 30;
/** A renewal is listed this long before it, and from then on until the day is changed. */
const RENEWAL_DAYS = 60;

const hasHappened = (day: string | undefined, today: string): boolean => day !== undefined && day <= today;

export function promiseItems(setting: Setting, client: ClientRecord, within: number): readonly PromiseItem[] {
  const { today } = setting;
  return Object.entries(client.promises ?? {})
    .filter(([, promise]) => !hasHappened(promise.kept, today) && promise.by <= addDays(today, within))
    .map(([id, { what, by }]) => ({
      ...lineOf(client, `${client.id}/promise/${id}`, ownerOf(setting, client)),
      promise: id,
      what,
      by,
      days_late: daysBetween(by, today),
    }));
}

export function issueItems(setting: Setting, client: ClientRecord): readonly IssueItem[] {
  const { today } = setting;
  return Object.entries(client.issues ?? {})
    .filter(([, issue]) => !hasHappened(issue.closed, today) && daysBetween(issue.since, today) >= OLD_ISSUE_DAYS)
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
  const own = client.renewal === undefined ? [] : [{ date: client.renewal, engagement: null, owner: undefined }];
  const running = Object.entries(client.engagements ?? {}).flatMap(([id, { renewal, owner, ended }]) =>
    renewal === undefined || hasHappened(ended, today) ? [] : [{ date: renewal, engagement: id, owner }],
  );
  return [...own, ...running]
    .map(({ date, engagement, owner }) => ({
      ...lineOf(
        client,
        engagement === null ? client.id : `${client.id}/${engagement}`,
        ownerOf(setting, client, owner),
      ),
      date,
      days: daysBetween(today, date),
      engagement,
    }))
    .filter((it) => it.days <= RENEWAL_DAYS);
}

export function billingItems(setting: Setting, client: ClientRecord): readonly BillingItem[] {
  const { billing } = client;
  if (billing?.state !== 'disputed') return [];
  return [{ ...lineOf(client, client.id, ownerOf(setting, client)), state: billing.state, note: billing.note ?? null }];
}

/** Repeating offers whose next engagement is due to start by `within` days from today. */
export function startItems(setting: Setting, client: ClientRecord, within: number): readonly StartItem[] {
  const { book, calendar, today } = setting;
  if (client.status !== 'active' || client.leaving) return [];
  const starts = Object.values(client.engagements ?? {}).flatMap(({ offer, started, owner }) =>
    offer ? [{ offer: offer.id, started, owner }] : [],
  );
  const offers = [...new Set(starts.map((it) => it.offer))];
  return offers.flatMap((id): readonly StartItem[] => {
    const offer = book.offers.get(id);
    const latest = starts
      .filter((it) => it.offer === id)
      .toSorted((a, b) => (a.started < b.started ? -1 : 1))
      .at(-1);
    if (!offer?.repeats || !latest) return [];
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

/** Promises kept, issues closed and touches made on a day that has not come. */
export function futureInClient(setting: Setting, client: ClientRecord): readonly FutureEntry[] {
  const { book, today } = setting;
  const entries = (
    key: 'promises' | 'issues',
    field: 'kept' | 'closed',
    days: readonly (readonly [string, string | undefined])[],
  ) =>
    days.flatMap(([id, day]): readonly FutureEntry[] =>
      day !== undefined && day > today
        ? [{ file: client.file, path: [key, id, field], what: `\`${field}\``, day: day as FutureEntry['day'] }]
        : [],
    );
  const log = book.logs.get(client.id);
  const touches = (log?.touches ?? [])
    .filter((touch) => touch.date > today)
    .map(
      (touch): FutureEntry => ({ file: log?.file ?? '', path: [touch.at, 'date'], what: 'a touch', day: touch.date }),
    );
  return [
    ...entries(
      'promises',
      'kept',
      Object.entries(client.promises ?? {}).map(([id, it]) => [id, it.kept]),
    ),
    ...entries(
      'issues',
      'closed',
      Object.entries(client.issues ?? {}).map(([id, it]) => [id, it.closed]),
    ),
    ...touches,
  ];
}
