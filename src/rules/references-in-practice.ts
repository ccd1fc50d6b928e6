// ref/unknown in everything that belongs to no client and no offer: who we are, the service model, scripts, e-mails,
// partners, and a touch log whose client there is not.
import type { Book } from '../book/book.ts';
import type { Breach } from './breach.ts';
import { clientsOf, type Directory, type Known, refer, referAll } from './directory.ts';
import { ladderReferences } from './references-in-steps.ts';
import type { Rule } from './rule.ts';

export const referencesInPractice: Rule = (book) => {
  const { known } = book;
  const clients = clientsOf(book, known);
  return [
    ...refer(known.people, book.practice?.me, { file: 'deliver.yaml', path: ['me'] }),
    ...inService(book, known),
    ...inLetters(book, known),
    ...inPartners(book, known),
    ...[...book.logs.values()].flatMap((log) => refer(clients, log.id, { file: log.file })),
  ];
};

function inService({ service }: Book, known: Directory): readonly Breach[] {
  const file = 'service.yaml';
  const kinds = Object.entries(service.touches ?? {}).flatMap(([id, kind]) => [
    ...referAll(known.kinds, kind.satisfies, { file, path: ['touches', id, 'satisfies'] }),
    ...refer(known.scripts, kind.script, { file, path: ['touches', id, 'script'] }),
    ...refer(known.emails, kind.email, { file, path: ['touches', id, 'email'] }),
    ...refer(known.people, kind.owner, { file, path: ['touches', id, 'owner'] }),
  ]);
  const cadences = Object.entries(service.segments ?? {}).flatMap(([id, segment]) =>
    Object.entries(segment.cadence ?? {}).flatMap(([kind, rule]) =>
      refer(known.people, rule.owner, { file, path: ['segments', id, 'cadence', kind, 'owner'] }),
    ),
  );
  const thanks = refer(known.kinds, service.referrals?.thanks, { file, path: ['referrals', 'thanks'] });
  return [...kinds, ...cadences, ...thanks, ...ladderReferences(known, service.chase, file, ['chase'])];
}

function inLetters(book: Book, known: Directory): readonly Breach[] {
  const recipients = recipientsOf(book, known);
  const emails = [...book.emails.values()].flatMap(({ file, to, touch }) => [
    ...refer(recipients, to, { file, path: ['to'] }),
    ...refer(known.kinds, touch, { file, path: ['touch'] }),
  ]);
  const scripts = [...book.scripts.values()].flatMap(({ file, emails: ids }) =>
    referAll(known.emails, ids, { file, path: ['emails'] }),
  );
  return [...emails, ...scripts];
}

/** A template serves many clients, so its contact is unknown only when no client has one of that id. */
function recipientsOf(book: Book, { suggest }: Directory): Known {
  const contacts = [...book.clients.values()].flatMap((client) => Object.keys(client.contacts ?? {}));
  const isAnyClientLost = book.removals.some(
    ({ kind, path }) => kind === 'client' && (path.length === 0 || path[0] === 'contacts'),
  );
  return {
    what: 'contact',
    ids: new Set([...contacts, 'partner']),
    isLost: () => isAnyClientLost || book.clients.size === 0,
    advice: () => 'write the id of a contact, or `partner`; without `to` the main contact gets it',
    suggest,
  };
}

function inPartners(book: Book, known: Directory): readonly Breach[] {
  return [...book.partners.values()].flatMap(({ file, takes }) => [
    ...referAll(known.segments, takes?.segments, { file, path: ['takes', 'segments'] }),
    ...referAll(known.offers, takes?.offers, { file, path: ['takes', 'offers'] }),
  ]);
}
