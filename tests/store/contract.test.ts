// What any Store must do, over the one in memory and the one on the disk.
import { posix } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { FileChange, Store, WriteResult } from '../../src/world.ts';
import { memoryStore } from '../support/store.ts';
import type { Content } from '../support/world.ts';
import { journalOf, makePractice, makeScratch, nextTurn, remove } from './scratch.ts';

type Place = {
  readonly root: string;
  readonly store: Store;
  readonly text: (file: string) => string | undefined;
  readonly files: () => readonly string[];
};

const scratch = makeScratch();
afterAll(() => remove(scratch));
afterEach(nextTurn);

function memoryPlace(files: Readonly<Record<string, string>>): Place {
  const root = '/practice';
  const contents = new Map<string, Content>(Object.entries(files).map(([file, text]) => [`${root}/${file}`, text]));
  return {
    root,
    store: memoryStore(contents),
    text: (file) => contents.get(posix.join(root, file)) as string | undefined,
    files: () => [...contents.keys()].map((path) => path.slice(root.length + 1)).sort(),
  };
}

const ACME = 'name: Acme\n';
const LOG = '- 2026-11-20 call\n';

const places: readonly (readonly [string, (files: Readonly<Record<string, string>>) => Place])[] = [
  ['memory', memoryPlace],
  ['disk', (files) => makePractice(scratch, files)],
];

