// What the records say happened with one client, each thing on its day. Knows no commits and no words of a report.
import { type ClientRecord, findKind } from '../book/book.ts';
import { planOf } from '../book/plan.ts';
import type { Day } from '../day.ts';
import type { Engagement } from '../records/client.ts';
import type { Setting } from './setting.ts';

/** In this order within a day. */
export const EVENT_KINDS = [
  'client',
  'added',
  'segment',
  'started',
  'done',
  'skipped',
  'contact',
  'promised',
  'kept',
  'issue',
  'closed',
  'hold',
  'resumed',
  'moved',
  'leaving',
  'last-day',
  'ended',
] as const;

export type HistoryEvent = {
  readonly day: Day;
  readonly kind: (typeof EVENT_KINDS)[number];
  /** A step's title, a kind of touch, what was promised or wrong, a segment, an offer's name. */
  readonly what: string;
  /** The note or the reason written for it. */
  readonly why: string | null;
  /** A person of ours, where it is written. */
  readonly by: string | null;
  readonly engagement: string | null;
  readonly file: string;
  /** Only of a contact: their people, whether it came from them, the score they gave. */
  readonly with: readonly string[];
  readonly in: boolean;
  readonly score: number | null;
  /** Only of a move: the day that was promised then. */
  readonly to: Day | null;
};

type Parts = Pick<HistoryEvent, 'kind' | 'what'> & Partial<HistoryEvent>;

/** Up to today, the oldest first; what is written for a day to come has not happened. */
export function eventsOf(setting: Setting, client: ClientRecord): readonly HistoryEvent[] {
  const { book, today } = setting;
  const made: HistoryEvent[] = [];
  const add = (day: Day | undefined, parts: Parts): void => {
    if (day === undefined || day > today) return;
    const none = { why: null, by: null, engagement: null, with: [], in: false, score: null, to: null };
    made.push({ day, file: client.file, ...none, ...parts });
  };
  add(client.since, { kind: 'client', what: client.name });
  if (client.added !== client.since) add(client.added, { kind: 'added', what: client.name });
  if (client.segment_since !== client.since && client.segment !== undefined)
    add(client.segment_since, { kind: 'segment', what: client.segment });
  for (const [id, engagement] of Object.entries(client.engagements ?? {}))
    engagementEvents(setting, client, id, engagement, add);
  for (const touch of book.logs.get(client.id)?.touches ?? [])
    add(touch.date, {
      kind: 'contact',
      what: findKind(book, touch.kind)?.title ?? touch.kind,
      why: touch.note ?? null,
      by: touch.by ?? null,
      with: (touch.with ?? []).map((id) => client.contacts?.[id]?.name ?? id),
      in: touch.in === true,
      score: touch.score ?? null,
      file: book.logs.get(client.id)?.file ?? client.file,
    });
  for (const promise of Object.values(client.promises ?? {})) {
    add(promise.made, { kind: 'promised', what: promise.what, to: promise.by });
    add(promise.kept, { kind: 'kept', what: promise.what });
  }
  for (const issue of Object.values(client.issues ?? {})) {
    add(issue.since, { kind: 'issue', what: issue.what });
    add(issue.closed, { kind: 'closed', what: issue.what });
  }
  const { leaving } = client;
  add(leaving?.decided, { kind: 'leaving', what: leaving?.reason ?? '' });
  add(leaving?.last_day, { kind: 'last-day', what: client.name });
  return made.toSorted(byDay);
}

function byDay(a: HistoryEvent, b: HistoryEvent): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return EVENT_KINDS.indexOf(a.kind) - EVENT_KINDS.indexOf(b.kind);
}

function engagementEvents(
  { book }: Setting,
  client: ClientRecord,
  id: string,
  engagement: Engagement,
  add: (day: Day | undefined, parts: Parts) => void,
): void {
  const plan = planOf(book, client, id);
  const name = plan?.offer?.name ?? id;
  add(engagement.started, { kind: 'started', what: name, engagement: id });
  for (const step of plan?.steps ?? []) {
    add(step.done, { kind: 'done', what: step.title, engagement: id });
    add(step.skipped, { kind: 'skipped', what: step.title, why: step.why ?? null, engagement: id });
  }
  for (const hold of engagement.holds ?? []) {
    add(hold.from, { kind: 'hold', what: name, why: hold.why, engagement: id });
    add(hold.to, { kind: 'resumed', what: name, engagement: id });
  }
  for (const move of engagement.moves ?? [])
    add(move.date, { kind: 'moved', what: name, why: move.why, to: move.promised, engagement: id });
  const result = [engagement.result, engagement.why].filter((it) => it !== undefined).join(', ');
  add(engagement.ended, { kind: 'ended', what: name, why: result === '' ? null : result, engagement: id });
}
