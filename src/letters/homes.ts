// Where the values of variables are written: for each sort of record its file and the path in it, or why there is none.
import type { Removal } from '../book/book.ts';
import type { DataPath } from '../problem/problem.ts';
import type { RecordKind } from '../records/record-type.ts';
import type { Facts } from './facts.ts';
import { latePayment } from './told.ts';

export type Home =
  | 'practice'
  | 'service'
  | 'person'
  | 'client'
  | 'contact'
  | 'reader'
  | 'segment'
  | 'offer'
  | 'engagement'
  | 'step'
  | 'issue'
  | 'invoice'
  | 'partner'
  | 'log'
  | 'line'
  | 'clock';

/** The record, and the path in it of what the variables belong to. */
type Found =
  | { readonly kind: RecordKind; readonly id: string; readonly file: string; readonly path: DataPath }
  | { readonly lacks: string };

type HomeWords = {
  /** For people who read about it. */
  readonly where: string;
  readonly find: (facts: Facts) => Found;
};

const inPractice = (...path: DataPath): Found => ({ kind: 'practice', id: 'practice', file: 'deliver.yaml', path });
const inService = (...path: DataPath): Found => ({ kind: 'service', id: 'service', file: 'service.yaml', path });
const inClient = ({ client: { id, file } }: Facts, ...path: DataPath): Found => ({ kind: 'client', id, file, path });

function inOffer({ schedule, offer }: Facts, path: DataPath): Found {
  if (!offer) return { lacks: `the engagement \`${schedule?.id}\` runs on no offer` };
  const kind = offer.file.startsWith('offers/past/') ? ('past-offer' as const) : ('offer' as const);
  return { kind, id: kind === 'offer' ? offer.id : `${offer.id}@${offer.version}`, file: offer.file, path };
}

const inStep = (facts: Facts, plan: { readonly planFile: string; readonly planPath: DataPath }): Found =>
  plan.planFile === facts.client.file
    ? inClient(facts, ...plan.planPath)
    : inOffer({ ...facts, offer: facts.schedule?.plan.offer }, plan.planPath);

/** What is said of a personal line that nobody wrote. */
export const NO_LINE = 'write a line for this reader alone: --line TEXT';

export const HOMES: Readonly<Record<Home, HomeWords>> = {
  practice: { where: 'deliver.yaml', find: () => inPractice() },
  service: { where: 'service.yaml', find: () => inService() },
  person: {
    where: 'deliver.yaml, `people`',
    find: ({ person }) =>
      person === undefined
        ? { lacks: 'nobody knows who writes: use --as PERSON, or set `me:` in deliver.yaml' }
        : inPractice('people', person),
  },
  client: { where: 'the client', find: (facts) => inClient(facts) },
  contact: {
    where: 'the client, `contacts`',
    find: (facts) => {
      const { client, contact } = facts;
      return contact === undefined
        ? { lacks: `${client.name} has no contact: add one under \`contacts:\` in ${client.file}` }
        : inClient(facts, 'contacts', contact);
    },
  },
  reader: {
    where: 'the client, `contacts`, or the partner',
    find: (facts) => (facts.to === 'partner' ? HOMES.partner : HOMES.contact).find(facts),
  },
  segment: {
    where: 'service.yaml, `segments`',
    find: ({ client }) =>
      client.segment === undefined
        ? { lacks: `${client.name} is in no segment: write \`segment:\` in ${client.file}` }
        : inService('segments', client.segment),
  },
  offer: {
    where: 'the offer',
    find: (facts) => {
      if (facts.schedule || facts.offer) return inOffer(facts, []);
      return { lacks: `${facts.lacks.engagement}, or name what you offer: --offer OFFER` };
    },
  },
  engagement: {
    where: 'the client, `engagements`',
    find: (facts) =>
      facts.schedule === undefined
        ? { lacks: facts.lacks.engagement }
        : inClient(facts, 'engagements', facts.schedule.id),
  },
  step: {
    where: 'the step',
    find: (facts) => (facts.step === undefined ? { lacks: facts.lacks.step } : inStep(facts, facts.step.plan)),
  },
  issue: {
    where: 'the client, `issues`',
    find: (facts) =>
      facts.issue === undefined ? { lacks: facts.lacks.issue } : inClient(facts, 'issues', facts.issue),
  },
  invoice: {
    where: 'a late step of the kind `payment`',
    find: (facts) => {
      const step = latePayment(facts);
      if (step) return inStep(facts, step.plan);
      const { client } = facts;
      return client.billing?.state === 'disputed'
        ? { lacks: `a bill is in dispute: settle that first (${client.file}: billing)` }
        : { lacks: `no payment of ${client.name} is late, or several are: --step ${client.id}/STEP` };
    },
  },
  partner: {
    where: 'the partner',
    find: ({ book, client, schedule, partner }) => {
      if (partner === undefined) {
        const place =
          schedule === undefined ? 'under `leaving:`' : `under \`engagements.${schedule.id}\` or \`leaving:\``;
        return { lacks: `no partner is named: write \`partner:\` ${place} in ${client.file}` };
      }
      const file = book.partners.get(partner)?.file;
      return file === undefined
        ? { lacks: `partners/${partner}.yaml has errors: deliver validate` }
        : { kind: 'partner', id: partner, file, path: [] };
    },
  },
  log: {
    where: 'the log of the client',
    find: ({ client: { id } }) => ({ kind: 'touches', id, file: `touches/${id}.yaml`, path: [] }),
  },
  line: {
    where: 'the command line, `--line`',
    find: () => ({ lacks: NO_LINE }),
  },
  clock: { where: 'the calendar', find: () => ({ lacks: 'the day is always known' }) },
};

/** `write it in clients/acme.yaml: contacts.ada.email`, or why there is nothing to write it in. */
export function adviceFor(facts: Facts, home: Home, key: string): string {
  const found = HOMES[home].find(facts);
  if ('lacks' in found) return found.lacks;
  if (home === 'log') return `it is in ${found.file} once they have answered`;
  return `write it in ${found.file}: ${[...found.path, key].join('.').replaceAll('.*', '')}`;
}

/** The error that took out the value, what it lies in, or a part of it; undefined where nothing is wrong. */
export function damageTo(facts: Facts, home: Home, key: string): Removal | undefined {
  const { book, lost } = facts;
  if (home === 'reader') return damageTo(facts, facts.to === 'partner' ? 'partner' : 'contact', key);
  if (home === 'offer' && lost.work && facts.offer === undefined) return lost.work;
  const isOfWork = home === 'engagement' || home === 'step' || home === 'invoice';
  if (isOfWork && lost.work) return lost.work;
  if (home === 'contact' && facts.contact === undefined && lost.contact) return lost.contact;
  if (home === 'issue' && facts.issue === undefined && lost.issue) return lost.issue;
  if (home === 'partner' && facts.partner !== undefined) {
    const broken = book.removals.find((it) => it.kind === 'partner' && it.id === facts.partner && it.path.length === 0);
    if (broken) return broken;
  }
  const found = HOMES[home].find(facts);
  if ('lacks' in found) return undefined;
  const path = [...found.path, ...(key === '' ? [] : key.split('.'))];
  return book.removals.find(
    (it) =>
      it.kind === found.kind &&
      it.id === found.id &&
      it.path.every((part, i) => i >= path.length || path[i] === '*' || String(part) === String(path[i])),
  );
}
