// Whom to contact and which yearly days are near: one client's cadences as lines. Ranking and folding are agenda's.
import { type ClientRecord, findKind, isRemoved } from '../book/book.ts';
import { daysBetween, formatOffset, MONTHS } from '../day.ts';
import type { CadenceRule, YearlyRule } from '../records/cadence.ts';
import { eachStanding, everyStanding, type Standing, type Tenure } from './cadence.ts';
import { type Contact, contactsOf, countsFor, lastCounted, latestContacts } from './contact.ts';
import type { PauseItem, SnoozeItem, TouchItem, YearlyItem } from './items.ts';
import { isPaused, lineOf, ownerOf, type Setting } from './setting.ts';
import { hasNoLog } from './step-items.ts';
import { bareOccasion, type YearlyDay, yearlyDays } from './yearly.ts';

export type Rule = { readonly kind: string; readonly rule: CadenceRule; readonly level: 'client' | 'segment' };

/** Prospects with a segment, active and leaving clients have cadences; past ones none. */
const hasCadences = (client: ClientRecord): boolean => client.status !== 'past';

/**
 * The rules in force for a client: its own where it has one (`none`: no rule), else its segment's. A kind whose own rule
 * could not be trusted has none, and the report says so.
 */
export const rulesOf = (setting: Setting, client: ClientRecord): readonly Rule[] =>
  hasCadences(client) ? writtenRules(setting, client) : [];

/** The same for whoever they are today. */
export function writtenRules(setting: Setting, client: ClientRecord): readonly Rule[] {
  const { segments } = setting.book.service;
  const segment =
    client.segment !== undefined && segments && Object.hasOwn(segments, client.segment)
      ? segments[client.segment]
      : undefined;
  const { book } = setting;
  const { cadence: own } = client;
  const inherited = segment?.cadence;
  const rules: Rule[] = [];
  for (const kind in own) {
    const rule = own[kind];
    if (rule !== undefined && rule !== 'none' && findKind(book, kind)) rules.push({ kind, rule, level: 'client' });
  }
  for (const kind in inherited) {
    const rule = inherited[kind];
    if (rule === undefined || (own && Object.hasOwn(own, kind)) || !findKind(book, kind)) continue;
    if (!isRemoved(book, 'client', client.id, ['cadence', kind])) rules.push({ kind, rule, level: 'segment' });
  }
  return rules;
}

export const tenureOf = (client: ClientRecord): Tenure => ({
  since: client.since,
  added: client.added,
  segmentSince: client.segment_since,
});

/** The contacts that count for a kind, the latest last. */
export const countedContacts = (setting: Setting, contacts: readonly Contact[], kind: string): readonly Contact[] =>
  contacts.filter((contact) => countsFor(setting.book, contact.kind, kind));

/** Where an `every` or `each` rule stands; a yearly one has days instead. */
export const standingOf = (
  setting: Setting,
  client: ClientRecord,
  rule: Rule,
  contacts: readonly Contact[],
): Standing | undefined => standingAfter(setting, client, rule, countedContacts(setting, contacts, rule.kind));

/** `counted`: the contacts that count for the kind, or the last of them: no rule looks at an earlier one. */
export function standingAfter(
  { calendar, today }: Setting,
  client: ClientRecord,
  { rule }: Rule,
  counted: readonly Contact[],
): Standing | undefined {
  if (rule.form === 'every') return everyStanding(rule, counted, tenureOf(client), calendar, today);
  if (rule.form === 'each') return eachStanding(rule, counted, tenureOf(client), calendar, today);
  return undefined;
}

const monthName = (month: number): string => {
  const name = MONTHS[month - 1] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
};

/** `every 2w`, `each half-year`, `each March, September`, `yearly birthday`. */
export function formatRule(rule: CadenceRule): string {
  if (rule.form === 'every') return `every ${formatOffset(rule.every)}`;
  if (rule.form === 'yearly') return `yearly ${rule.yearly}`;
  return `each ${rule.each === 'named-months' ? rule.months.map((month) => monthName(month)).join(', ') : rule.each}`;
}

export type ClientTouches = {
  readonly touches: readonly TouchItem[];
  readonly occasions: readonly YearlyItem[];
  readonly snoozed: readonly SnoozeItem[];
  readonly paused: readonly PauseItem[];
};

export const isSnoozed = (client: ClientRecord, kind: string, today: string): boolean => {
  const snooze = client.snooze && Object.hasOwn(client.snooze, kind) ? client.snooze[kind] : undefined;
  return snooze !== undefined && today <= snooze.to;
};

