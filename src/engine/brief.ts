// What to know in the minute before contact with a client: everything the files say that could come up. One client, no wording.
import { type Book, type ClientRecord, findKind } from '../book/book.ts';
import { addDays, type Day, daysBetween } from '../day.ts';
import { agendaOf } from './agenda.ts';
import type { Agenda, StepItem } from './items.ts';
import { isEnded, type Schedule } from './schedule.ts';
import { isPaused, ownerOf, type Setting } from './setting.ts';
import { runningSchedules, stepOwner } from './step-items.ts';
import { snoozesOf } from './touch-items.ts';
import { hasLeft } from './yearly.ts';

type Engagement = NonNullable<ClientRecord['engagements']>[string];

export type BriefPerson = {
  readonly id: string;
  readonly name: string;
  readonly role: string | null;
  readonly email: string | null;
  readonly phone: string | null;
};
export type BriefTouch = {
  readonly date: Day;
  readonly kind: string;
  readonly title: string;
  readonly with: readonly string[];
  readonly in: boolean;
  readonly note: string | null;
};
export type BriefOpen = {
  readonly ref: string;
  readonly what: string;
  readonly since: Day;
  /** Days open, or days late for a promise; negative before its day. */
  readonly days: number;
  /** It could take over the conversation: say it first. */
  readonly is_hot: boolean;
};
export type BriefStep = {
  readonly ref: string;
  readonly title: string;
  readonly days_late: number;
  readonly blocked_by: readonly string[];
};
export type BriefEngagement = {
  readonly engagement: string;
  readonly offer: string | null;
  readonly promised: Day | null;
  readonly forecast_end: Day | null;
  readonly slip_working_days: number | null;
  /** What has no day, so that no end can be forecast. */
  readonly missing: readonly string[];
  readonly on_hold: string | null;
  readonly ours_late: readonly BriefStep[];
  readonly theirs_late: readonly BriefStep[];
  readonly just_done: readonly { readonly step: string; readonly title: string; readonly day: Day }[];
};

export type Brief = {
  readonly client: string;
  readonly name: string;
  readonly status: string;
  readonly segment: string | null;
  readonly segment_title: string | null;
  readonly since: Day | null;
  readonly industry: string | null;
  readonly channel: string | null;
  readonly owner: string | null;
  readonly owner_name: string | null;
  /** They asked for quiet; null when we may write. */
  readonly pause: { readonly to: Day; readonly why: string } | null;
  /** Contacts that were put off. */
  readonly snoozed: readonly {
    readonly kind: string;
    readonly title: string;
    readonly to: Day;
    readonly why: string;
  }[];
  readonly value: { readonly fees_per_year: number | null; readonly hours_per_month: number | null };
  readonly contacts: readonly BriefPerson[];
  readonly touches: readonly BriefTouch[];
  readonly issues: readonly BriefOpen[];
  readonly promises: readonly BriefOpen[];
  readonly billing: { readonly state: string; readonly note: string | null };
  readonly engagements: readonly BriefEngagement[];
  readonly due: Agenda['touches'];
  readonly days: Agenda['occasions'];
  readonly renewal: Day | null;
  readonly next_offer: { readonly id: string; readonly name: string } | null;
  /** Why no next offer is named although there is one: something is wrong, and that comes first. */
  readonly not_now: string | null;
  readonly leaving: { readonly reason: string; readonly last_day: Day | null; readonly partner: string | null } | null;
  readonly referrals: {
    readonly referred_by: string | null;
    readonly referred: readonly string[];
    readonly center_of_influence: boolean;
    readonly last_asked: Day | null;
  };
};

const LAST_TOUCHES = 5;
/** A step closed this recently is worth a word. */
const JUST_DAYS = 14;
/** An issue open this long, or a complaint of any age, comes up by itself. */
const HOT_DAYS = 14;

