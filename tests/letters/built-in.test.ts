// The letters and scripts that ship with the program: complete, checked like a practice's, and replaced by its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtInModules } from '../../scripts/built-in.mjs';
import { BUILT_IN } from '../../src/book/built-in.generated.ts';
import { builtInRecord } from '../../src/letters/built-in.ts';
import { LEAVING_REASONS } from '../../src/records/client.ts';
import { loadBook } from '../support/load.ts';
import { loadFolder } from '../support/story.ts';
import { memoryFiles, memoryWorld } from '../support/world.ts';
import { deliver, PRACTICE, textOf, world } from './practice.ts';

const PROJECT = join(import.meta.dirname, '../..');
const TEMPLATES = loadFolder('templates');

test('what is bundled is what stands in templates/', () => {
  for (const [path, text] of Object.entries(builtInModules())) {
    if (process.env.UPDATE === '1') writeFileSync(join(PROJECT, path), text);
    else expect(readFileSync(join(PROJECT, path), 'utf8'), `${path}: run \`npm run build\``).toBe(text);
  }
});

test('they are as good as a practice must be', async () => {
  const on = memoryWorld({
    files: { ...PRACTICE, ...TEMPLATES, 'emails/hello.md': '---\nsubject: Hello\n---\nHello.\n' },
  });
  const { stdout } = await deliver(on, 'validate', '--strict', '--format', 'unix');
  expect(stdout.split('\n').filter((each) => /^(emails|scripts)\//.test(each))).toEqual([]);
});

test('each is read, and a script names only letters that there are', () => {
  for (const id of BUILT_IN.emails)
    expect(builtInRecord('email', id)).toMatchObject({ id, subject: expect.any(String) });
  for (const id of BUILT_IN.scripts) {
    const script = builtInRecord('script', id);
    expect(script?.beats.length).toBeGreaterThan(1);
    expect((script?.emails ?? []).filter((each) => !BUILT_IN.emails.has(each))).toEqual([]);
  }
});

test.each(LEAVING_REASONS)('somebody who leaves for `%s` has a script and a letter', (reason) => {
  const scripts = [...BUILT_IN.scripts].map((id) => builtInRecord('script', id));
  expect(
    scripts.filter((each) => each?.purpose === 'transition' && each.reasons?.includes(reason)).map((each) => each?.id),
  ).toEqual([`transition-${reason}`]);
  expect(BUILT_IN.emails.has(`transition-letter-${reason}`)).toBe(true);
});

describe('in a practice', () => {
  test('they can be referred to', () => {
    const offer = 'name: Plan\nsteps: {welcome: {title: Welcome, due: start, email: welcome, script: kickoff}}\n';
    const contents = new Map(
      Object.entries({ ...PRACTICE, 'offers/plan.yaml': offer }).map(([path, text]) => [`/p/${path}`, text]),
    );
    const { book } = loadBook(memoryFiles(contents), '/p');
    expect(book.builtIn.emails.has('welcome') && book.builtIn.scripts.has('kickoff')).toBe(true);
  });

  test('an own one of the same id comes first', async () => {
    expect(await textOf('x', {})).toBe('x\n');
    const on = world({ 'emails/survey.md': '---\nsubject: Mine\n---\nMine.\n' });
    expect((await deliver(on, 'email', 'acme', 'survey')).stdout).toBe('Mine.\n');
    expect((await deliver(on, 'email', 'acme', 'review-invite')).stdout).toContain('Hi Ada,');
  });

  test('one that has errors is not replaced behind its back', async () => {
    const on = world({ 'emails/survey.md': '---\nsubjct: Mine\n---\nMine.\n' });
    const { exit, stdout, stderr } = await deliver(on, 'email', 'acme', 'survey');
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain('has an error');
  });
});
