// The pages people read, kept true: every example of README.md and docs/ is run and compared, docs/files.md names every
// key there is and its files are a valid practice, docs/problems.md has every code with what is really printed.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { severityOf, WORDS } from '../src/problem/words.ts';
import { RECORD_TYPES } from '../src/records/all.ts';
import { makeSchemas } from '../src/records/explain.ts';
import { filesOf, runDocument } from './support/document.ts';
import { runDeliver } from './support/world.ts';

const PROJECT = join(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(join(PROJECT, file), 'utf8');
const pages = [
  'README.md',
  ...readdirSync(join(PROJECT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Compares a page with what it should say now, or rewrites it. */
function compare(file: string, expected: string, actual: string): void {
  if (process.env.UPDATE === '1') {
    if (actual !== expected) writeFileSync(join(PROJECT, file), actual);
    return;
  }
  const lines = actual.split('\n');
  const at = 1 + expected.split('\n').findIndex((line, i) => line !== lines[i]);
  expect(actual, `${file}:${at} is not what is printed now`).toBe(expected);
}

describe('examples', () => {
  test.each(pages)('%s', async (file) => {
    const text = textOf(file);
    compare(file, text, await runDocument(text));
  });
});

describe('docs/files.md', () => {
  const text = textOf('docs/files.md');

  test('its files are a practice without a problem', async () => {
    const files = filesOf(text);
    const { exit, stdout } = await runDeliver({ files }, ['validate', '--strict']);
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: `no problems in ${Object.keys(files).length} files\n` });
  });

  test('it names every key of every record', () => {
    const schemaOf = makeSchemas();
    const keys = RECORD_TYPES.flatMap((type) =>
      keysIn(z.toJSONSchema(schemaOf(type.shape), { io: 'input', unrepresentable: 'any' })),
    );
    expect(keys.length).toBeGreaterThan(100);
    const isNamed = (key: string): boolean => new RegExp(`\\b${key}:|\`${key}\``).test(text);
    expect([...new Set(keys)].filter((key) => !isNamed(key))).toEqual([]);
  });
});

describe('docs/problems.md', () => {
  const file = 'docs/problems.md';
  const codes = Object.keys(WORDS) as (keyof typeof WORDS)[];

  test('it has every code once, in the order of words.ts, with its severity', () => {
    const headings = [...textOf(file).matchAll(/^### `([a-z/-]+)`\n\n(Error|Warning)\b/gm)];
    const listed = headings.map(([, code, severity]) => `${code} ${severity?.toLowerCase()}`);
    expect(listed).toEqual(codes.map((code) => `${code} ${severityOf(code)}`));
  });

  test('its examples are what is really printed', () => {
    const text = textOf(file);
    const actual = text.replace(
      /^(### `([a-z/-]+)`\n[\s\S]*?^```text\n)[\s\S]*?^```$/gm,
      (_, head: string, code: string) => `${head}${exampleOf(code)}\n\`\`\``,
    );
    expect(text.match(/^```text$/gm)?.length).toBe(codes.length);
    compare(file, text, actual);
  });
});

/** Every name of a property, however deep. */
function keysIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keysIn);
  const { properties } = schema as { readonly properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(keysIn)];
}

/** The first problem of this code that its fixture prints, without the mark that only the tests need. */
function exampleOf(code: string): string {
  const folder = join(PROJECT, 'tests/validate/bad');
  const stem = code.replace('/', '-');
  const names = readdirSync(folder).filter((name) => name.startsWith(`${stem}.`));
  const name = names.find((each) => each === `${stem}.md`) ?? names.toSorted()[0];
  if (name === undefined) return `(no example of ${code} yet)`;
  const fixture = readFileSync(join(folder, name), 'utf8');
  const printed = /^```console\n([\s\S]*?)^```$/m.exec(fixture)?.[1] ?? '';
  const found = printed
    .split('\n\n')
    .map((each) => each.replace(/^\$ deliver .*\n/, ''))
    .find((each) => each.includes(`[${code}]`) || each.startsWith('! '));
  return (found ?? `(no example of ${code} yet)`).replace(/ *# <- here/g, '').trimEnd();
}
