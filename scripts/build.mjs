// Builds dist/ with esbuild: the program as one CommonJS file, which Node starts sooner than modules, and beside it a file for
// each library that few commands need. Writes THIRD-PARTY-LICENSES.txt from what was really bundled; `--check` writes nothing
// and fails when the committed one is not current.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeBuiltIn } from './built-in.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const licenses = join(root, 'THIRD-PARTY-LICENSES.txt');
const checking = process.argv.includes('--check');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The file of each library as our code imports it: by names, and as one thing. */
const NAMED = new Map([
  ['yaml', 'yaml'],
  ['handlebars', 'handlebars'],
  ['marked', 'marked'],
  ['csv-parse/sync', 'csv-parse'],
]);
const DEFAULT = new Map([
  ['inquirer', 'inquirer'],
  ['nodemailer/lib/mail-composer', 'nodemailer'],
  ['date-holidays', 'date-holidays'],
]);
const APART = new Map([...NAMED, ...DEFAULT]);

const settings = {
  absWorkingDir: root,
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  write: !checking,
  logLevel: 'warning',
};

if (!checking) {
  writeBuiltIn();
  rmSync(dist, { recursive: true, force: true });
}
const entries = (libraries) => Object.fromEntries([...libraries].map(([library, file]) => [file, library]));
const built = [
  await build({ ...settings, entryPoints: entries(NAMED) }),
  // What CommonJS requires is then what a module imports as the default.
  await build({ ...settings, entryPoints: entries(DEFAULT), footer: { js: 'module.exports=module.exports.default;' } }),
  await build({
    ...settings,
    entryPoints: { deliver: 'src/node/start.ts' },
    // V8 reads ASCII in half the time and memory that a single other character makes it take for the whole file.
    charset: 'ascii',
    define: { __VERSION__: JSON.stringify(version) },
    plugins: [{ name: 'apart', setup: keepApart }],
  }),
];

const text = licenseText(bundledPackages(built.map(({ metafile }) => metafile)));
const current = existsSync(licenses) ? readFileSync(licenses, 'utf8') : '';
if (checking && text !== current) {
  console.error('THIRD-PARTY-LICENSES.txt is not current: run `npm run build` and commit it');
  process.exitCode = 1;
}
if (!checking && text !== current) writeFileSync(licenses, text);

/** A library that has a file of its own is required from there. */
function keepApart({ onResolve }) {
  onResolve({ filter: /^[a-z]/ }, ({ path, importer }) =>
    APART.has(path) && !importer.includes('node_modules')
      ? { path: `./${APART.get(path)}.cjs`, external: true }
      : undefined,
  );
}

/** Folders, relative to the root, of the packages that have at least one byte in the output; sorted. */
function bundledPackages(metafiles) {
  const folders = new Set();
  for (const { inputs } of metafiles.flatMap(({ outputs }) => Object.values(outputs))) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  return [...folders].sort();
}

function licenseText(folders) {
  const parts = folders.map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const files = readdirSync(join(root, folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
    const texts = files.sort().map((name) => readFileSync(join(root, folder, name), 'utf8'));
    if (texts.length === 0 && manifest.license === undefined) throw new Error(`${folder} states no licence`);
    const heading = `${manifest.name} ${manifest.version} (${manifest.license ?? 'licence below'})`;
    const body = texts.map((each) =>
      each
        .replace(/\r\n?/g, '\n')
        .replace(/[ \t]+$/gm, '')
        .trim(),
    );
    return [heading, '-'.repeat(heading.length), ...body].join('\n\n').replace('\n\n-', '\n-');
  });
  const opening = 'deliver contains the following packages, under their own licences.';
  return `${[opening, ...parts].join('\n\n\n')}\n`;
}
