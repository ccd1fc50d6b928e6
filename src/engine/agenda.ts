// The morning: every client's lines put in their sections, ranked, folded and counted. Knows no wording and no screen.
import type { ClientRecord } from '../book/book.ts';
import { addDays, type Day } from '../day.ts';
import { daysAhead } from './ahead.ts';
import { billingItems, isOldIssue, issueItems, promiseItems, renewalItems, startItems } from './client-items.ts';
import { coveredYears, openDays, type UncoveredYear, uncoveredYears } from './covered-years.ts';
import type { Agenda, PauseItem, QuietItem, SnoozeItem, StepItem, TouchItem } from './items.ts';
import { lineOf, ownerOf, type Setting } from './setting.ts';
import {
  type PlacedStep,
  placeSteps,
  runningSchedules,
  type StepPlace,
  toEngagementItem,
  toFinishItem,
  toHoldItem,
} from './step-items.ts';
import { type QuietLine, touchItems } from './touch-items.ts';

export type AgendaScope = {
  /** Calendar days from today that count as near; 7 unless the person says otherwise. */
  readonly within: number;
  /** One client only. */
  readonly client?: string;
  /** Only what this person, `client` or `partner` owns. */
  readonly owner?: string;
  /** Lists what is hidden too; otherwise it is only counted. */
  readonly lists?: 'hidden';
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
  const isWanted = wantedBy(scope);
  const parts: Part[] = [];
  for (const client of book.clients.values())
    if (scope.client === undefined || client.id === scope.client)
      parts.push(clientPart(setting, client, scope, isWanted));
  const of = <T>(pick: (part: Part) => readonly T[]): readonly T[] => parts.flatMap(pick);
  const at = (place: StepPlace) => of((part) => part.steps[place] ?? []).toSorted(byAge);
  const counted = (place: HiddenPlace): number => parts.reduce((sum, part) => sum + (part.hidden[place] ?? 0), 0);

  const touches = of((part) => part.touches).toSorted(byRank(Object.keys(book.service.segments ?? {})));
  const snoozed = of((part) => part.snoozed);
  const paused = of((part) => part.paused);
  const leaving = of((part) => part.leaving);
  const issues = of((part) => part.issues).toSorted(by((a, b) => b.age - a.age, byRef));
  const young = issues.filter((it) => !isOldIssue(it));
  const holds = of((part) => part.holds).toSorted(by((a, b) => b.age - a.age, byRef));
  return {
    today,
    overdue: at('overdue'),
    due_today: at('due_today'),
    upcoming: at('upcoming'),
    to_start: of((part) => part.starts).toSorted(byAge),
    to_finish: of((part) => part.finishes).toSorted(by((a, b) => text(a.closed_on, b.closed_on), byRef)),
    waiting: at('waiting'),
    touches,
    occasions: of((part) => part.occasions).toSorted(
      by(
        (a, b) => text(a.date, b.date),
        byRef,
        (a, b) => text(a.contact ?? '', b.contact ?? ''),
      ),
    ),
    promises: of((part) => part.promises).toSorted(byAge),
    issues: issues.filter(isOldIssue),
    renewals: of((part) => part.renewals).toSorted(by((a, b) => text(a.date, b.date), byRef)),
    billing: of((part) => part.billing).toSorted(byRef),
    holds,
    engagements: of((part) => part.engagements).toSorted(byRef),
    hidden: {
      later: counted('later'),
      issues: young.length,
      snoozed: snoozed.length,
      paused: paused.length,
      leaving: leaving.length,
      on_hold: holds.length,
      blocked: counted('blocked'),
      unscheduled: counted('unscheduled'),
      no_due: counted('no_due'),
      soon: touches.filter((it) => it.state === 'soon').length,
    },
    hiddenItems:
      scope.lists === undefined
        ? undefined
        : {
            later: at('later'),
            issues: young,
            blocked: at('blocked'),
            unscheduled: at('unscheduled'),
            no_due: at('no_due'),
            snoozed,
            paused,
            leaving,
          },
    next_later: of((part) => (part.next_later === null ? [] : [part.next_later])).toSorted(byAge)[0] ?? null,
    future: of((part) => part.future),
    uncovered: earliestOf(of((part) => part.uncovered)),
  };
}

const wantedBy =
  ({ owner }: AgendaScope) =>
  (it: Owned): boolean =>
    owner === undefined || it.owner === owner;

const HIDDEN = ['later', 'blocked', 'unscheduled', 'no_due'] as const;
type HiddenPlace = (typeof HIDDEN)[number];
const isHidden = (place: StepPlace): place is HiddenPlace => (HIDDEN as readonly StepPlace[]).includes(place);

type StepsAt = { readonly [P in StepPlace]?: readonly StepItem[] };

/** All lines of one client that are wanted. */
type Part = ReturnType<typeof clientPart>;

