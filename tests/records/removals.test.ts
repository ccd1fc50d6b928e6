// One wrong value takes out nothing beside the way to it, and whatever it takes out is tied to the problem that says so.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assembleFile } from '../../src/book/assemble.ts';
import { FULL_READER } from '../../src/book/full-reader.ts';
import type { FoundFile } from '../../src/book/read.ts';
import { severityOf } from '../../src/problem/words.ts';
import { accept, DOUBT } from '../../src/records/accept.ts';
import { RECORD_TYPES } from '../../src/records/all.ts';
import { CHANGES, type Change, changed, corpus, type Path, placesIn, type Sample } from './corpus.ts';

const shapeOf = new Map(RECORD_TYPES.map(({ kind, shape }) => [kind, shape]));
const isGood = ({ kind, raw }: Sample): boolean => {
  const shape = shapeOf.get(kind);
  return shape !== undefined && accept(shape, raw) !== DOUBT;
};
const samples = corpus.filter((each) => isGood(each) && each.kind !== 'email' && placesIn(each.raw).length > 0);

const isMistake = (change: Change): boolean => change.what !== 'add' && change.what !== 'rename';

const damaged = fc
  .record({
    sample: fc.constantFrom(...samples),
    change: fc.constantFrom(...CHANGES.filter(isMistake)),
    pick: fc.nat(),
  })
  .map(({ sample, change, pick }) => {
    const places = placesIn(sample.raw);
    return { sample, change, path: places[pick % places.length] as Path };
  });

const begins = (path: Path, beginning: Path): boolean => beginning.every((key, i) => String(key) === String(path[i]));

function assemble({ file, kind }: Sample, raw: unknown) {
  const id = kind === 'past-offer' ? 'audit@1' : 'audit';
  const found: FoundFile = {
    file,
    id,
    kind,
    siblings: new Set([file]),
    // JSON is YAML, and has a place for everything.
    text: JSON.stringify(raw),
    unreadable: undefined,
    problems: [],
  };
  return assembleFile(found, FULL_READER, undefined);
}

test('one wrong value', () => {
  let removed = 0;
  fc.assert(
    fc.property(damaged, ({ sample, change, path }) => {
      const { record, problems, removals } = assemble(sample, changed(sample.raw, path, change));
      const errors = problems.filter((it) => severityOf(it.code) === 'error' && it.code !== 'shape/unknown-key');
      for (const removal of removals) {
        expect(removal.problem).toBeDefined();
        // On the way to the value, or what it holds itself.
        expect(begins(path, removal.path) || begins(removal.path, path)).toBe(true);
      }
      expect(record === undefined).toBe(removals.some((it) => it.path.length === 0));
      for (const { code, place } of errors) {
        // A missing key is shown on a key beside it.
        const at = (place.path ?? []).slice(0, code === 'shape/missing' ? -1 : undefined);
        expect(removals.some((it) => begins(at, it.path) || begins(it.path, at))).toBe(true);
      }
      removed += removals.length;
    }),
    { numRuns: 600 },
  );
  expect(removed).toBeGreaterThan(100);
}, 60_000);
