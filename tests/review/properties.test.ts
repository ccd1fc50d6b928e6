// What holds for every review: nothing that changed is silent, nothing is said of what did not, and both directions name
// the same records.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { splice } from '../../src/source/edit/splice.ts';
import { VARIANTS } from '../changes/variants.ts';
import { anyWish as anyCommand, commandFor } from '../changes/wishes.ts';
import { anyWish as anyEdit, editFor } from '../edit/random.ts';
import { runs } from '../support/runs.ts';
import { loadFolder } from '../support/story.ts';
import { type MemoryWorld, memoryWorld, runDeliver } from '../support/world.ts';

const CLIENTS = ['cobalt', 'lark', 'quill', 'tern'];
const SEED = { seed: 20261122 };

/** The example with a few of its clients, committed. */
function committed(): MemoryWorld {
  const all = Object.entries(loadFolder('examples/northlight'));
  const kept = all.filter(([path]) => {
    const client = /^(?:clients|touches)\/(.+)\.yaml$/.exec(path)?.[1];
    return client === undefined || CLIENTS.includes(client);
  });
  const text = (bytes: Uint8Array): string =>
    new TextDecoder()
      .decode(bytes)
      // Who referred them is not here.
      .replace(/^referred_by: .*\n/gm, '');
  const memory = memoryWorld({ files: Object.fromEntries(kept.map(([path, bytes]) => [path, text(bytes)])) });
  memory.commit({ subject: 'before' });
  return memory;
}

type Path = readonly (string | number)[];
type Change = {
  readonly record: string;
  readonly path: Path;
  readonly id: string;
  readonly file: string;
  readonly kind: string;
};

/** As published a schema lets keys be added; here one that it does not name is an error. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  return { ...Object.fromEntries(entries), ...('properties' in schema ? { additionalProperties: false } : {}) };
}

const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/diff.schema.json'), 'utf8'));
const isAsPublished = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(closed(SCHEMA) as object);

async function diffOf(memory: MemoryWorld, ...words: readonly string[]): Promise<readonly Change[]> {
  const { stdout, stderr } = await runDeliver(memory, ['diff', ...words, '--json']);
  expect(stderr).not.toContain('should not have happened');
  const answer = JSON.parse(stdout);
  isAsPublished(answer);
  expect(isAsPublished.errors ?? []).toEqual([]);
  return answer.changes;
}

const recordsIn = (changes: readonly Change[]): readonly string[] =>
  [...new Set(changes.map((it) => `${it.record} ${it.id}`))].toSorted();

const textIn = (memory: MemoryWorld, file: string): string => String(memory.contents.get(`/practice/${file}`) ?? '');
const filesIn = (memory: MemoryWorld): readonly string[] =>
  [...memory.contents.keys()].map((path) => path.replace('/practice/', '')).filter((path) => /\.(yaml|md)$/.test(path));

/** What is said of the files that differ, there and back. */
async function check(memory: MemoryWorld, before: ReadonlyMap<string, string>): Promise<readonly Change[]> {
  const differing = filesIn(memory).filter((file) => textIn(memory, file) !== before.get(file));
  const now = await diffOf(memory);
  expect([...new Set(now.map((it) => it.file))]).toEqual(expect.arrayContaining(differing));
  memory.commit({ subject: 'after' });
  expect(await diffOf(memory)).toEqual([]);
  expect(await diffOf(memory, 'HEAD~1..HEAD')).toEqual(now);
  const back = await diffOf(memory, 'HEAD..HEAD~1');
  expect(recordsIn(back)).toEqual(recordsIn(now));
  return now;
}

const snapshot = (memory: MemoryWorld): ReadonlyMap<string, string> =>
  new Map(filesIn(memory).map((file) => [file, textIn(memory, file)]));

/** What is said of a file as a whole. */
const WHOLE: ReadonlySet<string> = new Set(['layout', 'broken', 'log-order']);

/** One lies in the other; nothing is about everything. */
const isAbout = (said: Path, edited: Path): boolean =>
  said.length > 0 && said.every((key, i) => i >= edited.length || String(key) === String(edited[i]));

describe('a review', () => {
  test('of nothing says nothing', async () => {
    const memory = committed();
    expect(await diffOf(memory)).toEqual([]);
    expect(await diffOf(memory, 'HEAD..HEAD')).toEqual([]);
  });

  test('of what commands have changed names every record', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCommand, { minLength: 1, maxLength: 6 }), async (wishes) => {
        const memory = committed();
        const before = snapshot(memory);
        for (const wish of wishes) {
          const called = commandFor(wish, CLIENTS, (file) => textIn(memory, file));
          if (called) await runDeliver(memory, [...called.argv.slice(0, 1), '--as=sam', ...called.argv.slice(1)]);
        }
        const said = await check(memory, before);
        expect(said.filter((it) => it.kind.startsWith('key-'))).toEqual([]);
      }),
      { ...SEED, numRuns: runs(15) },
    );
  });

  const FILES = [
    'deliver.yaml',
    'service.yaml',
    'offers/audit.yaml',
    'clients/cobalt.yaml',
    'touches/lark.yaml',
    'partners/fernhill.yaml',
  ];

  test('of any edit of any record says it', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FILES), anyEdit, async (file, wish) => {
        const memory = committed();
        const before = snapshot(memory);
        const text = textIn(memory, file);
        const edit = editFor(parse(text), wish);
        const spliced = edit && splice(text, [edit]);
        if (!spliced || !('text' in spliced) || spliced.text === text) return;
        memory.contents.set(`/practice/${file}`, spliced.text);
        const said = await check(memory, before);
        const own = said.filter((it) => it.file === file);
        expect(own.filter((it) => WHOLE.has(it.kind) || isAbout(it.path, edit.path))).not.toEqual([]);
      }),
      { ...SEED, numRuns: runs(50) },
    );
  });

  test.each(VARIANTS)('of $name is one of layout', async ({ rewrite }) => {
    const memory = committed();
    for (const client of CLIENTS)
      for (const file of [`clients/${client}.yaml`, `touches/${client}.yaml`])
        memory.contents.set(`/practice/${file}`, rewrite(textIn(memory, file)));
    const said = await diffOf(memory);
    expect(said.filter((it) => it.kind !== 'layout')).toEqual([]);
  });
});
