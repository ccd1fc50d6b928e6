// `npm run fuzz`: damaged practices for as long as it is told, two minutes by itself. `-- --seconds 600 --seed 7 --first 120`; in
// the environment FUZZ_SECONDS and FUZZ_SEED. What it finds is written to a folder, as small as it still fails, and it ends with 1.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: process.env.FUZZ_SECONDS ?? '120' },
    seed: { type: 'string', default: process.env.FUZZ_SEED ?? String(Math.floor(Date.now() / 1000) % 1_000_000) },
    first: { type: 'string', default: '0' },
    trials: { type: 'string', default: 'Infinity' },
  },
});
const [seconds, seed, first, trials] = [values.seconds, values.seed, values.first, values.trials].map(Number);
/** A command that takes longer on a folder of a few pages hangs, however busy the machine is. */
const HANGS = 60_000;
const SLOW = 5_000;

const bundle = mkdtempSync(join(tmpdir(), 'deliver-fuzz-'));
const kept = new Map();
let executions = 0;
let commands = 0;
let next = first;

try {
  await build({
    absWorkingDir: root,
    entryPoints: ['tests/fuzz/worker.ts'],
    outfile: join(bundle, 'worker.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    sourcemap: 'inline',
    define: { __VERSION__: '"0.0.0"', __BUILD__: '"fuzz"' },
    banner: { js: "import{createRequire}from'module';const require=createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  console.log(`fuzz: seed ${seed}, ${seconds} seconds`);
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end && next < first + trials) await watch(end);
} finally {
  rmSync(bundle, { recursive: true, force: true });
}
for (const { what, folder, count } of kept.values()) console.log(`\n${what} (${count} times)\n  ${folder}`);
console.log(`\nfuzz: seed ${seed}, ${executions} folders, ${commands} commands, ${kept.size} findings`);
process.exitCode = kept.size === 0 ? 0 : 1;

/** One worker until the time is up, or until it hangs. */
function watch(end) {
  return new Promise((resolve, reject) => {
    const folders = ['tests/validate/base', 'examples/northlight'].map(readFolder);
    const worker = new Worker(join(bundle, 'worker.mjs'), {
      workerData: { folders, seed, first: next, patience: SLOW },
      execArgv: ['--enable-source-maps'],
    });
    let [since, line] = [Date.now(), []];
    const stop = () => {
      clearInterval(timer);
      worker.terminate().then(resolve, reject);
    };
    const timer = setInterval(() => {
      if (Date.now() - since > HANGS) {
        keep(next, { what: `hangs: ${line[0]}`, detail: line.join(' ') }, undefined);
        next += 1;
        stop();
      } else if (Date.now() > end || next >= first + trials) stop();
    }, 200);
    worker.on('error', (error) => {
      keep(next, { what: `the worker died: ${error.message}`, detail: error.stack ?? '' }, undefined);
      next += 1;
      clearInterval(timer);
      resolve();
    });
    worker.on('message', (message) => {
      since = Date.now();
      if (message.kind === 'at') line = message.line;
      else if (message.kind === 'found') keep(message.number, message.finding, message.trial);
      else {
        executions += 1;
        commands += message.commands;
        next = message.number + 1;
      }
    });
  });
}

function readFolder(folder) {
  const top = join(root, folder);
  return Object.fromEntries(
    readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(top, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

/** The first of each kind of finding goes to the disk. */
function keep(number, { what, detail }, trial) {
  const kind = what.replace(/`[^`]*`|\d+/g, '…');
  const known = kept.get(kind);
  if (known) {
    known.count += 1;
    return;
  }
  const folder = join(tmpdir(), `deliver-fuzz-found-${seed}-${number}`);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, content] of Object.entries(trial?.folder ?? {})) {
    mkdirSync(dirname(join(folder, 'practice', path)), { recursive: true });
    writeFileSync(join(folder, 'practice', path), content);
  }
  const lines = (trial?.lines ?? []).map((each) => `deliver --today 2026-11-23 ${each.join(' ')}`);
  const again = `npm run fuzz -- --seed ${seed} --first ${number} --trials 1`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'README'), [what, ...(trial?.done ?? []), ...lines, again, '', detail, ''].join('\n'));
  kept.set(kind, { what, folder, count: 1 });
  console.log(`found ${what}\n  ${folder}`);
}
