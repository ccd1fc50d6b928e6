// What any Files must answer, over the one in memory and the one on the disk.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFiles } from '../../src/book/read.ts';
import { realFiles } from '../../src/node/files.ts';
import type { Entry, Files } from '../../src/world.ts';
import { type Content, memoryFiles } from '../support/world.ts';
import { makeScratch, remove } from './scratch.ts';

const LIMIT = 100;
const OUTSIDE: Content = { fault: 'outside' };
const NOWHERE: Content = { fault: 'other', detail: 'the link leads nowhere' };

const TREE: Readonly<Record<string, Content>> = {
  'practice/deliver.yaml': 'name: Northlight\n',
  'practice/clients/acme.yaml': 'name: Acme\n',
  'practice/clients/Zeta.yaml': 'name: Zeta\n',
  'practice/clients/linked.yaml': OUTSIDE,
  'practice/offers/audit.yaml': 'x'.repeat(LIMIT),
  'practice/offers/past/audit@1.yaml': 'x'.repeat(LIMIT + 1),
  'practice/scripts/latin.yaml': new Uint8Array([0xef, 0xbb, 0xbf, 0xfc, 0x0a]),
  'practice/scripts/linked': OUTSIDE,
  'practice/scripts/nowhere': NOWHERE,
  'practice/empty/': '',
  'elsewhere/secret.yaml': 'password: hunter2\n',
};

const scratch = makeScratch();
afterAll(() => remove(scratch));

beforeAll(() => {
  for (const [path, content] of Object.entries(TREE)) {
    const at = join(scratch, path);
    mkdirSync(path.endsWith('/') ? at : dirname(at), { recursive: true });
    if (path.endsWith('/linked')) symlinkSync(join(scratch, 'elsewhere'), at);
    else if (content === NOWHERE) symlinkSync(join(scratch, 'gone'), at);
    else if (content === OUTSIDE) symlinkSync(join(scratch, 'elsewhere/secret.yaml'), at);
    else if (!path.endsWith('/')) writeFileSync(at, content as string | Uint8Array);
  }
});

const inMemory = new Map(Object.entries(TREE).map(([path, content]) => [`/top/${path}`, content]));

const cases: readonly (readonly [name: string, files: Files, top: string])[] = [
  ['memory', memoryFiles(inMemory), '/top'],
  ['disk', realFiles, scratch],
];

