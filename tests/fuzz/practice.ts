// Practices to be damaged: a folder as it stands, or one made of the shapes of the records, so that a key that is new today is
// tried today. Most values are right; which are not is left to chance. Knows no damage.
import { stringify } from 'yaml';
import { RECORD_TYPES } from '../../src/records/all.ts';
import type { RecordKind, RecordType } from '../../src/records/record-type.ts';
import type { Form, Text } from '../../src/records/shape.ts';
import type { Random } from './random.ts';

/** Texts or bytes by their paths. */
export type Folder = Readonly<Record<string, string | Uint8Array>>;

const CLIENTS = ['acme', 'beta', 'acme-north'];

/** Which files of each type, by their ids. */
const IDS: Readonly<Record<RecordKind, readonly string[]>> = {
  practice: ['deliver'],
  service: ['service'],
  offer: ['audit', 'retainer', 'offboarding'],
  'past-offer': ['audit@1'],
  client: CLIENTS,
  touches: CLIENTS,
  script: ['check-in', 'letting-go'],
  email: ['welcome', 'chase-gentle'],
  partner: ['fernhill'],
};

/** What stands in files: each text form takes those of them that it can read. */
const WORDS = [
  ...[
    'ada',
    'bob',
    'sam',
    'kit',
    'client',
    'partner',
    'acme',
    'beta',
    'fernhill',
    'check-in',
    'review',
    'call',
    'birthday',
  ],
  ...['audit', 'audit@1', 'audit@2', 'retainer', 'welcome', 'report', 'workshop', 'letting-go', 'chase-gentle', 'firm'],
  ...['A', 'B', 'C', 'attitude', 'office', 'deck', 'delivery', 'none', 'Some words', 'Ada Lovelace', 'Acme Ltd'],
  ...['2026-11-23', '2026-10-05', '2026-12-31', '2024-02-29', '1999-01-01', '12-10', '02-29', '2026-12-25..2027-01-01'],
  ...[
    '3d',
    '5bd',
    '2w',
    '1m',
    '1y',
    '45min',
    '1.5h',
    'start',
    'start + 1bd',
    'welcome + 2w',
    'workshop - 2bd',
    'due + 1bd',
  ],
  ...['ada@acme.example', '+44 20 7946 0000', 'https://acme.example', 'Europe/London', 'en-GB', 'de-DE', 'GBP', 'EUR'],
  ...['A text.\nOf two lines.', 'Hi {{contact.first_name}}, {{date today}}', 'audit-2026/report', 'quarter', 'march'],
];

/** A folder of all types of record. */
export function inventFolder(random: Random): Folder {
  const folder: Record<string, string> = {};
  for (const type of RECORD_TYPES) {
    for (const id of IDS[type.kind]) {
      if (type.kind !== 'practice' && random.chance(0.15)) continue;
      folder[pathOf(type, id)] = textOf(type, invent(type.shape, random, 0), random);
    }
  }
  return folder;
}

const pathOf = (type: RecordType<unknown>, id: string): string => type.file ?? `${type.folder}/${id}${type.extension}`;

function textOf(type: RecordType<unknown>, value: unknown, random: Random): string {
  const yaml = toYaml(value, random);
  return type.extension === '.md' ? `---\n${yaml}---\n${random.one(BODIES)}` : yaml;
}

const BODIES = [
  'Hi {{contact.first_name}},\n\nall is well.\n\n{{> signature}}\n',
  '{{> greeting}}\n\n{{#if step.due}}By {{date step.due}}.{{else}}Soon.{{/if}}\n\n- {{client.name}}\n\n{{> signature}}\n',
  '# {{offer.name}}\n\n{{#each segment.promises}}- {{this}}\n{{/each}}\n',
];

/** Flow style here and there, as people write it. */
export function toYaml(value: unknown, random: Random): string {
  return stringify(value, {
    lineWidth: 0,
    ...(random.chance(0.3) ? { collectionStyle: 'flow' as const } : {}),
    ...(random.chance(0.3) ? { indentSeq: false } : {}),
  });
}

const DEEPEST = 12;

function invent(form: Form, random: Random, depth: number): unknown {
  switch (form.form) {
    case 'text':
      return inventText(form, random);
    case 'flag':
      return random.chance(0.5);
    case 'nothing':
      return null;
    case 'number': {
      const number = random.one([0, 1, 3, 5, 9, 28, 4800]);
      return Math.min(form.most, Math.max(form.least, number));
    }
    case 'choice':
      return random.one(form.values);
    case 'entry': {
      const few = depth > DEEPEST || random.chance(0.5) ? 0.25 : 0.7;
      const fields = form.fields.filter((field) => !field.isOptional || random.chance(few));
      return Object.fromEntries(fields.map((field) => [field.key, invent(field.shape, random, depth + 1)]));
    }
    case 'map':
      return Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [
          inventText(form.key, random),
          invent(form.value, random, depth + 1),
        ]),
      );
    case 'list':
      return Array.from({ length: Math.max(form.least, random.below(4)) }, () => invent(form.item, random, depth + 1));
    case 'either':
      return invent(random.one(form.shapes), random, depth);
    case 'optional':
    case 'short':
    case 'made':
      return invent(form.inner, random, depth);
  }
}

const fitting = new WeakMap<Text, readonly string[]>();

function inventText(form: Text, random: Random): string {
  const known = fitting.get(form) ?? WORDS.filter((word) => form.read(word) !== undefined);
  fitting.set(form, known);
  return random.one(known.length === 0 || random.chance(0.03) ? WORDS : known);
}
