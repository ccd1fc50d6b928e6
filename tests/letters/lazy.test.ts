// The template engine, the Markdown reader and the texts that ship are not loaded by the commands of every morning.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** Every file that is loaded with this one; what is imported when it is needed is not. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const statements = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )[^;]*? from '(\.[^']+)'|^import '(\.[^']+)'/gm,
  );
  for (const [, named, bare] of statements) loadedWith(join(dirname(file), named ?? bare ?? ''), seen);
  return seen;
}

test.each([
  'main.ts',
  'commands/status.ts',
  'commands/brief.ts',
  'commands/done.ts',
  'commands/list.ts',
  'rules/all.ts',
  'run/load.ts',
])('%s loads no letters', (name) => {
  const loaded = [...loadedWith(join(SRC, name))].map((file) => relative(SRC, file));
  expect(loaded.length).toBeGreaterThan(5);
  expect(loaded.filter((file) => file.startsWith('letters/') || file.startsWith('letter-'))).toEqual([]);
});

test('drafts load nodemailer with the first one', () => {
  expect(readFileSync(join(SRC, 'node/drafts.ts'), 'utf8')).not.toMatch(/^import [^;]*nodemailer/m);
});
