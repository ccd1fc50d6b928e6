// Every problem code by example: one fixture a mistake, with the complete text that a person reads about it.
// `UPDATE=1` writes what the program prints into the fixtures; read the difference as text.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runDeliver } from '../support/world.ts';
import { baseFiles, runFixture } from './fixture.ts';

const fixturesIn = (folder: string): readonly string[] =>
  readdirSync(join(import.meta.dirname, folder)).filter((name) => name.endsWith('.md'));

const showAndCompare = async (folder: string, name: string) => {
  const path = join(import.meta.dirname, folder, name);
  const text = readFileSync(path, 'utf8');
  const shown = await runFixture(text);
  if (process.env.UPDATE === '1') {
    if (shown.text !== text) writeFileSync(path, shown.text);
  } else expect(shown.text).toBe(text);
  return shown;
};

describe('bad', () => {
  test.each(fixturesIn('bad'))('%s', async (name) => {
    const { text, marked, named } = await showAndCompare('bad', name);
    expect(named).toEqual(marked);
    const code = name.replace(/\.md$/, '').replace(/\..*$/, '').replace('-', '/');
    // `status` says the same without the code.
    if (text.includes('$ deliver validate')) expect(text).toContain(`[${code}]`);
  });
});

describe('ok', () => {
  test.each(fixturesIn('ok'))('%s', async (name) => {
    const { text, named } = await showAndCompare('ok', name);
    expect(text).toContain('$ deliver validate --strict\nno problems in ');
    expect(named).toEqual([]);
  });

  test('what the bad examples start from', async () => {
    const files = Object.fromEntries(baseFiles());
    const { exit, stdout } = await runDeliver({ files }, ['validate', '--strict']);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: `no problems in ${Object.keys(files).length} files\n` });
  });
});
