// Stories: transcripts in Markdown that are run and compared. Owns their format; running one gives the same Markdown
// with what the program really printed.
//
//   front matter    `today: 2026-11-23`, `example: northlight` (its files), `columns: 80` (a terminal of that width,
//                   without colour; else a pipe), `env: {NAME: value}`
//   ```file path=P     the file P has this content from here on
//   ```edit path=P     lines `- old` and `+ new`: the old text, which stands in P once, becomes the new one
//   ```rename path=P   the file P is called otherwise from here on; the block says how
//   ```commit when=D   all files as they are become a commit of that day, 09:00 UTC (or of a full ISO time); the block says
//                      `subject`, or `Name <mail>: subject`
//   ```stage           all files as they are are staged
//   ```console         `$ deliver ...` lines, each with all it prints: standard output, then standard error, then
//                      `# exit N` unless it is 0
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse } from 'yaml';
import type { MemoryWorld, WorldOptions } from './world.ts';
import { memoryWorld, runDeliver } from './world.ts';

const PROJECT = join(import.meta.dirname, '../..');
const PRACTICE = '/practice';

/** The story's text with every expected output replaced by the real one. Throws when the story itself is wrong. */
export async function runStory(text: string): Promise<string> {
  const { settings, start } = readFrontMatter(text.split('\n'));
  const memory = memoryWorld(worldOptions(settings));
  const lines = text.split('\n');
  const result = lines.slice(0, start);
  for (let at = start; at < lines.length; at += 1) {
    const block = readBlock(lines, at);
    result.push(lines[at] as string);
    if (block === undefined) continue;
    if (block.kind === 'file') writeFile(memory, pathOf(block), `${block.body.join('\n')}\n`);
    if (block.kind === 'commit') commitAll(memory, block);
    if (block.kind === 'stage') memory.stage();
    if (block.kind === 'rename') renameFile(memory, pathOf(block), block);
    if (block.kind === 'edit') editFile(memory, pathOf(block), block);
    result.push(
      ...(block.kind === 'console' ? await runConsole(memory, block) : block.body),
      lines[block.end] as string,
    );
    at = block.end;
  }
  return result.join('\n');
}

/** Every file under `folder` of the project, by its path in it. */
export function loadFolder(folder: string): Record<string, Uint8Array> {
  const root = join(PROJECT, folder);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path)]));
}

/** The same as text. */
export const loadTexts = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(loadFolder(folder)).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
  );

type Settings = {
  readonly today?: string;
  readonly example?: string;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
};
const SETTINGS: readonly string[] = ['today', 'example', 'columns', 'env'] satisfies (keyof Settings)[];

function readFrontMatter(lines: readonly string[]): { readonly settings: Settings; readonly start: number } {
  if (lines[0] !== '---') return { settings: {}, start: 0 };
  const end = lines.indexOf('---', 1);
  if (end < 0) throw new Error('the front matter has no closing `---`');
  const settings = (parse(lines.slice(1, end).join('\n')) ?? {}) as Settings;
  const unknown = Object.keys(settings).filter((key) => !SETTINGS.includes(key));
  if (unknown.length > 0)
    throw new Error(`front matter: unknown ${unknown.join(', ')}; there is ${SETTINGS.join(', ')}`);
  return { settings, start: end + 1 };
}

function worldOptions({ today, example, columns, env }: Settings): WorldOptions {
  return {
    cwd: PRACTICE,
    files: example === undefined ? {} : loadFolder(`examples/${example}`),
    ...(today === undefined ? {} : { today }),
    ...(columns === undefined ? {} : { terminal: { columns } }),
    ...(env === undefined ? {} : { env }),
  };
}

/** A fenced block that means something here; `line` and `end` are those of its fences, counted from 0. */
type Block = {
  readonly kind: 'file' | 'console' | 'edit' | 'rename' | 'commit' | 'stage';
  readonly path: string | undefined;
  readonly when: string | undefined;
  readonly body: readonly string[];
  readonly line: number;
  readonly end: number;
};

