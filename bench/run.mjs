// How long the program takes, beside Node's own start, a bare js-yaml script over the same files, and programs for a like
// purpose where they are installed. Paired runs: each round runs every case once, in turn, so that a slow moment of the machine
// is shared. Prints medians; a missed target is marked and fails nothing.
//   npm run bench                        50 and 2,000 clients
//   npm run bench -- --clients 10000 --rounds 3
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { khalCase, taskCase } from './others.mjs';
import { practiceFiles, TODAY } from './practice.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, clients: { type: 'string', default: '50,2000' } },
});
const rounds = Number(values.rounds);
const scratch = mkdtempSync(join(tmpdir(), 'deliver-bench-'));
const env = { ...process.env, XDG_STATE_HOME: join(scratch, 'state'), NO_COLOR: '1' };
// It makes Node's own start three times as long, and so every ratio to it better than it is.
delete env.NODE_EXTRA_CA_CERTS;

const NODE = { name: 'node -e 0', argv: [process.execPath, '-e', '0'] };
const BARE = 'js-yaml 4 of the files';
const MOST_MEGABYTES = 600;

console.log(
  `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} of them; Node ${process.version}; ${rounds} rounds; milliseconds`,
);
try {
  measureStart();
  for (const clients of values.clients.split(',').map(Number)) measurePractice(clients);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function measureStart() {
  const program = (...argv) => [process.execPath, 'bin/deliver.js', ...argv];
  compare('start', [
    NODE,
    { name: 'deliver --version', argv: program('--version') },
    { name: 'deliver --help', argv: program('--help') },
    { name: 'deliver completion bash', argv: program('completion', 'bash') },
  ]);
}

function measurePractice(clients) {
  const folder = join(scratch, `practice-${clients}`);
  const texts = [...practiceFiles(clients)];
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const bytes = texts.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  const program = (...argv) => [process.execPath, 'bin/deliver.js', '-C', folder, '--today', TODAY, ...argv];
  const status = program('status');
  const step = openStep(program);
  const client = join(folder, `clients/${step.split('/')[0]}.yaml`);
  const before = readFileSync(client);
  compare(`${clients} clients, ${texts.length} files, ${(bytes / 1e6).toFixed(1)} MB`, [
    NODE,
    { name: BARE, argv: [process.execPath, 'bench/bare.cjs', folder] },
    { name: 'status', argv: status, of: BARE, target: clients <= 50 ? 1.3 : 1.2 },
    {
      name: `done ${step}`,
      argv: program('done', step, '--anyway'),
      settle: () => writeFileSync(client, before),
      ...(clients === 2000 ? { of: NODE.name, target: 3 } : {}),
    },
    ...[taskCase(scratch, clients), khalCase(scratch, clients)].filter((each) => each !== undefined),
  ]);
  const peak = peakOf(status);
  const verdict = peak <= MOST_MEGABYTES ? 'within' : 'MISSES';
  console.log(`memory of status at its most: ${peak} MB${clients === 10_000 ? ` (${verdict} ${MOST_MEGABYTES})` : ''}`);
}

/** A step that is late, as the report names it. */
function openStep(program) {
  const { stdout } = run(program('status', '--json'), 'status --json');
  const { overdue, due_today, upcoming } = JSON.parse(stdout);
  return [...overdue, ...due_today, ...upcoming][0].ref;
}

function compare(title, cases) {
  const times = new Map(cases.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const each of cases) {
      const took = timeOf(each);
      each.settle?.();
      if (round >= 0) times.get(each.name).push(took);
    }
  }
  // The ratio of each round, not of the medians: that is what pairing is for.
  const ratioTo = (name, other) => median(times.get(name).map((took, round) => took / times.get(other)[round]));
  const rows = cases.map(({ name, of = NODE.name, target }) => {
    const found = ratioTo(name, of);
    const verdict =
      target === undefined ? '' : `${found.toFixed(2)}x ${of}, ${found <= target ? 'within' : 'MISSES'} ${target}x`;
    const mine = times.get(name);
    return [name, median(mine).toFixed(0), spread(mine), `${ratioTo(name, NODE.name).toFixed(2)}x`, verdict];
  });
  console.log(`\n${title}`);
  printTable([['', 'median', 'middle half', 'of node', 'target'], ...rows]);
}

function run([command, ...argv], name, more = {}) {
  const ran = spawnSync(command, argv, { cwd: root, env: { ...env, ...more }, encoding: 'utf8', maxBuffer: 2 ** 30 });
  // Anything else has not done the work that is timed; the practices that are made have no errors.
  if (ran.status !== 0) throw new Error(`${name} ended with ${ran.signal ?? ran.status}: ${ran.stderr}`);
  return ran;
}

function timeOf({ name, argv, env: more }) {
  const start = performance.now();
  run(argv, name, more);
  return performance.now() - start;
}

/** Megabytes of memory at the most. */
function peakOf([command, ...argv]) {
  const note = join(scratch, 'peak');
  run([command, '--require', join(root, 'bench/peak.cjs'), ...argv], 'status', { PEAK_NOTE: note });
  return Math.round(Number(readFileSync(note, 'utf8')) / 1000);
}

/** The value at a fraction of the sorted list, between its neighbours when it falls between two. */
function quantile(values, fraction) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * fraction;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at % 1);
}

function median(values) {
  return quantile(values, 0.5);
}

function spread(values) {
  return `${quantile(values, 0.25).toFixed(0)}-${quantile(values, 0.75).toFixed(0)}`;
}

function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell, column) =>
    column === 0 || column === 4 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  for (const row of rows) console.log(row.map(pad).join('  ').trimEnd());
}
