// Many records to one Book. Owns the order of things (by id) and what stands for a missing practice or service model.
import type { Email } from '../records/email.ts';
import type { Offer } from '../records/offer.ts';
import type { Partner } from '../records/partner.ts';
import type { Practice } from '../records/practice.ts';
import type { RecordKind } from '../records/record-type.ts';
import type { Script } from '../records/script.ts';
import type { Service } from '../records/service.ts';
import type { Assembled } from './assemble.ts';
import type { Book } from './book.ts';
import { BUILT_IN } from './built-in.generated.ts';
import type { Found, FoundFile } from './read.ts';

/** What belongs to no client. It has no clients yet. */
export function gather(assembled: readonly Assembled[], { files, unread, removals, astray }: Found): Book {
  const of = <T>(kind: RecordKind): ReadonlyMap<string, T & { readonly id: string; readonly file: string }> =>
    new Map(
      assembled
        .filter((each) => each.found.kind === kind && each.record !== undefined)
        .toSorted((a, b) => byId(a.found, b.found))
        .map(({ found, record }) => [found.id, { ...(record as T), id: found.id, file: found.file }]),
    );
  const one = <T>(kind: RecordKind): T | undefined =>
    assembled.find((each) => each.found.kind === kind)?.record as T | undefined;
  const service = one<Service>('service');
  return {
    practice: one<Practice>('practice'),
    service: service ?? {},
    hasService: service !== undefined,
    offers: of<Offer>('offer'),
    pastOffers: of<Offer>('past-offer'),
    clients: new Map(),
    logs: new Map(),
    scripts: of<Script>('script'),
    emails: of<Email & { body: string; bodyAt: number }>('email'),
    partners: of<Partner>('partner'),
    unread,
    astray,
    plans: new WeakMap(),
    outlines: new WeakMap(),
    lost: new WeakMap(),
    removals: [...removals, ...assembled.flatMap((each) => each.removals)],
    sources: new Map(files.map((each) => [each.file, each])),
    builtIn: BUILT_IN,
  };
}

export const byId = (a: Pick<FoundFile, 'id'>, b: Pick<FoundFile, 'id'>): number => (a.id < b.id ? -1 : 1);