describe.each(cases)('files in %s', (_name, files, top) => {
  const root = join(top, 'practice');
  const read = (path: string): string => {
    const result = files.read(root, path, LIMIT);
    return 'fault' in result ? result.fault : new TextDecoder('latin1').decode(result.bytes);
  };

  const list = (folder: string): readonly Entry[] => {
    const listed = files.list(root, folder);
    return 'entries' in listed ? listed.entries : [];
  };

  test('a file is read whole, up to the limit and with every byte', () => {
    expect(read('clients/acme.yaml')).toBe('name: Acme\n');
    expect(read('offers/audit.yaml')).toHaveLength(LIMIT);
    expect(read('scripts/latin.yaml')).toBe('ï»¿ü\n');
  });

  test('one byte more is too large, and how large is said', () => {
    expect(files.read(root, 'offers/past/audit@1.yaml', LIMIT)).toEqual({ fault: 'too-large', detail: '101' });
  });

  test.each([
    ['clients/nobody.yaml', 'missing'],
    ['nowhere/acme.yaml', 'missing'],
    ['clients/acme.yaml/deeper.yaml', 'missing'],
    ['clients', 'directory'],
    ['empty', 'directory'],
    ['', 'directory'],
    ['clients/linked.yaml', 'outside'],
    ['../elsewhere/secret.yaml', 'outside'],
  ])('reading `%s` is refused: %s', (path, fault) => {
    expect(read(path)).toBe(fault);
  });

  test('a folder lists its entries by name, in the order of the letters’ numbers', () => {
    expect(list('clients')).toEqual([
      { name: 'Zeta.yaml', kind: 'file' },
      { name: 'acme.yaml', kind: 'file' },
      { name: 'linked.yaml', kind: 'outside' },
    ]);
  });

  test('the practice itself and nested folders are listed', () => {
    expect(list('')).toEqual([
      { name: 'clients', kind: 'directory' },
      { name: 'deliver.yaml', kind: 'file' },
      { name: 'empty', kind: 'directory' },
      { name: 'offers', kind: 'directory' },
      { name: 'scripts', kind: 'directory' },
    ]);
    expect(list('offers').map((entry) => entry.kind)).toEqual(['file', 'directory']);
    expect(list('offers/past')).toEqual([{ name: 'audit@1.yaml', kind: 'file' }]);
    expect(list('empty')).toEqual([]);
  });

  test.each([
    ['nowhere', { fault: 'missing' }],
    ['clients/nobody.yaml', { fault: 'missing' }],
    ['clients/acme.yaml', { fault: 'file' }],
    ['scripts/linked', { fault: 'outside' }],
    ['scripts/nowhere', { fault: 'other', detail: 'the link leads nowhere' }],
    ['../elsewhere', { fault: 'outside' }],
  ])('`%s` is not a folder to list: %j', (folder, fault) => {
    expect(files.list(root, folder)).toEqual(fault);
  });

  test('findUp finds the nearest folder at or above', () => {
    expect(files.findUp(root, 'deliver.yaml')).toBe(root);
    expect(files.findUp(join(root, 'offers/past'), 'deliver.yaml')).toBe(root);
    expect(files.findUp(join(root, 'not/yet/there'), 'deliver.yaml')).toBe(root);
    expect(files.findUp(join(root, 'offers/past'), 'past')).toBe(join(root, 'offers'));
    expect(files.findUp(join(top, 'elsewhere'), 'no-such-name.yaml')).toBeUndefined();
  });

  test('exists is true of files and folders', () => {
    const paths = ['deliver.yaml', 'clients', 'empty', 'clients/nobody.yaml', 'nowhere'];
    expect(paths.map((path) => files.exists(join(root, path)))).toEqual([true, true, true, false, false]);
  });

  test('resolve joins a relative path and keeps an absolute one', () => {
    expect(files.resolve(root, 'clients/../offers')).toBe(join(root, 'offers'));
    expect(files.resolve(root, '/somewhere')).toBe('/somewhere');
    expect(files.resolve(root, '.')).toBe(root);
  });
});

// Other systems refuse such a name.
describe.runIf(process.platform === 'linux')('names whose bytes are no UTF-8', () => {
  const named = (...parts: readonly (string | number)[]): Buffer =>
    Buffer.concat([
      Buffer.from(`${scratch}/names/clients/`),
      ...parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))),
    ]);
  beforeAll(() => {
    mkdirSync(join(scratch, 'names/clients'), { recursive: true });
    for (const name of [
      named('caf', 0xe9, '.yaml'),
      named('caf', 0xea, '.yaml'),
      named('é', 0xe2, 0x82, '.yaml'),
      named('real\ufffd.yaml'),
      named('zoë.yaml'),
    ])
      writeFileSync(name, 'name: X\n');
  });

  test('are shown byte by byte, each, and the others are as they are', () => {
    expect(realFiles.list(join(scratch, 'names'), 'clients')).toEqual({
      entries: [
        { name: 'caf\\xe9.yaml', kind: 'misnamed' },
        { name: 'caf\\xea.yaml', kind: 'misnamed' },
        { name: 'real\ufffd.yaml', kind: 'file' },
        { name: 'zoë.yaml', kind: 'file' },
        { name: 'é\\xe2\\x82.yaml', kind: 'misnamed' },
      ],
    });
  });

  test('are errors of the practice that say so', () => {
    const { files, problems } = findFiles(realFiles, join(scratch, 'names'), 'thorough');
    expect(problems).toEqual([]);
    expect(files.map(({ file, unreadable }) => [file, unreadable?.args.says])).toEqual([
      ...['caf\\xe9', 'caf\\xea'].map((name) => [`clients/${name}.yaml`, NOT_UTF8]),
      ['clients/real\ufffd.yaml', undefined],
      ['clients/zoë.yaml', undefined],
      ['clients/é\\xe2\\x82.yaml', NOT_UTF8],
    ]);
  });
});

const NOT_UTF8 = 'the name of this file is not UTF-8, so it cannot be read';
