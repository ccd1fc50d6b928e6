// Examples of practices with something wrong in them. Owns their format; runs them and gives back the same Markdown
// with what the program really printed. The files are those of base/, and on top of them:
//
//   ```yaml path=P     the file P (`md`, or any other name of a language, likewise). The comment `# <- here` stands on
//                      every line that the output must point at; where none can stand, `here=N` says which
//   ```bytes path=P    the same with `\xNN`, `\n`, `\r` and `\t` for what a Markdown file cannot hold; other line ends
//                      are left out. `times=N` repeats it
//   ```fault path=P    P is there and cannot be read: `forbidden`, `outside`, `directory`, `other`
//   ```remove path=P   P is not there
//   ```committed path=P  what P was when everything was committed; without such a block there is no repository
//   ```folder path=P   nothing of its own: `here=1` when the output must point at a folder
//   ```console         `$ deliver ...` lines, each with all it prints: standard output, then standard error, then
//                      `# exit N` unless it is 0
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { MemoryGit } from '../support/git.ts';
import { type Content, runDeliver } from '../support/world.ts';

const HERE = '# <- here';
const BASE = join(import.meta.dirname, 'base');

export type Shown = {
  /** The fixture with the output it should hold. */
  readonly text: string;
  /** `file:line` of every mark, sorted. */
  readonly marked: readonly string[];
  /** `file:line` of every problem in the output, sorted, each once. */
  readonly named: readonly string[];
};

export async function runFixture(text: string): Promise<Shown> {
  const blocks = blocksOf(text);
  const files = new Map<string, Content>(baseFiles());
  const committed = new Map<string, string>();
  for (const block of blocks) {
    const path = block.options.get('path');
    if (path === undefined) continue;
    if (block.language === 'committed') committed.set(path, String(contentOf(block)));
    else if (block.language === 'remove') files.delete(path);
    else if (block.language !== 'folder') files.set(path, contentOf(block));
  }
  const lines = text.split('\n');
  const result: string[] = [];
  const printed: string[] = [];
  let at = 0;
  for (const block of blocks.filter((each) => each.language === 'console')) {
    const output = await runConsole(block.body, Object.fromEntries(files), repositoryOf(files, committed));
    result.push(...lines.slice(at, block.line + 1), ...output);
    printed.push(...output);
    at = block.line + 1 + block.body.length;
  }
  result.push(...lines.slice(at));
  return { text: result.join('\n'), marked: blocks.flatMap(marksIn).sort(), named: placesIn(printed) };
}

function repositoryOf(
  files: ReadonlyMap<string, Content>,
  committed: ReadonlyMap<string, string>,
): MemoryGit | undefined {
  if (committed.size === 0) return undefined;
  const texts = [...files].flatMap(([path, content]) =>
    typeof content === 'string' ? [[path, content] as const] : [],
  );
  return { commits: [{ files: Object.fromEntries([...texts, ...committed]) }] };
}

type Block = {
  readonly language: string;
  readonly options: ReadonlyMap<string, string>;
  readonly body: readonly string[];
  /** Of the opening fence, from 0. */
  readonly line: number;
};

function blocksOf(text: string): readonly Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const opening = /^(`{3,})(\w+)((?: \w+=\S+)*)$/.exec(lines[at] ?? '');
    if (opening === null) continue;
    const end = lines.indexOf(opening[1] ?? '', at + 1);
    if (end < 0) throw new Error(`line ${at + 1}: the block is not closed`);
    const options = (opening[3] ?? '').trim().split(' ').filter(Boolean);
    blocks.push({
      language: opening[2] ?? '',
      options: new Map(options.map((each) => each.split('=') as [string, string])),
      body: lines.slice(at + 1, end),
      line: at,
    });
    at = end;
  }
  return blocks;
}

function contentOf({ language, options, body }: Block): Content {
  if (language === 'fault') return { fault: body[0] as 'forbidden' };
  if (language !== 'bytes') return `${body.join('\n')}\n`;
  const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  const binary = unescaped(body.join(''), escapes).repeat(Number(options.get('times') ?? 1));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

const unescaped = (text: string, escapes: Readonly<Record<string, string>>): string =>
  text.replace(/\\(?:x([0-9a-f]{2})|([nrt]))/g, (_, hex?: string, letter?: string) =>
    hex === undefined ? (escapes[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );

function marksIn({ options, body }: Block): readonly string[] {
  const path = options.get('path');
  if (path === undefined) return [];
  const given = (options.get('here') ?? '').split(',').filter(Boolean).map(Number);
  const written = body.flatMap((line, at) => (line.includes(HERE) ? [at + 1] : []));
  return [...given, ...written].map((line) => `${path}:${line}`);
}

const placesIn = (printed: readonly string[]): readonly string[] =>
  [
    ...new Set(printed.flatMap((line) => /^(?:! )?(\S+:\d+):\d+(?:: (?:error|warning): | {2})/.exec(line)?.[1] ?? [])),
  ].sort();

async function runConsole(
  body: readonly string[],
  files: Readonly<Record<string, Content>>,
  git: MemoryGit | undefined,
): Promise<readonly string[]> {
  const output: string[] = [];
  for (const command of body.filter((line) => line.startsWith('$ deliver '))) {
    const { exit, stdout, stderr } = await runDeliver(
      { files, ...(git ? { git } : {}) },
      command.slice('$ deliver '.length).split(' '),
    );
    const printed = (stdout + stderr).split('\n');
    output.push(command, ...(printed.at(-1) === '' ? printed.slice(0, -1) : printed));
    if (exit !== 0) output.push(`# exit ${exit}`);
  }
  return output;
}

export function baseFiles(): ReadonlyMap<string, string> {
  const entries = readdirSync(BASE, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(BASE, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
}
