// The morning: every client's lines put in their sections, ranked, folded and counted. Knows no wording and no screen.
import type { ClientRecord } from '../book/book.ts';
import type { Day } from '../day.ts';
import { billingItems, futureInClient, issueItems, promiseItems, renewalItems, startItems } from './client-items.ts';
import type { Agenda, StepItem, TouchItem } from './items.ts';
import type { Setting } from './setting.ts';
import {
  futureInEngagements,
  type PlacedStep,
  placeSteps,
  runningSchedules,
  type StepPlace,
  toEngagementItem,
  toHoldItem,
} from './step-items.ts';
import { touchItems } from './touch-items.ts';

export type AgendaScope = {
  /** Calendar days from today that count as near; 7 unless the person says otherwise. */
  readonly within: number;
  /** One client only. */
  readonly client?: string;
  /** Only what this person, `client` or `partner` owns. */
  readonly owner?: string;
};

type Owned = { readonly owner: string | null };

type Order<T> = (a: T, b: T) => number;

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const by =
  <T>(...orders: readonly Order<NoInfer<T>>[]): Order<T> =>
  (a, b) => {
    for (const order of orders) {
      const result = order(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
const byRef: Order<{ readonly ref: string }> = (a, b) => text(a.ref, b.ref);

/** Oldest first, then by reference. */
const byAge: Order<{ readonly ref: string; readonly days_late: number | null }> = by(
  (a, b) => (b.days_late ?? Number.NEGATIVE_INFINITY) - (a.days_late ?? Number.NEGATIVE_INFINITY) || 0,
  byRef,
);

const STATES = ['overdue', 'due', 'soon'] as const;

/** Overdue before due before soon; then by segment, by how late for its interval, by client. */
function byRank(segments: readonly string[]): Order<TouchItem> {
  const segmentOf = (it: TouchItem) =>
    it.segment === null || !segments.includes(it.segment) ? segments.length : segments.indexOf(it.segment);
  return by(
    (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state),
    (a, b) => segmentOf(a) - segmentOf(b),
    (a, b) => (b.ratio ?? 0) - (a.ratio ?? 0),
    (a, b) => text(a.client, b.client),
    (a, b) => text(a.kind, b.kind),
  );
}

export function agendaOf(setting: Setting, scope: AgendaScope): Agenda {
  const { book, today } = setting;
  const clients = [...book.clients.values()].filter(
    (client) => scope.client === undefined || client.id === scope.client,
  );
  const isWanted = (it: Owned) => scope.owner === undefined || it.owner === scope.owner;
  const parts = clients.map((client) => clientPart(setting, client, scope.within, isWanted));
  const wanted = <T extends Owned>(pick: (part: Part) => readonly T[]): readonly T[] =>
    parts.flatMap((part) => pick(part).filter(isWanted));
  const at = (place: StepPlace) =>
    parts.flatMap((part) => part.steps.filter((it) => it.place === place).map((it) => it.item)).toSorted(byAge);

  const touches = parts.flatMap((part) => part.touches).toSorted(byRank(Object.keys(book.service.segments ?? {})));
  const hiddenItems = {
    later: at('later'),
    blocked: at('blocked'),
    unscheduled: at('unscheduled'),
    no_due: at('no_due'),
    snoozed: wanted((part) => part.snoozed),
    paused: wanted((part) => part.paused),
  };
  const holds = wanted((part) => part.holds).toSorted(by((a, b) => b.age - a.age, byRef));
  return {
    today,
    overdue: at('overdue'),
    due_today: at('due_today'),
    upcoming: at('upcoming'),
    to_start: wanted((part) => part.starts).toSorted(byAge),
    waiting: at('waiting'),
    touches,
    occasions: wanted((part) => part.occasions).toSorted(
      by(
        (a, b) => text(a.date, b.date),
        byRef,
        (a, b) => text(a.contact ?? '', b.contact ?? ''),
      ),
    ),
    promises: wanted((part) => part.promises).toSorted(byAge),
    issues: wanted((part) => part.issues).toSorted(by((a, b) => b.age - a.age, byRef)),
    renewals: wanted((part) => part.renewals).toSorted(by((a, b) => text(a.date, b.date), byRef)),
    billing: wanted((part) => part.billing).toSorted(byRef),
    holds,
    engagements: wanted((part) => part.engagements).toSorted(byRef),
    hidden: {
      later: hiddenItems.later.length,
      snoozed: hiddenItems.snoozed.length,
      paused: hiddenItems.paused.length,
      on_hold: holds.length,
      blocked: hiddenItems.blocked.length,
      unscheduled: hiddenItems.unscheduled.length,
      no_due: hiddenItems.no_due.length,
      soon: touches.filter((it) => it.state === 'soon').length,
    },
    hiddenItems,
    future: parts.flatMap((part) => part.future),
  };
}

type Part = ReturnType<typeof clientPart>;

/** All lines of one client, with its touches folded into its first line of the day. */
function clientPart(setting: Setting, client: ClientRecord, within: number, isWanted: (it: Owned) => boolean) {
  const schedules = runningSchedules(setting, client);
  const placed = placeSteps(setting, client, schedules, within).filter((it) => isWanted(it.item));
  const { touches, ...others } = touchItems(setting, client);
  const folded = fold(placed, touches.filter(isWanted));
  return {
    ...others,
    ...folded,
    starts: startItems(setting, client, within),
    promises: promiseItems(setting, client, within),
    issues: issueItems(setting, client),
    renewals: renewalItems(setting, client),
    billing: billingItems(setting, client),
    holds: schedules.flatMap((schedule) => toHoldItem(setting, schedule) ?? []),
    engagements: schedules.map((schedule) => toEngagementItem(setting, schedule)),
    future: [...futureInEngagements(setting, client), ...futureInClient(setting, client)],
  };
}

/**
 * A client who hears from us about an overdue or due step hears the touches that are due in the same breath; overdue ones
 * keep their own line.
 */
function fold(
  placed: readonly PlacedStep[],
  touches: readonly TouchItem[],
): { readonly steps: readonly PlacedStep[]; readonly touches: readonly TouchItem[] } {
  const lines = (place: StepPlace): readonly StepItem[] =>
    placed
      .filter((it) => it.place === place)
      .map((it) => it.item)
      .toSorted(byAge);
  const first = [...lines('overdue'), ...lines('due_today')][0];
  const due = touches.filter((it) => it.state === 'due').map((it) => it.kind);
  if (!first || due.length === 0) return { steps: placed, touches };
  const withTouches = { ...first, also_due: due.toSorted() };
  return {
    steps: placed.map((it) => (it.item === first ? { ...it, item: withTouches } : it)),
    touches: touches.filter((it) => it.state !== 'due'),
  };
}

/** Calendar day of the first thing that is coming, for the mornings when nothing is due. */
export function nextStep(agenda: Agenda): { readonly item: StepItem; readonly day: Day } | undefined {
  const item = [...agenda.upcoming, ...agenda.hiddenItems.later].find((it) => it.needed_by !== null);
  return item && item.needed_by !== null ? { item, day: item.needed_by } : undefined;
}
