// Becomes dist/start.js: finds the chunks of the program in their packs, and takes the code that V8 made of a pack before
// where it was kept for this very Node. Knows nothing of what the chunks do. scripts/keep-code.mjs makes what is kept.
'use strict';
const { readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const where = __WHERE__;
const folder = join(__dirname, __BUILD__);
const packs = new Map();
const chunks = new Map();
/** Every pack's script by its name, for who keeps their code. */
let scripts;

const fileOf = (pack) => join(folder, `${pack}.js`);
const keptFileOf = (pack) => join(folder, `${pack}.${process.version}-${process.platform}-${process.arch}.v8`);

/**
 * V8 looks at neither the source nor the code that it is handed, and a spoiled one ends the process. Nor does it see that
 * another build of the same Node has other insides: the size of the program tells.
 */
function sumOf(source, code) {
  const { createHash } = require('node:crypto');
  const { size } = statSync(process.execPath);
  return createHash('sha256').update(`${size}\n`).update(source).update(code).digest('base64url');
}
const SUM = 43;

/** Undefined when there is none, or it is not whole, or was made of something else. */
function readKept(pack) {
  try {
    const kept = readFileSync(keptFileOf(pack));
    const source = readFileSync(fileOf(pack));
    const code = kept.subarray(SUM);
    return kept.latin1Slice(0, SUM) === sumOf(source, code) ? { source, code } : undefined;
  } catch {
    return undefined;
  }
}

function load(pack) {
  const kept = readKept(pack);
  if (kept === undefined && scripts === undefined) return require(fileOf(pack));
  const source = kept?.source ?? readFileSync(fileOf(pack));
  const head = '(function(module){';
  const script = new Script(`${head}${source.toString()}})`, {
    filename: fileOf(pack),
    columnOffset: -head.length,
    cachedData: kept?.code,
  });
  scripts?.set(pack, script);
  const module = { exports: {} };
  script.runInThisContext()(module);
  return module.exports;
}

function packOf(name) {
  const pack = packs.get(name) ?? load(name);
  packs.set(name, pack);
  return pack;
}

/** Everything that is no chunk is Node's own. */
function find(name) {
  if (!name.startsWith('./')) return require(name);
  const id = name.slice(2);
  const known = chunks.get(id);
  if (known !== undefined) return known.exports;
  const chunk = { exports: {} };
  chunks.set(id, chunk);
  packOf(where[id])[id](chunk, chunk.exports, find);
  return chunk.exports;
}

const begin = __START__;

/** Answers the command line of this process. */
exports.start = (made) => {
  scripts = made;
  begin(find);
};
exports.keptFileOf = keptFileOf;
exports.sumOf = (pack, code) => sumOf(readFileSync(fileOf(pack)), code);
