// Who could take over a client: what each partner takes, whether they have agreed, and the room they have in a quarter.
// Every reason is given; the choice is a person's.
import type { ClientRecord, PartnerRecord } from '../book/book.ts';
import { type Day, dayOf, endOfMonth, monthOf, yearOf } from '../day.ts';
import { isEnded } from './schedule.ts';
import type { Setting } from './setting.ts';

/** The offer that ends the work with a client. */
export const OFFBOARDING = 'offboarding';

export type Room = {
  readonly per_quarter: number;
  /** Clients who go to them in that quarter already. */
  readonly taken: readonly string[];
  readonly from: Day;
  readonly to: Day;
};

/** One thing that was looked at; `speaks` against them, it keeps them from being proposed. */
export type PartnerReason = {
  readonly speaks: 'for' | 'against';
  readonly about: 'segment' | 'industry' | 'offer' | 'agreed' | 'room' | 'file';
  /** What the partner takes, as it is written; empty for any. */
  readonly takes: readonly string[];
  /** What the client has; empty when that is not known. */
  readonly has: readonly string[];
};

export type PartnerMatch = {
  readonly partner: string;
  readonly name: string;
  readonly is_proposed: boolean;
  readonly reasons: readonly PartnerReason[];
  readonly agreed: Day | null;
  /** Null: without a limit. */
  readonly room: Room | null;
};

/** All partners, the proposed ones first and the best of them on top; for a hand-over by `lastDay`. */
export function partnersFor(setting: Setting, client: ClientRecord, lastDay: Day): readonly PartnerMatch[] {
  return [...setting.book.partners.values()]
    .map((partner) => matchOf(setting, client, partner, lastDay))
    .toSorted(
      (a, b) =>
        Number(b.is_proposed) - Number(a.is_proposed) ||
        against(a) - against(b) ||
        closeness(b) - closeness(a) ||
        spare(b) - spare(a) ||
        (a.partner < b.partner ? -1 : 1),
    );
}

const against = (it: PartnerMatch): number => it.reasons.filter((reason) => reason.speaks === 'against').length;
/** A partner who names what this client has is a better one than a partner who takes anybody. */
const closeness = (it: PartnerMatch): number =>
  it.reasons.filter((reason) => reason.speaks === 'for' && reason.takes.length > 0).length;
const spare = ({ room }: PartnerMatch): number =>
  room === null ? Number.POSITIVE_INFINITY : room.per_quarter - room.taken.length;

/** The calendar quarter that a day lies in. */
export function quarterOf(day: Day): { readonly from: Day; readonly to: Day } {
  const first = monthOf(day) - ((monthOf(day) - 1) % 3);
  return { from: dayOf(yearOf(day), first, 1), to: endOfMonth(dayOf(yearOf(day), first + 2, 1)) };
}

/** The room a partner has in the quarter of that day, without the client it is asked for; null: without a limit. */
export function roomOf({ book }: Setting, partner: PartnerRecord, day: Day, asking?: ClientRecord): Room | null {
  const most = partner.capacity?.per_quarter;
  if (most === undefined) return null;
  const { from, to } = quarterOf(day);
  const taken = [...book.clients.values()].filter(({ id, leaving }) => {
    const handed = leaving?.last_day ?? leaving?.decided;
    return (
      id !== asking?.id && leaving?.partner === partner.id && handed !== undefined && from <= handed && handed <= to
    );
  });
  return { per_quarter: most, taken: taken.map((it) => it.id), from, to };
}

function matchOf(setting: Setting, client: ClientRecord, partner: PartnerRecord, lastDay: Day): PartnerMatch {
  const { takes = {}, agreed } = partner;
  const room = roomOf(setting, partner, lastDay, client);
  // What an error took out is not known to be without a limit.
  const isBroken = setting.book.removals.some((it) => it.kind === 'partner' && it.id === partner.id);
  const reasons: readonly PartnerReason[] = [
    ...(isBroken ? [{ speaks: 'against' as const, about: 'file' as const, takes: [], has: [] }] : []),
    ...reasonFor('segment', takes.segments, client.segment === undefined ? [] : [client.segment]),
    ...reasonFor('industry', takes.industries, client.industry === undefined ? [] : [client.industry]),
    ...reasonFor('offer', takes.offers, offersOf(setting, client)),
    {
      speaks: agreed !== undefined && agreed <= setting.today ? 'for' : 'against',
      about: 'agreed',
      takes: [],
      has: [],
    },
    ...(room === null
      ? []
      : [
          {
            speaks: room.taken.length < room.per_quarter ? ('for' as const) : ('against' as const),
            about: 'room' as const,
            takes: [],
            has: [],
          },
        ]),
  ];
  return {
    partner: partner.id,
    name: partner.name,
    is_proposed: reasons.every((reason) => reason.speaks === 'for'),
    reasons,
    agreed: agreed ?? null,
    room,
  };
}

const folded = (text: string): string => text.trim().toLowerCase();

/** A partner without a list takes any. */
function reasonFor(
  about: PartnerReason['about'],
  takes: readonly string[] | undefined,
  has: readonly string[],
): readonly PartnerReason[] {
  if (takes === undefined || takes.length === 0) return [];
  const wanted = new Set(takes.map(folded));
  const shared = has.filter((each) => wanted.has(folded(each)));
  return [shared.length > 0 ? { speaks: 'for', about, takes, has: shared } : { speaks: 'against', about, takes, has }];
}

/** What they buy: what runs, else what ran last; never the offer that ends it. */
function offersOf({ today }: Setting, client: ClientRecord): readonly string[] {
  const bought = Object.values(client.engagements ?? {}).flatMap((it) =>
    it.offer === undefined || it.offer.id === OFFBOARDING ? [] : [{ id: it.offer.id, it }],
  );
  const running = bought.filter(({ it }) => !isEnded(it, today));
  if (running.length > 0) return [...new Set(running.map(({ id }) => id))];
  const last = bought.toSorted((a, b) => (a.it.started < b.it.started ? 1 : a.it.started > b.it.started ? -1 : 0))[0];
  return last === undefined ? [] : [last.id];
}