function readBlock(lines: readonly string[], at: number): Block | undefined {
  const opening = /^(`{3,})(file|console|edit|rename|commit|stage)(?: path=(\S+))?(?: when=(\S+))?$/.exec(
    lines[at] as string,
  );
  if (opening === null) return undefined;
  const end = lines.indexOf(opening[1] as string, at + 1);
  if (end < 0) throw new Error(`line ${at + 1}: the block is not closed`);
  const [, , kind, path, when] = opening;
  return { kind: kind as Block['kind'], path, when, body: lines.slice(at + 1, end), line: at, end };
}

function pathOf(block: Block): string {
  if (block.path === undefined) throw new Error(`line ${block.line + 1}: \`${block.kind}\` needs \`path=\``);
  return block.path;
}

function writeFile(memory: MemoryWorld, path: string, text: string): void {
  memory.contents.set(`${PRACTICE}/${path}`, text);
}

function commitAll(memory: MemoryWorld, { when, body }: Block): void {
  const [, name, email, subject] = /^(?:([^<:]*) <([^>]*)>: )?(.*)$/.exec(body[0] ?? '') ?? [];
  memory.commit({
    ...(when === undefined ? {} : { when: when.includes('T') ? when : `${when}T09:00:00+00:00` }),
    ...(name === undefined ? {} : { author: { name, email: email ?? '' } }),
    subject: subject ?? '',
  });
}

function renameFile(memory: MemoryWorld, path: string, { body, line }: Block): void {
  const content = memory.contents.get(`${PRACTICE}/${path}`);
  if (content === undefined || body.length !== 1) throw new Error(`line ${line + 1}: ${path} becomes one other file`);
  memory.contents.delete(`${PRACTICE}/${path}`);
  memory.contents.set(`${PRACTICE}/${body[0]}`, content);
}

/** Replaces the lines marked `- ` by those marked `+ `; the old ones must stand in the file exactly once. */
function editFile(memory: MemoryWorld, path: string, block: Block): void {
  const wrong = (what: string) => new Error(`line ${block.line + 1}: edit of ${path}: ${what}`);
  const marked = (mark: string) => block.body.filter((each) => each.startsWith(mark)).map((each) => each.slice(2));
  const before = marked('- ').join('\n');
  const after = marked('+ ').join('\n');
  if (block.body.some((each) => !/^[-+] /.test(each))) throw wrong('every line starts with `- ` or `+ `');
  if (before === '') throw wrong('there is no `- ` line to replace');
  const content = memory.contents.get(`${PRACTICE}/${path}`);
  if (content === undefined) throw wrong('no such file');
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content as Uint8Array);
  const [head, tail, ...more] = text.split(before);
  if (head === undefined || tail === undefined) throw wrong('the old text is not there');
  if (more.length > 0) throw wrong('the old text stands there more than once');
  writeFile(memory, path, head + after + tail);
}

/** The block's commands, each followed by what it printed, standard output first, and its exit code when not 0. */
async function runConsole(memory: MemoryWorld, block: Block): Promise<readonly string[]> {
  const commands = block.body.filter((each) => each.startsWith('$ '));
  if (commands.length === 0)
    throw new Error(`line ${block.line + 1}: a console block has at least one line \`$ deliver ...\``);
  const result: string[] = [];
  for (const command of commands) {
    const [program, ...argv] = splitWords(command.slice(2));
    if (program !== 'deliver')
      throw new Error(`line ${block.line + 1}: only \`deliver\` is run here, not \`${program}\``);
    const { exit, stdout, stderr } = await runDeliver(memory, argv);
    result.push(command, ...printedLines(stdout + stderr), ...(exit === 0 ? [] : [`# exit ${exit}`]));
  }
  return result;
}

function printedLines(output: string): readonly string[] {
  if (output === '') return [];
  const lines = output.split('\n');
  return output.endsWith('\n') ? lines.slice(0, -1) : [...lines, '# no newline at the end'];
}

/** Words as a shell splits them: blanks, 'single' and "double" quotes, and nothing else. */
function splitWords(command: string): readonly string[] {
  const words = command.match(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}
