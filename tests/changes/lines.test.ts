// Any changes, one after the other, on files of any hand: each changes the lines it must and no others, can be seen before
// as a diff that git applies, and can be taken back to the byte. SOAK=1 runs it for minutes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import { parseYaml } from '../../src/source/read/parse.ts';
import { tokensOf } from '../../src/source/tokens.ts';
import { compareLines } from '../edit/lines.ts';
import { loadFolder } from '../support/story.ts';
import { type MemoryWorld, memoryWorld, runDeliver } from '../support/world.ts';
import { VARIANTS, type Variant } from './variants.ts';
import { anyWish, type Called, commandFor, type Loose, type Path, readData, TODAY, type Wish } from './wishes.ts';

const RUNS = process.env.SOAK === '1' ? 100 : 3;
const CLIENTS = ['brindle', 'keel', 'lark', 'marlow', 'osier', 'tern'];
const PRACTICE = '/practice/';

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'deliver-lines-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A client of whom nothing was logged yet. */
const UNLOGGED = 'touches/keel.yaml';

const example = Object.fromEntries(
  Object.entries(loadFolder('examples/northlight'))
    .filter(([file]) => file !== UNLOGGED)
    .filter(([file]) => !/^(clients|touches)\//.test(file) || CLIENTS.some((id) => file.endsWith(`/${id}.yaml`)))
    .map(([file, bytes]) => [file, new TextDecoder().decode(bytes)]),
);

const worldOf = ({ rewrite }: Variant): MemoryWorld =>
  memoryWorld({
    today: TODAY,
    files: Object.fromEntries(
      Object.entries(example).map(([file, text]) => [file, /^(clients|touches)\//.test(file) ? rewrite(text) : text]),
    ),
  });

const bare = (text: string): string => text.replace(/^\ufeff/, '');
const commentsOf = (text: string): readonly string[] =>
  [...tokensOf(bare(text))].filter((token) => token.kind === 'comment').map((token) => token.text.trim());
/** Empty where there is no file. */
const textIn = (contents: ReadonlyMap<string, unknown>, file: string): string =>
  String(contents.get(PRACTICE + file) ?? '');

/** Every problem, without its place, for lines move. */
async function problemsOf(memory: MemoryWorld): Promise<readonly string[]> {
  const { stdout } = await runDeliver(memory, ['validate', '--strict', '--json']);
  const { problems } = JSON.parse(stdout) as { readonly problems: readonly Loose[] };
  return problems.map((it) => `${it.file}: ${it.code}: ${it.message}`);
}

describe.each(VARIANTS)('$name', (variant) => {
  test('the same data as the example, and nothing new to say about them', async () => {
    const memory = worldOf(variant);
    for (const id of CLIENTS) {
      const file = `clients/${id}.yaml`;
      expect(readData(textIn(memory.contents, file))).toEqual(readData(example[file] as string));
    }
    expect((await problemsOf(memory)).filter((it) => !it.includes('touch/not-one-line'))).toEqual([]);
  });

  test('any changes', { timeout: 3_600_000 }, async () => {
    const count = { made: 0, refused: [] as string[] };
    const known = new Set(await problemsOf(worldOf(variant)));
    await fc.assert(
      fc.asyncProperty(fc.array(anyWish, { minLength: 1, maxLength: 6 }), async (wishes) => {
        const memory = worldOf(variant);
        const start = new Map(memory.contents);
        let made = 0;
        for (const wish of wishes) made += await makeOne(memory, variant, wish, count.refused);
        count.made += made;
        expect((await problemsOf(memory)).filter((it) => !known.has(it))).toEqual([]);
        if (made === 0) return;
        const undone = await runDeliver(memory, ['undo', '--count', String(made)]);
        expect(undone).toMatchObject({ exit: 0 });
        expect(memory.contents).toEqual(start);
      }),
      { numRuns: RUNS },
    );
    // The wishes mean something: most of them come to a change.
    expect(count.made).toBeGreaterThan(count.refused.length);
  });
});

describe('a step that was renamed', () => {
  const practice = (): MemoryWorld => worldOf(VARIANTS[0] as Variant);
  const written = (memory: MemoryWorld): Loose =>
    readData(textIn(memory.contents, 'clients/osier.yaml')).engagements.audit.steps;

  test('is written under the name it has now', async () => {
    const memory = practice();
    expect(await runDeliver(memory, ['done', 'osier/balance', '--anyway'])).toMatchObject({ exit: 0 });
    expect(written(memory)).toMatchObject({ balance: { done: TODAY } });
    expect(written(memory)).not.toHaveProperty('invoice');
  });

  test('and under its old one where that stands already', async () => {
    const memory = practice();
    const file = `${PRACTICE}clients/osier.yaml`;
    const text = textIn(memory.contents, 'clients/osier.yaml');
    memory.contents.set(file, text.replace('report: {due', 'invoice: {due: 2026-12-03}\n      report: {due'));
    expect(await runDeliver(memory, ['done', 'osier/balance', '--anyway'])).toMatchObject({ exit: 0 });
    expect(written(memory)).toMatchObject({ invoice: { due: '2026-12-03', done: TODAY } });
    expect(written(memory)).not.toHaveProperty('balance');
  });
});

/** One command, first dry, then real. 1 when it changed something. */
async function makeOne(memory: MemoryWorld, variant: Variant, wish: Wish, refused: string[]): Promise<number> {
  const called = commandFor(wish, CLIENTS, (file) => textIn(memory.contents, file));
  if (called === undefined) return 0;
  const before = new Map(memory.contents);
  const dry = await runDeliver(memory, [called.argv[0] as string, '--dry-run', ...called.argv.slice(1)]);
  expect(memory.contents).toEqual(before);
  const real = await runDeliver(memory, called.argv);
  const said = `${JSON.stringify(called.argv)}\n${real.stdout}${real.stderr}`;
  expect(dry.exit, said).toBe(real.exit);
  if (real.exit !== 0) {
    expect([1, 2], said).toContain(real.exit);
    expect(memory.contents).toEqual(before);
    refused.push(real.stderr);
    return 0;
  }
  const [client, log] = [`clients/${called.client}.yaml`, `touches/${called.client}.yaml`];
  const changed = [...memory.contents.keys()].filter((key) => memory.contents.get(key) !== before.get(key));
  const allowed = [...(called.argv[0] === 'touch' ? [] : [client]), ...(called.logs ? [log] : [])];
  expect(changed.map((each) => each.slice(PRACTICE.length)).sort(), said).toEqual(allowed);
  expect(called.written(readData(textIn(memory.contents, client)), readData(textIn(memory.contents, log))), said).toBe(
    true,
  );
  for (const file of allowed) {
    const [old, now] = [textIn(before, file), textIn(memory.contents, file)];
    checkText(old, now, said);
    if (file === log) checkLog(old, now, variant, said);
    else checkClient(old, now, called, variant, said);
  }
  checkDiff(
    dry.stdout,
    allowed.map((file) => [file, textIn(before, file), textIn(memory.contents, file)]),
    said,
  );
  return 1;
}

/** Line ends, byte order mark and final newline are as they were; two readers see the same. */
function checkText(old: string, now: string, said: string): void {
  expect(now.startsWith('\ufeff'), said).toBe(old.startsWith('\ufeff'));
  if (old.includes('\r\n')) expect(now.replaceAll('\r\n', ''), said).not.toMatch(/[\r\n]/);
  else expect(now, said).not.toContain('\r');
  const ours = parseYaml(bare(now));
  expect(ours.failed, said).toBe(false);
  expect(readData(now), said).toEqual(JSON.parse(JSON.stringify(ours.value)));
}

function checkLog(old: string, now: string, { isSpread }: Variant, said: string): void {
  if (old === '') {
    expect(now, said).toMatch(/^- \{.*\}\n$/);
    return;
  }
  expect(readData(now).slice(0, -1), said).toEqual(readData(old));
  expect(commentsOf(now), said).toEqual(commentsOf(old));
  const { gone, come } = compareLines(old, now);
  expect(come.length, said).toBeLessThanOrEqual(isSpread ? 2 : 1);
  // In brackets the line before gets a comma, or it is the same line.
  if (bare(old).startsWith('-') || bare(old).startsWith('#')) expect(gone, said).toEqual([]);
  else expect(gone.length, said).toBeLessThanOrEqual(1);
}

const ONE_LINE = new Set(['done', 'skip']);

function checkClient(old: string, now: string, { argv, entries, fresh }: Called, variant: Variant, said: string): void {
  const [was, is] = [readData(old), readData(now)];
  const added = fresh.flatMap((map): readonly Path[] =>
    Object.keys(valueAt(is, map) ?? {})
      .filter((key) => !Object.hasOwn(valueAt(was, map) ?? {}, key))
      .map((key) => [...map, key]),
  );
  const paths = [...entries, ...added];
  expect(added.length, said).toBe(fresh.length);
  expect(without(is, paths), said).toEqual(without(was, paths));

  const { gone, come } = compareLines(bare(old), bare(now));
  const isRemoving = argv[0] === 'reopen' || argv[0] === 'resume';
  if (isRemoving) {
    const kept = commentsOf(now);
    for (const lost of commentsOf(old).filter((it) => !kept.includes(it)))
      expect(gone.join('\n'), said).toContain(lost);
  } else expect(commentsOf(now), said).toEqual(commentsOf(old));
  if (ONE_LINE.has(argv[0] as string) && variant.isSpread === undefined) {
    expect(come.length, said).toBe(1);
    expect(gone.length, said).toBeLessThanOrEqual(1);
  }
  const plain = (line: string): string => (variant.isSpread ? line.replace(/,\s*$/, '') : line);
  const [from, to] = [rangesOf(old, paths, was, is), rangesOf(now, paths, is, was)];
  const [lost, gained] = [gone.map(plain), come.map(plain)];
  // Between brackets the entry before gets a comma, or the new one beside it.
  const isLonger = (line: string): boolean =>
    gained.some((it) => (variant.isSpread ? it.startsWith(line) : it === line));
  expect(from.map(plain), said).toEqual(expect.arrayContaining(lost.filter((it) => !isLonger(it))));
  expect(to.map(plain), said).toEqual(expect.arrayContaining(gained.filter((it) => !lost.includes(it))));
}

const valueAt = (data: Loose, path: Path): Loose => path.reduce((at, key) => at?.[key], data);

/** A copy without these entries, nor what is empty then. */
function without(data: Loose, paths: readonly Path[]): Loose {
  const copy = structuredClone(data);
  for (const path of paths) {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const parent = valueAt(copy, path.slice(0, depth - 1));
      const key = path[depth - 1] as string;
      if (depth < path.length && Object.values(parent?.[key] ?? {}).some((it) => it !== undefined)) break;
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else if (parent !== null && typeof parent === 'object') delete parent[key];
    }
  }
  return copy;
}

/** The lines of these entries in a text; with the key above where the other text has not even that. */
function rangesOf(text: string, paths: readonly Path[], data: Loose, other: Loose): readonly string[] {
  const lines = bare(text).split(/\r?\n/);
  return paths.flatMap((path) => {
    let depth = path.length;
    while (depth > 1 && isBare(valueAt(other, path.slice(0, depth - 1)))) depth -= 1;
    const isThere = valueAt(data, path.slice(0, depth)) !== undefined;
    while (depth > 0 && valueAt(data, path.slice(0, depth)) === undefined) depth -= 1;
    const [from, to] = linesOf(bare(text), path.slice(0, depth));
    // What the other text has more stands in brackets on this very line, or on lines of its own.
    if (!isThere) return from === to ? lines.slice(from, to + 1) : [];
    // A removed entry takes the comments right above it along.
    let first = from;
    while (/^\s*#/.test(lines[first - 1] ?? '')) first -= 1;
    return lines.slice(first, to + 1);
  });
}

const isBare = (value: Loose): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** From the line of its key to the last of its value, counted from 0. */
function linesOf(text: string, path: Path): readonly [number, number] {
  let node: unknown = parseDocument(text).contents;
  let start = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((it) => isPair(it) && isScalar(it.key) && String(it.key.value) === String(key));
      start = (pair as Loose).key.range[0];
      node = pair?.value ?? pair?.key;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      start = (node as Loose).range[0];
    }
  }
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  return [lineAt(start), lineAt(Math.max(start, (node as Loose).range[1] - 1))];
}

/** `git apply` makes of the old files what the program made of them. */
function checkDiff(diff: string, files: readonly (readonly [string, string, string])[], said: string): void {
  for (const [file, old] of files) {
    mkdirSync(dirname(join(scratch, file)), { recursive: true });
    if (old === '') rmSync(join(scratch, file), { force: true });
    else writeFileSync(join(scratch, file), old);
  }
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(scratch), GIT_CONFIG_GLOBAL: '/dev/null' };
  execFileSync('git', ['apply', '--whitespace=nowarn'], { cwd: scratch, env, input: diff, stdio: 'pipe' });
  for (const [file, , now] of files) expect(readFileSync(join(scratch, file), 'utf8'), said).toBe(now);
}
