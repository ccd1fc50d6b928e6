// Many records to one Book. Owns the order of things (by id) and what stands for a missing practice or service model.
import type { Client } from '../records/client.ts';
import type { Email } from '../records/email.ts';
import type { Offer } from '../records/offer.ts';
import type { Partner } from '../records/partner.ts';
import type { Practice } from '../records/practice.ts';
import type { RecordKind } from '../records/record-type.ts';
import type { Script } from '../records/script.ts';
import type { Service } from '../records/service.ts';
import type { Touches } from '../records/touches.ts';
import type { Assembled } from './assemble.ts';
import type { Book, TouchLog } from './book.ts';
import { BUILT_IN } from './built-in.generated.ts';

export function gather(assembled: readonly Assembled[], unread: ReadonlySet<string> = new Set()): Book {
  const of = <T>(kind: RecordKind): ReadonlyMap<string, T & { readonly id: string; readonly file: string }> =>
    new Map(
      assembled
        .filter((each) => each.found.kind === kind && each.record !== undefined)
        .toSorted((a, b) => (a.found.id < b.found.id ? -1 : 1))
        .map(({ found, record }) => [found.id, { ...(record as T), id: found.id, file: found.file }]),
    );
  const one = <T>(kind: RecordKind): T | undefined =>
    assembled.find((each) => each.found.kind === kind)?.record as T | undefined;
  const logs = assembled
    .filter((each) => each.found.kind === 'touches' && each.record !== undefined)
    .map(({ found, record }): TouchLog => ({ id: found.id, file: found.file, touches: record as Touches }));
  const service = one<Service>('service');
  return {
    practice: one<Practice>('practice'),
    service: service ?? {},
    hasService: service !== undefined,
    offers: of<Offer>('offer'),
    pastOffers: of<Offer>('past-offer'),
    clients: of<Client>('client'),
    logs: new Map(logs.map((log) => [log.id, log])),
    scripts: of<Script>('script'),
    emails: of<Email & { body: string; bodyAt: number }>('email'),
    partners: of<Partner>('partner'),
    unread,
    plans: new WeakMap(),
    outlines: new WeakMap(),
    removals: assembled.flatMap((each) => each.removals),
    sources: new Map(assembled.map(({ found }) => [found.file, found])),
    builtIn: BUILT_IN,
  };
}
