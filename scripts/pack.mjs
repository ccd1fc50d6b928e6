// Puts the chunks of a build into few files of CommonJS: Node reads one such file in half the time it takes for its
// module loader to link a dozen small ones. Knows how esbuild names and links its chunks.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { transform } from 'esbuild';

/** Stands in the code for the name of the build, which is that of all its code. */
export const BUILD = '@build-of-deliver@';

/** What it takes to give an answer again, and what the morning report takes of files with nothing wrong. */
const AGAIN = ['src/run/again.ts', 'src/node/here.ts', 'src/node/memory.ts'];
const CORE = ['src/main.ts', 'src/node/world.ts', 'src/commands/status.ts', 'src/rules/all.ts', 'src/book/assemble.ts'];
const LARGE = 30_000;

/** The files of dist/: `start.js`, `core.js`, one for each large library, and `more.js` for the small rest. */
export async function pack(outputFiles, metafile) {
  const chunks = new Map();
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node20.19',
      minify: true,
      charset: 'utf8',
      supported: { 'dynamic-import': false },
    });
    chunks.set(basename(path), code.trim());
  }
  const build = createHash('sha256')
    .update([...chunks.values()].join('\0'))
    .digest('hex')
    .slice(0, 16);
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
  const withBuild = (code) => code.replaceAll(BUILD, build);
  return [
    { file: 'package.json', code: '{"type":"commonjs"}\n' },
    { file: 'start.js', code: withBuild(startCode(where, chunks.get(start))) },
    ...[...packs].map(([file, names]) => ({ file: `${file}.js`, code: withBuild(packCode(names, chunks)) })),
  ];
}

/** Each chunk a function, so that a pack's code runs only as far as it is used. */
const packCode = (names, chunks) =>
  `"use strict";module.exports={${names.map((name) => `${JSON.stringify(name)}(module,exports,require){${chunks.get(name)}\n}`).join(',\n')}};\n`;

/** Finds chunks in their packs; everything else is Node's own. */
const startCode = (where, code) => `"use strict";
const where=${JSON.stringify(where)},made=new Map();
function find(name){
if(!name.startsWith("./"))return require(name);
const id=name.slice(2);
let chunk=made.get(id);
if(!chunk){chunk={exports:{}};made.set(id,chunk);require("./"+where[id]+".js")[id](chunk,chunk.exports,find)}
return chunk.exports}
(function(require){${code}
})(find);
`;

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
