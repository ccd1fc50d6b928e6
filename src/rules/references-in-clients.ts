// ref/unknown in clients: segment, people, partners, offers, fit criteria, milestones, and what their own steps name.
import type { Book, ClientRecord } from '../book/book.ts';
import { isLostEntry, isLostInOffer } from '../book/lost.ts';
import type { Breach } from './breach.ts';
import { among, type Directory, type Known, refer } from './directory.ts';
import {
  type CheckedEngagement,
  isLostStep,
  milestoneIds,
  pathIn,
  removalIn,
  removeIn,
  stepNames,
} from './engagements.ts';
import { stepReferences } from './references-in-steps.ts';
import type { Rule } from './rule.ts';

export const referencesInClients: Rule = (book) => {
  const { known } = book;
  const frozen = new Set([...book.pastOffers.keys()].map((id) => id.replace(/@\d+$/, '')));
  return [
    ...[...book.clients.values()].flatMap((client) => inProfile(known, client)),
    ...book.engagements.flatMap((each) => inEngagement(book, known, frozen, each)),
  ];
};

function inProfile(known: Directory, client: ClientRecord): readonly Breach[] {
  const { file } = client;
  return [
    // Without its segment nothing is known of a client's place and cadences, as without a good `segment` at all.
    ...refer(known.segments, client.segment, { file, path: ['segment'] }, [removalIn(client, ['segment'])]),
    ...refer(known.people, client.owner, { file, path: ['owner'] }),
    ...Object.entries(client.cadence ?? {}).flatMap(([kind, rule]) =>
      rule === 'none' ? [] : refer(known.people, rule.owner, { file, path: ['cadence', kind, 'owner'] }),
    ),
    ...Object.keys(client.fit ?? {}).flatMap((id) => refer(known.criteria, id, { file, path: ['fit', id], on: 'key' })),
    ...refer(known.partners, client.leaving?.partner, { file, path: ['leaving', 'partner'] }),
  ];
}

function inEngagement(
  book: Book,
  known: Directory,
  frozen: ReadonlySet<string>,
  each: CheckedEngagement,
): readonly Breach[] {
  const { client, engagement } = each;
  const { file } = client;
  const contacts = contactsIn(book, known, client);
  return [
    ...offerReference(known.offers, frozen, each),
    ...refer(known.people, engagement.owner, { file, path: pathIn(each, 'owner') }),
    ...refer(known.partners, engagement.partner, { file, path: pathIn(each, 'partner') }),
    ...milestoneReferences(book, known, each),
    ...rightFitReferences(book, known, each),
    ...each.tailored.flatMap(([id, step]) => [
      ...stepReferences(known, step, file, pathIn(each, 'steps', id)),
      ...refer(contacts, step.contact, { file, path: pathIn(each, 'steps', id, 'contact') }),
    ]),
    ...phaseReferences(book, known, each),
    ...afterReferences(book, known, each),
  ];
}

/** A step without a place in the offer's order is shown last; it stays in the plan. */
function phaseReferences(book: Book, { suggest }: Directory, each: CheckedEngagement): readonly Breach[] {
  const { offer, client } = each;
  if (!offer) return [];
  const ids = Object.keys(offer.phases ?? {});
  const known: Known = {
    what: 'phase',
    ids: new Set(ids),
    isLost: (id) => isLostInOffer(book, offer, id),
    advice: ids.length === 0 ? () => `${offer.file} has no phases` : among(ids, `phases are listed in ${offer.file}`),
    suggest,
  };
  return each.tailored.flatMap(([step, { phase }]) =>
    refer(known, phase, { file: client.file, path: pathIn(each, 'steps', step, 'phase') }),
  );
}
const contactsIn = (book: Book, { suggest }: Directory, client: ClientRecord): Known => {
  const ids = Object.keys(client.contacts ?? {});
  return {
    what: 'contact',
    ids: new Set(ids),
    isLost: (id) => isLostEntry(book, 'client', client.id, ['contacts', id]),
    advice: among(ids, `contacts are listed in ${client.file} under \`contacts:\``),
    suggest,
  };
};

/** Whether that version of it is there is a rule of its own. */
function offerReference(offers: Known, frozen: ReadonlySet<string>, each: CheckedEngagement): readonly Breach[] {
  const offer = each.engagement.offer;
  if (offer === undefined || (offer.version !== undefined && frozen.has(offer.id))) return [];
  const place = { file: each.client.file, path: pathIn(each, 'offer'), within: [0, offer.id.length] as const };
  const version = offer.version === undefined ? '' : `@${offer.version}`;
  return refer(offers, offer.id, place, removeIn(each)).map(({ problem, removes }) => ({
    problem: problem.suggestion === undefined ? problem : { ...problem, suggestion: `${problem.suggestion}${version}` },
    removes: removes ?? [],
  }));
}

/** An engagement without an offer has the milestones it writes. */
function milestoneReferences(book: Book, { suggest }: Directory, each: CheckedEngagement): readonly Breach[] {
  const { offer, client, engagement } = each;
  if (!offer) return [];
  const ids = Object.keys(offer.milestones);
  const known: Known = {
    what: 'milestone',
    ids: new Set(ids),
    isLost: (id) => isLostInOffer(book, offer, id),
    advice:
      ids.length === 0 ? () => `${offer.file} has no milestones` : among(ids, `milestones are listed in ${offer.file}`),
    suggest,
  };
  return Object.keys(engagement.milestones ?? {}).flatMap((id) =>
    refer(known, id, { file: client.file, path: pathIn(each, 'milestones', id), on: 'key' }),
  );
}

/** An answer to something that the offer does not ask. */
function rightFitReferences(
  book: Book,
  { suggest }: Directory,
  { offer, client, engagement, id }: CheckedEngagement,
): readonly Breach[] {
  if (!offer || engagement.right_fit === undefined) return [];
  const ids = (offer.right_fit ?? []).map(({ name }) => name);
  const known: Known = {
    what: 'right-fit criterion',
    ids: new Set(ids),
    isLost: () => book.removals.some(({ file, path }) => file === offer.file && path[0] === 'right_fit'),
    suggest,
    advice: among(ids, `they are listed in ${offer.file} under \`right_fit:\``),
  };
  return Object.keys(engagement.right_fit).flatMap((key) => {
    const path = ['engagements', id, 'right_fit', key];
    return refer(known, key, { file: client.file, path, on: 'key' });
  });
}

function afterReferences(book: Book, { suggest }: Directory, each: CheckedEngagement): readonly Breach[] {
  const entries = each.tailored.filter(([, step]) => step.after !== undefined);
  if (entries.length === 0 || !each.isWhole) return [];
  const { offer } = each;
  const ids = new Set(stepNames(each).keys());
  const milestones = new Set(milestoneIds(each));
  const list = among(ids, 'a step is named by its id');
  const known: Known = {
    what: 'step',
    ids,
    isLost: (id) => isLostStep(book, each, id) || (offer !== undefined && isLostInOffer(book, offer, id)),
    advice: (id) => (milestones.has(id) ? `\`${id}\` is a milestone: write \`due: ${id} + 1bd\` instead` : list()),
    suggest,
  };
  return entries.flatMap(([step, { after = [] }]) =>
    after.flatMap((id, i) =>
      refer(
        known,
        id,
        { file: each.client.file, path: pathIn(each, 'steps', step, 'after', i) },
        removeIn(each, 'steps', step),
      ),
    ),
  );
}
