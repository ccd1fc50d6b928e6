// The least that a program could do with a practice, to measure against: parse its files with js-yaml.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { load } = require('js-yaml-4');

const [root] = process.argv.slice(2);
for (const folder of ['.', 'offers', 'clients', 'touches', 'scripts', 'emails', 'partners']) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.yaml')) load(readFileSync(join(root, folder, entry.name), 'utf8'));
  }
}