export function briefOf(setting: Setting, client: ClientRecord): Brief {
  const { book, today } = setting;
  const agenda = agendaOf(setting, { within: 30, client: client.id });
  const schedules = runningSchedules(setting, client);
  const issues = openIssues(client, today);
  const promises = openPromises(client, today);
  const billing = { state: client.billing?.state ?? 'ok', note: client.billing?.note?.trim() ?? null };
  const engagements = schedules.map((schedule) => engagementBrief(setting, client, schedule, agenda));
  const wrong = whatIsWrong(issues, promises, billing.state, engagements);
  const next = nextOffer(setting, client);
  const owner = ownerOf(setting, client);
  return {
    client: client.id,
    name: client.name,
    status: client.leaving && client.status === 'active' ? 'leaving' : client.status,
    segment: client.segment ?? null,
    segment_title: book.service.segments?.[client.segment ?? '']?.title ?? null,
    since: client.since ?? null,
    industry: client.industry ?? null,
    channel: client.channel ?? null,
    owner,
    owner_name: owner === null ? null : (book.practice?.people?.[owner]?.name ?? owner),
    pause: client.pause && isPaused(client, today) ? { to: client.pause.to, why: client.pause.why } : null,
    snoozed: snoozesOf(setting, client).map(({ kind, title, to, why }) => ({ kind, title, to, why })),
    value: {
      fees_per_year: client.value?.fees_per_year ?? null,
      hours_per_month: client.value?.hours_per_month ?? null,
    },
    contacts: people(client, today),
    touches: lastTouches(setting, client),
    issues,
    promises,
    billing,
    engagements,
    due: agenda.touches,
    days: agenda.occasions,
    renewal: client.renewal ?? null,
    next_offer: wrong === null ? next : null,
    not_now: wrong !== null && next !== null ? wrong : null,
    leaving: client.leaving
      ? {
          reason: client.leaving.reason,
          last_day: client.leaving.last_day ?? null,
          partner: client.leaving.partner ?? null,
        }
      : null,
    referrals: referrals(setting, client),
  };
}

export const people = (client: ClientRecord, today: Day): readonly BriefPerson[] =>
  Object.entries(client.contacts ?? {})
    .filter(([, person]) => !hasLeft(person, today))
    .map(([id, it]) => ({
      id,
      name: it.name,
      role: it.role ?? null,
      email: it.email ?? null,
      phone: it.phone ?? null,
    }));

/** Both directions, the latest first. */
function lastTouches({ book, today }: Setting, client: ClientRecord): readonly BriefTouch[] {
  const touches = (book.logs.get(client.id)?.touches ?? []).filter((touch) => touch.date <= today);
  return touches
    .toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : b.at - a.at))
    .slice(0, LAST_TOUCHES)
    .map((touch) => ({
      date: touch.date,
      kind: touch.kind,
      title: findKind(book, touch.kind)?.title ?? touch.kind,
      with: (touch.with ?? []).map((id) => client.contacts?.[id]?.name ?? id),
      in: touch.in === true,
      note: touch.note?.trim() ?? null,
    }));
}

const hottestFirst = (a: BriefOpen, b: BriefOpen): number =>
  Number(b.is_hot) - Number(a.is_hot) || b.days - a.days || (a.ref < b.ref ? -1 : 1);

export const openIssues = (client: ClientRecord, today: Day): readonly BriefOpen[] =>
  Object.entries(client.issues ?? {})
    .filter(([, it]) => (it.closed === undefined || it.closed > today) && it.since <= today)
    .map(([id, it]): BriefOpen => {
      const days = daysBetween(it.since, today);
      const isHot = it.kind === 'complaint' || it.kind === 'billing' || days >= HOT_DAYS;
      return { ref: `${client.id}/issue/${id}`, what: it.what.trim(), since: it.since, days, is_hot: isHot };
    })
    .toSorted(hottestFirst);

export const openPromises = (client: ClientRecord, today: Day): readonly BriefOpen[] =>
  Object.entries(client.promises ?? {})
    .filter(([, it]) => it.kept === undefined || it.kept > today)
    .map(([id, it]): BriefOpen => {
      const days = daysBetween(it.by, today);
      return { ref: `${client.id}/promise/${id}`, what: it.what.trim(), since: it.made, days, is_hot: days > 0 };
    })
    .toSorted(hottestFirst);

