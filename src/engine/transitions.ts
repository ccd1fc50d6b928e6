// Whom to let go, and who is on the way out. A ranking with every reason in it; the decision is a person's.
import type { ClientRecord } from '../book/book.ts';
import { type Day, daysBetween } from '../day.ts';
import { agendaOf } from './agenda.ts';
import { checkDay } from './hand-over.ts';
import { OFFBOARDING, type Room, roomOf } from './partners.ts';
import { scheduleOf } from './schedule.ts';
import type { Setting } from './setting.ts';

export type Reason = { readonly points: number; readonly text: string };
export type Candidate = {
  readonly client: string;
  readonly client_name: string;
  readonly segment: string | null;
  /** The higher the more speaks for letting go; only comparable within one practice. */
  readonly points: number;
  readonly reasons: readonly Reason[];
};
export type UnderWay = {
  readonly client: string;
  readonly client_name: string;
  readonly reason: string;
  readonly decided: Day;
  readonly last_day: Day | null;
  readonly days_left: number | null;
  readonly partner: string | null;
  readonly engagement: string | null;
  readonly closed: number;
  readonly open: number;
  /** About thirty days after the last day somebody asks how it goes. */
  readonly check: Day | null;
};
/** The room a partner has in the present quarter. */
export type PartnerRoom = {
  readonly partner: string;
  readonly name: string;
  readonly agreed: Day | null;
  /** Null: without a limit. */
  readonly room: Room | null;
};
export type Transitions = {
  readonly candidates: readonly Candidate[];
  /** Clients that could be let go, and for how many of them nothing is written that would say so. */
  readonly known: { readonly clients: number; readonly without_fit: number; readonly without_value: number };
  readonly under_way: readonly UnderWay[];
  readonly partners: readonly PartnerRoom[];
};

/** The scale of fit scores, and the score below which fit speaks against a client. */
const GOOD_FIT = 3;
const POINTS_PER_FIT = 12;
/** An hour that earns less than this share of the usual one. */
const POOR_HOUR = 0.75;
const POINTS_FOR_HOUR = 30;
const POINTS_PER_LATE_STEP = 4;
const MOST_FOR_LATE_STEPS = 16;
const POINTS_FOR_LAST_SEGMENT = 8;
const POINTS_PER_ISSUE = 3;

const round = (n: number): number => Math.round(n * 10) / 10;

export function transitionsOf(setting: Setting): Transitions {
  const clients = [...setting.book.clients.values()];
  const active = clients.filter((client) => client.status === 'active' && !client.leaving);
  const usual = median(active.flatMap((client) => feePerHour(client) ?? []));
  const candidates = active
    .map((client): Candidate => {
      const reasons = [
        ...fitReason(setting, client),
        ...hourReason(client, usual),
        ...lateReason(setting, client),
        ...segmentReason(setting, client),
        ...issueReason(client, setting.today),
      ];
      const points = round(reasons.reduce((sum, reason) => sum + reason.points, 0));
      return { client: client.id, client_name: client.name, segment: client.segment ?? null, points, reasons };
    })
    .filter((it) => it.points > 0)
    .toSorted((a, b) => b.points - a.points || (a.client < b.client ? -1 : 1));
  const partners = [...setting.book.partners.values()].map((partner): PartnerRoom => {
    return {
      partner: partner.id,
      name: partner.name,
      agreed: partner.agreed ?? null,
      room: roomOf(setting, partner, setting.today),
    };
  });
  const known = {
    clients: active.length,
    without_fit: active.filter((client) => fitOf(setting, client) === undefined).length,
    without_value: active.filter((client) => feePerHour(client) === undefined).length,
  };
  return { candidates, known, under_way: clients.flatMap((client) => underWay(setting, client)), partners };
}

const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return undefined;
  return sorted.length % 2 === 1 ? sorted[middle] : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

function feePerHour({ value }: ClientRecord): number | undefined {
  const { fees_per_year: fees, hours_per_month: hours } = value ?? {};
  return fees === undefined || hours === undefined || hours === 0 ? undefined : fees / (hours * 12);
}

