// Two mornings compared: what is new, what is gone and why. The reasons are all there are; a line that left without one is a bug.
import type { ClientRecord } from '../book/book.ts';
import { engagementOf } from '../book/plan.ts';
import { isLastRound } from './client-items.ts';
import { contactsOf } from './contact.ts';
import type { Agenda } from './items.ts';
import { isLeaving, quietBy } from './quiet.ts';
import { isEnded, scheduleOf } from './schedule.ts';
import type { Setting } from './setting.ts';
import { countedContacts, rulesOf } from './touch-items.ts';

/**
 * Why a line is gone: the thing was closed, a contact filled it, its day changed, it is hidden (and counted), what it
 * belongs to ended, or it was edited away.
 */
export const REASONS = ['closed', 'filled', 'moved', 'hidden', 'ended', 'removed'] as const;
export type Reason = (typeof REASONS)[number];

export type MorningLine = {
  /** What makes it the same line on another day. */
  readonly key: string;
  readonly kind:
    | 'step'
    | 'touch'
    | 'yearly'
    | 'promise'
    | 'issue'
    | 'renewal'
    | 'billing'
    | 'hold'
    | 'start'
    | 'finish';
  readonly ref: string;
  readonly client: string;
  readonly engagement?: string;
  /** The step, kind of touch, promise, issue or offer. */
  readonly id?: string;
  readonly contact?: string | null;
};

export type Gone = { readonly line: MorningLine; readonly reason: Reason };
export type Comparison = { readonly added: readonly MorningLine[]; readonly gone: readonly Gone[] };

type Parts = Omit<MorningLine, 'key'>;
const lineFrom = (parts: Parts): MorningLine => ({
  ...parts,
  key: [parts.kind, parts.client, parts.engagement, parts.id, parts.contact].map((part) => part ?? '').join(' '),
});

/** Every line that a morning shows; touches folded into a step's line are shown in it. */
export function linesOf(agenda: Agenda): readonly MorningLine[] {
  const steps = [...agenda.overdue, ...agenda.due_today, ...agenda.upcoming, ...agenda.waiting];
  return [
    ...steps.map((it) =>
      lineFrom({ kind: 'step', ref: it.ref, client: it.client, engagement: it.engagement, id: it.step }),
    ),
    ...steps.flatMap((it) =>
      it.also_due.map((kind) =>
        lineFrom({ kind: 'touch', ref: `${it.client}/touch/${kind}`, client: it.client, id: kind }),
      ),
    ),
    ...agenda.touches.map((it) => lineFrom({ kind: 'touch', ref: it.ref, client: it.client, id: it.kind })),
    ...agenda.occasions.map((it) =>
      lineFrom({
        kind: 'yearly',
        ref: it.ref,
        client: it.client,
        id: it.ref.split('/').at(-1) ?? '',
        contact: it.contact,
      }),
    ),
    ...agenda.promises.map((it) => lineFrom({ kind: 'promise', ref: it.ref, client: it.client, id: it.promise })),
    ...agenda.issues.map((it) => lineFrom({ kind: 'issue', ref: it.ref, client: it.client, id: it.issue })),
    ...agenda.renewals.map((it) =>
      lineFrom({ kind: 'renewal', ref: it.ref, client: it.client, id: it.engagement ?? '' }),
    ),
    ...agenda.billing.map((it) => lineFrom({ kind: 'billing', ref: it.ref, client: it.client })),
    ...agenda.holds.map((it) => lineFrom({ kind: 'hold', ref: it.ref, client: it.client, engagement: it.engagement })),
    ...agenda.to_start.map((it) => lineFrom({ kind: 'start', ref: it.ref, client: it.client, id: it.offer })),
    ...agenda.to_finish.map((it) =>
      lineFrom({ kind: 'finish', ref: it.ref, client: it.client, engagement: it.engagement }),
    ),
  ];
}

/** What a morning is: its lines, and the practice and day they were calculated from. */
export type Morning = { readonly agenda: Agenda; readonly setting: Setting };

export function compareMornings(before: Morning, after: Morning): Comparison {
  const [old, now] = [linesOf(before.agenda), linesOf(after.agenda)];
  const [oldKeys, nowKeys] = [new Set(old.map((it) => it.key)), new Set(now.map((it) => it.key))];
  return {
    added: now.filter((it) => !oldKeys.has(it.key)),
    gone: old
      .filter((it) => !nowKeys.has(it.key))
      .map((line) => ({ line, reason: reasonFor(line, before.setting, after.setting) })),
  };
}

function reasonFor(line: MorningLine, before: Setting, after: Setting): Reason {
  const client = after.book.clients.get(line.client);
  if (!client) return 'removed';
  switch (line.kind) {
    case 'step':
      return stepReason(line, client, after);
    case 'touch':
    case 'yearly':
      return touchReason(line, client, before, after);
    case 'promise':
      return entryReason(client.promises?.[line.id ?? ''], 'kept');
    case 'issue':
      return entryReason(client.issues?.[line.id ?? ''], 'closed');
    case 'hold':
      return holdReason(line, client, after);
    case 'start':
      return startReason(line, client, before, after);
    case 'finish':
      return finishReason(line, client, after);
    case 'renewal':
      return renewalReason(line, client, after);
    case 'billing':
      return client.billing === undefined ? 'removed' : 'closed';
  }
}