function engagementBrief(setting: Setting, client: ClientRecord, schedule: Schedule, agenda: Agenda): BriefEngagement {
  const { today } = setting;
  const late = (items: readonly StepItem[]): readonly BriefStep[] =>
    items
      .filter((it) => it.engagement === schedule.id && (it.days_late ?? 0) > 0)
      .map((it) => ({ ref: it.ref, title: it.title, days_late: it.days_late ?? 0, blocked_by: it.blocked_by }));
  const recent = schedule.steps
    .filter(
      (step) => step.plan.done !== undefined && step.closed !== undefined && step.closed >= addDays(today, -JUST_DAYS),
    )
    .filter((step) => !step.plan.internal && stepOwner(setting, client, schedule, step) !== null)
    .map((step) => ({ step: step.plan.id, title: step.plan.title, day: step.closed ?? today }))
    .toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  return {
    engagement: schedule.id,
    offer: schedule.plan.offer?.name ?? null,
    promised: schedule.promised ?? null,
    forecast_end: schedule.forecastEnd ?? null,
    slip_working_days: schedule.slip ?? null,
    missing: schedule.missing,
    on_hold: schedule.hold?.why.trim() ?? null,
    ours_late: late(agenda.overdue),
    theirs_late: late(agenda.waiting),
    just_done: recent,
  };
}

/** The first thing that must be put right before anything is offered. */
function whatIsWrong(
  issues: readonly BriefOpen[],
  promises: readonly BriefOpen[],
  billing: string,
  engagements: readonly BriefEngagement[],
): string | null {
  if (billing === 'disputed') return 'an invoice is disputed';
  if (issues.length > 0) return `an issue is open: ${issues[0]?.what}`;
  const promise = promises.find((it) => it.is_hot);
  if (promise) return `a promise is late: ${promise.what}`;
  const late = engagements.find((it) => it.ours_late.length > 0);
  if (late) return `${late.ours_late[0]?.title} is late`;
  const slipping = engagements.find((it) => (it.slip_working_days ?? 0) > 0);
  return slipping ? `${slipping.offer ?? slipping.engagement} will end later than promised` : null;
}

/** What follows the latest engagement that names a next offer and was not cancelled. */
function nextOffer({ book, today }: Setting, client: ClientRecord): Brief['next_offer'] {
  if (client.leaving || client.status === 'past') return null;
  const engagements = Object.values(client.engagements ?? {}).toSorted((a, b) => (a.started < b.started ? 1 : -1));
  const taken = new Set(
    engagements
      .filter((it) => !isEnded(it, today) || isTakenAgain(book, engagements, it.offer?.id))
      .map((it) => it.offer?.id),
  );
  for (const { offer, result } of engagements) {
    const next =
      offer && result !== 'cancelled' ? book.offers.get(book.offers.get(offer.id)?.next_offer ?? '') : undefined;
    if (next && !taken.has(next.id)) return { id: next.id, name: next.name };
  }
  return null;
}

/** One that repeats goes on between two engagements, until the latest was cancelled. */
function isTakenAgain(book: Book, latestFirst: readonly Engagement[], offer: string | undefined): boolean {
  const latest = latestFirst.find((it) => it.offer?.id === offer);
  return book.offers.get(offer ?? '')?.repeats !== undefined && latest?.result !== 'cancelled';
}

function referrals({ book, today }: Setting, client: ClientRecord): Brief['referrals'] {
  const asked = (book.logs.get(client.id)?.touches ?? [])
    .filter((touch) => touch.kind === 'referral' && touch.in !== true && touch.date <= today)
    .map((touch) => touch.date)
    .toSorted();
  const referrer = client.referred_by;
  return {
    referred_by:
      referrer === undefined
        ? null
        : (book.clients.get(referrer)?.name ?? book.partners.get(referrer)?.name ?? referrer),
    referred: [...book.clients.values()].filter((it) => it.referred_by === client.id).map((it) => it.name),
    center_of_influence: client.center_of_influence === true,
    last_asked: asked.at(-1) ?? null,
  };
}
