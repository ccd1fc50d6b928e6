// Runs every story beside this file and compares it, whole, with what the program prints today.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runStory } from '../support/story.ts';

const FOLDER = import.meta.dirname;
const stories = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

describe('stories', () => {
  test.each(stories)('%s', async (name) => {
    const path = join(FOLDER, name);
    const expected = readFileSync(path, 'utf8');
    const actual = await runStory(expected);
    if (process.env.UPDATE === '1' && actual !== expected) writeFileSync(path, actual);
    else expect(actual, `${name}:${firstDifference(expected, actual)} is not what is printed now`).toBe(expected);
  });
});

function firstDifference(expected: string, actual: string): number {
  const lines = actual.split('\n');
  return 1 + expected.split('\n').findIndex((line, at) => line !== lines[at]);
}