/** With its touches folded into its first line of the day. */
function clientPart(
  setting: Setting,
  client: ClientRecord,
  { within, lists }: AgendaScope,
  isWanted: (it: Owned) => boolean,
) {
  const schedules = runningSchedules(setting, client);
  const placed = placeSteps(setting, client, schedules, within).filter(isWanted);
  const listed = lists === undefined ? placed.filter((it) => !isHidden(it.place)) : placed;
  const { touches, occasions, quiet } = touchItems(setting, client);
  const folded = fold(linesAt(listed), touches.filter(isWanted));
  const hidden: { [P in HiddenPlace]?: number } = {};
  for (const { place } of placed) if (isHidden(place)) hidden[place] = (hidden[place] ?? 0) + 1;
  return {
    ...folded,
    hidden,
    next_later: nextLater(placed),
    occasions: occasions.filter(isWanted),
    ...quietItems(setting, client, quiet.filter(isWanted)),
    starts: startItems(setting, client, within).filter(isWanted),
    promises: promiseItems(setting, client, within).filter(isWanted),
    issues: issueItems(setting, client).filter(isWanted),
    renewals: renewalItems(setting, client).filter(isWanted),
    billing: billingItems(setting, client).filter(isWanted),
    finishes: schedules.flatMap((schedule) => toFinishItem(setting, schedule) ?? []).filter(isWanted),
    holds: schedules.flatMap((schedule) => toHoldItem(setting, schedule) ?? []).filter(isWanted),
    engagements: schedules.map((schedule) => toEngagementItem(setting, schedule)).filter(isWanted),
    future: daysAhead(setting.book, client, setting.today),
    uncovered: setting.book.practice ? uncoveredYears(coveredYears(setting.book.practice), openDays(schedules)) : [],
  };
}

/** Each kind of contact once, however many lines of it are hidden; a paused client once. */
function quietItems(setting: Setting, client: ClientRecord, lines: readonly QuietLine[]) {
  const items = (by: QuietLine['by']): readonly QuietItem[] => [
    ...new Map(lines.flatMap(({ by: reason, ...item }) => (reason === by ? [[item.ref, item]] : []))).values(),
  ];
  const { pause } = client;
  const isPaused = pause !== undefined && lines.some(({ by: reason }) => reason === 'paused');
  return {
    snoozed: items('snoozed').flatMap((item): readonly SnoozeItem[] => {
      const { kind } = item;
      const snooze = kind === null ? undefined : client.snooze?.[kind];
      return kind === null || snooze === undefined ? [] : [{ ...item, kind, to: snooze.to, why: snooze.why }];
    }),
    paused: isPaused
      ? [{ ...lineOf(client, client.id, ownerOf(setting, client)), to: pause.to, why: pause.why }]
      : ([] as readonly PauseItem[]),
    leaving: items('leaving'),
  };
}

/** Each year once. */
const earliestOf = (years: readonly UncoveredYear[]): readonly UncoveredYear[] =>
  [...new Map(years.toReversed().map((it) => [it.year, it])).values()].toSorted((a, b) => a.year - b.year);

function linesAt(placed: readonly PlacedStep[]): StepsAt {
  const lines: { [P in StepPlace]?: StepItem[] } = {};
  for (const { place, toItem } of placed) {
    const list = lines[place];
    if (list) list.push(toItem());
    else lines[place] = [toItem()];
  }
  return lines;
}

function nextLater(placed: readonly PlacedStep[]): StepItem | null {
  const later = placed.filter((it) => it.place === 'later');
  const first = later.reduce<Day | undefined>((soonest, { day }) => least(soonest, day), undefined);
  return (
    later
      .filter((it) => it.day === first)
      .map((it) => it.toItem())
      .toSorted(byAge)[0] ?? null
  );
}

const least = (a: Day | undefined, b: Day | undefined): Day | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/**
 * A client who hears from us about an overdue or due step hears the touches that are due in the same breath; overdue ones
 * keep their own line.
 */
function fold(
  steps: StepsAt,
  touches: readonly TouchItem[],
): { readonly steps: StepsAt; readonly touches: readonly TouchItem[] } {
  const place = (['overdue', 'due_today'] as const).find((each) => steps[each] !== undefined);
  const [first] = place === undefined ? [] : (steps[place] ?? []).toSorted(byAge);
  const due = touches.filter((it) => it.state === 'due').map((it) => it.kind);
  if (!first || place === undefined || due.length === 0) return { steps, touches };
  const withTouches = { ...first, also_due: due.toSorted() };
  return {
    steps: { ...steps, [place]: (steps[place] ?? []).map((it) => (it === first ? withTouches : it)) },
    touches: touches.filter((it) => it.state !== 'due'),
  };
}

/** Calendar day of the first thing that is coming, for the mornings when nothing is due. */
export function nextStep(agenda: Agenda): { readonly item: StepItem; readonly day: Day } | undefined {
  const item = agenda.upcoming[0] ?? agenda.next_later;
  return item && item.days_late !== null ? { item, day: addDays(agenda.today, -item.days_late) } : undefined;
}
