// The whole practice as one value. Owns what a Book is and how a record is found in it; knows nothing of disk or dates.
import { BUILT_IN_KINDS } from '../records/built-in-kinds.ts';
import type { Client } from '../records/client.ts';
import type { Email } from '../records/email.ts';
import type { Offer } from '../records/offer.ts';
import type { Partner } from '../records/partner.ts';
import type { CalendarSettings, Practice } from '../records/practice.ts';
import type { Script } from '../records/script.ts';
import type { KindOfTouch, Service } from '../records/service.ts';
import type { Touch } from '../records/touches.ts';
import type { Lost, Removal } from './lost.ts';

/** One file's text as read, without its BOM. */
export type Source = { readonly file: string; readonly text: string };

type InFile = { readonly id: string; readonly file: string };
export type ClientRecord = Client & InFile;
/** `places`: where in `steps` each one stands; of two with one id the first. */
export type OfferRecord = Offer & InFile & { readonly places: ReadonlyMap<string, number> };
export type ScriptRecord = Script & InFile;
/** The body is the text below the front matter; `bodyAt` where it begins in the file. */
export type EmailRecord = Email & InFile & { readonly body: string; readonly bodyAt: number };
export type PartnerRecord = Partner & InFile;
export type TouchLog = InFile & { readonly touches: readonly Touch[] };

export type Book = {
  /** Undefined when deliver.yaml cannot be trusted. */
  readonly practice: Practice | undefined;
  readonly service: Service;
  /** False when service.yaml is missing or cannot be trusted; then `service` is empty. */
  readonly hasService: boolean;
  readonly offers: ReadonlyMap<string, OfferRecord>;
  /** By `<id>@<version>`. */
  readonly pastOffers: ReadonlyMap<string, OfferRecord>;
  readonly clients: ReadonlyMap<string, ClientRecord>;
  /** By client. A client without a log has none; one whose log is broken is in `removals`. */
  readonly logs: ReadonlyMap<string, TouchLog>;
  readonly scripts: ReadonlyMap<string, ScriptRecord>;
  readonly emails: ReadonlyMap<string, EmailRecord>;
  readonly partners: ReadonlyMap<string, PartnerRecord>;
  /** Clients that are there and were not read, for the question is about another; nothing is known of them but their ids. */
  readonly unread: ReadonlySet<string>;
  readonly removals: readonly Removal[];
  /** What is in `removals`, by its names. */
  readonly lost: Lost;
  /** Files that are not read, such as `clients/acme.yml`: nothing else may answer to their names. */
  readonly astray: readonly Removal[];
  readonly sources: ReadonlyMap<string, Source>;
  /** Ids of the e-mails and scripts that ship with the program; a practice may refer to them too. */
  readonly builtIn: { readonly emails: ReadonlySet<string>; readonly scripts: ReadonlySet<string> };
};

export const DEFAULT_CALENDAR: CalendarSettings = {
  week: ['mon', 'tue', 'wed', 'thu', 'fri'],
  roll: 'next',
  closed: [],
  open: [],
};

/** The kind of touch by its id: the practice's, else the built-in one. */
export function findKind(book: Book, id: string): KindOfTouch | undefined {
  const own = book.service.touches;
  if (own && Object.hasOwn(own, id)) return own[id];
  return Object.hasOwn(BUILT_IN_KINDS, id) ? BUILT_IN_KINDS[id] : undefined;
}

export const kindIds = (book: Book): readonly string[] => [
  ...new Set([...Object.keys(book.service.touches ?? {}), ...Object.keys(BUILT_IN_KINDS)]),
];

export { EVERY, isRemoved, type Removal } from './lost.ts';

export const segmentIds = (book: Book): readonly string[] => Object.keys(book.service.segments ?? {});

/** What a survey may ask about by its id: standards, and the promises of any segment that have one. */
export const scoredIds = ({ service }: Book): readonly string[] => [
  ...Object.keys(service.standards ?? {}),
  ...new Set(
    Object.values(service.segments ?? {}).flatMap(({ promises }) => (promises ?? []).flatMap(({ id }) => id ?? [])),
  ),
];

export const peopleIds = (book: Book): readonly string[] => Object.keys(book.practice?.people ?? {});

/** The offer an engagement runs on: the present one when its version matches or none is named, else the frozen one. */
export function findOffer(
  book: Book,
  ref: { readonly id: string; readonly version: number | undefined },
): OfferRecord | undefined {
  const present = book.offers.get(ref.id);
  if (ref.version === undefined || present?.version === ref.version) return present;
  return book.pastOffers.get(`${ref.id}@${ref.version}`);
}