/** The weighted mean of the scores on the practice's criteria. */
function fitOf({ book }: Setting, client: ClientRecord): number | undefined {
  const criteria = book.service.fit ?? {};
  const scored = Object.entries(client.fit ?? {}).filter(([id]) => Object.hasOwn(criteria, id));
  const weight = scored.reduce((sum, [id]) => sum + (criteria[id]?.weight ?? 1), 0);
  if (weight === 0) return undefined;
  return scored.reduce((sum, [id, score]) => sum + score.points * (criteria[id]?.weight ?? 1), 0) / weight;
}

function fitReason(setting: Setting, client: ClientRecord): readonly Reason[] {
  const fit = fitOf(setting, client);
  if (fit === undefined || fit >= GOOD_FIT) return [];
  const criteria = setting.book.service.fit ?? {};
  const lowest = Object.entries(client.fit ?? {})
    .filter(([id, score]) => score.points < GOOD_FIT && criteria[id])
    .toSorted(([, a], [, b]) => a.points - b.points)
    .map(([id]) => criteria[id]?.title ?? id)[0];
  const most = lowest === undefined ? '' : `, least on "${lowest}"`;
  return [{ points: round((GOOD_FIT - fit) * POINTS_PER_FIT), text: `fit ${round(fit)} of 5${most}` }];
}

function hourReason(client: ClientRecord, usual: number | undefined): readonly Reason[] {
  const fee = feePerHour(client);
  if (fee === undefined || usual === undefined || usual === 0 || fee >= usual * POOR_HOUR) return [];
  const share = fee / usual;
  return [
    {
      points: round((1 - share) * POINTS_FOR_HOUR),
      text: `an hour earns ${Math.round(fee)}, the usual one ${Math.round(usual)}`,
    },
  ];
}

function lateReason(setting: Setting, client: ClientRecord): readonly Reason[] {
  const waiting = agendaOf(setting, { within: 7, client: client.id }).waiting;
  const late = waiting.filter((it) => it.owner === 'client' && (it.days_late ?? 0) > 0);
  if (late.length === 0) return [];
  const worst = Math.max(...late.map((it) => it.days_late ?? 0));
  const words =
    late.length === 1
      ? `a step of theirs is ${worst} days late`
      : `${late.length} steps of theirs are late, up to ${worst} days`;
  return [{ points: Math.min(MOST_FOR_LATE_STEPS, late.length * POINTS_PER_LATE_STEP), text: words }];
}

function segmentReason({ book }: Setting, client: ClientRecord): readonly Reason[] {
  const segments = Object.keys(book.service.segments ?? {});
  const isLast = segments.length > 1 && client.segment === segments.at(-1);
  return isLast ? [{ points: POINTS_FOR_LAST_SEGMENT, text: `segment ${client.segment}, the last one` }] : [];
}

function issueReason(client: ClientRecord, today: Day): readonly Reason[] {
  const open = Object.values(client.issues ?? {}).filter((it) => it.closed === undefined || it.closed > today).length;
  const disputed = client.billing?.state === 'disputed';
  const words = [
    open > 0 ? `${open} open issue${open === 1 ? '' : 's'}` : undefined,
    disputed ? 'a disputed invoice' : undefined,
  ];
  const points = (open + (disputed ? 1 : 0)) * POINTS_PER_ISSUE;
  return points === 0 ? [] : [{ points, text: words.filter((it) => it !== undefined).join(' and ') }];
}

function underWay(setting: Setting, client: ClientRecord): readonly UnderWay[] {
  const { leaving } = client;
  if (!leaving) return [];
  const { book, calendar, today } = setting;
  const check = leaving.last_day && checkDay(setting, leaving.last_day);
  // Gone for good once the check after thirty days has come and nothing of it is running.
  const entry = Object.entries(client.engagements ?? {}).find(
    ([, it]) => it.offer?.id === OFFBOARDING && !(it.ended && it.ended <= today),
  );
  if (!entry && client.status === 'past' && check && check < today) return [];
  const schedule = entry && scheduleOf(book, calendar, today, client, entry[0]);
  const closed = schedule?.steps.filter((step) => step.state === 'closed').length ?? 0;
  return [
    {
      client: client.id,
      client_name: client.name,
      reason: leaving.reason,
      decided: leaving.decided,
      last_day: leaving.last_day ?? null,
      days_left: leaving.last_day ? daysBetween(today, leaving.last_day) : null,
      partner: leaving.partner ?? null,
      engagement: entry?.[0] ?? null,
      closed,
      open: (schedule?.steps.length ?? 0) - closed,
      check: check ?? null,
    },
  ];
}