/** Closed when its closing day is written; else its day must have moved away. */
function entryReason<K extends string>(entry: Partial<Readonly<Record<K, unknown>>> | undefined, closing: K): Reason {
  if (!entry) return 'removed';
  return entry[closing] === undefined ? 'moved' : 'closed';
}

function stepReason(line: MorningLine, client: ClientRecord, { book, calendar, today }: Setting): Reason {
  const engagement = engagementOf(client, line.engagement ?? '');
  if (!engagement) return 'removed';
  if (isEnded(engagement, today)) return 'ended';
  const schedule = scheduleOf(book, calendar, today, client, line.engagement ?? '');
  const step = schedule?.steps.find((it) => it.plan.id === line.id);
  if (!schedule || !step) return 'removed';
  if (step.closed) return 'closed';
  return schedule.hold ? 'hidden' : 'moved';
}

function touchReason(line: MorningLine, client: ClientRecord, before: Setting, after: Setting): Reason {
  const kind = line.id ?? '';
  if (client.status === 'past') return 'ended';
  const level = rulesOf(after, client).find((it) => it.kind === kind)?.level ?? null;
  if (quietBy(client, kind, level, after.today)) return 'hidden';
  const was = before.book.clients.get(client.id);
  const counted = (setting: Setting, of: ClientRecord) =>
    countedContacts(setting, contactsOf(setting.book, of, setting.today), kind);
  const isNew = counted(after, client).length > (was ? counted(before, was).length : 0);
  if (isNew) return 'filled';
  return hasRule(client, kind, after) || client.occasions?.[kind] ? 'moved' : 'removed';
}

const hasRule = (client: ClientRecord, kind: string, { book }: Setting): boolean =>
  client.cadence?.[kind] !== undefined || book.service.segments?.[client.segment ?? '']?.cadence?.[kind] !== undefined;

function holdReason(line: MorningLine, client: ClientRecord, { today }: Setting): Reason {
  const engagement = engagementOf(client, line.engagement ?? '');
  if (!engagement) return 'removed';
  if (isEnded(engagement, today)) return 'ended';
  return (engagement.holds ?? []).some((hold) => hold.to !== undefined) ? 'closed' : 'removed';
}

/** Still running: a step of it is open again, or new. */
function finishReason(line: MorningLine, client: ClientRecord, { today }: Setting): Reason {
  const engagement = engagementOf(client, line.engagement ?? '');
  if (!engagement) return 'removed';
  return isEnded(engagement, today) ? 'ended' : 'moved';
}

/** Another engagement of the offer has begun; or the client is leaving, the last round is over, or the offer no longer repeats. */
function startReason(line: MorningLine, client: ClientRecord, before: Setting, { book, today }: Setting): Reason {
  const ofOffer = (of: ClientRecord | undefined) =>
    Object.values(of?.engagements ?? {}).filter((it) => it.offer?.id === line.id);
  const rounds = ofOffer(client);
  if (rounds.length > ofOffer(before.book.clients.get(client.id)).length) return 'filled';
  if (isLeaving(client, today) || client.status !== 'active') return 'ended';
  if (rounds.some((it) => isLastRound(it, today))) return 'ended';
  return book.offers.get(line.id ?? '')?.repeats ? 'moved' : 'removed';
}

function renewalReason(line: MorningLine, client: ClientRecord, { today }: Setting): Reason {
  if (client.status === 'past') return 'ended';
  if (line.id === '' || line.id === undefined) return client.renewal === undefined ? 'removed' : 'moved';
  const engagement = engagementOf(client, line.id);
  if (!engagement || engagement.renewal === undefined) return 'removed';
  return isEnded(engagement, today) ? 'ended' : 'moved';
}

const LISTS = [
  'overdue',
  'due_today',
  'upcoming',
  'waiting',
  'touches',
  'occasions',
  'promises',
  'issues',
  'renewals',
  'billing',
  'holds',
  'to_start',
  'to_finish',
] as const;

/** The same day with no line and nothing hidden. */
const bare = (agenda: Agenda): Agenda => ({
  ...agenda,
  ...Object.fromEntries(LISTS.map((name) => [name, []])),
  hiddenItems: undefined,
});

/** For each line by its key a morning with it alone; a touch that is folded into a step's line has none of its own. */
export function singleLines(agenda: Agenda): ReadonlyMap<string, Agenda> {
  const none = bare(agenda);
  return new Map(
    LISTS.flatMap((name) =>
      agenda[name].map((it): readonly [string, Agenda] => {
        const only = { ...none, [name]: [it] } as Agenda;
        return [linesOf(only)[0]?.key ?? '', only];
      }),
    ),
  );
}

/** Keys of the lines that are late: past their day, or a contact past its grace. */
export function lateKeys(agenda: Agenda): ReadonlySet<string> {
  const isLate = (it: { readonly days_late: number | null }): boolean => (it.days_late ?? 0) > 0;
  const late = {
    ...bare(agenda),
    overdue: agenda.overdue.map((it) => ({ ...it, also_due: [] })),
    waiting: agenda.waiting.filter(isLate),
    touches: agenda.touches.filter((it) => it.state === 'overdue'),
    occasions: agenda.occasions.filter((it) => it.state === 'overdue'),
    promises: agenda.promises.filter(isLate),
  };
  return new Set(linesOf(late).map((it) => it.key));
}
