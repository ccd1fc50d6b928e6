// Builds dist/ with esbuild and writes THIRD-PARTY-LICENSES.txt from what was really bundled.
// `--check` builds in memory only and fails when the committed licence file is not what a build would write; `--alone` begins
// with an empty dist/, for what is to be packed.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeBuiltIn } from './built-in.mjs';
import { keepCode } from './keep-code.mjs';
import { BUILD, pack } from './pack.mjs';
import { writeWhole } from './whole.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const licenses = join(root, 'THIRD-PARTY-LICENSES.txt');
const checking = process.argv.includes('--check');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

if (!checking) writeBuiltIn();
const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['src/node/start.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  chunkNames: '[name]-[hash]',
  plugins: [{ name: 'unasked', setup: withoutUnasked }],
  define: { __VERSION__: JSON.stringify(version), __BUILD__: JSON.stringify(BUILD) },
  metafile: true,
  write: false,
  logLevel: 'warning',
});
const { build: name, files } = await pack(outputFiles, metafile);

const text = licenseText(bundledPackages(metafile));
const current = existsSync(licenses) ? readFileSync(licenses, 'utf8') : '';
if (checking) {
  if (text !== current) {
    console.error('THIRD-PARTY-LICENSES.txt is not current: run `npm run build` and commit it');
    process.exitCode = 1;
  }
} else {
  if (process.argv.includes('--alone')) rmSync(dist, { recursive: true, force: true });
  const before = buildThatStarts();
  for (const { file, code } of files) writeWhole(join(dist, file), code);
  keepCode(root);
  // A program that was started before this build still needs its own, and another build may have been quicker.
  const needed = new Set([name, before, buildThatStarts(), ...files.map(({ file }) => file)]);
  for (const entry of readdirSync(dist))
    if (!needed.has(entry) && !entry.endsWith('.new')) rmSync(join(dist, entry), { recursive: true, force: true });
  if (text !== current) writeFileSync(licenses, text);
}

/**
 * Libraries load parts of Node at once that they seldom need, and never here: chalk to guess what the terminal can do, which
 * it is told; commander to run other programs. Together a sixth of Node's own start.
 */
function withoutUnasked({ onResolve, onLoad }) {
  onResolve({ filter: /^#supports-color$/ }, ({ resolveDir }) => ({
    path: join(resolveDir, 'vendor/supports-color/browser.js'),
    sideEffects: false,
  }));
  onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
    /[\\/]node_modules[\\/]commander[\\/]/.test(importer) ? { path: 'none', namespace: 'unasked' } : undefined,
  );
  onLoad({ filter: /^none$/, namespace: 'unasked' }, () => ({ contents: 'module.exports = {};' }));
}

/** Folders, relative to the root, of the packages that have at least one byte in the output; sorted. */
function bundledPackages({ outputs }) {
  const folders = new Set();
  for (const { inputs } of Object.values(outputs)) {
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

/** The name of the build that `start.js` belongs to. */
function buildThatStarts() {
  const start = join(dist, 'start.js');
  return existsSync(start) ? /"([0-9a-f]{16})"/.exec(readFileSync(start, 'utf8'))?.[1] : undefined;
}
