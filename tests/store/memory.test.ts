// What is remembered on the real disk: private, whole, and never in the way when it is lost, spoiled or cannot be kept.
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheMemory } from '../../src/node/memory.ts';
import type { Memory } from '../../src/world.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'deliver-memory-'));
});
afterEach(() => {
  chmodSync(cache, 0o700);
  rmSync(cache, { recursive: true });
});

const open = (build = 'b1'): Memory => cacheMemory({ XDG_CACHE_HOME: cache, HOME: cache }, build);
const keep = (memory: Memory, texts: Readonly<Record<string, string>>): void => {
  memory.keep('/p', Object.keys(texts), (key) => texts[key] ?? '');
  memory.settle();
};
const folder = (build = 'b1'): string => join(cache, 'deliver', build);
const files = (build?: string): readonly string[] =>
  existsSync(folder(build)) ? readdirSync(folder(build)).map((name) => join(folder(build), name)) : [];

// Windows keeps the cache elsewhere, and knows no modes.
describe.skipIf(process.platform === 'win32' || process.platform === 'darwin')('the memory on the disk', () => {
  it('finds what another run kept, by practice and by build', () => {
    keep(open(), { a: '{"x":1}', b: '[]' });
    expect([open().find('/p', 'a'), open().find('/p', 'b'), open().find('/p', 'c')]).toEqual([
      '{"x":1}',
      '[]',
      undefined,
    ]);
    expect([open().find('/q', 'a'), open('b2').find('/p', 'a')]).toEqual([undefined, undefined]);
  });

  it('asks only for what is new, and writes nothing when nothing is', () => {
    keep(open(), { a: '1', b: '2' });
    const [file = ''] = files();
    utimesSync(file, 1_000_000_000, 1_000_000_000);
    keep(open(), { a: 'not asked for', b: 'not asked for' });
    expect(statSync(file).mtimeMs).toBe(1_000_000_000_000);
    keep(open(), { a: 'not asked for', b: 'not asked for', c: '3' });
    expect(['a', 'b', 'c'].map((key) => open().find('/p', key))).toEqual(['1', '2', '3']);
  });

  it('keeps what was left for a while, and forgets it when there is more of it than of what is used', () => {
    keep(open(), { a: '1', b: '2', c: '3' });
    keep(open(), { a: '1', d: '4', e: '5' });
    expect(open().find('/p', 'b')).toBe('2');
    keep(open(), { f: '6' });
    expect(['a', 'b', 'f'].map((key) => open().find('/p', key))).toEqual([undefined, undefined, '6']);
  });

  it('is for this user alone', () => {
    keep(open(), { a: '1' });
    open().note('/p', 'status', 'secret');
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    expect(files().map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it('believes no folder that somebody else could write to', () => {
    keep(open(), { a: '1' });
    open().note('/p', 'status', 'text');
    chmodSync(folder(), 0o777);
    expect([open().find('/p', 'a'), open().noted('/p', 'status')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['empty', () => Buffer.alloc(0)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 3)],
    ['cut in its index', (bytes: Buffer) => bytes.subarray(0, 60)],
    ['something else', () => Buffer.from('hello\nworld')],
    ['grown', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
  ])('knows nothing when its file is %s, and mends it', (_, spoil) => {
    keep(open(), { a: '{"x":1}' });
    const [file = ''] = files();
    writeFileSync(file, spoil(readFileSync(file)));
    expect(open().find('/p', 'a')).toBeUndefined();
    keep(open(), { a: '{"x":1}' });
    expect(open().find('/p', 'a')).toBe('{"x":1}');
  });

  it('does not answer with a text of which one byte is another, at any place', () => {
    keep(open(), { a: '{"x":1}', b: '[2]' });
    open().note('/p', 'status', 'said');
    for (const file of files()) {
      const bytes = readFileSync(file);
      for (let at = 0; at < bytes.length; at++) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ 1;
        writeFileSync(file, changed);
        const memory = open();
        const found = [memory.find('/p', 'a'), memory.find('/p', 'b'), memory.noted('/p', 'status')];
        expect(['{"x":1}', undefined]).toContain(found[0]);
        expect(['[2]', undefined]).toContain(found[1]);
        expect(['said', undefined]).toContain(found[2]);
      }
      writeFileSync(file, bytes);
    }
  });

  it('is silent where nothing can be kept', () => {
    const nowhere = cacheMemory({ XDG_CACHE_HOME: join(cache, 'file/below'), HOME: cache }, 'b1');
    writeFileSync(join(cache, 'file'), '');
    keep(nowhere, { a: '1' });
    nowhere.note('/p', 'status', 'said');
    expect([nowhere.find('/p', 'a'), nowhere.noted('/p', 'status')]).toEqual([undefined, undefined]);
  });

  it('is whole when two write at once: the last one stays', () => {
    const [one, two] = [open(), open()];
    expect([one.find('/p', 'a'), two.find('/p', 'a')]).toEqual([undefined, undefined]);
    keep(one, { a: '1' });
    keep(two, { b: '2' });
    expect([open().find('/p', 'a'), open().find('/p', 'b')]).toEqual([undefined, '2']);
    expect(files().length).toBe(1);
  });

  it('sweeps what is old, of other builds too, and all but the last answers', () => {
    keep(open('old'), { a: '1' });
    for (const file of files('old')) utimesSync(file, 1_000_000_000, 1_000_000_000);
    for (let at = 0; at < 205; at++) open().note('/p', `question ${at}`, 'said');
    keep(open(), { a: '1' });
    expect(existsSync(folder('old'))).toBe(false);
    expect(files().filter((file) => file.endsWith('.answer')).length).toBe(200);
  });
});