export function touchItems(setting: Setting, client: ClientRecord): ClientTouches {
  const { today } = setting;
  const snoozed = snoozesOf(setting, client);
  const none = { touches: [], occasions: [], snoozed, paused: [] };
  if (!hasCadences(client)) return { ...none, snoozed: [] };
  if (isPaused(client, today)) return { ...none, paused: pauseOf(setting, client) };
  const rules = rulesOf(setting, client).filter(({ kind }) => !isSnoozed(client, kind, today));
  const withoutRule = bareOccasions(setting, client);
  if (hasNoLog(setting.book, client)) return { ...none, occasions: withoutRule };
  const latest = rules.length === 0 ? new Map() : latestContacts(setting.book, client, today);
  const touches: TouchItem[] = [];
  const yearly: YearlyItem[] = [];
  for (const each of rules) {
    const { kind, rule } = each;
    if (rule.form === 'yearly') {
      yearly.push(...yearlyItems(setting, client, kind, rule));
      continue;
    }
    const last = lastCounted(setting.book, latest, kind);
    const standing = standingAfter(setting, client, each, last ? [last] : []);
    if (standing?.state !== undefined)
      touches.push(toTouchItem(setting, client, each, { ...standing, state: standing.state }));
  }
  return { ...none, touches, occasions: [...yearly, ...withoutRule] };
}

function toTouchItem(
  setting: Setting,
  client: ClientRecord,
  { kind, rule, level }: Rule,
  standing: Standing & { readonly state: TouchItem['state'] },
): TouchItem {
  const found = findKind(setting.book, kind);
  const late = daysBetween(standing.due, setting.today);
  return {
    ...lineOf(client, `${client.id}/touch/${kind}`, ownerOf(setting, client, rule.owner, found?.owner)),
    kind,
    title: found?.title ?? kind,
    segment: client.segment ?? null,
    rule: formatRule(rule),
    level,
    last: standing.last?.day ?? null,
    since: client.since ?? client.added ?? null,
    due: standing.due,
    state: standing.state,
    days_late: late,
    ratio: late / standing.interval,
    email: found?.email ?? null,
    script: found?.script ?? null,
  };
}

function yearlyItems(setting: Setting, client: ClientRecord, kind: string, rule: YearlyRule): readonly YearlyItem[] {
  const { book, calendar, today } = setting;
  // A contact only ever takes a day away.
  if (yearlyDays(rule, client, [], calendar, today).length === 0) return [];
  const found = findKind(book, kind);
  const contacts = countedContacts(setting, contactsOf(book, client, today), kind);
  return yearlyDays(rule, client, contacts, calendar, today).map((day) => ({
    ...lineOf(client, `${client.id}/touch/${kind}`, ownerOf(setting, client, rule.owner, found?.owner)),
    kind,
    ...dayFields(setting, client, day),
    title: found?.title ?? kind,
  }));
}

const dayFields = (setting: Setting, client: ClientRecord, day: YearlyDay) => ({
  contact: day.person ?? null,
  contact_name: (day.person === undefined ? undefined : client.contacts?.[day.person]?.name) ?? null,
  date: day.date,
  state: day.state,
  days_late: daysBetween(day.date, setting.today),
});

/** Occasions that no rule in force covers. */
function bareOccasions(setting: Setting, client: ClientRecord): readonly YearlyItem[] {
  if (client.occasions === undefined) return [];
  const covered = new Set(
    rulesOf(setting, client).map(({ rule }) => (rule.form === 'yearly' ? rule.yearly : undefined)),
  );
  return Object.entries(client.occasions)
    .filter(([id]) => !covered.has(id))
    .flatMap(([id, occasion]): readonly YearlyItem[] => {
      const day = bareOccasion(occasion, setting.today);
      if (!day) return [];
      const line = lineOf(client, `${client.id}/occasion/${id}`, ownerOf(setting, client));
      return [{ ...line, kind: null, ...dayFields(setting, client, day), title: occasion.title }];
    });
}

export const snoozesOf = (setting: Setting, client: ClientRecord): readonly SnoozeItem[] =>
  Object.entries(client.snooze ?? {})
    .filter(([kind]) => isSnoozed(client, kind, setting.today))
    .map(([kind, { to, why }]) => ({
      ...lineOf(client, `${client.id}/touch/${kind}`, ownerOf(setting, client, findKind(setting.book, kind)?.owner)),
      kind,
      title: findKind(setting.book, kind)?.title ?? kind,
      to,
      why,
    }));

const pauseOf = (setting: Setting, client: ClientRecord): readonly PauseItem[] =>
  client.pause
    ? [{ ...lineOf(client, client.id, ownerOf(setting, client)), to: client.pause.to, why: client.pause.why }]
    : [];
