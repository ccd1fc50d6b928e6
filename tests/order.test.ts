// The order of a map is the order of its file, also when its keys are numbers, which JavaScript would list first.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CORE_RULES } from '../src/rules/all.ts';
import { loadBook } from './support/load.ts';
import { memoryFiles } from './support/world.ts';

const PRACTICE = 'format: 1\npractice: Fen & Field\npeople: {ines: {name: Ines}}\ntime_zone: UTC\n';
const CLIENT = 'name: Alder\nsegment: "1"\nsince: 2025-03-01\n';

function load(files: Readonly<Record<string, string>>) {
  const all = Object.entries({ 'deliver.yaml': PRACTICE, 'service.yaml': 'segments: {1: {title: X}}\n', ...files });
  const texts = new Map(all.map(([path, text]) => [`/practice/${path}`, text]));
  return loadBook(memoryFiles(texts), '/practice', CORE_RULES).book;
}

const lines = (indent: string, ids: readonly string[], entry: string): string =>
  ids.map((id) => `${indent}${id}: ${entry}\n`).join('');

/** What one map of a record lists, in the order in which everybody sees it. */
const PLACES: readonly (readonly [string, (ids: readonly string[]) => readonly string[]])[] = [
  [
    'contacts',
    (ids) =>
      Object.keys(
        load({ 'clients/alder.yaml': `${CLIENT}contacts:\n${lines('  ', ids, '{name: Zoe}')}` }).clients.get('alder')
          ?.contacts ?? {},
      ),
  ],
  [
    'engagements, beside one with an error',
    (ids) => {
      const broken = `  broken: {started: never}\n`;
      const text = `${CLIENT}engagements:\n${broken}${lines('  ', ids, '{started: 2026-01-05}')}`;
      return Object.entries(load({ 'clients/alder.yaml': text }).clients.get('alder')?.engagements ?? {}).map(
        ([id]) => id,
      );
    },
  ],
  [
    'segments, in one line',
    (ids) => {
      const text = `segments: {${ids.map((id) => `${id}: {title: X}`).join(', ')}}\n`;
      return Object.keys(load({ 'service.yaml': text }).service.segments ?? {});
    },
  ],
  [
    'rungs',
    (ids) => {
      const { chase } = load({ 'service.yaml': `chase:\n${lines('  ', ids, '{when: due + 1bd}')}` }).service;
      const listed: string[] = [];
      for (const id in chase as object) listed.push(id);
      return listed;
    },
  ],
  [
    'phases and their steps',
    (ids) => {
      const phases = ids.map((id) => `  ${id}:\n    steps:\n${lines('      ', [`s${id}`, id], '{title: X}')}`);
      const steps = load({ 'offers/audit.yaml': `name: Audit\nphases:\n${phases.join('')}` }).offers.get(
        'audit',
      )?.steps;
      expect(steps?.map((step) => step.id)).toEqual(ids.flatMap((id) => [`s${id}`, id]));
      return [...new Set(steps?.map((step) => step.phase ?? ''))];
    },
  ],
];

const id = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map(String),
  fc.constantFrom('zoe', '4294967295', '4294967294', '007', '2-b', 'a1'),
);

describe('maps are in the order of their file', () => {
  test.each(PLACES)('%s', (_, listed) => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 6 }), (ids) => {
        expect(listed(ids)).toEqual(ids);
      }),
      { numRuns: 60 },
    );
  });
});
