// Where the values of variables are written: for each sort of record its file and the path in it, or why there is none.
import type { Facts } from './facts.ts';

export type Home =
  | 'practice'
  | 'service'
  | 'person'
  | 'client'
  | 'contact'
  | 'segment'
  | 'offer'
  | 'engagement'
  | 'step'
  | 'partner'
  | 'clock';

type Found = { readonly file: string; readonly path: string } | { readonly lacks: string };

type HomeWords = {
  /** For people who read about it. */
  readonly where: string;
  readonly find: (facts: Facts) => Found;
};

const under = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

export const HOMES: Readonly<Record<Home, HomeWords>> = {
  practice: { where: 'deliver.yaml', find: () => ({ file: 'deliver.yaml', path: '' }) },
  service: { where: 'service.yaml', find: () => ({ file: 'service.yaml', path: '' }) },
  person: {
    where: 'deliver.yaml, `people`',
    find: ({ person }) =>
      person === undefined
        ? { lacks: 'nobody says who writes: say --as PERSON, or write `me:` in deliver.yaml' }
        : { file: 'deliver.yaml', path: `people.${person}` },
  },
  client: { where: 'the client', find: ({ client }) => ({ file: client.file, path: '' }) },
  contact: {
    where: 'the client, `contacts`',
    find: ({ client, contact }) =>
      contact === undefined
        ? { lacks: `${client.name} has no contact: add one under \`contacts:\` in ${client.file}` }
        : { file: client.file, path: `contacts.${contact}` },
  },
  segment: {
    where: 'service.yaml, `segments`',
    find: ({ client }) =>
      client.segment === undefined
        ? { lacks: `${client.name} is in no segment: write \`segment:\` in ${client.file}` }
        : { file: 'service.yaml', path: `segments.${client.segment}` },
  },
  offer: {
    where: 'the offer',
    find: ({ schedule, lacks }) =>
      schedule === undefined
        ? { lacks: lacks.engagement }
        : schedule.plan.offer === undefined
          ? { lacks: `the engagement \`${schedule.id}\` runs on no offer` }
          : { file: schedule.plan.offer.file, path: '' },
  },
  engagement: {
    where: 'the client, `engagements`',
    find: ({ client, schedule, lacks }) =>
      schedule === undefined ? { lacks: lacks.engagement } : { file: client.file, path: `engagements.${schedule.id}` },
  },
  step: {
    where: 'the step',
    find: ({ step, lacks }) =>
      step === undefined ? { lacks: lacks.step } : { file: step.plan.planFile, path: step.plan.planPath.join('.') },
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
        : { file, path: '' };
    },
  },
  clock: { where: 'the calendar', find: () => ({ lacks: 'the day is always known' }) },
};

/** `write it in clients/acme.yaml: contacts.ada.email`, or why there is nothing to write it in. */
export function adviceFor(facts: Facts, home: Home, key: string): string {
  const found = HOMES[home].find(facts);
  return 'lacks' in found ? found.lacks : `write it in ${found.file}: ${under(found.path, key)}`;
}
