// Any name, given to the shells people have: each reads it back as that very name.
import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scriptLabel, scriptWord, shellWord } from '../src/shell.ts';
import { runs } from './support/runs.ts';

const PIECES = [
  "'",
  '"',
  '\\',
  '\n',
  '\r',
  '\t',
  ' ',
  '$HOME',
  '`id`',
  '%s',
  '%',
  '!',
  '-',
  '#',
  ';',
  '~',
  '\u202e',
  '\x1b[2J',
  'ü',
  '👩‍💻',
  '{a,b}',
  '*',
  'x',
  '7',
];
const names = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const readBack = (shell: string, words: readonly string[]): readonly string[] =>
  execFileSync(shell, ['-c', `printf '%s\\0' ${words.join(' ')}`], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8', PATH: process.env.PATH },
  })
    .split('\0')
    .slice(0, -1);

describe.skipIf(process.platform === 'win32')('a name', () => {
  const some = fc.sample(names, { seed: 20261123, numRuns: runs(500) });

  test.each(['bash', 'zsh'].filter(isThere))('is read back by %s as it is typed', (shell) => {
    expect(readBack(shell, some.map(shellWord))).toEqual(some);
  });

  test.each(['sh', 'bash', 'dash'].filter(isThere))('is read back by %s from a script', (shell) => {
    // A line break at the very end is nothing that a prefix has.
    const prefixes = some.map((name) => `${name}/`);
    expect(readBack(shell, prefixes.map(scriptWord))).toEqual(prefixes);
  });

  test('stands on one line, with nothing that a terminal obeys, and is not another name', () => {
    for (const form of [shellWord, scriptWord, scriptLabel])
      for (const name of some) expect(form(name)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
    expect(new Set(some.map(shellWord)).size).toBe(new Set(some).size);
  });

  test('is bare where that will do', () => {
    expect(['clients/acme.yaml', 'a b', "Sam's", '', '~/x', '-n'].map(shellWord)).toEqual([
      'clients/acme.yaml',
      "'a b'",
      "'Sam'\\''s'",
      "''",
      "'~/x'",
      '-n',
    ]);
  });
});
