// Builds dist/ with esbuild and writes THIRD-PARTY-LICENSES.txt from what was really bundled.
// `--check` builds in memory only and fails when the committed licence file is not what a build would write.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeBuiltIn } from './built-in.mjs';
import { BUILD, pack } from './pack.mjs';

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
  define: { __VERSION__: JSON.stringify(version), __BUILD__: JSON.stringify(BUILD) },
  metafile: true,
  write: false,
  logLevel: 'warning',
});
const packs = await pack(outputFiles, metafile);

const text = licenseText(bundledPackages(metafile));
const current = existsSync(licenses) ? readFileSync(licenses, 'utf8') : '';
if (checking) {
  if (text !== current) {
    console.error('THIRD-PARTY-LICENSES.txt is not current: run `npm run build` and commit it');
    process.exitCode = 1;
  }
} else {
  mkdirSync(dist, { recursive: true });
  for (const { file, code } of packs) writeFileSync(join(dist, file), code);
  // Files of earlier builds go after the new ones stand, so that a program started meanwhile finds its own.
  const written = new Set(packs.map(({ file }) => join(dist, file)));
  for (const path of filesIn(dist)) if (!written.has(path)) rmSync(path);
  for (const entry of readdirSync(dist, { withFileTypes: true }))
    if (entry.isDirectory()) rmSync(join(dist, entry.name), { recursive: true });
  if (text !== current) writeFileSync(licenses, text);
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

function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
