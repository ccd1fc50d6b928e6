// Whom to contact and which yearly days are near: one client's cadences as lines. Ranking and folding are agenda's.
import { type ClientRecord, findKind, isRemoved } from '../book/book.ts';
import { daysBetween, formatOffset, MONTHS } from '../day.ts';
import type { CadenceRule, YearlyRule } from '../records/cadence.ts';
import { eachStanding, everyStanding, type Standing, type Tenure } from './cadence.ts';
import { type Contact, contactsOf, countsFor, type LatestContacts, lastCounted, latestContacts } from './contact.ts';
import type { QuietItem, SnoozeItem, TouchItem, YearlyItem } from './items.ts';
import { isSnoozed, type Quiet, quietBy } from './quiet.ts';
import { lineOf, ownerOf, type Setting } from './setting.ts';
import { hasNoLog } from './step-items.ts';
import { bareOccasion, type YearlyDay, yearlyDays } from './yearly.ts';

export type Rule = { readonly kind: string; readonly rule: CadenceRule; readonly level: 'client' | 'segment' };

/** Prospects with a segment and active clients have cadences; past ones none. */
const hasCadences = ({ status, segment }: ClientRecord): boolean =>
  status === 'active' || (status === 'prospect' && segment !== undefined);

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

/** `counted`: the contacts that count for the kind. All but named months ask for no more than the last of them. */
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

/** A line that is not shown, and why. */
export type QuietLine = QuietItem & { readonly by: Quiet };

export type ClientTouches = {
  readonly touches: readonly TouchItem[];
  readonly occasions: readonly YearlyItem[];
  readonly quiet: readonly QuietLine[];
};

export function touchItems(setting: Setting, client: ClientRecord): ClientTouches {
  const lines: Lines = { touches: [], occasions: [], quiet: [] };
  if (client.status === 'past') return lines;
  const { book, today } = setting;
  if (!hasNoLog(book, client)) {
    const rules = rulesOf(setting, client);
    const latest = rules.length === 0 ? new Map() : latestContacts(book, client, today);
    for (const each of rules) {
      const quiet = quietBy(client, each.kind, each.level, today);
      if (each.rule.form === 'yearly') {
        place(yearlyItems(setting, client, each.kind, each.rule), quiet, lines.occasions, lines.quiet);
        continue;
      }
      const standing = standingAfter(setting, client, each, contactsFor(setting, client, each, latest));
      if (standing?.state !== undefined)
        place(
          [toTouchItem(setting, client, each, { ...standing, state: standing.state })],
          quiet,
          lines.touches,
          lines.quiet,
        );
    }
  }
  place(bareOccasions(setting, client), quietBy(client, null, null, today), lines.occasions, lines.quiet);
  return lines;
}

type Lines = { readonly [K in keyof ClientTouches]: ClientTouches[K][number][] };

function place<T extends QuietItem>(items: readonly T[], by: Quiet | undefined, shown: T[], hidden: QuietLine[]): void {
  if (by === undefined) shown.push(...items);
  else
    for (const { ref, client, client_name, owner, kind, title } of items)
      hidden.push({ ref, client, client_name, owner, kind, title, by });
}

function contactsFor(
  setting: Setting,
  client: ClientRecord,
  { kind, rule }: Rule,
  latest: LatestContacts,
): readonly Contact[] {
  if (rule.form === 'each' && rule.each === 'named-months')
    return countedContacts(setting, contactsOf(setting.book, client, setting.today), kind);
  const last = lastCounted(setting.book, latest, kind);
  return last ? [last] : [];
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
