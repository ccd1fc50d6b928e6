// What a change would do, shown: nothing in the diff is obeyed by a terminal, and git still takes it where it is harmless.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadTexts } from '../support/story.ts';
import { memoryWorld, runDeliver } from '../support/world.ts';

const FILES = loadTexts('examples/northlight');
const NOTE = '# eno\u202eecitcarp \u2066 \u200f\u00a0 and a tab:\tend\r\n';
const OBEYED = /\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]/;

const withNote = (file: string, note: string): Readonly<Record<string, string>> => ({
  ...FILES,
  [file]: (FILES[file] ?? '').replace(/^( *findings:.*\n|.*\n$)/m, (line) => note + line),
});

test.each([
  ['an edit', ['done', 'quill/findings'], 'clients/quill.yaml'],
  ['a line at the end', ['touch', 'lark', 'call', 'Rang \u202eback'], 'touches/lark.yaml'],
])('the diff of %s is shown, not obeyed', async (_what, words, file) => {
  const log = `${FILES['touches/lark.yaml'] ?? ''}# eno\u202eecitcarp\u2066\n`;
  const files = { ...withNote('clients/quill.yaml', NOTE), 'touches/lark.yaml': log };
  for (const columns of [undefined, 100]) {
    const on = memoryWorld({ files, ...(columns === undefined ? {} : { terminal: { columns } }) });
    const { exit, stdout } = await runDeliver(on, [...words, '--dry-run']);
    expect([exit, stdout.includes(file), OBEYED.exec(stdout)]).toEqual([0, true, null]);
    expect(stdout).toContain('\\u202e');
    const { stdout: json } = await runDeliver(on, [...words, '--dry-run', '--json']);
    expect([JSON.parse(json).diff.includes('\u202e'), OBEYED.exec(json)]).toEqual([true, null]);
  }
});

test('what git setup would write, around the lines of others', async () => {
  const hook = '#!/bin/sh\necho "\x1b[2J \u202e"\n';
  const git = { commits: [], hooks: { 'pre-commit': { text: hook } } };
  const files = { ...FILES, '.gitattributes': '# \x1b[31m red \u202e\n' };
  const { exit, stdout } = await runDeliver(memoryWorld({ files, git }), ['git', 'setup', '--dry-run']);
  expect([exit, OBEYED.exec(stdout)]).toEqual([0, null]);
  expect(stdout).toContain(' # \\x1b[31m red \\u202e\n');
});

test('with CRLF, tabs and spaces in names git applies it all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deliver-diff-'));
  try {
    const text = (FILES['clients/quill.yaml'] ?? '')
      .replaceAll('\n', '\r\n')
      .replace(/^( *)findings:/m, '$1# a\ttab\r\n$&');
    const on = memoryWorld({ files: { ...FILES, 'clients/quill.yaml': text } });
    const { stdout } = await runDeliver(on, ['done', 'quill/findings', '--dry-run']);
    mkdirSync(join(folder, 'clients'));
    writeFileSync(join(folder, 'clients/quill.yaml'), text);
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: stdout });
    await runDeliver(on, ['done', 'quill/findings']);
    expect(readFileSync(join(folder, 'clients/quill.yaml'), 'utf8')).toBe(
      on.contents.get('/practice/clients/quill.yaml'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