describe.each(places)('a store in %s', (_name, place) => {
  const begin = () => {
    const made = place({ 'clients/acme.yaml': ACME, 'touches/acme.yaml': LOG });
    const write = (what: string, ...changes: readonly FileChange[]): WriteResult => {
      const done = made.store.exclusively(made.root, () => made.store.write(made.root, what, changes));
      if ('refused' in done) throw new Error(done.refused);
      return done.result;
    };
    return { ...made, write };
  };
  const WRITTEN = { kind: 'written', warnings: [] };

  test('creates, replaces and removes files, and makes the folder of a new one', () => {
    const { write, text, files } = begin();
    const result = write(
      'deliver offboard acme',
      { file: 'touches/acme.yaml', before: LOG, after: undefined },
      { file: 'clients/acme.yaml', before: ACME, after: 'name: Acme Ltd\n' },
      { file: 'offers/past/audit@1.yaml', before: undefined, after: 'title: Audit\n' },
    );
    expect(result).toEqual(WRITTEN);
    expect(text('clients/acme.yaml')).toBe('name: Acme Ltd\n');
    expect(files()).toEqual(['clients/acme.yaml', 'offers/past/audit@1.yaml']);
  });

  test('what the journal says takes a change back, byte for byte', () => {
    const { store, root, write, text, files } = begin();
    write('one', { file: 'clients/acme.yaml', before: ACME, after: '\ufeffname: "Acme"\r\n' });
    expect(text('clients/acme.yaml')).toBe('\ufeffname: "Acme"\r\n');
    write('two', { file: 'touches/acme.yaml', before: LOG, after: undefined });
    for (const { changes } of journalOf(store, root)) {
      const back = changes.map(({ file, before, after }) => ({ file, before: after, after: before }));
      expect(write('undo', ...back)).toEqual(WRITTEN);
    }
    expect(files()).toEqual(['clients/acme.yaml', 'touches/acme.yaml']);
    expect([text('clients/acme.yaml'), text('touches/acme.yaml')]).toEqual([ACME, LOG]);
  });

  test('the journal has the newest change first, as typed, with its time', () => {
    const { store, root, write } = begin();
    expect(journalOf(store, root)).toEqual([]);
    const first = { file: 'clients/acme.yaml', before: ACME, after: 'name: A\n' };
    const second = { file: 'clients/new.yaml', before: undefined, after: '' };
    write('deliver set acme name A', first);
    write('deliver new client new', second);
    const journal = journalOf(store, root);
    expect(journal.map(({ what, changes }) => ({ what, changes }))).toEqual([
      { what: 'deliver new client new', changes: [second] },
      { what: 'deliver set acme name A', changes: [first] },
    ]);
    expect(new Set(journal.map((entry) => entry.id)).size).toBe(2);
    for (const { when } of journal) expect(when).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  });

  test('forgotten entries are gone, the others stay', () => {
    const { store, root, write } = begin();
    for (const each of ['a', 'b', 'c']) write(each, { file: `clients/${each}.yaml`, before: undefined, after: each });
    const [c, , a] = journalOf(store, root);
    store.forget(root, [c?.id ?? '', a?.id ?? '', '../../clients/a', '']);
    expect(journalOf(store, root).map((entry) => entry.what)).toEqual(['b']);
    write('d', { file: 'clients/d.yaml', before: undefined, after: 'd' });
    expect(journalOf(store, root).map((entry) => entry.what)).toEqual(['d', 'b']);
  });

  test.each([
    ['a file that has other bytes', { file: 'touches/acme.yaml', before: 'other\n', after: 'x' }],
    ['a file of the same length with other bytes', { file: 'clients/acme.yaml', before: 'name: Acmf\n', after: 'x' }],
    ['a file that has gone', { file: 'clients/gone.yaml', before: 'there\n', after: 'x' }],
    ['a file that has come', { file: 'clients/acme.yaml', before: undefined, after: 'x' }],
    ['a file that is only looked at', { file: 'clients/acme.yaml', before: 'old\n', after: 'old\n' }],
    ['a byte order mark that was not there', { file: 'clients/acme.yaml', before: `\ufeff${ACME}`, after: 'x' }],
  ])('%s makes the change stale, and nothing is written', (_what, change) => {
    const { store, root, write, text, files } = begin();
    const created = { file: 'clients/new.yaml', before: undefined, after: 'new\n' };
    expect(write('deliver x', created, change)).toEqual({ kind: 'stale', file: change.file });
    expect(files()).toEqual(['clients/acme.yaml', 'touches/acme.yaml']);
    expect([text('clients/acme.yaml'), text('touches/acme.yaml')]).toEqual([ACME, LOG]);
    expect(journalOf(store, root)).toEqual([]);
  });

  test.each(['../outside.yaml', 'clients/../../outside.yaml', '/tmp/deliver-outside.yaml'])('%s is refused', (file) => {
    const { write, files } = begin();
    const result = write('deliver x', { file, before: undefined, after: 'x' });
    expect(result).toEqual({ kind: 'failed', file, reason: 'it points outside the practice' });
    expect(files()).toEqual(['clients/acme.yaml', 'touches/acme.yaml']);
  });

  test('a folder is not replaced by a file', () => {
    const { write } = begin();
    const result = write('deliver x', { file: 'clients', before: undefined, after: 'x' });
    expect(result).toEqual({ kind: 'failed', file: 'clients', reason: 'there is a folder of this name' });
  });

  test('no changes, or none that change anything, leave no trace', () => {
    const { store, root, write, text } = begin();
    expect(write('nothing')).toEqual(WRITTEN);
    expect(write('the same', { file: 'clients/acme.yaml', before: ACME, after: ACME })).toEqual(WRITTEN);
    expect(text('clients/acme.yaml')).toBe(ACME);
    expect(journalOf(store, root)).toEqual([]);
  });

  test('the last hundred changes are kept', () => {
    const { store, root } = begin();
    store.exclusively(root, () => {
      for (let i = 1; i <= 103; i += 1)
        store.write(root, `change ${i}`, [{ file: `clients/c${i}.yaml`, before: undefined, after: `${i}\n` }]);
    });
    const journal = journalOf(store, root);
    expect([journal.length, journal[0]?.what, journal.at(-1)?.what]).toEqual([100, 'change 103', 'change 4']);
  });

  test('exclusively gives the result, lets errors through, and is free again after either', () => {
    const { store, root } = begin();
    expect(store.exclusively(root, () => 42)).toEqual({ result: 42 });
    const fail = (): never => {
      throw new Error('the work failed');
    };
    expect(() => store.exclusively(root, fail)).toThrow('the work failed');
    expect(store.exclusively(root, () => undefined)).toEqual({ result: undefined });
  });

  test('our own mistakes are errors: no lock, a lock within the lock, a file twice', () => {
    const { store, root, write } = begin();
    const change = { file: 'clients/acme.yaml', before: ACME, after: 'x' };
    expect(() => store.write(root, 'x', [change])).toThrow('without the lock');
    expect(() => store.exclusively(root, () => store.exclusively(root, () => 1))).toThrow('this very run');
    expect(() => write('x', change, change)).toThrow('changed twice');
  });

  test('recover has nothing to say of a practice in order', () => {
    const { store, root, write } = begin();
    write('deliver x', { file: 'clients/acme.yaml', before: ACME, after: 'x' });
    expect(store.recover(root)).toEqual([]);
    expect(store.exclusively(root, () => store.recover(root))).toEqual({ result: [] });
    expect(journalOf(store, root)).toHaveLength(1);
  });
});
