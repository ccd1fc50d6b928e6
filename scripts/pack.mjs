// Puts the chunks of a build into few files of CommonJS: Node reads one such file in half the time it takes for its
// module loader to link a dozen small ones. Knows how esbuild names and links its chunks.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { transform } from 'esbuild';

/** Stands in the code for the name of the build, which is that of all its code. */
export const BUILD = '@build-of-deliver@';

/** What it takes to give an answer again, and what the morning report takes of files with nothing wrong. */
const AGAIN = ['src/run/again.ts', 'src/node/here.ts', 'src/node/memory.ts'];
const CORE = [
  'src/main.ts',
  'src/node/world.ts',
  'src/node/crew.ts',
  'src/commands/status.ts',
  'src/rules/all.ts',
  'src/book/assemble.ts',
];
const LARGE = 30_000;

/**
 * The name of the build and the files of dist/: `start.js`, and in a folder of the build's name `again.js`, `core.js`, one for
 * each large library, and `more.js` for the small rest.
 */
export async function pack(outputFiles, metafile) {
  const chunks = new Map();
  for (const { path, text } of outputFiles) {
    // V8 holds ASCII in half the memory; tables of characters would be half as long again in it.
    const charset = (text.match(/[^\x00-\x7f]/g)?.length ?? 0) > 1000 ? 'utf8' : 'ascii';
    const code = await toCommonJs(text, { charset, supported: { 'dynamic-import': false } });
    chunks.set(basename(path), code);
  }
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const start = nameOf(outputs, 'src/node/start.ts');
  const namesOf = (entries) => entries.map((entry) => nameOf(outputs, entry));
  const [again, core] = [reachable(outputs, namesOf(AGAIN)), reachable(outputs, namesOf(CORE))];
  // What the start asks for must not wait in the pack of what is seldom used.
  for (const { path, kind } of outputs.get(start).imports) {
    const name = basename(path);
    if (kind === 'dynamic-import' && chunks.has(name) && !again.has(name) && !core.has(name))
      throw new Error(`${name} is wanted at the start`);
  }
  const packs = new Map([
    ['again', []],
    ['core', []],
    ['more', []],
  ]);
  const shared = new Set(packs.keys());
  for (const name of chunks.keys()) {
    if (name === start) continue;
    const isLarge = Buffer.byteLength(chunks.get(name)) > LARGE;
    const library = isLarge ? libraryOf(outputs.get(name)) : 'more';
    const own = again.has(name) ? 'again' : core.has(name) ? 'core' : library;
    const file = packs.has(own) && !shared.has(own) ? `${own}-${packs.size}` : own;
    packs.set(file, [...(packs.get(file) ?? []), name]);
  }
  const where = Object.fromEntries([...packs].flatMap(([file, names]) => names.map((name) => [name, file])));
  const codes = new Map([...packs].map(([file, names]) => [file, packCode(names, chunks)]));
  codes.set('start', await startCode(where, chunks.get(start)));
  const build = createHash('sha256')
    .update([...codes.values()].join('\0'))
    .digest('hex')
    .slice(0, 16);
  const files = [...codes].map(([name, code]) => ({
    file: name === 'start' ? 'start.js' : `${build}/${name}.js`,
    code: code.replaceAll(BUILD, build),
  }));
  // What is started by goes last: all that it names is there before.
  return { build, files: [{ file: 'package.json', code: '{"type":"commonjs"}\n' }, ...files] };
}

async function toCommonJs(text, options) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    ...options,
  });
  return code.trim();
}

/** Each chunk a function, so that a pack's code runs only as far as it is used. */
const packCode = (names, chunks) =>
  `"use strict";module.exports={${names.map((name) => `${JSON.stringify(name)}(module,exports,require){${chunks.get(name)}\n}`).join(',\n')}};\n`;

const LOADER = new URL('loader.cjs', import.meta.url);

/** The loader, with the table of the packs and the chunk that the program starts by. */
async function startCode(where, code) {
  const loader = await toCommonJs(readFileSync(LOADER, 'utf8'), {
    define: { __WHERE__: JSON.stringify(where), __BUILD__: JSON.stringify(BUILD) },
  });
  const [before, after, ...others] = loader.split('__START__');
  if (after === undefined || others.length > 0) throw new Error('the loader names its start once');
  return `${before}(function(require){${code}\n})${after}\n`;
}

function nameOf(outputs, entry) {
  const found = [...outputs].find(([, { entryPoint }]) => entryPoint === entry);
  if (!found) throw new Error(`${entry} is no chunk of its own: it is to be imported with import()`);
  return found[0];
}

/** With everything that they import at once. */
function reachable(outputs, names) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const { path, kind } of outputs.get(name)?.imports ?? [])
      if (kind === 'import-statement' && outputs.has(basename(path))) visit(basename(path));
  };
  for (const name of names) visit(name);
  return found;
}

/** Named after the package that most of it comes from. */
function libraryOf({ inputs, entryPoint }) {
  const sizes = new Map();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name =
      /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]?.replace(/^@([^/]+)\//, '$1-') ??
      basename(entryPoint ?? 'deliver', '.ts');
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
  }
  return [...sizes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'deliver';
}
