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
import type { Book } from './book.ts';
import { BUILT_IN } from './built-in.generated.ts';
import { lostOf } from './lost.ts';
import { placesOf } from './plan.ts';
import type { Found, FoundFile } from './read.ts';

type InFile = { readonly id: string; readonly file: string };

export function gather(assembled: readonly Assembled[], { files, unread, removals, astray }: Found): Book {
  const byKind = new Map<RecordKind, Assembled[]>();
  for (const each of assembled) {
    const known = byKind.get(each.found.kind);
    if (known) known.push(each);
    else byKind.set(each.found.kind, [each]);
  }
  const of = <T, R>(kind: RecordKind, toRecord: (record: T, inFile: InFile) => R): ReadonlyMap<string, R> => {
    const records = new Map<string, R>();
    for (const { found, record } of (byKind.get(kind) ?? []).toSorted(byId))
      if (record !== undefined) records.set(found.id, toRecord(record as T, { id: found.id, file: found.file }));
    return records;
  };
  const one = <T>(kind: RecordKind): T | undefined => byKind.get(kind)?.[0]?.record as T | undefined;
  const asItIs = <T extends object>(record: T, inFile: InFile): T & InFile => ({ ...record, ...inFile });
  const offer = (record: Offer, inFile: InFile) => ({ ...record, ...inFile, places: placesOf(record.steps) });
  const service = one<Service>('service');
  const lost = [...removals, ...assembled.flatMap((each) => each.removals)];
  return {
    practice: one<Practice>('practice'),
    service: service ?? {},
    hasService: service !== undefined,
    offers: of('offer', offer),
    pastOffers: of('past-offer', offer),
    clients: of('client', asItIs<Client>),
    logs: of('touches', (touches: Touches, inFile) => ({ ...inFile, touches })),
    scripts: of('script', asItIs<Script>),
    emails: of('email', asItIs<Email & { body: string; bodyAt: number }>),
    partners: of('partner', asItIs<Partner>),
    unread,
    astray,
    removals: lost,
    lost: lostOf(lost),
    sources: new Map(files.map((each) => [each.file, each])),
    builtIn: BUILT_IN,
  };
}

const byId = (a: { readonly found: FoundFile }, b: { readonly found: FoundFile }): number =>
  a.found.id < b.found.id ? -1 : 1;
