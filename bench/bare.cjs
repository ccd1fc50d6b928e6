// The least that a program could do with a practice, to measure against: read its files, or parse them too; and what it
// takes to load one file of dist/.
const { readdirSync, readFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');

const [what, where] = process.argv.slice(2);
if (what === 'load') {
  // As the program itself has them by then.
  for (const name of ['node:fs', 'node:path', 'node:os', 'node:crypto', 'node:child_process']) require(name);
  const chunks = new Map();
  const folder = dirname(where);
  const packs = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const find = (name) => {
    if (!name.startsWith('./')) return require(name);
    if (!chunks.has(name)) {
      const pack = packs.map((each) => require(join(folder, each))).find((each) => name.slice(2) in each);
      const chunk = { exports: {} };
      chunks.set(name, chunk);
      pack[name.slice(2)](chunk, chunk.exports, find);
    }
    return chunks.get(name).exports;
  };
  const others = packs.filter((each) => each !== basename(where));
  for (const each of others) require(join(folder, each));
  const start = performance.now();
  for (const name of Object.keys(require(where))) find(`./${name}`);
  process.stdout.write(String(performance.now() - start));
} else {
  const parse = what === 'parse' ? require('js-yaml-4').load : undefined;
  for (const folder of ['.', 'offers', 'clients', 'touches', 'scripts', 'emails', 'partners']) {
    for (const entry of readdirSync(join(where, folder), { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(where, folder, entry.name);
      if (parse === undefined) readFileSync(path);
      else if (entry.name.endsWith('.yaml')) parse(readFileSync(path, 'utf8'));
    }
  }
}
